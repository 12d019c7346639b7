// Show a layer's slopes as a multiplication table: δ down the side, a along the top, every slope where they cross.

import { factors, nameOfWeight, weightsOf } from "./factors.js";
import { full, letter, make, setFormula, three } from "../parts/formula.js";
import { before, d, sub } from "../parts/letters.js";

const WIDE = 4; // more columns than these are written with two digits
const tiny = (value) => value !== 0 && Math.abs(value) < 1e-3;
const small = (value) => value.toExponential(1).replaceAll("-", "−");
const few = (value) => (tiny(value) ? small(value) : three(value));
const fewer = (value) => (tiny(value) ? small(value) : value === 0 ? "0" : value.toPrecision(2).replace("-", "−"));

const headed = (scope, className, pieces, value) => {
  const math = make("span", "bp-math"),
    cell = make("th", className, math, make("span", "bp-figures", three(value)));
  setFormula(math, pieces);
  cell.scope = scope;
  cell.title = full(value);
  return cell;
};

/** Scroll a wide table sideways, and nothing else, until a cell is seen. */
function bringIntoView(cell) {
  const frame = cell.closest("table").parentElement;
  if (!frame) return;
  const hidden = cell.offsetLeft + cell.offsetWidth - frame.scrollLeft - frame.clientWidth;
  if (hidden > 0) frame.scrollLeft += hidden;
  else if (cell.offsetLeft < frame.scrollLeft) frame.scrollLeft = cell.offsetLeft;
}

/** Return the table's element and what fills it; it tells `choose` and `inspect` which weight the reader is on. */
export function outer({ choose, inspect }) {
  const table = make("table", "bp-outer");
  let cells = [], shape = "", shown = few;

  function build(v, l) {
    const columns = [...Array.from({ length: v.sizes[l - 1] }, (_, j) => j), ...(v.biases ? [-1] : [])];
    shown = columns.length > WIDE ? fewer : few;
    table.classList.toggle("bp-tight", columns.length > WIDE);
    const head = make("tr", "", make("td"));
    const heads = columns.map((j) =>
      headed("col", j < 0 ? "bp-bias" : "", j < 0 ? ["bias"] : [before(l, sub(j))], factors(v, { l, i: 0, j }).a),
    );
    head.append(...heads);
    const weights = weightsOf(v, l);
    cells = [];
    const rows = Array.from({ length: v.sizes[l] }, (_, i) => {
      const side = headed("row", "", [letter("δ", l, sub(i), d)], v.t.delta[l][i]);
      const own = weights.filter((weight) => weight.i === i).map((weight, n) => {
        const button = make("button", "bp-figures");
        button.type = "button";
        button.addEventListener("click", () => choose(weight));
        button.addEventListener("focus", () => button.matches(":focus-visible") && choose(weight));
        button.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && inspect(weight));
        const cell = make("td", weight.j < 0 ? "bp-bias" : "", button);
        cells.push({ weight, cell, button, side, head: heads[n] });
        return cell;
      });
      return make("tr", "", side, ...own);
    });
    table.replaceChildren(make("thead", "", head), make("tbody", "", ...rows));
  }

  table.addEventListener("pointerleave", () => inspect(null));
  return {
    element: table,
    fill(v, lit, selected) {
      const wanted = `${lit.l} ${v.sizes} ${v.biases}`;
      if (wanted !== shape) build(v, lit.l);
      shape = wanted;
      for (const { weight, cell, button, side, head } of cells) {
        const { a, delta, slope } = factors(v, weight), own = weight.i === lit.i && weight.j === lit.j;
        const chosen = selected.l === weight.l && selected.i === weight.i && selected.j === weight.j;
        button.textContent = shown(slope);
        button.title = full(slope);
        button.setAttribute("aria-label", `${nameOfWeight(weight)}: ${shown(slope)}`);
        button.setAttribute("aria-pressed", chosen);
        button.tabIndex = chosen ? 0 : -1;
        cell.classList.toggle("bp-own", own);
        cell.classList.toggle("bp-row", weight.i === lit.i);
        cell.classList.toggle("bp-column", weight.j === lit.j);
        if (own) bringIntoView(cell);
        if (weight.j === lit.j) side.classList.toggle("bp-own", weight.i === lit.i);
        if (weight.i === lit.i) head.classList.toggle("bp-own", weight.j === lit.j);
        side.lastChild.textContent = shown(delta);
        head.lastChild.textContent = weight.j < 0 ? "1" : shown(a);
      }
    },
    /** Put the keyboard's place on the selected weight, where it was in the table before. */
    focus() {
      cells.find(({ button }) => button.tabIndex === 0)?.button.focus();
    },
  };
}
