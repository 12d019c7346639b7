// Softmax of a few numbers, its Jacobian, and δ found in two ways: along every path, and on the diagonal alone.

import { ACTIVATIONS, LOSSES } from "../engine/engine.js";

export const COSTS = ["cross_entropy", "squared_error"];

/** Everything that is shown, for pre-activations z, the number of the right class from 1, and a loss's name. */
export function judge(z, label, loss) {
  const n = z.length;
  const a = new Float64Array(n);
  ACTIVATIONS.softmax.apply(z, a, n, 1); // (A5)
  const y = Float64Array.from(a, (_, k) => Number(k === label - 1));
  const dC_da = a.map((a_k, k) => LOSSES[loss].prime(a_k, y[k]));
  const J = Array.from(a, (a_i, i) => a.map((a_p, p) => a_i * ((i === p) - a_p))); // (A5)
  const delta = a.map((_, p) => J.reduce((sum, row, i) => sum + row[p] * dC_da[i], 0)); // (BP1)
  const diagonal = a.map((_, p) => J[p][p] * dC_da[p]);
  return { a, y, dC_da, J, delta, diagonal, error: a.map((a_k, k) => a_k - y[k]) };
}

/** In how many entries the diagonal alone gives δ, to what rounding leaves of it. */
export function right({ delta, diagonal }) {
  return delta.reduce((count, each, k) => count + (Math.abs(each - diagonal[k]) <= 1e-12), 0);
}
