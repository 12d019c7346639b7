// Watch a run fail, guess why, see the evidence, apply the cure.

import { bending } from "./a_run.js";
import { axes } from "../parts/axes.js";
import { canvas } from "../parts/canvas.js";
import { BUGS } from "../engine/bugs.js";
import { RULES, SETTINGS, settingsControls, SLIPS } from "./case_controls.js";
import { button, chooser } from "../parts/controls.js";
import { CAUSES, cureOf, evidenceRows, GUESSES, wordsFor } from "./cures.js";
import { diagnose } from "./diagnosis.js";
import { backward as everyEquation } from "../engine/engine.js";
import { exhibit } from "./exhibits.js";
import { make, three } from "../parts/formula.js";
import { live } from "../parts/live.js";
import { problem } from "./problem.js";
import { table } from "../parts/table.js";
import { run as begin } from "../engine/training.js";

const ENDS = {
  diverged: "Its numbers overflowed.",
  solved: "Every point is right.",
  rising: "Its cost is higher than it was.",
  symmetric: "Some of its neurons are the same.",
  bouncing: "Its cost goes up and down.",
  plateau: "Its cost has stopped moving.",
  descending: "Its cost still falls.",
};
const percent = (share) => (share < 1 && share > 0.99 ? "above 99%" : `${Math.round(100 * share)}%`);

/** One curve of this run, and of the run before a cure, over the epochs. */
function paintCurve(pens, width, height, values, before, epochs, y, over) {
  const edges = { left: 40, right: width - 12, top: 26, bottom: height - 38 };
  const x = { least: 0, most: epochs, ticks: [[0, "0"], [epochs / 2, String(epochs / 2)], [epochs, String(epochs)]], name: "epochs" };
  const { at, curve } = axes(pens, "axes", edges, x, y);
  const draw = (name, className, all) => {
    const last = Math.min(all.length - 1, epochs),
      n = Math.min(200, last + 1);
    const places = Array.from({ length: n }, (_, k) => Math.round((k * last) / Math.max(n - 1, 1)));
    curve(name, `bp-curve ${className}`, places, places.map((k) => all[k]));
  };
  if (before) draw("before", "bp-forward-difference", before);
  draw("now", "", values);
  if (over && values.length) {
    const [px, py] = at(values.length - 1, values.at(-1));
    pens.part("over", "text", { class: "bp-gradient", x: px.toFixed(1), y: (py + 5).toFixed(1), "text-anchor": "middle" }, "✕");
  }
}

