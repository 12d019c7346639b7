// Write an expression as the book's formula, as NumPy, and as a row of boxes; say in words what its shapes do.

import { evaluate } from "./expressions.js";
import { letter } from "../parts/formula.js";
import { ALPHA } from "./lines.js";
import { before, d, none, plain, slopeOf, transposed } from "../parts/letters.js";

const LETTERS = { W: (l) => [letter("W", l)], b: (l) => [letter("b", l)], z: (l) => [letter("z", l)] };
const BACKWARD = {
  delta: (l) => [letter("δ", l, none, d)],
  dW: (l) => slopeOf(letter("W", l)),
  db: (l) => slopeOf(letter("b", l)),
  dC_da: (l) => slopeOf(letter("a", l)),
};

/** The formula of an expression, as pieces for formula.js. */
export function formula(e, inside = false) {
  const both = (sign, open = false) => [...formula(e.A, open), sign, ...formula(e.B, open)];
  switch (e.kind) {
    case "quantity":
      return e.name === "a" ? [before(e.l + 1)] : (LETTERS[e.name] ?? BACKWARD[e.name])(e.l);
    case "transpose":
      return formula(e.of).map(transposed);
    case "times":
      return inside ? ["(", ...both(" "), ")"] : both(" ");
    case "hadamard":
      return both(" ⊙ ", true);
    case "plus":
      return both(" + ");
    case "descend":
      return [...formula(e.A), " − ", plain("α"), " ", ...formula(e.B)];
    case "apply":
      return [letter(e.name === "f" ? "σ" : "σ′"), "(", ...formula(e.of), ")"];
    default:
      return ["Σ", plain("", "r"), " ", ...formula(e.of)];
  }
}

/** The same as NumPy, in the names of network.py. */
export function code(e, rows, inside = false) {
  const part = (other, open = false) => code(other, rows, open);
  switch (e.kind) {
    case "quantity":
      return e.name === "dC_da" ? `(a[${e.l}] - y) / m` : `${e.name}[${e.l}]`;
    case "transpose":
      return `${part(e.of)}.T`;
    case "times":
      return inside ? `(${part(e.A)} @ ${part(e.B)})` : `${part(e.A)} @ ${part(e.B)}`;
    case "hadamard":
      return `${part(e.A, true)} * ${part(e.B, true)}`;
    case "plus":
      return `${part(e.A)} + ${part(e.B)}`;
    case "descend":
      return `${part(e.A)} - learning_rate * ${part(e.B)}`;
    case "apply":
      return `phi[${e.of.l}].${e.name}(${part(e.of)})`;
    default:
      return `${part(e.of)}.sum(axis=${rows ? 0 : 1}, keepdims=True)`;
  }
}

/** An expression as boxes and signs, from left to right; the two inner dimensions of a product are marked. */
export function boxes(e, world, inside = false) {
  const both = (sign, open = false) => [...boxes(e.A, world, open), { sign }, ...boxes(e.B, world, open)];
  switch (e.kind) {
    case "times": {
      const [left, sign, right] = both("·");
      const row = [{ ...left, inner: 1 }, sign, { ...right, inner: 0 }];
      return inside ? [{ sign: "(" }, ...row, { sign: ")" }] : row;
    }
    case "hadamard":
      return both("⊙", true);
    case "plus":
      return both("+");
    case "descend":
      return both("− α");
    case "sum":
      return [{ sign: "Σ" }, ...boxes(e.of, world)];
    default:
      return [{ pieces: formula(e), matrix: evaluate(e, world), role: roleOf(e) }];
  }
}
export const roleOf = (e) => (e.kind === "quantity" ? (e.name in BACKWARD ? "gradient" : "forward") : roleOf(e.of));

export const dimension = ({ name }) => name.replace(/\d/, (digit) => (name === "1" ? digit : "₀₁₂"[digit]));
export const shape = ({ dims: [rows, columns] }) => `${rows.size} × ${columns.size}`;
export const shapeInLetters = ({ dims }) => dims.map(dimension).join(" × ");

/** The shapes of a line, as one writes them to check it: (4 × 3)(3 × 5) + (4 × 1) → 4 × 5. */
export const shapes = (row, result) =>
  `${row.map(({ sign, matrix }) => (matrix ? `(${shape(matrix)})` : /[·()]/.test(sign) ? "" : ` ${sign} `)).join("")} → ${shape(result)}`.trim();

/** What the shapes do in a line that is right. */
export function matching({ id }, row, result) {
  const inner = row.filter((box) => "inner" in box);
  const [a, b] = inner.map(({ matrix, inner: side }) => matrix.dims[side]);
  const outside = `Outside, ${shapeInLetters(result)} is left: ${shape(result)}.`;
  const product =
    a && `Inside, ${dimension(a)} meets ${dimension(b)}: ${a.size} and ${b.size} match and cancel. ${outside}`;
  switch (id) {
    case "F1":
      return `${product} The bias is one ${result.dims[0].name === "m" ? "row" : "column"}, added to every example.`;
    case "BP2":
      return `${product} Entry by entry, ⊙ changes no shape.`;
    case "BP3":
      return `${product} That is the shape of W, and the sum over the m examples is inside the product.`;
    case "BP4":
      return `The m examples are added up; what is left has the shape of b: ${shape(result)}.`;
    case "GD":
      return `A slope has the shape of its weight, so a step is easy: ${shape(result)} less α = ${ALPHA} times ${shape(result)}.`;
    default:
      return `Entry by entry: what goes in is ${shapeInLetters(result)}, and so is what comes out, ${shape(result)}.`;
  }
}
