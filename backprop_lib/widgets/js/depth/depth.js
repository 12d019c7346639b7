// Stack up to twenty hidden layers and see what becomes of the gradient on its way back, layer by layer.

import { axes, powerOfTen } from "../parts/axes.js";
import { canvas } from "../parts/canvas.js";
import { chooser, slider } from "../parts/controls.js";
import { begin, first, health, measure } from "./depths.js";
import { factors } from "./factorlines.js";
import { full, make, setFormula, three } from "../parts/formula.js";
import { live } from "../parts/live.js";
import { omit } from "../parts/omit.js";

const PARTS = {
  ...{ depth: "hidden layers", width: "width", activation: "activation", scale: "weights times", seed: "seed" },
  ...{ initialization: "first weights", updates: "updates", learning_rate: "learning rate", layer: "layer" },
  ...{ lengths: "picture of lengths", spread: "picture of spread and path", words: "verdict", factors: "factors" },
  ...{ table: "table", link: "copy link", class: "this list" },
};
const RULES = {
  depth: { least: 1, most: 20, whole: true },
  width: { least: 1, most: 32, whole: true },
  activation: { choices: ["sigmoid", "tanh", "relu", "identity"] },
  initialization: { choices: ["fan_in", "glorot", "he"] },
  scale: { least: 0.1, most: 10 },
  seed: { least: 0, most: 99, whole: true },
  learning_rate: { least: 0.001, most: 10 },
  updates: { least: 0, most: 100, whole: true },
  layer: { least: 1, most: 20, whole: true },
  hide: { some: Object.keys(PARTS) },
};
const WORDS = {
  ...{ sigmoid: "sigmoid", tanh: "tanh", relu: "ReLU", identity: "identity" },
  ...{ fan_in: "±1/√n (I1)", glorot: "Glorot (I2)", he: "He (I3)" },
};
const options = (name) => RULES[name].choices.map((choice) => [choice, WORDS[choice]]);
const SLICE = 6; // milliseconds of training a frame
const EDGES = [44, 10]; // beside the curves
const CURVES = {
  bound: "bound",
  typical: "expected ‖δ⁽ˡ⁾‖",
  delta: "‖δ⁽ˡ⁾‖",
  dw: "‖∂C/∂W⁽ˡ⁾‖",
  spread: "spread of a⁽ˡ⁾",
  moved: "W⁽ˡ⁾ moved, as a part of its length",
};
const valuesOf = (found) => ({ ...found, dw: found.dW });
const logarithmic = (min, max) => ({
  ...{ min, max, step: 0.01, show: three },
  read: (place) => Number((10 ** place).toPrecision(3)),
  write: (value) => Math.log10(value).toFixed(4),
});
const powers = (low, high, by) =>
  Array.from({ length: (high - low) / by + 1 }, (_, i) => [10 ** (low + i * by), powerOfTen(low + i * by)]);
const raised = (l) => `⁽${[...String(l)].map((d) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[d]).join("")}⁾`;

/** Curves over the layers; a value of 0 stands on the axis, and the layer that is written out is marked. */
function paint(pens, width, height, found, names, y, layer) {
  const layers = Array.from({ length: found.L }, (_, i) => i + 1);
  const by = Math.ceil(found.L / 10);
  const ticks = layers.filter((l) => l === 1 || l === found.L || (l % by === 0 && l < found.L - by / 2));
  const x = { least: 1, most: found.L, ticks: ticks.map((l) => [l, String(l)]), name: "layer l" };
  const edges = { left: EDGES[0], right: width - EDGES[1], top: 26, bottom: height - 40 };
  const { at, curve } = axes(pens, "axes", edges, x, { ...y, log: true });
  const [now] = at(layer, y.most);
  pens.lineTo("now", "bp-now", now, edges.top, now, edges.bottom, 1);
  for (const name of names) {
    const values = layers.map((l) => valuesOf(found)[name][l]);
    if (name === "moved" && !values.some(Boolean)) continue; // nothing has moved yet
    curve(name, `bp-curve bp-${name}`, layers, values);
    if (!["bound", "typical"].includes(name))
      values.forEach((value, i) => {
        const [cx, cy] = at(layers[i], value);
        pens.part(`${name}${i}`, "circle", { class: `bp-${name}`, cx: cx.toFixed(1), cy: cy.toFixed(1), r: 3.5 });
      });
  }
}

/** What there is to see, in words: the health of the gradient, and which layers move. */
function verdict(found, { run }, made, { updates }) {
  const { L, delta, moved } = found, ill = health(found, run.diverged && made < updates);
  const ratio = delta[1] / delta[L], share = ratio ** (1 / (L - 1));
  const last = raised(L);
  const change = share < 1 ? `keeps about ${three(100 * share)}% of it` : `makes it about ${three(share)} times as long`;
  const heads = {
    overflow: "Overflow: the next update is beyond every number that a computer has.",
    dead: "Dead: no gradient at all arrives at the first layer; somewhere on the way every φ′(z) is 0.",
    vanishing: `Vanishing: ‖δ⁽¹⁾‖ is ${three(ratio)} times ‖δ${last}‖. On the way back every layer ${change}.`,
    exploding: `Exploding: ‖δ⁽¹⁾‖ is ${three(ratio)} times ‖δ${last}‖. On the way back every layer ${change}.`,
    healthy: `Healthy: ‖δ⁽¹⁾‖ is ${three(ratio)} times ‖δ${last}‖. On the way back every layer ${change}.`,
  };
  const costs = [0, made].map((k) => three(run.data[k] + run.ridge[k]));
  const tail = made
    ? `After ${made} update${made > 1 ? "s" : ""} the cost has gone from ${costs[0]} to ${costs[1]}. ` +
      `W⁽¹⁾ has moved by ${three(moved[1])} of its length, W${last} by ${three(moved[L])}.`
    : `No update has been made yet; the cost is ${costs[0]}.`;
  return [heads[ill], tail];
}

