// Point at a weight and see its slope's two factors at once: in the network, in the formula, in the layer's product.
//
// The model's traits are the whole state; what the pointer is on is lit for as long as it stays there.

import { button, slider } from "../parts/controls.js";
import { drawing } from "../parts/drawing.js";
import { factors, heading, meaning, nameOfWeight, pass, product, route, spoken, weightsOf, whole } from "./factors.js";
import { make, setFormula, three } from "../parts/formula.js";
import { group, networkPicture } from "../parts/frame.js";
import { graph, nearest } from "../parts/graph.js";
import { linkTo } from "../parts/link.js";
import { outer } from "./outer.js";
import { drawStrands } from "./strands.js";
import { table } from "../parts/table.js";
import { recordFor } from "./weight_state.js";

const NAMES = ["parameters", "activations", "loss", "x", "y", "example", "selected"];
const KEYS = "Arrow keys move from weight to weight: up and down within a layer, left and right along the network.";
const INPUTS = 4; // more inputs than these have no sliders
const clone = (value) => JSON.parse(JSON.stringify(value));

function render({ model, el }) {
  const state = () => Object.fromEntries(NAMES.map((name) => [name, model.get(name)]));
  let v, place, under = null, waiting = 0, speaking = 0, addressing = 0;
  const selected = () => {
    const [l, i, j] = model.get("selected");
    return { l, i: i - 1, j: j - 1 };
  };

  function commit(changes) {
    for (const [name, value] of Object.entries(changes)) model.set(name, value);
    model.save_changes();
    note.textContent = "";
    if (!link) return;
    clearTimeout(addressing);
    addressing = setTimeout(() => link.show(record.of(state())), 250);
  }
  const choose = (weight) => weight && commit({ selected: [weight.l, weight.i + 1, weight.j + 1] });
  function inspect(weight) {
    under = weight;
    draw();
  }

  // ── the parts ─────────────────────────────────────────────────────────────────────────────────────────
  const { svg, picture } = networkPicture(KEYS, ["forward a", "backward δ"]);
  const math = (className) => Object.assign(make("p", `bp-math ${className}`), { role: "math" });
  const [letters, numbers, result, layer] = ["bp-letters", "bp-numbers", "bp-result", "bp-layer"].map(math);
  const title = make("p", "bp-title"), id = make("span", "bp-id"), words = make("p", "bp-sentence");
  const grid = outer({ choose, inspect });
  const panel = make(
    "section", "bp-panel", title, letters, make("div", "bp-worth", numbers, result), words,
    make("div", "bp-equation", layer, id), make("div", "bp-scroll", grid.element),
  );
  panel.setAttribute("aria-label", "The slope of this weight");
  const speech = make("p", "bp-speech");
  speech.setAttribute("aria-live", "polite");
  const details = make("details", "bp-values", make("summary", "", "Table of all slopes"));

  const reach = (values) => Math.ceil(Math.max(2, ...values.flat().map(Math.abs)));
  const weigh = slider("weight", { min: -4, max: 4, step: 0.01, show: three }, (value) => {
    const parameters = clone(model.get("parameters")), { l, i, j } = selected();
    if (j < 0) parameters.b[l][i][0] = value;
    else parameters.W[l][i][j] = value;
    commit({ parameters });
  });
  const inputs = (model.get("x").length > INPUTS ? [] : model.get("x")).map((_, j) => {
    const most = reach(model.get("x"));
    return slider(`input x${"₁₂₃₄"[j]}`, { min: -most, max: most, step: 0.01, show: three }, (value) => {
      const x = clone(model.get("x"));
      x[j][model.get("example") - 1] = value;
      commit({ x });
    });
  });
  const example = slider("example", { min: 1, max: model.get("x")[0].length, step: 1 }, (r) => commit({ example: r }));
  const home = model.get("home"), record = recordFor(home);
  const note = make("p", "bp-note");
  note.setAttribute("role", "status");
  const onPage = Boolean(el.closest(".bp-widget")); // in Jupyter the address is not ours to change
  const link = onPage && record ? linkTo(model.get("name"), record, record.of(home), note) : null;
  const actions = make(
    "div",
    "bp-actions",
    button("reset", "reset", () => commit(clone(home)), true),
    ...(link ? [button("link", "copy link", () => link.copy(record.of(state())), true)] : []),
    note,
  );
  const controls = [weigh, ...inputs, ...(model.get("x")[0].length > 1 ? [example] : [])];
  const settings = make("div", "bp-settings", ...controls.map((control) => control.element));
  const main = make("div", "bp-main", picture, panel);
  const root = group(
    make("div", "bp-live bp-weight-lens", main, settings, actions, details, speech),
    "The slope of a weight: forward factor times backward factor",
  );

  root.style.setProperty("--rows", Math.max(...Object.values(model.get("parameters").W).map((rows) => rows.length)));

  // ── drawing ───────────────────────────────────────────────────────────────────────────────────────────
  const pen = drawing(svg);
  function draw() {
    cancelAnimationFrame(waiting);
    waiting = 0;
    v = pass(state());
    const chosen = selected(), lit = under ?? chosen;
    const { width, height } = svg.getBoundingClientRect();
    const unit = parseFloat(getComputedStyle(root).fontSize) / 15 || 1; // the picture grows with the page's type
    place = graph(v, Math.round(width / unit) || 400, Math.round(height / unit) || 330);
    drawStrands(pen, place, v, lit);
    svg.setAttribute("aria-label", spoken(v, lit));
    const parts = product(v, lit), layerwise = whole(v, lit);
    title.replaceChildren(make("span", "", lit.j < 0 ? "Bias " : "Weight "), make("span", "bp-route", heading(v, lit)));
    setFormula(letters, parts.letters);
    setFormula(numbers, ["= ", ...parts.numbers]);
    setFormula(result, ["= ", { ...parts.result, role: "gradient bp-strong" }]);
    setFormula(layer, layerwise.pieces);
    id.textContent = `(${layerwise.id})`;
    words.textContent = meaning(v, lit);
    grid.fill(v, lit, chosen);
    weigh.rename(`${chosen.j < 0 ? "bias" : "weight"} ${nameOfWeight(chosen)}`);
    weigh.set(factors(v, chosen).value);
    inputs.forEach((control, j) => control.set(v.x[j]));
    example.set(v.example);
    if (details.open) details.replaceChildren(details.firstChild, everything());
    clearTimeout(speaking);
    if (!under) speaking = setTimeout(() => (speech.textContent = spoken(v, chosen)), 200);
  }
  const schedule = () => (waiting ||= requestAnimationFrame(draw));
  const everything = () =>
    table(
      "Every weight and bias",
      ["weight", "from → to", "its value", "a", "δ", "slope"],
      v.sizes.slice(1).flatMap((_, n) => weightsOf(v, n + 1)).map((weight) => {
        const { value, a, delta, slope } = factors(v, weight);
        return [nameOfWeight(weight), route(v, weight), value, a, delta, slope];
      }),
    );

  // ── listening ─────────────────────────────────────────────────────────────────────────────────────────
  const weightAt = (event, within) => {
    const box = svg.getBoundingClientRect(), scale = place.width / box.width;
    const all = v.sizes.slice(1).flatMap((_, n) => weightsOf(v, n + 1));
    return nearest(place, all, (event.clientX - box.left) * scale, (event.clientY - box.top) * scale, within);
  };
  svg.addEventListener("pointermove", (event) => event.pointerType === "mouse" && inspect(weightAt(event, 12)));
  svg.addEventListener("pointerleave", () => under && inspect(null));
  svg.addEventListener("click", (event) => choose(weightAt(event, event.pointerType === "mouse" ? 12 : 28)));

  /** The weight one key away: within a layer in the order of its matrix, or the next one along the network. */
  function move(key) {
    const { l, i, j } = selected(), own = weightsOf(v, l);
    if (key === "ArrowUp" || key === "ArrowDown") {
      const at = own.findIndex((weight) => weight.i === i && weight.j === j);
      return own[(at + (key === "ArrowDown" ? 1 : own.length - 1)) % own.length];
    }
    if (key === "ArrowRight") return l < v.L && { l: l + 1, i: Math.min(i, v.sizes[l + 1] - 1), j: i };
    return l > 1 && { l: l - 1, i: Math.max(j, 0), j: Math.min(i, v.sizes[l - 2] - 1) };
  }
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^Arrow/.test(event.key)) return;
    if (event.target.closest("input, select, summary, .bp-values")) return;
    event.preventDefault();
    event.stopPropagation();
    under = null;
    choose(move(event.key));
    if (event.target.closest(".bp-outer")) (draw(), grid.focus());
  });
  details.addEventListener("toggle", draw);
  const watched = NAMES.map((name) => `change:${name}`);
  for (const name of watched) model.on(name, schedule);
  const resize = new ResizeObserver(schedule);
  el.append(root);
  const linked = link?.open();
  if (linked) for (const [name, value] of Object.entries(record.traits(linked))) model.set(name, value);
  draw();
  resize.observe(picture);
  return () => {
    for (const name of watched) model.off(name, schedule);
    resize.disconnect();
    cancelAnimationFrame(waiting);
    clearTimeout(speaking);
    clearTimeout(addressing);
    root.remove();
  };
}

export default { render };
