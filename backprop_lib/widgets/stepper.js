// Step through one pass of a small network: forwards, cost, backwards, update; the widget that ties it together.
//
// The model's traits are the whole state.  Every change goes through `commit`, every picture through `draw`.

import { button, chooser, curve, slider, toggle } from "./controls.js";
import { diagram } from "./diagram.js";
import { make, three } from "./formula.js";
import { panel } from "./panel.js";
import { readOut } from "./readout.js";
import { begin, view } from "./run.js";
import { announcement, sentence } from "./sentences.js";
import { address, EXAMPLES, MAX_PASSES, NAMES, PRESETS, read, settle } from "./state.js";
import { itemAt, PHASES, select, stepsOfPass, title } from "./steps.js";
import { tables } from "./table.js";

const DATA = [["corners", "XOR, corners 0 and 1"], ["signed_corners", "XOR, corners −1 and 1"], ["article", "the article’s own point"]];
const SVG = "http://www.w3.org/2000/svg";
const BEAT = 1600; // milliseconds a step while playing
const equal = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function render({ model, el }) {
  const onPage = Boolean(el.closest(".bp-widget")); // in Jupyter the address is not ours to change
  const state = () => settle(Object.fromEntries(NAMES.map((name) => [name, model.get(name)])));
  // Reset goes back to the chapter's state: on a page what it was built with, in Jupyter what Python began with.
  const home = onPage ? { ...state(), start: model.get("start") } : model.get("home"), key = model.get("name");
  let frame = 0, curveFrame = 0, playing = 0, addressTimer = 0, speechTimer = 0, run = null, runKey = "", item = null, v = null, steps = [];

  // ── changing the state ────────────────────────────────────────────────────────────────────────────────
  function commit(changes, start) {
    const now = state(), next = settle({ ...now, ...changes });
    if (changes.biases !== undefined && changes.biases !== now.biases && changes.step === undefined) {
      const { id, l } = stepsOfPass(now.biases)[now.step];
      next.step = Math.max(0, stepsOfPass(next.biases).findIndex((s) => s.id === id && s.l === l));
    }
    if (start !== undefined && !equal(start, model.get("start"))) model.set("start", start);
    for (const name of NAMES) if (!equal(model.get(name), next[name])) model.set(name, next[name]);
    model.save_changes();
    note.textContent = "";
    schedule();
    if (onPage) {
      clearTimeout(addressTimer);
      addressTimer = setTimeout(writeAddress, 250);
    }
  }
  function move(by) {
    const { step, passes } = state(), last = steps.length - 1;
    if (step + by > last) return passes < MAX_PASSES ? commit({ passes: passes + 1, step: 0 }) : pause();
    if (step + by < 0) return passes > 0 && commit({ passes: passes - 1, step: last });
    return commit({ step: step + by });
  }
  const leap = (by) => commit({ passes: Math.max(0, Math.min(MAX_PASSES, state().passes + by)) });
  const manual = (act) => (...given) => (pause(), act(...given));
  const reset = manual(() => commit(home, home.start ?? {}));

  function play() {
    if (playing) return pause();
    playing = setInterval(() => move(1), BEAT);
    playButton.rename("pause", "pause");
    move(1);
  }
  function pause() {
    clearInterval(playing);
    playing = 0;
    playButton.rename("play", "play");
  }

  // ── the address ───────────────────────────────────────────────────────────────────────────────────────
  function writeAddress() {
    try {
      history.replaceState(history.state, "", address(location.href, key, equal(state(), settle(home)) ? null : state()));
    } catch {
      // A browser may refuse (too many changes, or a page without an origin); the copied link still works.
    }
  }
  function readAddress() {
    const text = new URLSearchParams(location.search).get(key);
    if (text === null) return;
    const found = read(text);
    if (found) for (const name of NAMES) model.set(name, found[name]);
    else note.textContent = "The state in this link could not be read, so this is the chapter’s own state.";
  }
  async function copyLink() {
    const link = address(location.href, key, state());
    try {
      await navigator.clipboard.writeText(link);
      note.textContent = "Link copied: it opens this very picture.";
    } catch {
      const field = Object.assign(make("input", "bp-link"), { value: link, readOnly: true });
      field.setAttribute("aria-label", "Link to this picture");
      note.replaceChildren("Copy this link: ", field);
      field.select();
    }
  }

  // ── the parts ─────────────────────────────────────────────────────────────────────────────────────────
  const choose = manual((chosen) => chosen && commit({ selected: select(state().selected, chosen) }));
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "bp-diagram");
  svg.setAttribute("role", "img");
  const underline = make("p", "bp-readout"), legend = make("p", "bp-legend");
  legend.append(
    make("span", "bp-key bp-key-plus", "w > 0"), make("span", "bp-key bp-key-minus", "w < 0"),
    make("span", "bp-key bp-key-forward", "forward"), make("span", "bp-key bp-key-back", "backward"),
  );
  const picture = make("div", "bp-picture", svg, underline, legend);
  picture.tabIndex = 0;
  picture.setAttribute("role", "group");
  picture.setAttribute("aria-label", "The network. Left and right arrow keys step, up and down choose a neuron or weight, space plays.");
  const drawing = diagram(svg, {
    choose: (under) => under && choose(under),
    inspect: (under) => v && readOut(underline, under ?? item, v, steps),
  });
  const side = panel(choose);

  const playButton = button("play", "play", play);
  const dots = make("div", "bp-dots");
  const transport = make("div", "bp-transport",
    make("div", "bp-buttons",
      button("first", "back to the first step", manual(() => commit(state().step ? { step: 0 } : { passes: Math.max(0, state().passes - 1) }))),
      button("back", "one step back", manual(() => move(-1))), playButton,
      button("forth", "one step forward", manual(() => move(1))),
      button("last", "on to the next pass", manual(() => leap(1))),
    ), dots);

  const rate = slider("learning rate α", {
    min: -3, max: 1, step: 0.01, show: String,
    read: (place) => Number((10 ** place).toPrecision(3)), write: (value) => Math.log10(value).toFixed(4),
  }, manual((learning_rate) => commit({ learning_rate })));
  const width = slider("hidden size", { min: 1, max: 50, step: 1 }, manual((hidden_size) => commit({ hidden_size })));
  const passes = slider("updates so far", { min: 0, max: MAX_PASSES, step: 1, show: (n) => `${n} · cost ${three(v.cost.total)}` }, manual((n) => commit({ passes: n })));
  const data = chooser("data", DATA, manual((chosen) => commit({ data: chosen, passes: 0, step: 0, ...(changesPreset(chosen) ? PRESETS[chosen] : {}) }, {})));
  const changesPreset = (chosen) => (chosen === "article") !== (state().data === "article");
  const example = chooser("example shown", [], manual((chosen) => commit({ example: chosen })));
  const outputs = chooser("outputs", [[1, "1"], [2, "2"]], manual((chosen) => commit({ outputs: chosen })));
  const biases = toggle("biases", manual((on) => commit({ biases: on })));
  const plot = curve();
  const batch = make("p", "bp-batch");
  const note = make("p", "bp-note");
  note.setAttribute("role", "status");
  const settings = make("div", "bp-settings", passes.element, make("div", "bp-pair", rate.element, width.element), data.element, example.element, outputs.element, biases.element);
  passes.element.insertBefore(plot.element, passes.element.lastChild);
  const actions = make("div", "bp-actions",
    button("dice", "new weights", manual(() => commit({ seed: (state().seed + 1) % 4294967296, passes: 0 }, {})), true),
    button("reset", "reset", reset, true), ...(onPage ? [button("link", "copy link", manual(copyLink), true)] : []), note);
  const details = make("details", "bp-values", make("summary", "", "Table of all values"));
  const speech = make("p", "bp-speech");
  speech.setAttribute("aria-live", "polite");
  const root = make("div", "bp-stepper", make("div", "bp-main", picture, side.element), transport, settings, batch, actions, details, speech);
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "Stepper: backpropagation, one step at a time");

  // ── drawing ───────────────────────────────────────────────────────────────────────────────────────────
  function draw() {
    frame = 0;
    const now = state(), start = model.get("start");
    const wanted = JSON.stringify([now.data, now.learning_rate, now.hidden_size, now.outputs, now.biases, now.seed, start]);
    if (wanted !== runKey) [run, runKey] = [begin(now, start), wanted];
    steps = stepsOfPass(now.biases);
    v = view(run, now);
    item = itemAt(steps[now.step], v);
    const words = sentence(steps[now.step], item, v);
    const { width: across, height } = svg.getBoundingClientRect(); // both 0 while the widget is hidden
    drawing.draw(v, steps, item, Math.round(across) || 400, Math.round(height) || 380);
    svg.setAttribute("aria-label", `Network with 2 inputs, ${now.hidden_size} hidden neurons and ${now.outputs} output${now.outputs > 1 ? "s" : ""}. ${words}`);
    readOut(underline, item, v, steps);
    side.fill(v, steps, item, words);
    setDots(now.step);
    for (const [control, value] of [[rate, now.learning_rate], [width, now.hidden_size], [passes, now.passes], [data, now.data], [outputs, now.outputs], [biases, now.biases]]) control.set(value);
    example.set(now.example, Array.from({ length: EXAMPLES[now.data] }, (_, n) => [n + 1, `${n + 1}: (${three(v.x[n])}, ${three(v.x[v.m + n])})`]));
    batch.textContent = v.m > 1 ? `The picture shows example ${now.example}; the cost and every update take all ${v.m} examples.` : "One example: the cost and every update take it alone.";
    drawCurve();
    if (details.open) details.replaceChildren(details.firstChild, ...tables(v, steps));
    clearTimeout(speechTimer);
    speechTimer = setTimeout(() => (speech.textContent = announcement(steps, v, words)), 200);
  }
  /** The run is made a few milliseconds a frame, so that a drag never waits for it. */
  function drawCurve() {
    const done = run.extend(MAX_PASSES, 5);
    plot.draw(run.costs, v.passes, `Cost over ${MAX_PASSES} updates, from ${three(run.costs[0])} to ${three(run.costs.at(-1))}`);
    cancelAnimationFrame(curveFrame);
    if (!done) curveFrame = requestAnimationFrame(drawCurve);
  }
  function setDots(step) {
    if (dots.querySelectorAll("button").length !== steps.length)
      dots.replaceChildren(...PHASES.map((phase) => {
        const group = make("div", `bp-phase-group bp-phase-${phase}`, make("span", "bp-phase-name", phase));
        const row = make("div", "bp-row");
        steps.forEach((s, n) => {
          if (s.phase !== phase) return;
          const dot = make("button", "bp-dot");
          dot.type = "button";
          dot.dataset.step = n;
          dot.title = title(s);
          dot.addEventListener("click", manual(() => commit({ step: n })));
          row.append(dot);
        });
        group.append(row);
        return group;
      }));
    for (const dot of dots.querySelectorAll("button")) {
      const n = Number(dot.dataset.step);
      dot.setAttribute("aria-label", `step ${n + 1}: ${title(steps[n])}`);
      dot.tabIndex = n === step ? 0 : -1;
      dot.classList.toggle("bp-past", n < step);
      if (n === step) dot.setAttribute("aria-current", "step");
      else dot.removeAttribute("aria-current");
    }
  }
  const schedule = () => (frame ||= requestAnimationFrame(draw));

  // ── listening ─────────────────────────────────────────────────────────────────────────────────────────
  const keys = { ArrowRight: () => move(1), ArrowLeft: () => move(-1), ArrowDown: () => side.turn(1), ArrowUp: () => side.turn(-1), Home: () => commit({ step: 0 }), End: () => commit({ step: steps.length - 1 }) };
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, summary")) return;
    const act = event.key === " " ? !event.target.closest("button") && play : keys[event.key] && manual(keys[event.key]);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
    if (event.target.closest(".bp-dots")) requestAnimationFrame(() => dots.querySelector("[aria-current]")?.focus());
  });
  details.addEventListener("toggle", schedule);
  const watched = [...NAMES, "start"].map((name) => `change:${name}`);
  for (const name of watched) model.on(name, schedule);
  const resize = new ResizeObserver(schedule);

  el.append(root);
  if (onPage) readAddress();
  draw();
  resize.observe(picture);
  return () => {
    pause();
    for (const name of watched) model.off(name, schedule);
    resize.disconnect();
    cancelAnimationFrame(frame);
    cancelAnimationFrame(curveFrame);
    clearTimeout(addressTimer);
    clearTimeout(speechTimer);
    root.remove();
  };
}

export default { render };
