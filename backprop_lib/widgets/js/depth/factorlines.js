// Write out how one layer hands δ back: as a bound that always holds, as what is to be expected, and as it is.

import { letter, number } from "../parts/formula.js";

const delta = (l) => ["‖", letter("δ", l, undefined, "gradient"), "‖"];
const weights = (l) => ["‖", letter("W", l), "‖"];
const prime = (l) => [letter("φ′"), "(", letter("z", l), ")"];

/** Three formulas with their numbers, for hidden layer l. */
export function factors({ delta: d, weights: W, largest, usual, sizes }, l) {
  const k = l + 1, root = Math.sqrt(sizes[k]);
  const behind = d[k];
  return [
    [
      ...[...delta(l), " ≤ ", "max |", ...prime(l), "|", " · ", ...weights(k), " · ", ...delta(k)],
      ...[" = ", number(largest[l]), " · ", number(W[k]), " · ", number(behind, "gradient")],
      ...[" = ", number(largest[l] * W[k] * behind, "gradient")],
    ],
    [
      ...[...delta(l), " ≈ ", "rms ", ...prime(l), " · ", ...weights(k), `/√${sizes[k]}`, " · ", ...delta(k)],
      ...[" = ", number(usual[l]), " · ", number(W[k] / root), " · ", number(behind, "gradient")],
      ...[" = ", number(((usual[l] * W[k]) / root) * behind, "gradient")],
    ],
    [
      ...[...delta(l), " = ", number(d[l], "gradient")],
      ...(behind > 0 ? [",  ", number(d[l] / behind), " times ", ...delta(k)] : []),
    ],
  ];
}
