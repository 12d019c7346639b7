// See a program train that has a slip in its gradients, check them parameter by parameter, and name the slip.

import { axes } from "../parts/axes.js";
import { canvas } from "../parts/canvas.js";
import { button, slider } from "../parts/controls.js";
import { make, three } from "../parts/formula.js";
import { live } from "../parts/live.js";
import { checkAt, descend, puzzle, slopesOf, UPDATES } from "./puzzle.js";
import { nameOf, paintNetwork, paintStrip, STRIP, suspects, TELLS } from "./suspects.js";
import { table } from "../parts/table.js";

const EDGES = [40, 12];
const percent = (share) => `${Math.round(100 * share)}%`;

function paintRuns(pens, width, height, mine, right, y, k) {
  const x = { least: 0, most: UPDATES, ticks: [[0, "0"], [UPDATES / 2, String(UPDATES / 2)], [UPDATES, String(UPDATES)]], name: "updates" };
  const edges = { left: EDGES[0], right: width - EDGES[1], top: 26, bottom: height - 38 };
  const { at, curve } = axes(pens, "axes", edges, x, y);
  const [now] = at(k, 1);
  pens.lineTo("now", "bp-now", now, edges.top, now, edges.bottom, 1);
  for (const [name, className, values] of [["right", "bp-forward-difference", right], ["mine", "bp-tangent", mine]])
    curve(name, `bp-curve ${className}`, values.map((_, n) => n), values);
}

