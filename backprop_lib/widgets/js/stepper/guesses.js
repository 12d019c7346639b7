// Ask for the next value before it is shown: its sign or the value, and what each classic slip would give.
//
// The judging is verdict.js's; here are the right value and the slips, computed from the same pass.

import { three } from "../parts/formula.js";
import { pathsFrom, sumOfPaths } from "../parts/paths.js";
import { halfUnit } from "../exercise/verdict.js";

const DIGITS = 2; // from numbers printed with three digits, two can be had
const all = (n) => Array.from({ length: n }, (_, k) => k);
const add = (values) => values.reduce((sum, value) => sum + value, 0);

/** What `item` of `step` will be: {value, why, slips: [[sentence, value], …]}; null for what is not computed. */
const CASES = {
  F1({ t, p, m, r, sizes, biases, net }, { l, i }) {
    const n = sizes[l - 1], value = t.z[l][i * m + r], b = biases ? p.b[l][i] : 0;
    const down = i < n && n <= sizes[l] ? b + add(all(n).map((k) => p.W[l][k * n + i] * t.a[l - 1][k * m + r])) : NaN;
    const raw = l > 1 ? b + add(all(n).map((k) => p.W[l][i * n + k] * t.z[l - 1][k * m + r])) : NaN;
    return {
      value,
      why: `the products${biases ? " and the bias" : ""} add up to ${three(value)}`,
      slips: [
        ["The bias is left out: z is the weighted sum plus b.", value - b],
        ["That is a, after the squash; z is the sum before it.", net.phi[l].f(value)],
        ["W is read down a column; row i holds the weights that arrive at neuron i.", down],
        ["The hidden z were used; what travels on is a = σ(z).", raw],
      ],
    };
  },
  F2({ t, m, r, net }, { l, i }) {
    const z = t.z[l][i * m + r];
    return {
      value: t.a[l][i * m + r],
      middle: 0.5,
      why: `z is ${three(z)}, and σ passes one half where z is 0`,
      slips: [
        ["That is z itself: the squash is still to come.", z],
        ["That is the slope σ′(z); asked is σ(z).", net.phi[l].prime(z)],
        ["The sign in the exponent is lost: σ(z) = 1/(1 + e⁻ᶻ).", net.phi[l].f(-z)],
      ],
    };
  },
  C0({ t, y, m, r, cost }) {
    return {
      value: cost.total,
      slips: [
        ["The 1/m is forgotten: C is the mean over the m examples.", cost.total * m],
        ["The half is forgotten: each example costs half its squared distance.", 2 * cost.total],
        ["That is the cost of the example shown; C is the mean over all.", cost.each[r]],
        ["The misses are added up; they have to be squared first.", add([...y].map((_, n) => t.a[2][n] - y[n])) / m],
      ],
    };
  },
  BP1({ t, y, m, r, net }, { l, i }) {
    const at = i * m + r, a = t.a[l][at], miss = a - y[at], { prime } = net.phi[l], slope = prime(t.z[l][at]);
    return {
      value: t.delta[l][at],
      why: `a − y is ${three(miss)}, and neither σ′ nor 1/m is negative`,
      slips: [
        ["σ′(z) is forgotten: that is ∂C/∂a, the error before the neuron's own slope.", miss / m],
        ["The 1/m is forgotten: C is a mean over the m examples.", miss * slope],
        ["The sign: the miss is a − y, not y − a.", -t.delta[l][at]],
        ["a was used for z: the slope is σ′(z), taken before the squash.", (miss * prime(a)) / m],
        ["a stands where its slope belongs: σ′(z) = a(1 − a).", (miss * a) / m],
      ],
    };
  },
  BP2(v, { l, i }) {
    const { t, p, m, r, sizes, net } = v, at = i * m + r, { prime } = net.phi[l];
    const error = sumOfPaths(pathsFrom(l, i, v)), n = sizes[l], K = sizes[l + 1];
    const term = (k, place) => p.W[l + 1][place] * t.delta[l + 1][k * m + r];
    const across = i < K && K <= n ? add(all(K).map((k) => term(k, i * n + k))) : NaN;
    const one = (k) => term(k, k * n + i) * prime(t.z[l][at]);
    return {
      value: t.delta[l][at],
      why: `its paths add up to ${three(error)}, and σ′ is never negative`,
      slips: [
        ["σ′(z) is forgotten: that is ∂C/∂a, the error before the neuron's own slope.", error],
        ["The transpose: read W down the column of this neuron, the weights that leave it.", across * prime(t.z[l][at])],
        ["a was used for z: the slope is σ′(z), taken before the squash.", error * prime(t.a[l][at])],
        ["The 1/m is forgotten in the layer above; δ carries it.", t.delta[l][at] * m],
        ["The sign is lost on the way back.", -t.delta[l][at]],
        ...(K > 1 ? all(K).map((k) => [`Only the path through output ${k + 1}; all paths add up.`, one(k)]) : []),
      ],
    };
  },
  BP3({ t, m, r, sizes }, { l, i, j }) {
    const value = t.dW[l][i * sizes[l - 1] + j], D = (k, s) => t.delta[l][k * m + s];
    const over = (f) => add(all(m).map(f));
    const A = (values, k, s) => (k < sizes[l - 1] ? values[k * m + s] : NaN);
    return {
      value,
      why: m > 1 ? `its ${m} products add up to ${three(value)}` : `it is ${three(D(i, r))} times ${three(A(t.a[l - 1], j, r))}`,
      slips: [
        ["z was used for a: what the weight multiplies is the activation where it starts.", l > 1 ? over((s) => D(i, s) * A(t.z[l - 1], j, s)) : NaN],
        ["Only the example shown; the slope adds up all examples.", D(i, r) * A(t.a[l - 1], j, r)],
        ["The transpose: δ belongs where the weight arrives, a where it starts.", j < sizes[l] ? over((s) => D(j, s) * A(t.a[l - 1], i, s)) : NaN],
        ["The activation is forgotten: that is the bias's slope, Σ δ.", over((s) => D(i, s))],
        ["The 1/m is forgotten; δ carries it.", value * m],
        ["The sign: the slope is δ times a, and the minus comes with the step.", -value],
      ],
    };
  }, // prettier-ignore
  BP4({ t, m, r }, { l, i }) {
    const value = t.db[l][i];
    return {
      value,
      why: m > 1 ? `its ${m} sensitivities add up to ${three(value)}` : `it is δ itself, ${three(value)}`,
      slips: [
        ["Only the example shown; the slope adds up all examples.", t.delta[l][i * m + r]],
        ["δ carries the 1/m already: the examples are added, not averaged.", value / m],
        ["The 1/m is forgotten; δ carries it.", value * m],
        ["The sign: the slope is the sum of the δ, and the minus comes with the step.", -value],
      ],
    };
  },
  GD({ p, q, t, sizes, learning_rate: alpha }, { l, i, j }) {
    const at = j === undefined ? i : i * sizes[l - 1] + j, kind = j === undefined ? ["b", "db"] : ["W", "dW"];
    const old = p[kind[0]][l][at], slope = t[kind[1]][l][at];
    return {
      value: q[kind[0]][l][at],
      why: `it was ${three(old)} and moves by ${three(-alpha * slope)}`,
      slips: [
        ["Uphill: the step goes against the slope, so α times the slope is taken away.", old + alpha * slope],
        ["The learning rate is forgotten: the step is α times the slope.", old - slope],
        ["That is the change; add it to the old value.", -alpha * slope],
        ["That is the old value: it has not moved yet.", old],
      ],
    };
  },
};

/** The question on an item of a step, as verdict.js takes it: {number, sign}; null where nothing is computed. */
export function questionOn(step, item, v) {
  const { value, why, slips, middle = 0 } = CASES[step.id]?.(v, { ...item, l: item.l ?? step.l }) ?? {};
  if (!Number.isFinite(value)) return null;
  const told = [value];
  const apart = slips.filter(([, wrong]) => {
    const known = !Number.isFinite(wrong) || told.some((other) => Math.abs(wrong - other) <= 2 * halfUnit(other, DIGITS));
    if (!known) told.push(wrong);
    return !known;
  });
  const number = {
    kind: "number",
    answer: [value],
    places: ["the value"],
    shown: three(value),
    digits: DIGITS,
    tolerance: null,
    slips: apart.map(([text, wrong]) => ({ text, values: [wrong] })),
  };
  const names = middle ? ["above ½", "below ½"] : ["positive", "negative"];
  const feedback = why && `${why[0].toUpperCase()}${why.slice(1)}.`;
  const sign = why && value !== middle && {
    kind: "choice",
    choices: names.map((text, n) => ({ text, right: value > middle === (n === 0), feedback })),
  }; // prettier-ignore
  return { number, sign: sign || null };
}
