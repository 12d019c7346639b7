// Move three pre-activations and see all three outputs move: softmax, its nine slopes, and δ with and without them.

import { button, chooser, slider } from "../parts/controls.js";
import { full, make, three } from "../parts/formula.js";
import { group } from "../parts/frame.js";
import { COSTS, judge, right } from "./shares.js";

const NAMES = ["z", "label", "loss"];
const WORDS = { cross_entropy: "cross-entropy", squared_error: "squared error" };
const SUB = ["₁", "₂", "₃"];

const heading = (words, scope) => Object.assign(make("th", "", words), { scope });
const row = (name, ...cells) => make("tr", "", heading(name, "row"), ...cells);

/** A table with a caption, a head and rows; `cells[i][j]` are there to be filled. */
function table(caption, columns, names, kind) {
  const cells = names.map(() => columns.map(() => make("td", kind)));
  const head = make("tr", "", make("td"), ...columns.map((words) => heading(words, "col")));
  const body = names.map((name, i) => row(name, ...cells[i]));
  const element = make("table", "", make("caption", "", caption), make("thead", "", head), make("tbody", "", ...body));
  return { element: make("div", "bp-table", element), cells };
}

function fill(cell, value, mark = "") {
  cell.textContent = (mark ? `${mark} ` : "") + three(value);
  cell.title = full(value);
}

/** The three outputs as bars that share one length. */
function bars() {
  const parts = SUB.map((k) => ({ bar: make("span", "bp-bar"), value: make("span", "bp-figures"), name: make("span", "", `a${k}`) }));
  const element = make("div", "bp-shares", ...parts.map(({ bar, value, name }) => make("div", "bp-share", name, make("span", "bp-track", bar), value)));
  element.setAttribute("aria-hidden", "true"); // the table says the same
  return { element, parts };
}

function render({ model, el }) {
  const state = () => Object.fromEntries(NAMES.map((name) => [name, model.get(name)]));
  const home = state();
  let frame = 0, speaking = 0;
  const change = (changes) => {
    for (const [name, value] of Object.entries(changes)) model.set(name, value);
    model.save_changes();
    schedule();
  };
  const moved = (k) => (value) => change({ z: model.get("z").map((z, i) => (i === k ? value : z)) });
  const sliders = SUB.map((k, i) => slider(`z${k}`, { min: -5, max: 5, step: 0.1, show: (v) => v.toFixed(1).replace("-", "−") }, moved(i)));
  const label = chooser("right class", SUB.map((_, i) => [String(i + 1), String(i + 1)]), (value) => change({ label: Number(value) }));
  const loss = chooser("cost", COSTS.map((name) => [name, WORDS[name]]), (value) => change({ loss: value }));
  const outputs = bars();
  const jacobian = table("J = ∂a/∂z: nine slopes, the diagonal framed", SUB.map((k) => `by z${k}`), SUB.map((k) => `a${k}`), "bp-forward");
  const deltas = table("δ = ∂C/∂z, along all paths and by the diagonal alone", SUB.map((k) => `z${k}`), ["all paths", "diagonal", "a − y"], "bp-gradient");
  SUB.forEach((_, k) => jacobian.cells[k][k].classList.add("bp-framed"));
  const says = make("p", "bp-says"), speech = make("p", "bp-speech");
  speech.setAttribute("aria-live", "polite");
  const root = group(make("div", "bp-live bp-softmax"), "Softmax: three numbers in, three shares out, nine slopes");
  root.append(
    make("div", "bp-settings", ...[...sliders, label, loss].map(({ element }) => element)),
    outputs.element, jacobian.element, deltas.element, says,
    make("div", "bp-actions", button("reset", "Reset", () => change(home), true)),
    speech,
  );
  el.append(root);

  function draw() {
    frame = 0;
    const v = state(), found = judge(v.z, v.label, v.loss);
    sliders.forEach((control, k) => control.set(v.z[k]));
    label.set(String(v.label));
    loss.set(v.loss);
    outputs.parts.forEach(({ bar, value, name }, k) => {
      bar.style.width = `${100 * found.a[k]}%`;
      value.textContent = three(found.a[k]);
      name.className = found.y[k] ? "bp-target bp-strong" : "";
    });
    found.J.forEach((slopes, i) => slopes.forEach((slope, p) => fill(jacobian.cells[i][p], slope)));
    SUB.forEach((_, k) => {
      const same = Math.abs(found.delta[k] - found.diagonal[k]) <= 1e-12;
      fill(deltas.cells[0][k], found.delta[k]);
      fill(deltas.cells[1][k], found.diagonal[k], same ? "✓" : "✗");
      fill(deltas.cells[2][k], found.error[k]);
    });
    const matched = v.loss === "cross_entropy" ? "Here δ is a − y." : "Here δ is not a − y.";
    says.textContent = `The diagonal alone is right in ${right(found)} of 3 entries. ${matched}`;
    clearTimeout(speaking);
    const spoken = `Outputs ${[...found.a].map(three).join(", ")}. ${says.textContent}`;
    speaking = setTimeout(() => (speech.textContent = spoken), 400);
  }
  const schedule = () => (frame ||= requestAnimationFrame(draw));

  const events = NAMES.map((name) => `change:${name}`).join(" ");
  model.on(events, schedule);
  draw();
  return () => {
    model.off(events, schedule);
    cancelAnimationFrame(frame);
    clearTimeout(speaking);
    root.remove();
  };
}

export default { render };
