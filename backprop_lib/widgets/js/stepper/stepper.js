// Step through one pass of a small network: forwards, cost, backwards, update; the widget that ties it together.
//
// The model's traits are the whole state.  Every change goes through `commit`, every picture through `draw`.

import { closer } from "./closer.js";
import { itemOf, keyOf, things } from "./closely.js";
import { button } from "../parts/controls.js";
import { diagram } from "./diagram.js";
import { make, three } from "../parts/formula.js";
import { frame } from "../parts/frame.js";
import { hiding } from "./hiding.js";
import { keyboard } from "./keyboard.js";
import { linkTo } from "../parts/link.js";
import { moves } from "./moves.js";
import { pace, player } from "./pace.js";
import { panel } from "./panel.js";
import { predictor } from "./predict.js";
import { readOut } from "./readout.js";
import { receipts } from "./receipts.js";
import { begin, view } from "./run.js";
import { announcement, sentence } from "./sentences.js";
import { settings } from "./settings.js";
import { MAX_PASSES, NAMES, read, settle, write } from "./state.js";
import { itemAt, select, stepsOfPass } from "../parts/steps.js";
import { knowing, placeWhere, settled, wholePhase } from "./stops.js";
import { tables } from "../parts/table.js";
import { transport } from "./transport.js";

