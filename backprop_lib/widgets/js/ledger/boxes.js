// Draw matrices to scale, a cell an entry, with their signs between them; the two dimensions that must match stand out.

import { full, make, setFormula, three } from "../parts/formula.js";
import { dimension, shape, shapeInLetters } from "./wording.js";

/** A side of a box: its length in entries, marked where it is one of the two that must match. */
const side = (className, { size }, verdict) => make("span", `bp-side ${className} ${verdict}`, String(size));

/** One matrix: its name above, its sides along it, its shape in letters below. */
function box({ pieces, matrix, role, inner }, verdict) {
  const [rows, columns] = matrix.dims;
  const name = Object.assign(make("p", "bp-math bp-box-name"), { role: "math" });
  setFormula(name, pieces);
  const most = matrix.values.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-300);
  const cells = make("div", `bp-cells bp-fill-${role}`);
  cells.style.gridTemplateColumns = `repeat(${columns.size}, var(--unit))`;
  for (const value of matrix.values) {
    const cell = make("span");
    cell.style.setProperty("--part", `${(10 + (65 * Math.abs(value)) / most).toFixed(0)}%`);
    cell.title = full(value);
    cells.append(cell);
  }
  const below = make("span", "bp-dims", ...matrix.dims.flatMap((dim, n) => [
    ...(n ? [" × "] : []), make("span", inner === n ? verdict : "", dimension(dim)),
  ]));
  const element = make(
    "div", "bp-box", name,
    side("bp-top", columns, inner === 1 ? verdict : ""), side("bp-left", rows, inner === 0 ? verdict : ""), cells, below,
  );
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", `${name.getAttribute("aria-label")}, ${shape(matrix)}, ${shapeInLetters(matrix)}`);
  return element;
}

/** Fill `target` with boxes and signs; `verdict` is bp-match, bp-clash or bp-accident. */
export function drawBoxes(target, row, verdict) {
  const sign = (text) => make("span", /[()]/.test(text) ? "bp-sign bp-paren" : "bp-sign", text);
  target.replaceChildren(...row.map((item) => (item.matrix ? box(item, verdict) : sign(item.sign))));
  // What is left of the width is shared by the columns; a box of one column is as wide as its shape's letters.
  const widths = row.filter(({ matrix }) => matrix).map(({ matrix }) => matrix.dims[1].size),
    wide = widths.filter((n) => n > 1);
  target.style.setProperty("--columns", Math.max(1, wide.reduce((a, b) => a + b, 0)));
  target.style.setProperty("--wide", wide.length);
  target.style.setProperty("--narrow", widths.length - wide.length);
  const parens = row.filter(({ sign }) => /[()]/.test(sign)).length;
  target.style.setProperty("--parens", parens);
  target.style.setProperty("--signs", row.length - widths.length - parens);
}

/** The numbers of a matrix between brackets. */
export function numbers(pieces, { dims, values }, role) {
  const grid = make("span", "bp-grid");
  grid.style.gridTemplateColumns = `repeat(${dims[1].size}, auto)`;
  for (const value of values) {
    const cell = make("span", `bp-num bp-${role}`, three(value));
    cell.title = full(value);
    grid.append(cell);
  }
  const name = make("span");
  setFormula(name, [...pieces, " = "]);
  name.removeAttribute("aria-label");
  return make("p", "bp-math bp-result-numbers", name, grid);
}
