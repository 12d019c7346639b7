// Show which runs learn XOR: a map of seeds and learning rates, the widths beside it, and one run made again.

import { cellAt, paintMap, paintPhase } from "./atlas_map.js";
import { playgroundText, remake, stepperText, WORDS } from "./atlas_run.js";
import { axes, powerOfTen } from "../parts/axes.js";
import { canvas } from "../parts/canvas.js";
import { chooser, slider } from "../parts/controls.js";
import { make, three } from "../parts/formula.js";
import { group } from "../parts/frame.js";
import { live } from "../parts/live.js";

const NETWORKS = {
  sigmoid: "sigmoids, half squared error",
  relu: "ReLU before a sigmoid, cross-entropy",
  straight: "tanh before a straight output",
};
const KEYS = { ArrowLeft: ["seed", -1], ArrowRight: ["seed", 1], ArrowDown: ["rate", -1], ArrowUp: ["rate", 1] };
const COST = { least: 1e-4, most: 100, log: true, ticks: [-4, -2, 0, 2].map((n) => [10 ** n, powerOfTen(n)]), name: "cost C" };
const share = (letters, end) => [...letters].filter((letter) => letter === end).length / letters.length;
const count = (n) => n.toLocaleString("en-US");
const percent = (part) => `${Math.round(100 * part)}%`;

/** The row of a rate, or of the nearest one that the network was swept with. */
function rowOf({ learning_rates: rates }, rate) {
  const far = rates.map((each) => Math.abs(Math.log(each / rate)));
  return far.indexOf(Math.min(...far));
}

/** The odds at one width, in words. */
function odds({ ends, epochs }, width) {
  const letters = ends[width - 1].join("");
  const counts = ["s", "k", "d", "u"].map((end) => [end, share(letters, end)]);
  const rest = counts.slice(1).filter(([, part]) => part);
  const says = { k: "are stuck", d: "diverge", u: "hang on rounding" };
  return (
    `Of ${letters.length} runs at width ${width}, ${percent(counts[0][1])} have all four corners right after ${count(epochs)} updates` +
    rest.map(([end, part]) => `, ${percent(part)} ${says[end]}`).join("") +
    "."
  );
}

/** How the chosen run ended, in words. */
function fate(of, ended, { learning_rate, seed }) {
  const answers = of.answers.map(three).join(", ");
  const how = {
    solved: of.since ? `solved, for good from update ${count(of.since)} on` : "solved from the start",
    stuck: `stuck, with ${of.right} of 4 corners right`,
    diverged: `diverged: after ${of.epochs} updates its numbers overflow`,
  }[of.ended];
  const doubt = ended === "u" || WORDS[ended] !== of.ended ? " Rounding has a say in this one: with the corners in another order it goes another way." : "";
  const last = of.ended === "diverged" ? "" : ` Its last cost is ${three(of.cost.at(-1))}; for the targets 0, 1, 1, 0 it answers ${answers}.`;
  return `Seed ${seed}, α = ${learning_rate}: ${how}.${doubt}${last}`;
}

function paintCost(pens, width, height, { cost, epochs }, most) {
  const x = { least: 0, most, ticks: [0, most / 2, most].map((k) => [k, count(k)]), name: "updates" };
  const { curve } = axes(pens, "axes", { left: 36, right: width - 6, top: 24, bottom: height - 38 }, x, COST);
  const places = [...new Set(Array.from({ length: 251 }, (_, k) => Math.round((k * epochs) / 250)))];
  curve("run", "bp-curve bp-solid", places, places.map((k) => cost[k]));
}

const heading = (text, scope) => Object.assign(make("th", "", text), { scope });

/** The map as a table, the largest rate first as in the picture. */
function table({ learning_rates, ends }, width, seeds) {
  const head = make("tr", "", heading("α", "col"), ...seeds.map((seed) => heading(`seed ${seed}`, "col")));
  const rows = ends[width - 1].map((row, j) => make("tr", "", heading(String(learning_rates[j]), "row"), ...[...row].map((end) => make("td", "", WORDS[end]))));
  return make("div", "bp-table", make("table", "", make("caption", "", `How each run of width ${width} ended`), make("thead", "", head), make("tbody", "", ...rows.reverse())));
}

