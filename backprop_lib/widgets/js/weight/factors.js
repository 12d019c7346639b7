// The two numbers whose product is a weight's slope: what its origin said, and what its target owes.
//
// A weight is {l, i, j}: into layer l, to neuron i, from neuron j.  A bias is the weight from a neuron that always
// says 1; its j is −1.

import { backward, cost, forward, network, workspace } from "../engine/engine.js";
import { letter, number, three } from "../parts/formula.js";
import { before, d, none, pair, slopeOf, sub, transposed } from "../parts/letters.js";
import { given } from "../parts/rows.js";

/** Everything that one pass forwards and one backwards compute on one example alone. */
export function pass({ parameters, activations, loss, x, y, example }) {
  const layers = Object.keys(parameters.W).length;
  const sizes = [x.length, ...Array.from({ length: layers }, (_, l) => parameters.W[l + 1].length)];
  const biases = Boolean(parameters.b[1]);
  const net = network({ sizes, activations, loss, biases });
  const [xr, yr] = [x, y].map((rows) => Float64Array.from(rows, (row) => row[example - 1]));
  const p = given(parameters, net), t = workspace(net, 1);
  forward(net, p, xr, t);
  backward(net, p, t, yr);
  return { sizes, L: net.L, biases, p, t, x: xr, y: yr, m: x[0].length, example, cost: cost(net, p, t, yr).total };
}

/** Every weight and bias of layer l, row after row of its matrix, each row ended by its bias. */
export function weightsOf({ sizes, biases }, l) {
  const origins = [...Array.from({ length: sizes[l - 1] }, (_, j) => j), ...(biases ? [-1] : [])];
  return Array.from({ length: sizes[l] }, (_, i) => origins.map((j) => ({ l, i, j }))).flat();
}

/** A weight's own value, the forward factor a, the backward factor δ, and the slope of the cost. */
export function factors({ sizes, p, t }, { l, i, j }) {
  if (j < 0) return { value: p.b[l][i], a: 1, delta: t.delta[l][i], slope: t.db[l][i] };
  const at = i * sizes[l - 1] + j;
  return { value: p.W[l][at], a: t.a[l - 1][j], delta: t.delta[l][i], slope: t.dW[l][at] };
}

/** The cost of one example among several is Cʳ. */
const ofExample = (pieces, { m }) => (m > 1 ? [{ ...pieces[0], base: "∂C", key: "r" }, ...pieces.slice(1)] : pieces);

/** The slope of one weight in letters and in numbers, and its result. */
export function product(v, item) {
  const { l, i, j } = item, { a, delta, slope } = factors(v, item);
  const bias = j < 0;
  const name = bias ? letter("b", l, sub(i)) : letter("w", l, pair(i, j));
  return {
    letters: [
      ...ofExample(slopeOf(name), v),
      " = ",
      letter("δ", l, sub(i), d),
      " · ",
      bias ? number(1) : before(l, sub(j)),
    ],
    numbers: [number(delta, d), " · ", ...(a < 0 ? ["(", number(a), ")"] : [number(a)])],
    result: number(slope, d),
  };
}

/** The product for the whole layer, as (BP3) and (BP4) say it for one example. */
export function whole(v, { l, j }) {
  const delta = letter("δ", l, none, d);
  return j < 0
    ? { id: "BP4", pieces: [...ofExample(slopeOf(letter("b", l)), v), " = ", delta] }
    : { id: "BP3", pieces: [...ofExample(slopeOf(letter("W", l)), v), " = ", delta, " ", transposed(before(l))] };
}

/** The letter of a weight or bias, for a control's plain text. */
export const nameOfWeight = ({ l, i, j }) =>
  j < 0 ? `b${raised(l)}${lowered(sub(i))}` : `w${raised(l)}${lowered(pair(i, j))}`;
const raised = (l) => `⁽${"⁰¹²³⁴⁵⁶⁷⁸⁹"[l]}⁾`;
const lowered = (text) => [...text].map((c) => "₀₁₂₃₄₅₆₇₈₉"[c] ?? c).join("");

/** A neuron in words: input 1, hidden neuron 3, output 2. */
export function neuronName({ L }, l, i) {
  if (l > 0 && l < L && L > 2) return `neuron ${i + 1} of layer ${l}`;
  return `${l === 0 ? "input" : l === L ? "output" : "hidden neuron"} ${i + 1}`;
}

/** Where a weight leads, as short as a heading needs it. */
export function heading({ L }, { l, i, j }) {
  const name = (k, n) => `${k === 0 ? "input" : k === L ? "output" : L === 2 ? "hidden" : `layer ${k}, no.`} ${n + 1}`;
  return j < 0 ? name(l, i) : `${name(l - 1, j)} → ${name(l, i)}`;
}

/** Where a weight leads. */
export const route = (v, { l, i, j }) =>
  j < 0 ? `the bias of ${neuronName(v, l, i)}` : `from ${neuronName(v, l - 1, j)} to ${neuronName(v, l, i)}`;

/** What is read aloud of a weight. */
export function spoken(v, item) {
  const { l, i, j } = item, { a, delta, slope } = factors(v, item);
  const name = j < 0 ? `b${l},${sub(i)}` : `w${l},${pair(i, j)}`;
  return `The slope of ${name}, ${route(v, item)}, is δ ${three(delta)} times a ${three(a)}, ${three(slope)}.`;
}

/** What the slope means: a small push of the weight, and what it does to the cost. */
export function meaning(v, item) {
  const { a, delta, slope } = factors(v, item), push = 0.1;
  const origin = item.j < 0 ? "a bias always hears" : `${neuronName(v, item.l - 1, item.j)} says`;
  const effect = slope === 0 ? "stays" : `${slope > 0 ? "rises" : "falls"} by about ${three(Math.abs(slope * push))}`;
  const backward = `Backward, ${neuronName(v, item.l, item.i)} owes ${three(delta)}.`;
  const what = item.j < 0 ? "bias" : "weight";
  return `Forward, ${origin} ${three(a)}. ${backward} Push the ${what} up by ${push} and the cost ${effect}.`;
}
