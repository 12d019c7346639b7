// Draw what all slopes of a network cost, in five ways: as bars for one network, as curves while it grows.

import { axes, along as place, powerOfTen } from "../parts/axes.js";
import { canvas } from "../parts/canvas.js";
import { chooser, slider } from "../parts/controls.js";
import { make } from "../parts/formula.js";
import { live } from "../parts/live.js";

const METHODS = [
  ["direct", "each slope written out"],
  ["differences", "central differences"],
  ["forward_mode", "forward mode"],
  ["shared", "shared subexpressions"],
  ["backpropagation", "backpropagation"],
];
const words = (n) => (n === null ? "not counted" : n.toLocaleString("en-US"));
const many = (n, what) => `${words(n)} ${what}${n === 1 ? "" : "s"}`;
const ROW = 46;

/** The power of ten that no count exceeds. */
const ceiling = (data) => Math.ceil(Math.log10(Math.max(...METHODS.flatMap(([name]) => data[name].flat()))));
const powers = (top, by) => Array.from({ length: Math.floor((top - 1) / by) + 1 }, (_, i) => [10 ** (1 + by * i), powerOfTen(1 + by * i)]);

/** A bar a method, from 10 operations on; its name and number stand above it. */
function paintBars(pens, width, counts, top) {
  const x = { least: 10, most: 10 ** top, log: true, ticks: powers(top, 3), name: "operations" };
  const edges = { left: 2, right: width - 12, top: 0, bottom: ROW * METHODS.length };
  x.ticks.forEach(([value]) => {
    const px = edges.left + place(x)(value) * (edges.right - edges.left);
    pens.lineTo(`grid${value}`, "bp-grid", px, 0, px, edges.bottom, 1);
  });
  axes(pens, "bars", edges, x, { least: 0, most: 1, ticks: [], name: "" });
  METHODS.forEach(([name, says], i) => {
    const y = ROW * i, n = counts[name];
    const text = (key, at, anchor, what) =>
      pens.part(`${name}-${key}`, "text", { x: at, y: y + 17, "text-anchor": anchor, class: key === "count" ? "bp-count" : "" }, what);
    pens.part(`${name}-sample`, "polyline", { class: `bp-curve bp-${name}`, points: `${edges.left},${y + 13} ${edges.left + 24},${y + 13}` });
    text("name", edges.left + 32, "start", says);
    text("count", edges.right, "end", words(n));
    if (n === null) return;
    const long = Math.max(2, place(x)(n) * (edges.right - edges.left));
    pens.part(`${name}-bar`, "rect", { class: `bp-bar bp-${name}`, x: edges.left, y: y + 24, width: long.toFixed(1), height: 14, rx: 2 });
  });
}

/** A curve a method over the width or the depth, with a mark at the network that is shown. */
function paintGrowth(pens, width, height, data, { along, ...at }, most, top) {
  const first = along === "width" ? 2 : 1;
  const steps = Array.from({ length: most[along] - first + 1 }, (_, i) => first + i);
  const x = { least: first, most: most[along], ticks: steps.map((n) => [n, String(n)]), name: along === "width" ? "neurons in every hidden layer" : "hidden layers" };
  const y = { least: 10, most: 10 ** top, log: true, ticks: powers(top, 2), name: "operations" };
  const { at: point, curve } = axes(pens, "growth", { left: 36, right: width - 10, top: 26, bottom: height - 38 }, x, y);
  const count = (name, n) => data[name][(along === "depth" ? n : at.depth) - 1][(along === "width" ? n : at.width) - 2];
  const [now] = point(at[along], 10);
  pens.lineTo("now", "bp-now", now, 26, now, height - 38, 1);
  for (const [name] of METHODS) {
    const counted = steps.filter((n) => count(name, n) !== null);
    if (counted.length > 1) curve(name, `bp-curve bp-${name}`, counted, counted.map((n) => count(name, n)));
    if (!counted.includes(at[along])) continue;
    const [cx, cy] = point(at[along], count(name, at[along]));
    pens.part(`${name}-dot`, "circle", { class: `bp-dot bp-${name}`, cx: cx.toFixed(1), cy: cy.toFixed(1), r: 4 });
  }
}

