// Watch two layers train at one speed or, with the mean in one gradient alone, at speeds that differ by m.

import { axes, powerOfTen } from "../parts/axes.js";
import { canvas } from "../parts/canvas.js";
import { slider } from "../parts/controls.js";
import { full, make, three } from "../parts/formula.js";
import { live } from "../parts/live.js";
import { run } from "./twospeeds.js";

const RULES = {
  m: { least: 1, most: 250, whole: true },
  learning_rate: { least: 0.001, most: 10 },
  epochs: { least: 10, most: 500, whole: true },
};
const KINDS = [
  { once: false, look: "bp-solid", words: "1/m in every gradient" },
  { once: true, look: "bp-dashed", words: "1/m in 8-14 alone" },
];
const logarithmic = (min, max) => ({
  ...{ min, max, step: 0.01 },
  read: (place) => Number((10 ** place).toPrecision(3)),
  write: (value) => Math.log10(value).toFixed(4),
});
const every = (n, most) => Array.from({ length: n + 1 }, (_, i) => Math.round((i * most) / n));
const powers = (low, high, by) =>
  every((high - low) / by, high - low).map((n) => [10 ** (low + n), powerOfTen(low + n)]);
const COST = { least: 1e-4, most: 100, log: true, ticks: powers(-4, 2, 2), name: "cost C" };
const RATIO = { least: 1e-2, most: 1e4, log: true, ticks: powers(-2, 4, 2), name: "path of W⁽¹⁾ ÷ path of W⁽²⁾" };

const ratio = ({ far }, k) => far[1][k] / far[2][k];

/** One quantity of both runs over the updates, from the first update that has it. */
function paint(pens, width, height, runs, of, y, first, epochs) {
  const x = { least: 0, most: epochs, ticks: every(2, epochs).map((k) => [k, String(k)]), name: "updates" };
  const { curve } = axes(pens, "axes", { left: 36, right: width - 6, top: 26, bottom: height - 38 }, x, y);
  const few = every(Math.min(epochs, 250), epochs).filter((k) => k >= first);
  runs.forEach((each, i) => curve(`run${i}`, `bp-curve ${KINDS[i].look}`, few, few.map((k) => of(each, k))));
}

/** What there is to see, in words. */
function verdict(runs, { m, epochs }) {
  const [costs, ends, starts] = [({ C }) => C[epochs], (each) => ratio(each, epochs), (each) => ratio(each, 1)].map((of) => runs.map(of));
  return [
    `After ${epochs} updates the cost is ${three(costs[0])} with 1/m in every gradient, and ${three(costs[1])} with 1/m in 8-14 alone.`,
    `W⁽¹⁾ has traveled ${three(ends[0])} times as far as W⁽²⁾ in the one run, ${three(ends[1])} times in the other. ` +
      `At the first update the two ratios differ by a factor of ${three(starts[1] / starts[0])}; m is ${m}.`,
  ];
}

const heading = (words, scope) => Object.assign(make("th", "", words), { scope });
const figure = (v) => Object.assign(make("td", "", three(v)), { title: full(v) });

/** The numbers of both runs at eleven updates. */
function tables(runs, epochs) {
  return runs.map(({ C, far }, i) => {
    const head = make("tr", "", ...["updates", "C", "path of W⁽¹⁾", "path of W⁽²⁾"].map((words) => heading(words, "col")));
    const rows = every(10, epochs).map((k) => make("tr", "", heading(String(k), "row"), ...[C, far[1], far[2]].map((v) => figure(v[k]))));
    return make("div", "bp-table", make("table", "", make("caption", "", KINDS[i].words), make("thead", "", head), make("tbody", "", ...rows)));
  });
}

function render(given) {
  const { commit, details, say, start } = live(given, "Two layers trained with the mean in every gradient, and in one", RULES);
  const controls = {
    m: slider("examples m", { min: 1, max: 250, step: 1 }, (m) => commit({ m })),
    learning_rate: slider("learning rate α", { ...logarithmic(-3, 1), show: three }, (learning_rate) => commit({ learning_rate })),
    epochs: slider("updates in all", { min: 10, max: 500, step: 10 }, (epochs) => commit({ epochs })),
  };
  const [costs, ratios] = ["bp-plot", "bp-plot"].map(canvas);
  const says = [make("p"), make("p")];
  const parts = [
    make("p", "bp-legend", ...KINDS.map(({ look, words }) => make("span", `bp-key ${look}`, words))),
    make("div", "bp-two", costs.svg, ratios.svg),
    make("div", "bp-settings", ...Object.values(controls).map(({ element }) => element)),
    make("div", "bp-says", ...says),
  ];
  const data = given.model.get("data");

  return start(parts, (v) => {
    for (const [name, control] of Object.entries(controls)) control.set(v[name]);
    const runs = KINDS.map(({ once }) => run(once, data, v.m, v.learning_rate, v.epochs));
    const words = verdict(runs, v);
    costs.draw(`The cost over the updates. ${words[0]}`, (pens, width, height) =>
      paint(pens, width, height, runs, ({ C }, k) => C[k], COST, 0, v.epochs),
    );
    ratios.draw(`How far the first layer has traveled beside the second. ${words[1]}`, (pens, width, height) =>
      paint(pens, width, height, runs, ratio, RATIO, 1, v.epochs),
    );
    words.forEach((text, i) => (says[i].textContent = text));
    if (details.open) details.replaceChildren(details.firstChild, ...tables(runs, v.epochs));
    say(words.join(" "));
  });
}

export default { render };
