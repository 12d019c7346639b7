// Look closer at one neuron or weight, in the place of the step's panel: its arithmetic, and fields to change it.

import { button, chooser } from "../parts/controls.js";
import { closely, fieldsOf, things } from "./closely.js";
import { MOST } from "./edits.js";
import { make, setFormula } from "../parts/formula.js";
import { read } from "../exercise/verdict.js";

const NUDGE = 0.1;
const round = (value) => Number(value.toPrecision(12));
const written = (value) => String(Number(value.toPrecision(6))).replace("-", "−");

/** A field for one number, with buttons that nudge it; `set` draws it, `give` is told the new value. */
function field(key, letters, give, complain) {
  const name = make("span", "bp-field-name"), input = make("input", "bp-number bp-figures");
  Object.assign(input, { type: "text", autocomplete: "off", spellcheck: false, maxLength: 40 });
  setFormula(name, letters);
  const spoken = name.getAttribute("aria-label");
  name.removeAttribute("aria-label");
  input.setAttribute("aria-label", `${spoken}, changed by hand`);
  let value = 0;
  const take = (wanted) => (Math.abs(wanted) <= MOST ? give(key, wanted) : complain(`A number from −${MOST} to ${MOST} is needed.`));
  const nudge = (by) => take(round(value + by));
  const typed = () => {
    const { value: wanted, trouble } = read(input.value);
    if (trouble) complain(trouble);
    else take(wanted);
  };
  const keys = { ArrowUp: () => nudge(NUDGE), ArrowDown: () => nudge(-NUDGE), Enter: typed };
  input.addEventListener("change", typed);
  input.addEventListener("keydown", (event) => {
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    event.stopPropagation(); // in JupyterLab, Enter would go on to the notebook
    keys[event.key]();
  });
  return {
    key,
    element: make(
      "div",
      "bp-change",
      name,
      button("less", `${spoken} less ${NUDGE}`, () => nudge(-NUDGE)),
      input,
      button("more", `${spoken} more ${NUDGE}`, () => nudge(NUDGE)),
    ),
    set(now) {
      if (now !== value || document.activeElement !== input) input.value = written(now);
      value = now;
    },
  };
}

/** Return the view; `act` has look(key), change(key, value), undo(keys) and go(id, item). */
export function closer(act) {
  const which = chooser("look at", [], act.look);
  const shut = button("shut", "back to the step", () => act.look(""));
  const fields = make("div", "bp-changes"), note = make("p", "bp-trouble"), lines = make("div", "bp-lines");
  note.setAttribute("role", "status");
  const undo = button("reset", "undo", () => act.undo(shown.map(({ key }) => key)), true);
  const element = make("section", "bp-panel bp-closer", make("div", "bp-chosen", which.element, shut), fields, note, lines);
  element.setAttribute("aria-label", "A closer look");
  element.tabIndex = -1;
  let shown = [];

  function row(entry) {
    if (entry.title) return make("p", "bp-part", entry.title);
    if (entry.words) return make("p", "bp-mark-words", entry.words);
    const parts = entry.way ? [make("span", "bp-way", entry.way)] : [];
    if (entry.letters) {
      const math = Object.assign(make("p", "bp-math"), { role: "math" });
      const numbers = entry.numbers ? [" = ", ...entry.numbers] : [];
      const result = entry.result ? [" = ", { ...entry.result, role: `${entry.result.role} bp-total` }] : [];
      setFormula(math, [...entry.letters, ...numbers, ...result]);
      parts.push(math);
    }
    if (entry.awaits) {
      const go = make("button", "bp-go", `Numbers come with (${entry.awaits}): go there`);
      go.type = "button";
      go.addEventListener("click", () => act.go(entry.awaits, entry.item));
      parts.push(go);
    }
    return make("div", entry.total ? "bp-sum" : "bp-one", ...parts);
  }

  return {
    element,
    focus: () => element.focus({ preventScroll: true }),
    fill(key, v) {
      which.set(key, things(v));
      const wanted = fieldsOf(key, v);
      if (wanted.map(([k]) => k).join() !== shown.map((f) => f.key).join()) {
        shown = wanted.map(([k, letters]) => field(k, letters, act.change, (words) => (note.textContent = words)));
        fields.replaceChildren(...shown.map((f) => f.element), undo);
      }
      wanted.forEach(([, , value], n) => shown[n].set(value));
      note.textContent = "";
      undo.hidden = !v.edits.some(([, k]) => shown.some((f) => f.key === k));
      fields.hidden = !shown.length;
      lines.replaceChildren(...closely(key, v).map(row));
    },
  };
}