const RUN = ["data", "learning_rate", "hidden_size", "outputs", "biases", "seed", "edits"]; // what makes another run
const equal = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function render({ model, el }) {
  const onPage = Boolean(el.closest(".bp-widget")); // in Jupyter the address is not ours to change
  const state = () => settle(Object.fromEntries(NAMES.map((name) => [name, model.get(name)])));
  // Reset goes back to the chapter's state: on a page what it was built with, in Jupyter what Python began with.
  const home = onPage ? { ...state(), start: model.get("start") } : model.get("home");
  let run, runKey, v, item, steps = []; // what is drawn, once something is
  const waiting = { draw: 0, curve: 0, address: 0, speech: 0 }; // frames and timers

  // ── changing the state ────────────────────────────────────────────────────────────────────────────────
  function commit(changes) {
    const now = state();
    const next = settle({ ...now, ...changes });
    if ("biases" in changes && !("step" in changes)) {
      const { id, l } = stepsOfPass(now.biases)[now.step]; // the same step, where there still is one
      next.step = Math.max(0, stepsOfPass(next.biases).findIndex((s) => s.id === id && s.l === l));
    }
    if ("seed" in changes) next.start = changes.start ?? {}; // a new seed replaces weights that were given
    if (("seed" in changes || "data" in changes) && !("edits" in changes)) next.edits = []; // and those put in by hand
    for (const [name, value] of Object.entries(next)) if (!equal(model.get(name), value)) model.set(name, value);
    model.save_changes();
    note.textContent = "";
    schedule();
    if (onPage) {
      clearTimeout(waiting.address);
      waiting.address = setTimeout(() => link.show(state()), 250);
    }
  }
  const go = moves(state, commit, {
    mayGo: () => !state().predict || guess.done() || guess.ask(),
    pause: () => walk.pause(),
    complain: (words) => (note.textContent = words),
  });
  const manual =
    (act) =>
    (...given) => (walk.pause(), act(...given));

  // ── the parts ─────────────────────────────────────────────────────────────────────────────────────────
  const choose = manual((chosen) => chosen && commit({ selected: select(state().selected, chosen) }));
  const look = manual((key) => {
    const { selected, hide } = state();
    if (hide.includes("closer")) return key && choose(itemOf(key));
    const inside = side.view.contains(document.activeElement);
    commit(key ? { closer: key, selected: select(selected, itemOf(key)) } : { closer: "" });
    return !key && inside && picture.focus();
  });
  const { picture, svg, underline, note, details, speech, root } = frame();
  const drawing = diagram(svg, {
    choose: (under) => under && look(keyOf(under)),
    inspect: (under) => v && readOut(underline, under ?? item, v, steps),
  });
  const step = panel(choose, model.get("code") ?? {}, onPage);
  const near = closer({
    look,
    change: manual(go.change),
    undo: manual((keys) => commit({ edits: state().edits.filter(([, key]) => !keys.includes(key)) })),
    go: manual((id, which) => commit(placeWhere(state(), id, which))),
  });
  const side = { view: near.element, element: make("div", "bp-side", step.element, near.element) };
  const way = transport({
    first: manual(go.first),
    back: manual(() => go.move(-1)),
    play: () => walk.toggle(),
    forth: manual(go.forth),
    last: manual(() => go.leap(1)),
    go: manual((place) => go.to({ step: place })),
  });
  const walk = player(go.forth, way.playing);
  const guess = predictor(manual(() => go.move(1)));
  const how = pace(manual((moved) => commit({ ...settled(moved.granularity, state()), ...moved })));
  const controls = settings(manual(commit));
  const link = linkTo(model.get("name"), { read, write }, settle(home ?? {}), note);
  const another = () => commit({ seed: (state().seed + 1) % 4294967296, passes: 0 });
  const dice = button("dice", "new weights", manual(another), true);
  const reset = button("reset", "reset", manual(() => commit(home)), true);
  const share = onPage ? [button("link", "copy link", manual(() => link.copy(state())), true)] : [];
  const receipt = receipts(() => [v, steps]);
  const parts = { ...how.parts, ...controls.parts, weights: [dice], reset: [reset], link: share, receipt: [receipt], table: [details] };
  const folds = hiding(parts, (hide) => commit({ hide }));
  root.append(
    make("div", "bp-main", picture, side.element),
    way.element,
    how.element,
    guess.element,
    ...controls.elements,
    make("div", "bp-actions", dice, reset, ...share, note),
    make("div", "bp-folds", details, receipt, folds.element),
    speech,
  );

  // ── drawing ───────────────────────────────────────────────────────────────────────────────────────────
  function draw() {
    waiting.draw = 0;
    const now = state(), start = model.get("start");
    const wanted = JSON.stringify([...RUN.map((name) => now[name]), start]);
    if (wanted !== runKey) [run, runKey] = [begin(now, start), wanted];
    steps = stepsOfPass(now.biases);
    v = { ...view(run, now), knows: knowing(now), whole: wholePhase(now) };
    item = itemAt(steps[now.step], v);
    const words = sentence(steps[now.step], item, v);
    const { width, height } = svg.getBoundingClientRect(); // both 0 while the widget is hidden
    const unit = parseFloat(getComputedStyle(root).fontSize) / 15 || 1; // the picture grows with the page's type
    const pointed = now.closer ? itemOf(now.closer) : item;
    drawing.draw(v, steps, pointed, Math.round(width / unit) || 400, Math.round(height / unit) || 380);
    svg.setAttribute(
      "aria-label",
      `Network with 2 inputs, ${now.hidden_size} hidden neurons and ${now.outputs} output${now.outputs > 1 ? "s" : ""}. ${words}`,
    );
    readOut(underline, pointed, v, steps);
    step.fill(v, steps, item, words);
    side.element.classList.toggle("bp-looking", Boolean(now.closer));
    if (now.closer) near.fill(now.closer, v);
    way.set(steps, now.step);
    how.set(v);
    walk.setSpeed(now.speed);
    guess.element.hidden = !now.predict;
    if (now.predict) guess.fill(v);
    controls.set(v);
    folds.apply(now.hide);
    drawCurve();
    if (details.open) details.replaceChildren(details.firstChild, ...tables(v, steps));
    clearTimeout(waiting.speech);
    waiting.speech = setTimeout(() => (speech.textContent = announcement(steps, v, words)), 200);
  }
  /** The run is made a few milliseconds a frame, so that a drag never waits for it. */
  function drawCurve() {
    const done = run.extend(MAX_PASSES, 5), { costs } = run;
    controls.plot.draw(costs, v.passes, `Cost over ${MAX_PASSES} updates, from ${three(costs[0])} to ${three(costs.at(-1))}`);
    cancelAnimationFrame(waiting.curve);
    if (!done) waiting.curve = requestAnimationFrame(drawCurve);
  }
  const schedule = () => (waiting.draw ||= requestAnimationFrame(draw));

  // ── listening ─────────────────────────────────────────────────────────────────────────────────────────
  function turn(by) {
    const { closer: key } = state(), keys = things(v).map(([k]) => k);
    return key ? look(keys.at((keys.indexOf(key) + by) % keys.length)) : manual(step.turn)(by);
  }
  keyboard(root, way, {
    ArrowRight: manual(go.forth),
    ArrowLeft: manual(() => go.move(-1)),
    ArrowDown: () => turn(1),
    ArrowUp: () => turn(-1),
    Home: manual(go.home),
    End: manual(go.end),
    Escape: () => look(""),
    Enter: () => (look(keyOf(item.i === undefined ? { l: 0, i: state().selected[0] - 1 } : item)), requestAnimationFrame(near.focus)),
    " ": () => walk.toggle(),
  });
  details.addEventListener("toggle", schedule);
  const watched = [...NAMES, "start"].map((name) => `change:${name}`);
  for (const name of watched) model.on(name, schedule);
  const resize = new ResizeObserver(schedule);

  el.append(root);
  const linked = onPage ? link.open() : null;
  if (linked) for (const [name, value] of Object.entries(linked)) model.set(name, value);
  if (linked && linked.seed !== home.seed) model.set("start", {});
  draw();
  resize.observe(picture);
  return () => {
    walk.pause();
    for (const name of watched) model.off(name, schedule);
    resize.disconnect();
    for (const name of ["draw", "curve"]) cancelAnimationFrame(waiting[name]);
    for (const name of ["address", "speech"]) clearTimeout(waiting[name]);
    root.remove();
  };
}

export default { render };