function render(given) {
  const cases = given.model.get("cases"), root = given.model.get("root");
  const rules = { ...RULES, case: { ...RULES.case, most: cases.length } };
  const same = (state, n) => SETTINGS.every((name) => cases[n - 1][name] === state[name]);
  const settle = (state) => (state.case && !same(state, state.case) ? { ...state, case: 0 } : state);
  const { commit, details, say, start } = live(given, "Detective: a run that failed, and why", rules, settle);
  const onPage = Boolean(given.el.closest(".bp-widget"));
  let state, work = {}, waiting = 0, cured = null;

  // ── what the reader sets ──────────────────────────────────────────────────────────────────────────────
  const open = (n) => commit({ ...(n ? cases[n - 1] : {}), case: n, guess: "" });
  const change = (changes) => commit({ ...changes, case: 0, guess: "" });
  const which = chooser("case", [...cases.map((_, i) => [i + 1, `case ${i + 1} of ${cases.length}`]), [0, "your own"]], open);
  const next = button("next", "next case", () => open((state.case % cases.length) + 1), true);
  const { seen, more } = settingsControls(change);
  const elements = (all) => Object.values(all).map(({ element }) => element);

  // ── what the reader guesses and sees ──────────────────────────────────────────────────────────────────
  const [costs, answers] = [canvas("bp-plot"), canvas("bp-plot")];
  const picture = canvas("bp-plot bp-tall");
  const status = make("p", "bp-status");
  const guesses = GUESSES.map((name) => {
    const element = make("button", "bp-button bp-guess", wordsFor(name));
    element.type = "button";
    element.addEventListener("click", () => commit({ guess: name }));
    return [name, element];
  });
  const cure = make("button", "bp-button bp-cure");
  cure.type = "button";
  const [judged, because, taught, numbers] = [make("p", "bp-judged"), make("p"), make("p", "bp-taught"), make("div", "bp-readings")];
  const shown = make("div", "bp-evidence", make("div", "", judged, because, numbers, taught, cure), picture.svg);
  const parts = [
    make("div", "bp-settings bp-pick", which.element, next),
    make("div", "bp-settings bp-three", ...elements(seen)),
    make("details", "bp-more", make("summary", "", "More settings"), make("div", "bp-settings bp-three", ...elements(more))),
    make("div", "bp-two", costs.svg, answers.svg),
    status,
    make("p", "bp-ask", "Why? Guess before you look at the evidence."),
    make("div", "bp-guesses", ...guesses.map(([, element]) => element)),
    shown,
  ];

  // ── the run, in slices ────────────────────────────────────────────────────────────────────────────────
  const key = (of = state) => JSON.stringify(SETTINGS.map((name) => of[name]));
  function renew() {
    const backward = state.slip ? BUGS[SLIPS[state.slip]].gradients : everyEquation;
    const set = problem(state);
    work = { key: key(), ...set, backward, run: begin({ ...set, learning_rate: state.learning_rate, backward }), found: null };
  }
  function slice() {
    waiting = 0;
    if (!work.run.extend(state.epochs, 8)) waiting = requestAnimationFrame(slice);
    else if (!conclude()) waiting = requestAnimationFrame(slice);
    show();
  }
  /** Diagnose what was trained; whether that is done.  How the cost bends is worked out first, in slices too. */
  function conclude() {
    work.run_ ??= finished();
    work.bends ??= ["start", "end"].map((where) => bending(work.run_, where));
    const until = performance.now() + 8;
    while (work.bends.length && performance.now() < until) if (work.bends[0].next().done) work.bends.shift();
    if (work.bends.length) return false;
    work.found = diagnose(work.run_);
    return true;
  }
  function finished() {
    const { run, net, p, x, y, backward } = work,
      cost = run.data.length ? run.data.map((c, k) => c + run.ridge[k]) : [NaN];
    return {
      net, start: p, end: run.data.length ? run.at(run.epochs) : p, x, y, cost,
      accuracy: run.accuracy.length ? run.accuracy : [NaN],
      alpha: state.learning_rate, begun: run.rates.length > 0 || run.diverged, overflowed: run.diverged, backward,
    };
  }

  function show() {
    const { run, found } = work, { epochs } = state, done = Math.max(run.epochs, 0);
    const cost = run.data.map((c, k) => c + run.ridge[k]);
    const y = { least: 1e-4, most: 100, log: true, ticks: [[1e-4, "10⁻⁴"], [0.01, "10⁻²"], [1, "1"], [100, "100"]], name: "cost C" };
    const last = three(cost.at(-1) ?? NaN), right = percent(run.accuracy.at(-1) ?? 0);
    costs.draw(`The cost over the epochs; it is ${last} after ${done}.`, (pens, w, h) =>
      paintCurve(pens, w, h, cost, cured?.cost, epochs, y, run.diverged),
    );
    const share = { least: 0, most: 1, ticks: [[0, "0"], [0.5, "50%"], [0.75, "75%"], [1, "100%"]], name: "points that are right" };
    answers.draw(`The share of points that are right; it is ${right} after ${done} epochs.`, (pens, w, h) =>
      paintCurve(pens, w, h, run.accuracy, cured?.accuracy, epochs, share, run.diverged),
    );
    status.textContent = found
      ? `After ${done} epochs the cost is ${last} and ${right} of the points are right. ${ENDS[found.verdict]}`
      : `Training and looking: ${done} of ${epochs} epochs.`;
    reveal();
    if (details.open) fill(cost);
  }

  function reveal() {
    const { found } = work, { guess } = state, open = Boolean(found && (guess || cured));
    for (const [name, element] of guesses) {
      element.setAttribute("aria-pressed", String(guess === name));
      element.classList.toggle("bp-found", open && isTrue(name));
    }
    cure.hidden = !open || !found.causes.length;
    if (!open) {
      judged.textContent = "The evidence is sealed until you guess.";
      because.textContent = "Beside it: the points, filled where the target is 1, and shaded where the network answers 1.";
      for (const element of [numbers, taught]) element.replaceChildren();
      if (found) paint(null);
      return;
    }
    const [cause, ...others] = found.causes;
    judged.textContent = guess ? verdictOn(guess) : `With the cure, ${cured.words}: ${ENDS[found.verdict].toLowerCase().replace("its", "the")}`;
    because.textContent = [
      cause?.sentence ?? "Of all the causes that this page knows, none leaves a trace in this run.",
      ...others.map(({ name }) => `Also found: ${wordsFor(name)}.`),
    ].join(" ");
    const rows = cause ? evidenceRows(cause) : [];
    numbers.replaceChildren(...(rows.length ? [table("The evidence", ["", ""], rows)] : []));
    const page = CAUSES[cause?.name]?.page;
    taught.replaceChildren(...(page ? ["Taught in ", linkTo(page), "."] : []));
    if (cause) cure.textContent = `Try the cure: ${cureOf(cause, state).words}`;
    paint(cause);
    say(`${judged.textContent} ${because.textContent}`);
  }
  /** Draw the picture for a cause; it is computed once. */
  function paint(cause = null) {
    if (work.exhibit?.of !== cause) work.exhibit = { of: cause, ...exhibit(work.run_, cause) };
    picture.draw(work.exhibit.label, work.exhibit.paint);
  }
  const isTrue = (name) => (work.found.causes.length ? work.found.causes.some((cause) => cause.name === name) : name === "healthy");
  function verdictOn(guess) {
    const { causes } = work.found, [first] = causes;
    if (!first) return guess === "healthy" ? "✓ Right: nothing is wrong here." : `✗ No sign of ${wordsFor(guess)}: this run is in order.`;
    if (guess === first.name) return `✓ Right: ${wordsFor(guess)}.`;
    if (isTrue(guess)) return `✓ True as well, but first of all: ${wordsFor(first.name)}.`;
    if (guess === "healthy") return `✗ Something is wrong: ${wordsFor(first.name)}.`;
    return `✗ The evidence says: ${wordsFor(first.name)}, not ${wordsFor(guess)}.`;
  }
  const linkTo = ([page, words]) => (onPage ? Object.assign(make("a", "", words), { href: `${root}${page}.html` }) : words);
  cure.addEventListener("click", () => {
    const { changes, words } = cureOf(work.found.causes[0], state), { run_ } = work;
    cured = { words, cost: run_.cost, accuracy: run_.accuracy, key: key({ ...state, ...changes }) };
    commit({ ...changes, case: 0, guess: "" });
  });
  function fill(cost) {
    const rows = Array.from({ length: 11 }, (_, k) => Math.round((k * (cost.length - 1)) / 10)).map((k) => [String(k), cost[k], percent(work.run.accuracy[k])]);
    const values = table("The run", ["epoch", "cost", "points that are right"], rows);
    details.replaceChildren(details.firstChild, Object.assign(values, { tabIndex: 0 })); // it may scroll, by keyboard too
  }

  const stop = start(parts, (now) => {
    state = settle(now);
    which.set(state.case);
    for (const [name, control] of Object.entries({ ...seen, ...more })) control.set(state[name]);
    if (cured && cured.key !== key()) cured = null; // another run than the cured one
    if (work.key !== key()) {
      cancelAnimationFrame(waiting);
      renew();
      slice();
    } else show();
  });
  return () => {
    cancelAnimationFrame(waiting);
    stop();
  };
}

export default { render };