function render(given) {
  const { model, el } = given;
  const data = model.get("data"), pages = model.get("pages");
  const names = Object.keys(data), first = data[names[0]].ends;
  const widths = first.map((_, i) => i + 1), seeds = [...first[0][0]].map((_, k) => k);
  const rules = {
    network: { choices: names },
    width: { least: 1, most: widths.length, whole: true },
    learning_rate: { least: 0.001, most: 10 },
    seed: { least: 0, most: seeds.length - 1, whole: true },
  };
  const settle = (state) => ({ ...state, learning_rate: data[state.network].learning_rates[rowOf(data[state.network], state.learning_rate)] });
  const { commit, details, say, start } = live(given, "Atlas: which runs learn XOR", rules, settle);
  let shown = "", made;

  const rates = () => data[model.get("network")].learning_rates;
  const toRow = (j) => commit({ learning_rate: rates()[Math.max(0, Math.min(j, rates().length - 1))] });
  const controls = {
    network: chooser("network", names.map((name) => [name, NETWORKS[name]]), (network) =>
      commit({ network, learning_rate: settle({ network, learning_rate: model.get("learning_rate") }).learning_rate }),
    ),
    width: slider("hidden neurons", { min: 1, max: widths.length, step: 1 }, (width) => commit({ width })),
    learning_rate: slider("learning rate α", { min: 0, max: 9, step: 1, read: Number, write: (rate) => rates().indexOf(rate) }, toRow),
    seed: slider("seed", { min: 0, max: seeds.length - 1, step: 1 }, (seed) => commit({ seed })),
  };
  const [map, phase, costs] = ["bp-map", "bp-phase", "bp-plot"].map(canvas);
  const picked = (picture, columns, act) =>
    picture.svg.addEventListener("click", (event) => {
      const { left, top, width, height } = picture.svg.getBoundingClientRect();
      const cell = cellAt(width, height, columns, rates().length, event.clientX - left, event.clientY - top);
      if (cell) act(cell.i, rates()[cell.j]);
    });
  picked(map, seeds.length, (i, learning_rate) => commit({ seed: seeds[i], learning_rate }));
  picked(phase, widths.length, (i, learning_rate) => commit({ width: widths[i], learning_rate }));

  const cells = group(make("div", "bp-cells", map.svg), "The map. Arrow keys choose a run: left and right the seed, up and down the learning rate.");
  cells.tabIndex = 0;
  cells.addEventListener("keydown", (event) => {
    const [what, by] = KEYS[event.key] ?? [];
    if (!what || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (what === "rate") toRow(rowOf(data[model.get("network")], model.get("learning_rate")) + by);
    else commit({ seed: Math.max(0, Math.min(seeds.length - 1, model.get("seed") + by)) });
  });

  const key = (end, words) => make("span", `bp-end bp-${end}`, words);
  const legend = make("p", "bp-legend", key("solved", "solved"), key("stuck", "stuck"), key("diverged", "diverged"), key("undecided", "hangs on rounding"));
  const says = [make("p", "bp-odds"), make("p")];
  const onPage = Boolean(el.closest(".bp-widget"));
  const links = ["stepper", "playground"].map((name) => Object.assign(make("a", "bp-button bp-words", `this run in the ${name}`), { href: "" }));
  const elsewhere = make("p", "bp-links", ...(onPage ? links : []));
  const parts = [
    legend,
    make("div", "bp-two", cells, phase.svg),
    says[0],
    make("div", "bp-settings", ...Object.values(controls).map(({ element }) => element)),
    make("div", "bp-two", costs.svg, make("div", "bp-fate", says[1], elsewhere)),
  ];

  return start(parts, (state) => {
    const v = settle(state), of = data[v.network], row = rowOf(of, v.learning_rate);
    for (const [name, control] of Object.entries(controls)) control.set(v[name]);
    const ends = of.ends[v.width - 1], ended = ends[row][v.seed];
    const wanted = JSON.stringify(v);
    if (wanted !== shown) [made, shown] = [remake(of, v), wanted];
    const words = [odds(of, v.width), fate(made, ended, v)];
    map.draw(`A cell for every seed and learning rate. ${words[0]}`, (pens, width, height) =>
      paintMap(pens, width, height, { ends, rates: of.learning_rates, seeds }, { i: v.seed, j: row }),
    );
    const shares = of.ends.map((rows) => rows.map((letters) => ({ solved: share(letters, "s"), diverged: share(letters, "d") })));
    phase.draw(`The share of seeds that solve it, for every width and learning rate: ${percent(shares[v.width - 1][row].solved)} at the chosen ones.`, (pens, width, height) =>
      paintPhase(pens, width, height, { shares, rates: of.learning_rates, widths }, { i: v.width - 1, j: row }),
    );
    costs.draw(`The cost of the chosen run. ${words[1]}`, (pens, width, height) => paintCost(pens, width, height, made, of.epochs));
    words.forEach((text, i) => (says[i].textContent = text));
    links[0].hidden = v.network !== "sigmoid";
    links[1].hidden = v.network === "straight";
    links[0].href = `${pages.stepper}?stepper=${stepperText(v, of.epochs)}`;
    links[1].href = `${pages.playground}?playground=${playgroundText(of, v)}`;
    if (details.open) details.replaceChildren(details.firstChild, table(of, v.width, seeds));
    say(words[1]);
  });
}

export default { render };
