// Go through a network's lines one by one and see which dimensions must match; turn all of them from columns to rows.
//
// The model's traits are the whole state; every line's formula, code, shapes and numbers come from one expression.

import { drawBoxes, numbers } from "./boxes.js";
import { button, slider, toggle } from "../parts/controls.js";
import { entry, said } from "./entries.js";
import { make, setFormula } from "../parts/formula.js";
import { group } from "../parts/frame.js";
import { LINES, worldOf } from "./lines.js";
import { linkTo } from "../parts/link.js";
import { recordOf } from "../parts/record.js";
import { boxes, code, dimension, formula, roleOf, shapes } from "./wording.js";

const width = { least: 1, most: 8, whole: true }, either = { choices: [true, false] };
const RULES = {
  ...{ n0: width, n1: width, n2: width, m: width, rows: either, forget: either },
  ...{ line: { least: 0, most: LINES.length - 1, whole: true }, seed: { least: 0, most: 4294967295, whole: true } },
};
const record = recordOf(RULES, (state) => state), NAMES = record.names;
const SIZES = [["n0", "inputs n₀"], ["n1", "hidden n₁"], ["n2", "outputs n₂"], ["m", "examples m"]];
const KEYS = "Arrow keys go from line to line.";

function render({ model, el }) {
  const state = () => Object.fromEntries(NAMES.map((name) => [name, model.get(name)]));
  const home = model.get("home");
  let waiting = 0, speaking = 0, addressing = 0;
  function commit(changes) {
    for (const [name, value] of Object.entries(changes)) model.set(name, value);
    model.save_changes();
    note.textContent = "";
    if (!link) return;
    clearTimeout(addressing);
    addressing = setTimeout(() => link.show(state()), 250);
  }
  const move = (by) => commit({ line: Math.max(0, Math.min(LINES.length - 1, model.get("line") + by)) });

  // ── the parts ─────────────────────────────────────────────────────────────────────────────────────────
  const ways = [["column: W a", false], ["row: x Wᵀ", true]].map(([words, rows]) => {
    const element = Object.assign(make("button", "bp-button bp-way", words), { type: "button" });
    element.addEventListener("click", () => commit({ rows }));
    return { element, rows };
  });
  const forget = toggle("forget the transpose", (on) => commit({ forget: on }));
  const top = make(
    "div",
    "bp-top-row",
    group(
      make("div", "bp-ways", make("span", "bp-name", "an example is a"), ...ways.map(({ element }) => element)),
      "An example is a",
    ),
    forget.element,
  );
  const math = (className) => Object.assign(make("p", `bp-math ${className}`), { role: "math" });
  const title = make("p", "bp-title"), id = make("span", "bp-id");
  const letters = math("bp-formula"), source = make("code", "bp-code"), strip = make("div", "bp-strip");
  const shapesLine = make("p", "bp-shapes bp-figures"), words = make("p", "bp-sentence"), found = Object.assign(group(make("div", "bp-found"), "The numbers of this line"), { tabIndex: 0 }); // it may scroll
  const equalize = Object.assign(make("button", "bp-button bp-words bp-equalize"), { type: "button" });
  let repair = () => {};
  equalize.addEventListener("click", () => repair());
  const back = button("back", "line before", () => move(-1)), forth = button("forth", "next line", () => move(1));
  const stage = make(
    "section",
    "bp-stage",
    make("div", "bp-heading", back, title, id, forth),
    ...[letters, source, strip, shapesLine, words, found],
  );
  stage.setAttribute("aria-label", "This line");
  const rows = LINES.map((line, n) => {
    const formulaCell = make("span", "bp-math"), shapeCell = make("span", "bp-figures bp-shape-cell");
    const id = make("span", "bp-entry-id", line.id), mark = make("span", "bp-verdict");
    const element = make("button", "bp-entry-line", id, formulaCell, mark, shapeCell);
    element.type = "button";
    element.addEventListener("click", () => commit({ line: n }));
    return { element, formulaCell, shapeCell, mark };
  });
  const list = group(make("div", "bp-lines", ...rows.map(({ element }) => element)), `Every line. ${KEYS}`);
  const sizes = SIZES.map(([name, words]) => {
    const control = slider(words, { min: 1, max: 8, step: 1 }, (value) => commit({ [name]: value }));
    return { name, control };
  });
  const settings = make("div", "bp-settings", ...sizes.map(({ control }) => control.element));
  const note = make("p", "bp-note");
  note.setAttribute("role", "status");
  const onPage = Boolean(el.closest(".bp-widget")); // in Jupyter the address is not ours to change
  const link = onPage ? linkTo(model.get("name"), record, home, note) : null;
  const actions = make(
    "div",
    "bp-actions",
    button("reset", "reset", () => commit({ ...home }), true),
    ...(link ? [button("link", "copy link", () => link.copy(state()), true)] : []),
    note,
  );
  const speech = make("p", "bp-speech");
  speech.setAttribute("aria-live", "polite");
  const root = group(
    make("div", "bp-live bp-ledger", top, settings, make("div", "bp-main", stage, list), actions, speech),
    "Shape ledger: every line of a pass, its shapes and its numbers",
  );

  // ── drawing ───────────────────────────────────────────────────────────────────────────────────────────
  function draw() {
    waiting = 0;
    const now = state(), world = worldOf(now);
    const entries = LINES.map((line) => entry(line, now, world)), one = entries[now.line];
    for (const { element, rows: way } of ways) element.setAttribute("aria-pressed", way === now.rows);
    forget.set(now.forget);
    for (const { name, control } of sizes) control.set(now[name]);
    back.setAttribute("aria-disabled", now.line === 0); // a button that is switched off would lose the keyboard's place
    forth.setAttribute("aria-disabled", now.line === LINES.length - 1);
    root.style.setProperty("--tall", Math.max(now.n0, now.n1, now.n2, now.m));

    const arrow = one.id === "GD" ? " ← " : " = ";
    title.textContent = `${now.line + 1} of ${LINES.length}: ${one.title}`;
    id.textContent = `(${one.id})`;
    setFormula(letters, [...formula(one.left), arrow, ...formula(one.drawn)]);
    source.textContent = `${code(one.left, now.rows)} = ${code(one.drawn, now.rows)}`;
    const row = boxes(one.drawn, world);
    const verdict = one.clash ? "bp-clash" : one.wrong ? "bp-accident" : "bp-match";
    const result = { pieces: formula(one.left), matrix: one.wrong ?? one.result, role: roleOf(one.left) };
    drawBoxes(strip, [...row, { sign: one.clash ? "≠" : "=" }, ...(one.clash ? [] : [result])], verdict);
    shapesLine.textContent = shapesOf(one, row);
    words.textContent = said(one, row);
    if (one.clash) offer(one.clash);
    found.replaceChildren(...(one.clash ? [error(one.clash), equalize] : values(one)));
    entries.forEach((each, n) => {
      const { element, formulaCell, shapeCell, mark } = rows[n];
      setFormula(formulaCell, [...formula(each.left), each.id === "GD" ? " ← " : " = ", ...formula(each.drawn)]);
      shapeCell.textContent = shapesOf(each, boxes(each.drawn, world)).replaceAll(" × ", "×");
      mark.textContent = each.clash ? "clash" : each.wrong ? "wrong" : "";
      mark.className = `bp-verdict ${each.clash ? "bp-clash" : each.wrong ? "bp-accident" : ""}`;
      if (n === now.line) element.setAttribute("aria-current", "step");
      else element.removeAttribute("aria-current");
    });
    clearTimeout(speaking);
    speaking = setTimeout(() => (speech.textContent = `Line ${title.textContent}. ${words.textContent}`), 200);
  }
  const schedule = () => (waiting ||= requestAnimationFrame(draw));

  /** Offer the widths with which the clash would go unnoticed. */
  function offer({ left, right }) {
    equalize.textContent = `make ${dimension(left)} and ${dimension(right)} equal`;
    repair = () => commit({ [right.name]: left.size });
  }

  // ── listening ─────────────────────────────────────────────────────────────────────────────────────────
  const keys = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -99, End: 99 };
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys) || event.target.closest("input")) return;
    event.preventDefault();
    event.stopPropagation();
    move(keys[event.key]);
    if (event.target.closest(".bp-lines")) rows[model.get("line")].element.focus({ preventScroll: true });
  });
  const watched = NAMES.map((name) => `change:${name}`);
  for (const name of watched) model.on(name, schedule);
  el.append(root);
  const linked = link?.open();
  if (linked) for (const [name, value] of Object.entries(linked)) model.set(name, value);
  draw();
  return () => {
    for (const name of watched) model.off(name, schedule);
    cancelAnimationFrame(waiting);
    clearTimeout(speaking);
    clearTimeout(addressing);
    root.remove();
  };
}

/** The shapes of a line; a product whose inner dimensions differ has none. */
const shapesOf = ({ clash, result }, row) => (clash ? shapes(row, result).replace(/→.*/, "→ ✗") : shapes(row, result));

const error = ({ message }) => make("p", "bp-error", make("code", "", `ValueError: ${message}`));

/** The numbers that the line computes; beside the wrong ones stand the right ones. */
function values(one) {
  const role = roleOf(one.left), pieces = formula(one.left);
  if (!one.wrong) return [numbers(pieces, one.result, role)];
  return [
    make("div", "bp-case", make("span", "bp-name", "✗ without ᵀ"), numbers(pieces, one.wrong, "wrong")),
    make("div", "bp-case", make("span", "bp-name", "✓ right"), numbers(pieces, one.result, role)),
  ];
}

export default { render };
