// Check gradients one parameter at a time: move it to both sides, run forwards, compare.  (D1), (D3), as check.py.

import { cost, forward, workspace } from "./engine.js";
import { stepSize, toParameters, toVector } from "./vectors.js";

const { abs, max } = Math;
export const TOLERANCE = 1e-5; // central differences are right to 8 to 11 digits, and a slip changes the first

/** Every parameter in the order of its vector: its letter, and where it stands. */
export function parametersOf({ sizes, biases }) {
  const weights = sizes.flatMap((n, l) =>
    l ? Array.from({ length: n * sizes[l - 1] }, (_, k) => ({ l, i: Math.floor(k / sizes[l - 1]), j: k % sizes[l - 1] })) : [],
  );
  return [...weights, ...(biases ? sizes.flatMap((n, l) => (l ? Array.from({ length: n }, (_, i) => ({ l, i, j: -1 })) : [])) : [])];
}

const [WORK, FEW, MANY] = [1e8, 20, 200]; // multiplications, and how many parameters are checked within them at least, at most

/**
 * Compare gradients, as {W, b} or a vector, with central differences: for each parameter { given, found, error, kinked, ok };
 * of a network too large for that, a sample.
 */
export function check(net, p, x, y, given) {
  const m = x.length / net.sizes[0],
    theta = toVector(p),
    g = given instanceof Float64Array ? given : toVector(given),
    q = toParameters(net, theta),
    [after, before] = [workspace(net, m), workspace(net, m)];
  const h = stepSize(net, p, x),
    here = cost(net, p, forward(net, p, x, after), y);
  let size = 1;
  for (const values of [y, ...after.a]) for (const v of values) size = max(size, abs(v));
  const moved = (k, value, t) => {
    theta[k] = value;
    return cost(net, q, forward(net, q, x, t), y);
  };
  const most = max(FEW, Math.min(MANY, WORK / (2 * g.length * m))),
    every = Math.ceil(g.length / most);
  const rows = Array.from({ length: Math.ceil(g.length / every) }, (_, n) => {
    const k = n * every,
      slope = g[k];
    const at = theta[k];
    const [right, left] = [moved(k, at + h, after), moved(k, at - h, before)];
    theta[k] = at;
    const wide = at + h - (at - h); // (D1): what the two sides really are apart
    const terms = Array.from(right.each, (c, r) => (c - left.each[r]) / m / wide); // (D1)
    terms.push((right.ridge - left.ridge) / wide); // (D1)
    const found = terms.reduce((sum, term) => sum + term, 0);
    return { given: slope, found, sum: terms.reduce((sum, term) => sum + abs(term), 0), kinked: crossed(net, after, before) };
  });
  size = max(size ** 2, ...rows.map(({ found }) => abs(found)));
  const rounding = 64 * Number.EPSILON * max(size, (here.data + m * here.ridge) / h);
  return rows.map((row) => {
    const scale = max(abs(row.given), row.sum, rounding / TOLERANCE);
    const error = row.kinked ? 0 : abs(row.given - row.found) / scale; // (D3)
    return { ...row, error: Number.isFinite(error) ? error : Infinity, ok: error <= TOLERANCE };
  });
}

/** Whether some z is on two sides of a ReLU's kink, where there is no slope to agree with. */
function crossed({ L, names }, after, before) {
  for (let l = 1; l <= L; l++)
    if (names[l] === "relu" && after.z[l].some((z, i) => z > 0 !== before.z[l][i] > 0)) return true;
  return false;
}
