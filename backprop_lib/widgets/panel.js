// Show one step in words and formulas: the book's formula, the same with numbers, the result, a sentence.

import { explain } from "./arithmetic.js";
import { button } from "./controls.js";
import { formulaOf, layerOf } from "./equations.js";
import { full, make, setFormula, setMatrix } from "./formula.js";
import { itemsOf, nameOf, title } from "./steps.js";

const same = (a, b) => a.l === b.l && a.i === b.i && a.j === b.j;

/** Return the panel's element and the function that fills it; `choose` is told which item the reader turns to. */
export function panel(choose) {
  const heading = make("p", "bp-title"),
    phase = make("span", "bp-phase"),
    count = make("span", "bp-count");
  const math = (className) => Object.assign(make("p", `bp-math ${className}`), { role: "math" });
  const formula = math("bp-formula"),
    letters = math("bp-letters"),
    numbers = math("bp-numbers"),
    result = math("bp-result");
  const id = make("span", "bp-id"),
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
      count.textContent = `step ${v.step + 1} of ${steps.length} · pass ${v.passes + 1}`;
      heading.textContent = title(step);
      setFormula(formula, formulaOf(step, v));
      id.textContent = step.id === "input" ? "" : `(${step.id})`;
      const parts = explain(step, item, v);
      which.textContent = items.length > 1 ? nameOf(item) : v.m > 1 ? `example ${v.example}` : "the one example";
      turner.classList.toggle("bp-alone", items.length < 2);
      setFormula(letters, parts.letters);
      setFormula(numbers, [" = ", ...parts.numbers]);
      setFormula(result, parts.result ? [" = ", { ...parts.result, role: `${parts.result.role} bp-strong` }] : []);
      result.title = parts.result ? full(parts.result.value) : "";
      const whole = layerOf(step, item, v);
      matrix.classList.toggle("bp-wide", whole.values.length > 1);
      if (whole.values.length > 1) setMatrix(matrix, whole);
      else setFormula(matrix, []);
      words.textContent = sentence;
    },
  };
}