const heading = (text, scope) => Object.assign(make("th", "", text), { scope });

/** All counts along the chosen direction. */
function table(data, { along, ...at }, most) {
  const first = along === "width" ? 2 : 1;
  const rows = Array.from({ length: most[along] - first + 1 }, (_, i) => {
    const { width, depth } = { ...at, [along]: first + i };
    const cells = METHODS.map(([name]) => make("td", "", words(data[name][depth - 1][width - 2])));
    return make("tr", "", heading(String(first + i), "row"), ...cells);
  });
  const head = make("tr", "", heading(along, "col"), ...METHODS.map(([, says]) => heading(says, "col")));
  const fixed = along === "width" ? many(at.depth, "hidden layer") : `${at.width} neurons in every hidden layer`;
  return make("div", "bp-table", make("table", "", make("caption", "", `Operations, ${fixed}`), make("thead", "", head), make("tbody", "", ...rows)));
}

/** What there is to see, in words. */
function verdict(counts, { width, depth }) {
  const sizes = [2, ...Array(depth).fill(width), 2];
  const weights = sizes.slice(1).reduce((sum, n, l) => sum + n * sizes[l], 0);
  const { direct, shared, backpropagation: back, cost } = counts;
  const times = (n) => (n < 10 ? n.toPrecision(2) : words(Number(n.toPrecision(3))));
  return [
    `${sizes.join("-")}, ${many(weights, "weight")}. Written out, all slopes take ${many(direct, "operation")}: backpropagation needs ${words(back)}, ${times(direct / back)} times fewer.`,
    (shared === null
      ? "SymPy did not look for shared subexpressions in that many."
      : `SymPy, told to share what repeats, finds ${words(shared)}.`) +
      ` The cost alone takes ${words(cost)}; the way back adds ${times((back - cost) / cost)} times that, for all ${weights} slopes at once.`,
  ];
}

function render(given) {
  const data = given.model.get("data");
  const most = { depth: data.cost.length, width: data.cost[0].length + 1 };
  const rules = {
    width: { least: 2, most: most.width, whole: true },
    depth: { least: 1, most: most.depth, whole: true },
    along: { choices: ["depth", "width"] },
  };
  const { commit, details, say, start } = live(given, "What it costs not to go backwards", rules);
  const controls = {
    width: slider("neurons in every hidden layer", { min: 2, max: most.width, step: 1 }, (width) => commit({ width })),
    depth: slider("hidden layers", { min: 1, max: most.depth, step: 1 }, (depth) => commit({ depth })),
    along: chooser("curves over", [["depth", "the number of layers"], ["width", "the number of neurons"]], (along) => commit({ along })),
  };
  const [bars, growth] = ["bp-bars", "bp-growth"].map(canvas);
  let shown = "depth";
  growth.drag(36, 10, (part) => {
    const first = shown === "width" ? 2 : 1;
    commit({ [shown]: Math.round(first + part * (most[shown] - first)) });
  });
  const says = [make("p"), make("p")];
  const top = ceiling(data);
  const parts = [
    make("div", "bp-two", bars.svg, growth.svg),
    make("div", "bp-settings", ...Object.values(controls).map(({ element }) => element)),
    make("div", "bp-says", ...says),
  ];

  return start(parts, (v) => {
    shown = v.along;
    for (const [name, control] of Object.entries(controls)) control.set(v[name]);
    const counts = Object.fromEntries(Object.entries(data).map(([name, rows]) => [name, rows[v.depth - 1][v.width - 2]]));
    const sentences = verdict(counts, v);
    const list = METHODS.map(([name, label]) => `${label}: ${words(counts[name])}`).join("; ");
    bars.draw(`Bars on a logarithmic scale. ${list}.`, (pens, width) => paintBars(pens, width, counts, top));
    growth.draw(`Operations over the ${v.along}, a curve for each way. ${sentences[0]}`, (pens, width, height) =>
      paintGrowth(pens, width, height, data, v, most, top),
    );
    sentences.forEach((text, i) => (says[i].textContent = text));
    if (details.open) details.replaceChildren(details.firstChild, table(data, v, most));
    say(sentences.join(" "));
  });
}

export default { render };
