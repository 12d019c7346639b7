// Write a step's arithmetic for one neuron or weight: its formula, the same with the numbers in it, its result.

import { letter, number, power } from "../parts/formula.js";
import { before, d, none, pair, plain, slopeOf, sub, target } from "../parts/letters.js";

const all = (n) => Array.from({ length: n }, (_, i) => i);

/** A sum with its plus signs; a long one keeps its first three terms and its last. */
function sum(terms) {
  const shown = terms.length > 4 ? [...terms.slice(0, 2), ["…"], terms.at(-1)] : terms;
  return shown.flatMap((term, i) => (i ? [" + ", ...term] : term));
}
const wrap = (n) => (n.value < 0 ? ["(", n, ")"] : [n]);
const times = (...factors) => factors.flatMap((n, i) => (i ? ["\u202f·\u202f", ...wrap(n)] : wrap(n))); // no line break inside a product

/** One item of a step: the formula for it alone, the same with its numbers in, and the result. */
export function explain({ id, l }, { l: layer, i, j }, v) {
  const { p, q, t, m, r, y, sizes, biases } = v;
  const A = (k, n, s = r) => number(t.a[k][n * m + s]),
    Z = (k, n) => t.z[k][n * m + r];
  const D = (k, n, s = r) => number(t.delta[k][n * m + s], d),
    Y = (n) => number(y[n * m + r], "target");
  const weight = (k, n, from) => number(p.W[k][n * sizes[k - 1] + from]);
  const slope = (k, n) => number(A(k, n).value * (1 - A(k, n).value));
  const eachExample = m > 1 ? ["Σ", plain("", "r"), " "] : [];
  switch (id) {
    case "input":
      return {
        letters: [letter("x"), " and ", target()],
        numbers: [
          "(",
          A(0, 0),
          ", ",
          A(0, 1),
          ") and (",
          ...all(v.outputs).flatMap((k) => (k ? [", ", Y(k)] : [Y(k)])),
          ")",
        ],
      };
    case "F1":
      return {
        letters: [
          letter("z", l, sub(i)),
          " = ",
          ...(sizes[l - 1] > 2
            ? ["Σ", plain("", "k"), " ", letter("w", l, `${sub(i)}k`), " ", before(l, "k")]
            : sum(all(sizes[l - 1]).map((k) => [letter("w", l, pair(i, k)), " ", before(l, sub(k))]))),
          ...(biases ? [" + ", letter("b", l, sub(i))] : []),
        ],
        numbers: [
          ...sum(all(sizes[l - 1]).map((k) => times(weight(l, i, k), A(l - 1, k)))),
          ...(biases ? [" + ", ...wrap(number(p.b[l][i]))] : []),
        ],
        result: number(Z(l, i)),
      };
    case "F2":
      return {
        letters: [
          letter("a", l, sub(i)),
          " = ",
          letter("σ"),
          "(",
          letter("z", l, sub(i)),
          ")",
          " = ",
          "1 / (1 + ",
          power("e", ["−", letter("z")]),
          ")",
        ],
        numbers: ["1 / (1 + ", power("e", [number(-Z(l, i))]), ")"],
        result: A(l, i),
      };
    case "C0":
      return {
        letters:
          m > 1
            ? [
                plain("C"),
                " = ",
                "(",
                ...all(m).flatMap((s) => [...(s ? [" + "] : []), plain("C", sub(s))]),
                ") / ",
                plain("m"),
              ]
            : [
                plain("C"),
                " = ",
                "½ (",
                ...sum(all(v.outputs).map((k) => ["(", letter("a", 2, sub(k)), " − ", target(sub(k)), ")²"])),
                ")",
              ],
        numbers:
          m > 1
            ? [
                "(",
                ...all(m).flatMap((s) => [...(s ? [" + "] : []), number(v.cost.each[s])]),
                ") / ",
                number(m, "plain"),
              ]
            : ["½ (", ...sum(all(v.outputs).map((k) => ["(", A(2, k), " − ", Y(k), ")²"])), ")"],
        result: number(v.cost.total),
      };
    case "BP1":
      return {
        letters: [
          letter("δ", l, sub(i), d),
          " = ",
          "(",
          letter("a", l, sub(i)),
          " − ",
          target(sub(i)),
          ")",
          " · ",
          letter("σ′"),
          "(",
          letter("z", l, sub(i)),
          ")",
          " / ",
          plain("m"),
        ],
        numbers: ["(", A(l, i), " − ", Y(i), ")", " · ", slope(l, i), " / ", number(m, "plain")],
        result: D(l, i),
      };
    case "BP2":
      return {
        letters: [
          letter("δ", l, sub(i), d),
          " = ",
          "(",
          ...sum(all(v.outputs).map((k) => [letter("w", 2, pair(k, i)), " ", letter("δ", 2, sub(k), d)])),
          ")",
          " · ",
          letter("σ′"),
          "(",
          letter("z", l, sub(i)),
          ")",
        ],
        numbers: ["(", ...sum(all(v.outputs).map((k) => times(weight(2, k, i), D(2, k)))), ")", " · ", slope(l, i)],
        result: D(l, i),
      };
    case "BP3":
      return {
        letters: [
          ...slopeOf(letter("w", l, pair(i, j))),
          " = ",
          ...eachExample,
          letter("δ", l, sub(i), d),
          " ",
          before(l, sub(j)),
        ],
        numbers: sum(all(m).map((s) => times(D(l, i, s), A(l - 1, j, s)))),
        result: number(t.dW[l][i * sizes[l - 1] + j], d),
      };
    case "BP4":
      return {
        letters: [...slopeOf(letter("b", l, sub(i))), " = ", ...eachExample, letter("δ", l, sub(i), d)],
        numbers: sum(all(m).map((s) => wrap(D(l, i, s)))),
        result: number(t.db[l][i], d),
      };
    default: {
      const [old, gradient, now] = j === none ? [p.b, t.db, q.b] : [p.W, t.dW, q.W];
      const at = j === none ? i : i * sizes[layer - 1] + j;
      const name = j === none ? letter("b", layer, sub(i)) : letter("w", layer, pair(i, j));
      return {
        letters: [name, " ← ", name, " − ", plain("α"), " ", ...slopeOf(name)],
        numbers: [
          number(old[layer][at]),
          " − ",
          ...times(number(v.learning_rate, "plain"), number(gradient[layer][at], d)),
        ],
        result: number(now[layer][at]),
      };
    }
  }
}
