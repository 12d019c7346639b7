// Watch a push in proportion to m² reach infinity in finite time, and move the time with α, λ and the start.

import { axes, powerOfTen } from "../parts/axes.js";
import { canvas } from "../parts/canvas.js";
import { slider } from "../parts/controls.js";
import { explode, SHOWN } from "./explosions.js";
import { full, make, three } from "../parts/formula.js";
import { live } from "../parts/live.js";

const RULES = {
  learning_rate: { least: 0.0001, most: 0.1 },
  l2: { least: 1e-6, most: 0.01 },
  m0: { least: 1, most: 100 },
};
const logarithmic = (min, max) => ({
  ...{ min, max, step: 0.01, show: three },
  read: (place) => Number((10 ** place).toPrecision(3)),
  write: (value) => Math.log10(value).toFixed(4),
});
const KEYS = { means: "m, iteration by iteration", formula: "the formula", pulled: "pushed by λm, the right way" };
const MEAN = { least: 1, most: 1e5, log: true, ticks: [0, 1, 2, 3, 4, 5].map((n) => [10 ** n, powerOfTen(n)]), name: "mean m" };
const X = { least: 0, most: SHOWN, ticks: [0, SHOWN / 2, SHOWN].map((k) => [k, k.toLocaleString("en")]), name: "iterations" };
const count = (k) => Math.round(k).toLocaleString("en");

/** A function of the mean over the iterations, of all three runs, with a mark where the formula ends. */
function paint(pens, width, height, of, y, f) {
  const edges = { left: 44, right: width - 12, top: 26, bottom: height - 40 };
  const { at, curve } = axes(pens, "axes", edges, X, y);
  const times = Array.from({ length: 401 }, (_, i) => (i * SHOWN) / 400);
  const last = of.means.length - 1, steps = times.filter((k) => k <= last);
  const near = Array.from({ length: 60 }, (_, i) => last - 59 + i).filter((k) => k > 0); // where it is steep
  const all = [...steps, ...near].sort((a, b) => a - b);
  curve("pulled", "bp-curve bp-pulled", times, times.map((t) => f(of.pulled(t))));
  const before = [...times.filter((t) => t < of.end), ...(of.end < SHOWN ? [of.end * (1 - 1e-9)] : [])];
  curve("formula", "bp-curve bp-formula", before, before.map((t) => f(of.formula(t))));
  curve("means", "bp-curve bp-means", all, all.map((k) => f(of.means[k])));
  if (of.end >= SHOWN) return;
  const [px] = at(of.end, y.least);
  pens.lineTo("end", "bp-now", px, edges.top, px, edges.bottom, 1);
}

function verdict({ c, end, means, overflow }) {
  const start = `c = αλn is ${three(c)}, and the formula ends at t* = ${count(end)}.`;
  return overflow
    ? `${start} The recurrence overflows in iteration ${count(overflow)}.`
    : `${start} After ${count(means.length - 1)} iterations m is ${three(means.at(-1))}${end > SHOWN ? "; the end lies beyond the picture." : "."}`;
}

const heading = (words, scope) => Object.assign(make("th", "", words), { scope });
const figure = (v) => (v === undefined ? make("td", "", "∞") : Object.assign(make("td", "", three(v)), { title: full(v) }));

function table(of) {
  const head = make("tr", "", ...["iteration", ...Object.values(KEYS)].map((words) => heading(words, "col")));
  const rows = Array.from({ length: 11 }, (_, i) => (i * SHOWN) / 10).map((k) =>
    make("tr", "", heading(count(k), "row"), ...[of.means[k], of.formula(k), of.pulled(k)].map(figure)),
  );
  return make("div", "bp-table", make("table", "", make("caption", "", "The mean weight"), make("thead", "", head), make("tbody", "", ...rows)));
}

function render(given) {
  const { commit, details, say, start } = live(given, "A push in proportion to the square, and its end in finite time", RULES);
  const controls = {
    learning_rate: slider("learning rate α", logarithmic(-4, -1), (learning_rate) => commit({ learning_rate })),
    l2: slider("penalty λ", logarithmic(-6, -2), (l2) => commit({ l2 })),
    m0: slider("mean at the start m₀", logarithmic(0, 2), (m0) => commit({ m0 })),
  };
  const [growth, inverse] = ["bp-plot", "bp-plot"].map(canvas), says = make("p");
  const parts = [
    make("p", "bp-legend", ...Object.entries(KEYS).map(([name, words]) => make("span", `bp-key bp-${name}`, words))),
    make("div", "bp-two", growth.svg, inverse.svg),
    make("div", "bp-settings", ...Object.values(controls).map(({ element }) => element)),
    make("div", "bp-says", says),
  ];
  const stop = start(parts, (v) => {
    for (const [name, control] of Object.entries(controls)) control.set(v[name]);
    const of = explode(v), words = verdict(of), top = 1 / v.m0;
    growth.draw(`The mean weight over the iterations, in powers of ten. ${words}`, (pens, width, height) =>
      paint(pens, width, height, of, MEAN, (m) => m),
    );
    const y = { least: 0, most: top, ticks: [0, top / 2, top].map((value) => [value, three(value)]), name: "1/m" };
    inverse.draw(`One over the mean weight: a straight line to zero. ${words}`, (pens, width, height) =>
      paint(pens, width, height, of, y, (m) => 1 / m),
    );
    says.textContent = words;
    if (details.open) details.replaceChildren(details.firstChild, table(of));
    say(words);
  });
  details.parentNode.classList.add("bp-explosion");
  return stop;
}

export default { render };
