// Show one step in words and formulas: the book's formula, its line of NumPy, the same with numbers, a sentence.

import { explain } from "./arithmetic.js";
import { button } from "../parts/controls.js";
import { formulaOf, layerOf } from "./equations.js";
import { full, make, setFormula, setMatrix } from "../parts/formula.js";
import { itemsOf, nameOf, title } from "../parts/steps.js";
import { placeOf } from "./stops.js";

const WHOLE = { forward: "The whole way forward", backward: "The whole way back" };
const same = (a, b) => a.l === b.l && a.i === b.i && a.j === b.j;

/** The address of an equation's entry in the book; none outside it. */
function entryOf(id, onPage) {
  const root = document.documentElement.dataset.content_root;
  return onPage && root !== undefined ? `${root}equations.html#entry-${id.toLowerCase()}` : "";
}

/** Return the panel's element and the function that fills it; `choose` is told which item the reader turns to. */
export function panel(choose, code, onPage) {
  const heading = make("p", "bp-title"),
    phase = make("span", "bp-phase"),
    count = make("span", "bp-count");
  const math = (className) => Object.assign(make("p", `bp-math ${className}`), { role: "math" });
  const formula = math("bp-formula"),
    letters = math("bp-letters"),
    numbers = math("bp-numbers"),
    result = math("bp-result");
  const id = make("a", "bp-id"),
    line = make("code", "bp-code"),
    matrix = math("bp-matrix"),
    words = make("p", "bp-sentence"),
    which = make("span", "bp-which");
  let items = [],
    item = null;
  const turn = (by) =>
    choose(items[(items.findIndex((other) => same(other, item)) + by + items.length) % items.length]);
  const turner = make(
    "p",
    "bp-turner",
    button("previous", "previous one", () => turn(-1)),
    which,
    button("next", "next one", () => turn(1)),
  );
  const element = make(
    "section",
    "bp-panel",
    make("p", "bp-where", phase, count),
    heading,
    make("div", "bp-equation", formula, id),
    line,
    turner,
    make("div", "bp-work", letters, numbers, result),
    matrix,
    words,
  );
  element.setAttribute("aria-label", "This step");

  return {
    element,
    turn: (by) => items.length > 1 && turn(by),
    fill(v, steps, chosen, sentence) {
      const step = steps[v.step];
      items = itemsOf(step, v);
      item = chosen;
      phase.textContent = step.phase;
      phase.className = `bp-phase bp-phase-${step.phase}`;
      count.textContent = `${placeOf(v)} · pass ${v.passes + 1}`;
      heading.textContent = WHOLE[v.whole] ?? title(step);
      setFormula(formula, formulaOf(step, v));
      id.textContent = step.id === "input" ? "" : `(${step.id})`;
      const entry = id.textContent && entryOf(step.id, onPage);
      if (entry) Object.assign(id, { href: entry, title: `(${step.id}) in the book: its formula, code and tests` });
      else for (const name of ["href", "title"]) id.removeAttribute(name);
      line.textContent = code[step.id] ?? "";
      const parts = explain(step, item, v);
      which.textContent = items.length > 1 ? nameOf(item) : v.m > 1 ? `example ${v.example}` : "the one example";
      turner.classList.toggle("bp-alone", items.length < 2);
      setFormula(letters, parts.letters);
      setFormula(numbers, [" = ", ...parts.numbers]);
      setFormula(result, parts.result ? [" = ", { ...parts.result, role: `${parts.result.role} bp-strong` }] : []);
      result.title = parts.result ? full(parts.result.value) : "";
      const whole = layerOf(step, item, v);
      matrix.classList.toggle("bp-wide", whole.values.length > 1);
      const upto = v.granularity === "neuron" && step.id !== "GD" && items.length > 1 ? whole.mark : undefined;
      if (whole.values.length > 1) setMatrix(matrix, { ...whole, upto });
      else setFormula(matrix, []);
      words.textContent = sentence;
    },
  };
}
