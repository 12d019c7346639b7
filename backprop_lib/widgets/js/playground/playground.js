// Train a network again at every touch of a control, and see the whole run: what it says, its cost, its answers.
//
// The model's traits are the state; a run is a function of them, made in slices where it is long.

import { boundary } from "./boundary.js";
import { button } from "../parts/controls.js";
import { canvas } from "../parts/canvas.js";
import { make } from "../parts/formula.js";
import { group } from "../parts/frame.js";
import { live } from "../parts/live.js";
import { paintNorms } from "./norms.js";
import { omit } from "../parts/omit.js";
import { controls, NAMES } from "./playground_controls.js";
import { follow, lastOf, REACH, shownOf, surface, view } from "./playground_run.js";
import { readRun, RULES, writeRun } from "./playground_state.js";
import { comparison, progress, tables, verdict } from "./playground_words.js";
import { EDGES, paintAccuracy, paintCost } from "./run_curves.js";
import { tiles } from "./tiles.js";

const SLICE = 12; // milliseconds of training before a picture
const key = (look, words) => make("span", `bp-key ${look}`, words);

function render(given) {
  const { commit, details, say, start } = live(given, "Playground: train a network, and see the whole run", RULES);
  let of, pinned, state, now, waiting = 0;

  const map = boundary(), maps = tiles(), lengths = canvas("bp-norms");
  const [cost, accuracy] = [canvas("bp-plot"), canvas("bp-plot")];
  const dials = controls(commit, () => now.epoch);
  for (const picture of [cost, accuracy])
    picture.drag(EDGES.left, EDGES.right, (part) => commit({ shown: Math.min(lastOf(of), Math.round(part * state.epochs)) }));
  const words = make("p", "bp-verdict"), figures = make("div", "bp-compared");
  const pin = button("link", "Pin this run", () => commit({ pinned: writeRun(state) }), true);
  const unpin = button("shut", "Unpin", () => commit({ pinned: "" }), true);
  const compare = group(make("div", "bp-compare", make("div", "bp-line", pin, unpin), figures), "Two runs compared");
  const field = (name) => dials.all[name].element;
  const neurons = maps.element, layers = lengths.svg;
  const fold = omit(NAMES, (hide) => commit({ hide }));
  const parts = [
    make("p", "bp-legend", key("bp-run", "this run"), key("bp-dashed", "penalty; fresh points"), key("bp-pinned", "pinned"),
      make("span", "bp-dot-key bp-one", "y = 1"), make("span", "bp-dot-key", "y = 0"), make("span", "bp-cross-key", "wrong")),
    make("div", "bp-three", map.element, cost.svg, accuracy.svg),
    make("div", "bp-time", dials.time.element),
    make("div", "bp-says", words),
    make("div", "bp-settings", ...Object.keys(dials.all).map(field), dials.later.since.element, dials.later.later_rate.element),
    make("div", "bp-below", neurons, layers, compare),
    fold.element,
  ];
  const shown = Object.fromEntries(Object.keys(dials.all).map((name) => [name, [field(name)]]));
  Object.assign(shown, {
    later_rate: [dials.later.since.element, dials.later.later_rate.element],
    shown: [dials.time.element], neurons: [neurons], layers: [layers], compare: [compare], class: [fold.element], table: [details],
  });

  function draw(next) {
    state = next;
    cancelAnimationFrame(waiting);
    of = follow(of, state);
    const other = state.pinned ? readRun(state.pinned) : null;
    pinned = other && follow(pinned, other);
    const done = of.extend(SLICE) && (!pinned || pinned.extend(SLICE));
    paint(done);
    if (!done) waiting = requestAnimationFrame(() => draw(state));
  }

  function paint(done) {
    const reach = REACH[state.data];
    now = view(of, shownOf(of, state));
    const then = pinned && view(pinned, shownOf(pinned, state));
    const field = surface(of, now.p, reach);
    const said = verdict(of, now, state);
    const outputs = of.net.sizes[of.net.L], answers = now.t.a[of.net.L];
    map.draw(`What the network says over the plane. ${said}`, field, then && surface(pinned, then.p, reach),
      { ...of.learn, outputs }, (r) => !of.right || of.right(answers, r), reach);
    maps.draw("A small map for each hidden neuron: where it is active.", field, of.net);
    cost.draw(`The cost over ${state.epochs} epochs. ${said}`, (pens, width, height) =>
      paintCost(pens, width, height, of.run, pinned?.run, state.epochs, now.epoch));
    accuracy.draw(`The share of points that are right over ${state.epochs} epochs.`, (pens, width, height) =>
      paintAccuracy(pens, width, height, of, pinned, state.epochs, now.epoch));
    lengths.draw("How long the weights and the gradient of each layer are.", (pens, width, height) =>
      paintNorms(pens, width, height, now.layers));
    dials.set(state, now.epoch, progress(of, state, done));
    words.textContent = said;
    figures.replaceChildren(comparison(of, now, pinned, then));
    unpin.disabled = !pinned;
    fold.apply(state.hide, shown);
    if (details.open && done) details.replaceChildren(details.firstChild, ...tables(of, now, field, reach));
    if (done) say(said);
  }

  const stop = start(parts, draw);
  const root = words.closest(".bp-live");
  root.classList.add("bp-playground");
  shown.link = [...root.querySelectorAll(".bp-actions .bp-button")].slice(1);
  fold.apply(state.hide, shown);
  return () => {
    cancelAnimationFrame(waiting);
    stop();
  };
}

export default { render };