const heading = (words, scope) => Object.assign(make("th", "", words), { scope });
const figure = (v) => Object.assign(make("td", "", three(v)), { title: full(v) });

/** Every number of the picture. */
function table(found) {
  const names = ["dw", "delta", "typical", "bound", "spread", "moved"];
  const head = make("tr", "", ...["layer", ...names.map((name) => CURVES[name])].map((words) => heading(words, "col")));
  const rows = Array.from({ length: found.L }, (_, i) =>
    make("tr", "", heading(String(i + 1), "row"), ...names.map((name) => figure(valuesOf(found)[name][i + 1]))),
  );
  return make("div", "bp-table", make("table", "", make("caption", "", "By layer"), make("thead", "", head), make("tbody", "", ...rows)));
}

function render(given) {
  const { commit, details, say, start } = live(given, "Depth: the gradient on its way back through many layers", RULES);
  const moved = (name) => (value) => commit({ [name]: value });
  const controls = {
    depth: slider("hidden layers", { min: 1, max: 20, step: 1 }, moved("depth")),
    width: slider("width", { min: 1, max: 32, step: 1 }, moved("width")),
    activation: chooser("activation", options("activation"), moved("activation")),
    scale: slider("weights times", { ...logarithmic(-1, 1) }, moved("scale")),
    seed: slider("seed", { min: 0, max: 99, step: 1 }, moved("seed")),
    initialization: chooser("first weights", options("initialization"), moved("initialization")),
    updates: slider("updates", { min: 0, max: 100, step: 1 }, moved("updates")),
    learning_rate: slider("learning rate α", { ...logarithmic(-3, 1) }, moved("learning_rate")),
    layer: slider("layer", { min: 1, max: 20, step: 1, show: (l) => `${l} of ${most}` }, moved("layer")),
  };
  const layerInput = controls.layer.element.querySelector("input");
  const [slopes, forward] = ["bp-plot bp-deep", "bp-plot bp-deep"].map(canvas);
  let most = 1, from, of, key = "", rate = null, frame = 0;
  for (const picture of [slopes, forward])
    picture.drag(...EDGES, (part) => commit({ layer: Math.min(most, Math.round(1 + part * most)) }));
  const legend = Object.entries(CURVES).map(([name, words]) => make("span", `bp-key bp-${name}`, words));
  const lines = ["bound", "expected", "measured"].map((words) => ({ words, math: make("span", "bp-math") }));
  const says = [make("p", "bp-verdict"), make("p")];
  const fold = omit(PARTS, (hide) => commit({ hide }));
  const written = make("div", "bp-factors", ...lines.map(({ words, math }) => make("p", "", make("span", "bp-reading", words), math)));
  const parts = [
    make("p", "bp-legend", ...legend),
    make("div", "bp-two", slopes.svg, forward.svg),
    make("div", "bp-says", ...says),
    make("div", "bp-settings", ...Object.values(controls).map(({ element }) => element)),
    written,
    fold.element,
  ];
  const shown = Object.fromEntries(Object.entries(controls).map(([name, { element }]) => [name, [element]]));
  Object.assign(shown, { lengths: [slopes.svg], spread: [forward.svg], words: says, factors: [written], table: [details], class: [fold.element] });

  function draw(v) {
    cancelAnimationFrame(frame);
    const wanted = ["depth", "width", "activation", "initialization", "scale", "seed"].map((name) => v[name]).join();
    if (wanted !== key) [from, key, rate] = [first(v), wanted, null];
    if (v.learning_rate !== rate) [of, rate] = [begin(from, v), v.learning_rate];
    most = v.depth;
    layerInput.max = most;
    const layer = Math.min(v.layer, most);
    for (const [name, control] of Object.entries(controls)) control.set(name === "layer" ? layer : v[name]);
    const done = of.run.extend(v.updates, SLICE);
    const so = Math.min(of.run.epochs, v.updates), made = done ? so : so - (so % 4); // the run keeps every fourth at hand
    const found = measure(of, made);
    const words = verdict(found, of, made, v);
    if (!done) words[1] = `Update ${made} of ${v.updates} … ${words[1]}`;
    slopes.draw(`Lengths by layer, on a scale of powers of ten. ${words[0]}`, (pens, width, height) =>
      paint(pens, width, height, found, ["bound", "typical", "delta", "dw"], { least: 1e-20, most: 1e10, ticks: powers(-20, 10, 5), name: "length" }, layer),
    );
    forward.draw(`Spread of the activations and path of the weights by layer. ${words[1]}`, (pens, width, height) =>
      paint(pens, width, height, found, ["spread", "moved"], { least: 1e-12, most: 1e3, ticks: powers(-12, 3, 3), name: "spread, path" }, layer),
    );
    words.forEach((text, i) => (says[i].textContent = text));
    fold.apply(v.hide, shown);
    factors(found, layer).forEach((pieces, i) => setFormula(lines[i].math, pieces));
    if (details.open) details.replaceChildren(details.firstChild, table(found));
    if (done) say(words.join(" "));
    else frame = requestAnimationFrame(() => draw(v));
  }
  const stop = start(parts, draw);
  const root = details.parentNode;
  root.classList.add("bp-depth");
  shown.link = [...root.querySelectorAll(".bp-actions .bp-button")].slice(1);
  fold.apply(given.model.get("hide"), shown);
  return () => {
    cancelAnimationFrame(frame);
    stop();
  };
}

export default { render };
