// Train two layers with cross-entropy from one start, with 1/m in every gradient or, as 8-14 to 8-19 print it, in one.

import { backward, cost, forward, network, step, workspace } from "../engine/engine.js";

const flat = (rows) => Float64Array.from(rows.flat());
const layers = (given) => [null, flat(given[1]), flat(given[2])];
const parameters = ({ W, b }) => ({ W: layers(W), b: layers(b) });
const distance = (u, v) => Math.hypot(...u.map((value, i) => value - v[i]));

/** Only ∂C/∂W⁽²⁾ carries the 1/m; every other gradient is that of the sum. */
function meanOnce({ dW, db }, m) {
  for (const slopes of [dW[1], db[1], db[2]]) for (let i = 0; i < slopes.length; i++) slopes[i] *= m;
}

/** The cost of one run, and how far each W has traveled: place k holds them after k updates. */
export function run(once, { sizes, x, y, start }, m, alpha, epochs) {
  const net = network({ sizes, loss: "binary_cross_entropy" });
  const [inputs, labels] = [flat(x.map((row) => row.slice(0, m))), flat(y.map((row) => row.slice(0, m)))];
  const t = workspace(net, m);
  let [p, q] = [parameters(start), parameters(start)];
  const found = { C: new Float64Array(epochs + 1), far: [null, new Float64Array(epochs + 1), new Float64Array(epochs + 1)] };
  for (let k = 0; ; k++) {
    forward(net, p, inputs, t);
    found.C[k] = cost(net, p, t, labels).total;
    if (k === epochs) return found;
    backward(net, p, t, labels);
    if (once) meanOnce(t, m);
    step(p, t, alpha, q);
    for (const l of [1, 2]) found.far[l][k + 1] = found.far[l][k] + distance(q.W[l], p.W[l]);
    [p, q] = [q, p];
  }
}