function render(given) {
  const networks = given.model.get("networks"), slips = given.model.get("slips"), names = Object.keys(TELLS); // a notebook kept as JSON sorts the slips
  const rules = {
    puzzle: { least: 1, most: 9999, whole: true },
    update: { least: 0, most: UPDATES, whole: true },
    checked: { least: 0, most: 200, whole: true },
    selected: { least: 0, most: 200, whole: true },
    answer: { least: 0, most: 5, whole: true },
  };
  const { commit, details, say, start } = live(given, "Spot the bug: a program whose gradients have a slip", rules);
  let state, now = {};
  const open = (n) => commit({ puzzle: Math.max(1, Math.min(9999, n)), update: Math.min(given.model.get("update"), UPDATES), checked: 0, selected: 0, answer: 0 });

  // ── the parts ─────────────────────────────────────────────────────────────────────────────────────────
  const number = make("p", "bp-number"), about = make("p", "bp-about");
  const [costs, answers] = [canvas("bp-plot"), canvas("bp-plot")];
  const [diagram, strip] = [canvas("bp-plot bp-tall"), canvas("bp-plot bp-tall")];
  const update = slider("look before update", { min: 0, max: UPDATES, step: 1, show: (k) => String(k + 1) }, (k) => commit({ update: k }));
  const checked = slider("parameters checked", { min: 0, max: 25, step: 1 }, (n) => commit({ checked: n, selected: 0 }));
  const all = button("last", "check all", () => commit({ checked: now.all.length, selected: 0 }), true);
  const found = make("p", "bp-found-so-far"), readout = make("p", "bp-suspect");
  const choices = Array.from({ length: 5 }, (_, n) => {
    const element = make("button", "bp-button bp-guess");
    element.type = "button";
    element.addEventListener("click", () => commit({ answer: n + 1 }));
    return element;
  });
  const [judged, why, next] = [make("p", "bp-judged"), make("p"), button("next", "next puzzle", () => open(state.puzzle + 1), true)];
  const key = (className, words) => make("span", `bp-key ${className}`, words);
  const parts = [
    make("div", "bp-numbered", button("previous", "previous puzzle", () => open(state.puzzle - 1)), number, next),
    about,
    make("p", "bp-legend", key("bp-tangent", "this program"), key("bp-forward-difference", "the right one, from the same weights")),
    make("div", "bp-two", costs.svg, answers.svg),
    make("div", "bp-settings bp-checks", update.element, checked.element, all),
    make("div", "bp-two", diagram.svg, strip.svg),
    found,
    readout,
    make("p", "bp-ask", "Which slip is in this program?"),
    make("div", "bp-guesses bp-stacked", ...choices),
    make("div", "bp-says bp-why", judged, why),
  ];
  for (const picture of [costs, answers]) picture.drag(...EDGES, (part) => commit({ update: Math.min(Math.round(part * UPDATES), now.mine.at.length - 1) }));
  const point = (n) => n >= 0 && n < state.checked && commit({ selected: n + 1 });
  strip.drag(...STRIP, (part) => point(Math.min(now.all.length - 1, Math.floor(part * now.all.length))));
  let hit = null;
  diagram.svg.addEventListener("click", (event) => {
    const box = diagram.svg.getBoundingClientRect();
    if (hit) point(hit(event.clientX - box.left, event.clientY - box.top));
  });

  // ── the numbers ───────────────────────────────────────────────────────────────────────────────────────
  function renew() {
    const set = puzzle(state.puzzle, networks, names);
    now = { n: state.puzzle, set, all: suspects(set.net), mine: descend(set, set.name, UPDATES), right: descend(set, "", UPDATES), checks: new Map() };
  }
  function rowsAt(k) {
    if (!now.checks.has(k)) now.checks.set(k, checkAt(now.set, now.mine, k));
    return now.checks.get(k);
  }
  /** Where a slip would show otherwise than this program does: the parameter with the largest difference. */
  function refute(name, k) {
    const other = slopesOf(now.set, name, now.mine.at[k]), rows = rowsAt(k);
    const apart = now.all.map((one) => Math.abs(other[one.k] - rows[one.k].given) / (Math.abs(other[one.k]) + Math.abs(rows[one.k].given) || 1));
    const one = now.all[apart.indexOf(Math.max(...apart))];
    return `With “${name}” the program would say ${three(other[one.k])} for the slope of ${nameOf(one)}; it says ${three(rows[one.k].given)}.`;
  }

  function judge(k) {
    const { set } = now, picked = set.choices[state.answer - 1];
    choices.forEach((element, n) => {
      element.textContent = set.choices[n] ?? "";
      element.hidden = !set.choices[n];
      element.setAttribute("aria-pressed", String(n === state.answer - 1));
      element.classList.toggle("bp-found", picked === set.name && n === state.answer - 1);
    });
    if (!picked) {
      judged.textContent = "Look at the curves, check the gradients, then decide.";
      why.textContent = "";
    } else if (picked === set.name) {
      judged.textContent = `✓ Right: ${picked}, in (${slips[picked].equation}).`;
      why.textContent = `${slips[picked].sentence} ${TELLS[picked]}`;
    } else {
      judged.textContent = `✗ Not ${picked}.`;
      why.textContent = `${refute(picked, k)} Its mark would be another: ${TELLS[picked]}`;
    }
  }

  const figures = ({ given, found, error, ok, kinked }) => [
    three(given), three(found), found ? three(given / found) : "–", kinked ? "at a kink" : three(error), ok ? "✓ agrees" : "✕ differs",
  ];
  const HEADS = ["parameter", "backprop", "numerical", "ratio", "relative error", "verdict"];

  function draw(given_) {
    state = given_;
    if (now.n !== state.puzzle) renew();
    const { set, all: list, mine, right } = now, { net } = set;
    const k = Math.min(state.update, mine.at.length - 1), done = Math.min(state.checked, list.length);
    const selected = (state.selected && state.selected <= done ? state.selected : done) - 1, rows = rowsAt(k);
    number.textContent = `Puzzle ${state.puzzle}`;
    about.textContent = `${net.sizes.join("-")}: ${net.names.slice(1).join(", ")}; ${set.spec.loss.replaceAll("_", " ")}; λ = ${three(net.l2)}, α = ${three(set.learning_rate)}, m = ${set.x.length / 2} points.`;
    const y = { least: 1e-2, most: 100, log: true, ticks: [[0.01, "10⁻²"], [1, "1"], [100, "100"]], name: "cost C" };
    const ended = mine.overflowed ? "overflowed" : `costs ${three(mine.cost.at(-1))}`;
    costs.draw(`The cost over ${UPDATES} updates. This program ${ended} at the end, the right one ${three(right.cost.at(-1))}.`, (pens, w, h) =>
      paintRuns(pens, w, h, mine.cost, right.cost, y, k),
    );
    const share = { least: 0, most: 1, ticks: [[0, "0"], [0.5, "50%"], [1, "100%"]], name: "points that are right" };
    answers.draw(`The points that are right. This program has ${percent(mine.accuracy.at(-1))} at the end, the right one ${percent(right.accuracy.at(-1))}.`, (pens, w, h) =>
      paintRuns(pens, w, h, mine.accuracy, right.accuracy, share, k),
    );
    update.set(k);
    checked.element.querySelector("input").max = list.length;
    checked.set(done);
    const wrong = list.slice(0, done).filter((one) => !rows[one.k].ok).length;
    const words = `${done} of ${list.length} parameters are checked before update ${k + 1}: ${wrong} ${wrong === 1 ? "differs" : "differ"} from their numerical gradient.`;
    diagram.draw(`The network. ${words}`, (pens, w, h) => (hit = paintNetwork(pens, w, h, net, list, rows, done, selected)));
    strip.draw(`The relative error of every parameter that was checked. ${words}`, (pens, w, h) => paintStrip(pens, w, h, net, list, rows, done, selected));
    const one = list[selected];
    found.textContent = words;
    const values = one ? [nameOf(one), ...figures(rows[one.k])] : ["none yet", ...Array(5).fill("–")];
    readout.replaceChildren(...values.map((value, n) => make("span", "", make("span", "bp-name", `${HEADS[n]} `), make("span", n ? "bp-figures" : "bp-figures bp-strongly", value))));
    judge(k);
    if (details.open) {
      const values = table(`Gradients before update ${k + 1}`, HEADS, list.slice(0, done).map((each) => [nameOf(each), ...figures(rows[each.k])]));
      details.replaceChildren(details.firstChild, Object.assign(values, { tabIndex: 0 })); // it may scroll, by keyboard too
    }
    say(state.answer ? `${judged.textContent} ${why.textContent}` : `${words}${one ? ` ${nameOf(one)}: ${figures(rows[one.k]).join(", ")}.` : ""}`);
  }

  return start(parts, draw);
}

export default { render };
