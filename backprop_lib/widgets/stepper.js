// Step through one pass of a small network: forwards, cost, backwards, update; the widget that ties it together.
//
// The model's traits are the whole state.  Every change goes through `commit`, every picture through `draw`.

import { button } from "./controls.js";
import { diagram } from "./diagram.js";
import { make, three } from "./formula.js";
import { frame } from "./frame.js";
import { linkTo } from "./link.js";
import { panel } from "./panel.js";
import { readOut } from "./readout.js";
import { begin, view } from "./run.js";
import { announcement, sentence } from "./sentences.js";
import { settings } from "./settings.js";
import { MAX_PASSES, NAMES, read, settle, write } from "./state.js";
import { itemAt, select, stepsOfPass } from "./steps.js";
import { tables } from "./table.js";
import { transport } from "./transport.js";

const RUN = ["data", "learning_rate", "hidden_size", "outputs", "biases", "seed"]; // what makes another run
const BEAT = 1600; // milliseconds a step while playing
const equal = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function render({ model, el }) {
  const onPage = Boolean(el.closest(".bp-widget")); // in Jupyter the address is not ours to change
  const state = () => settle(Object.fromEntries(NAMES.map((name) => [name, model.get(name)])));
  // Reset goes back to the chapter's state: on a page what it was built with, in Jupyter what Python began with.
  const home = onPage ? { ...state(), start: model.get("start") } : model.get("home");
  let run, runKey, v, item; // what is drawn, once something is
  let steps = [], playing = 0;
  const waiting = { draw: 0, curve: 0, address: 0, speech: 0 }; // frames and timers

  // ── changing the state ────────────────────────────────────────────────────────────────────────────────
  function commit(changes) {
    const now = state();
    const next = settle({ ...now, ...changes });
    if ("biases" in changes && !("step" in changes)) {
      const { id, l } = stepsOfPass(now.biases)[now.step]; // the same step, where there still is one
      next.step = Math.max(
        0,
        stepsOfPass(next.biases).findIndex((s) => s.id === id && s.l === l),
      );
    }
    if ("seed" in changes) next.start = changes.start ?? {}; // a new seed replaces weights that were given
    for (const [name, value] of Object.entries(next)) if (!equal(model.get(name), value)) model.set(name, value);
    model.save_changes();
    note.textContent = "";
    schedule();
    if (onPage) {
      clearTimeout(waiting.address);
      waiting.address = setTimeout(() => link.show(state()), 250);
    }
  }
  function move(by) {
    const { step, passes } = state();
    const last = steps.length - 1;
    if (step + by > last) return passes < MAX_PASSES ? commit({ passes: passes + 1, step: 0 }) : pause();
    if (step + by < 0) return passes > 0 && commit({ passes: passes - 1, step: last });
    return commit({ step: step + by });
  }
  const leap = (by) => commit({ passes: Math.max(0, Math.min(MAX_PASSES, state().passes + by)) });
  const manual =
    (act) =>
    (...given) => (pause(), act(...given));

  function play() {
    if (playing) return pause();
    playing = setInterval(() => move(1), BEAT);
    way.playing(true);
    return move(1);
  }
  function pause() {
    clearInterval(playing);
    playing = 0;
    way.playing(false);
  }

  // ── the parts ─────────────────────────────────────────────────────────────────────────────────────────
  const choose = manual((chosen) => chosen && commit({ selected: select(state().selected, chosen) }));
  const { picture, svg, underline, note, details, speech, root } = frame();
  const drawing = diagram(svg, {
    choose: (under) => under && choose(under),
    inspect: (under) => v && readOut(underline, under ?? item, v, steps),
  });
  const side = panel(choose);

  const way = transport({
    first: manual(() => commit(state().step ? { step: 0 } : { passes: Math.max(0, state().passes - 1) })),
    back: manual(() => move(-1)),
    play,
    forth: manual(() => move(1)),
    last: manual(() => leap(1)),
    go: manual((step) => commit({ step })),
  });

  const controls = settings(manual(commit));
  const link = linkTo(model.get("name"), { read, write }, settle(home ?? {}), note);
  const another = () => commit({ seed: (state().seed + 1) % 4294967296, passes: 0 });
  const actions = [
    button("dice", "new weights", manual(another), true),
    button("reset", "reset", manual(() => commit(home)), true),
    ...(onPage ? [button("link", "copy link", manual(() => link.copy(state())), true)] : []),
  ];
  root.append(
    make("div", "bp-main", picture, side.element),
    way.element,
    ...controls.elements,
    make("div", "bp-actions", ...actions, note),
    details,
    speech,
  );

  // ── drawing ───────────────────────────────────────────────────────────────────────────────────────────
  function draw() {
    waiting.draw = 0;
    const now = state(), start = model.get("start");
    const wanted = JSON.stringify([...RUN.map((name) => now[name]), start]);
    if (wanted !== runKey) [run, runKey] = [begin(now, start), wanted];
    steps = stepsOfPass(now.biases);
    v = view(run, now);
    item = itemAt(steps[now.step], v);
    const words = sentence(steps[now.step], item, v);
    const { width, height } = svg.getBoundingClientRect(); // both 0 while the widget is hidden
    const unit = parseFloat(getComputedStyle(root).fontSize) / 15 || 1; // the picture grows with the page's type
    drawing.draw(v, steps, item, Math.round(width / unit) || 400, Math.round(height / unit) || 380);
    svg.setAttribute(
      "aria-label",
      `Network with 2 inputs, ${now.hidden_size} hidden neurons and ${now.outputs} output${now.outputs > 1 ? "s" : ""}. ${words}`,
    );
    readOut(underline, item, v, steps);
    side.fill(v, steps, item, words);
    way.set(steps, now.step);
    controls.set(v);
    drawCurve();
    if (details.open) details.replaceChildren(details.firstChild, ...tables(v, steps));
    clearTimeout(waiting.speech);
    waiting.speech = setTimeout(() => (speech.textContent = announcement(steps, v, words)), 200);
  }
  /** The run is made a few milliseconds a frame, so that a drag never waits for it. */
  function drawCurve() {
    const done = run.extend(MAX_PASSES, 5);
    controls.plot.draw(
      run.costs,
      v.passes,
      `Cost over ${MAX_PASSES} updates, from ${three(run.costs[0])} to ${three(run.costs.at(-1))}`,
    );
    cancelAnimationFrame(waiting.curve);
    if (!done) waiting.curve = requestAnimationFrame(drawCurve);
  }
  const schedule = () => (waiting.draw ||= requestAnimationFrame(draw));

  // ── listening ─────────────────────────────────────────────────────────────────────────────────────────
  const keys = {
    ArrowRight: () => move(1),
    ArrowLeft: () => move(-1),
    ArrowDown: () => side.turn(1),
    ArrowUp: () => side.turn(-1),
    Home: () => commit({ step: 0 }),
    End: () => commit({ step: steps.length - 1 }),
  };
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, summary")) return;
    const act =
      event.key === " " ? !event.target.closest("button") && play : keys[event.key] && manual(keys[event.key]);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
    if (event.target.closest(".bp-dots")) requestAnimationFrame(way.focus);
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
    pause();
    for (const name of watched) model.off(name, schedule);
    resize.disconnect();
    for (const name of ["draw", "curve"]) cancelAnimationFrame(waiting[name]);
    for (const name of ["address", "speech"]) clearTimeout(waiting[name]);
    root.remove();
  };
}

export default { render };
