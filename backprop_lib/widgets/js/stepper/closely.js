// Write out everything about one neuron or one weight: its sums, its slopes, every path from it to the cost.
//
// The arithmetic is that of the steps (arithmetic.js); what the pass has not come to yet is shown in letters only.

import { explain } from "./arithmetic.js";
import { parse } from "./edits.js";
import { letter, number, three } from "../parts/formula.js";
import { before, d, none, pair, plain, slopeOf, sub, target } from "../parts/letters.js";
import { ailment, pathsFrom, sumOfPaths } from "../parts/paths.js";
import { LAYERS, nameOf } from "../parts/steps.js";

/** The item {l, i, j} that a key such as n1.2 or w1.2.1 means, counted from 0; and back. */
export function itemOf(key) {
  const [l, i, j] = parse(key).at;
  return j === undefined ? { l, i: i - 1 } : { l, i: i - 1, j: j - 1 };
}
export const keyOf = ({ l, i, j }) => (j === undefined ? `n${l}.${i + 1}` : `w${l}.${i + 1}.${j + 1}`);

const all = (n) => Array.from({ length: n }, (_, k) => k);
const wrap = (n) => (n.value < 0 ? ["(", n, ")"] : [n]);
const product = (numbers) => numbers.flatMap((n, k) => (k ? [" · ", ...wrap(n)] : wrap(n)));

/** Every neuron and weight as [key, name] pairs, for choosing one. */
export function things({ sizes }) {
  const neurons = [0, 1, 2].flatMap((l) => all(sizes[l]).map((i) => ({ l, i })));
  const weights = [1, 2].flatMap((l) =>
    all(sizes[l]).flatMap((i) => all(sizes[l - 1]).map((j) => ({ l, i, j }))),
  );
  return [...neurons, ...weights].map((item) => [keyOf(item), nameOf(item)]);
}

/** The numbers of a thing that can be changed: [key of the edit, pieces of its letter, value]. */
export function fieldsOf(key, v) {
  const { l, i, j } = itemOf(key), { p, x, y, m, r, sizes } = v;
  if (j !== undefined) return [[key, [letter("w", l, pair(i, j))], p.W[l][i * sizes[l - 1] + j]]];
  if (l === 0) return [[`x${i + 1}.${r + 1}`, [letter("x", none, sub(i))], x[i * m + r]]];
  return [
    ...(v.biases ? [[`b${l}.${i + 1}`, [letter("b", l, sub(i))], p.b[l][i]]] : []),
    ...(l === 2 ? [[`y${i + 1}.${r + 1}`, [target(sub(i))], y[i * m + r]]] : []),
  ];
}

/** A step's line for an item, with its numbers as far as they are known, else the step that brings them. */
function line(id, item, v) {
  const { letters, numbers, result } = explain({ id, l: item.l }, item, v);
  return v.knows(id, item.l, item.i, item.j) ? { letters, numbers, result } : { letters, awaits: id, item };
}

function ofWeight(item, v) {
  return [
    { title: "Its slope: sensitivity where it arrives × activation where it starts" },
    line("BP3", item, v),
    { title: "Its step" },
    line("GD", item, v),
  ];
}

const FACTOR = {
  w: ({ l, i, j }) => letter("w", l, pair(i, j)),
  slope: ({ l, i }) => [letter("σ′"), "(", letter("z", l, sub(i)), ")"],
  miss: ({ l, i }) => ["(", letter("a", l, sub(i)), " − ", target(sub(i)), ")/", plain("m")],
};

/** Every path from a neuron to the cost, and their sum. */
function paths(item, v) {
  const { l, i } = item, found = pathsFrom(l, i, v);
  const needs = l === 2 ? ["BP1", item] : l === 1 ? ["BP2", item] : ["BP2", { l: 1, i: v.sizes[1] - 1 }];
  const total = letter("a", l, sub(i)), name = l ? total : letter("x", none, sub(i));
  const open = v.knows(needs[0], needs[1].l, needs[1].i);
  const rows = found.map(({ through, factors, product: value }) => {
    const way = [...through.map(({ l: k, i: n }) => `${LAYERS[k]} ${n + 1}`), "cost"];
    const letters = factors.flatMap((f, n) => [...(n ? [" · "] : []), ...[FACTOR[f.kind](f)].flat()]);
    const numbers = product(factors.map((f) => number(f.value, f.kind === "w" ? "forward" : d)));
    return { way: `→ ${way.join(" → ")}`, letters, ...(open ? { numbers, result: number(value, d) } : {}) };
  });
  const sum = { letters: [...slopeOf(name)], result: number(sumOfPaths(found), d), total: true };
  const one = found.length === 1, many = found.length === 2 ? "Both" : `All ${found.length}`;
  return [
    { title: one ? "The one path from it to the cost" : `${many} paths from it to the cost, added up` },
    ...rows,
    ...(open ? [...(one ? [] : [sum])] : [{ awaits: needs[0], item: needs[1] }]),
  ];
}

function ofNeuron(item, v) {
  const { l, i } = item, at = i * v.m + v.r, id = l === 2 ? "BP1" : "BP2";
  const forward = l ? [{ title: "Forward" }, line("F1", item, v), line("F2", item, v)] : [];
  if (!l) return paths(item, v);
  const error = sumOfPaths(pathsFrom(l, i, v)), slope = v.net.phi[l].prime(v.t.z[l][at]);
  const split = {
    letters: [letter("δ", l, sub(i), d), " = ", ...slopeOf(letter("a", l, sub(i))), " · ", letter("σ′"), "(", letter("z", l, sub(i)), ")"],
    numbers: product([number(error, d), number(slope)]),
    result: number(v.t.delta[l][at], d),
  }; // prettier-ignore
  const known = v.knows(id, l, i);
  const ails = v.knows("F2", l, i) && ailment(l, i, v);
  const when = ails === "dead" ? `Dead: saturated at all ${v.m} examples` : "Saturated";
  return [
    ...forward,
    ...(ails ? [{ words: `${when}: its slope is ${three(slope)}, of at most 0.250, so little of any error passes.` }] : []),
    ...paths(item, v),
    { title: "Sensitivity: error × slope" },
    known ? split : { letters: split.letters, awaits: id, item },
    ...(v.biases ? [{ title: "Its bias's slope" }, line("BP4", item, v)] : []),
  ]; // prettier-ignore
}

/** The lines of a thing: {title}, {words}, or {way, letters, numbers, result, awaits}. */
export function closely(key, v) {
  const item = itemOf(key);
  return item.j === undefined ? ofNeuron(item, v) : ofWeight(item, v);
}
