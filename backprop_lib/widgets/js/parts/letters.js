// Name the book's quantities: layer, neuron and weight indices, and the slope with respect to each.

import { letter } from "./formula.js";

export const d = "gradient";
export const none = undefined;

export const sub = (i) => String(i + 1);
export const pair = (i, j) => (i > 8 || j > 8 ? `${i + 1},${j + 1}` : `${i + 1}${j + 1}`);
export const plain = (base, index) => letter(base, none, index, "plain");
export const target = (index) => letter("y", none, index, "target");
export const before = (l, index) => (l === 1 ? letter("x", none, index) : letter("a", l - 1, index)); // a⁽⁰⁾ is x
export const transposed = (piece) => ({ ...piece, key: `${piece.key ?? ""}ᵀ` });
export const slopeOf = (piece) => [letter("∂C", none, none, d), "/", letter("∂", none, none, d), { ...piece, role: d }];
