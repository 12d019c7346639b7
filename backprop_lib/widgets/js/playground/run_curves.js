// Draw the curves of a run over its epochs, those of a pinned run behind them, and a mark at the epoch that is shown.

import { axes, powerOfTen } from "../parts/axes.js";
import { three } from "../parts/formula.js";
import { roundUp } from "../parts/ticks.js";

export const EDGES = { left: 36, right: 8, top: 26, bottom: 38 };
const FEW = 160; // places of a curve

/** So many epochs from 0 to the last, the last one among them. */
const some = (last) => Array.from({ length: Math.min(FEW, last) + 1 }, (_, k) => Math.round((k * last) / Math.max(1, Math.min(FEW, last))));

function frame(pens, width, height, epochs, y) {
  const ticks = [0, Math.round(epochs / 2), epochs].filter((k, n, all) => all.indexOf(k) === n);
  const x = { least: 0, most: epochs, ticks: ticks.map((k) => [k, String(k)]), name: "epochs" };
  const edges = { left: EDGES.left, right: width - EDGES.right, top: EDGES.top, bottom: height - EDGES.bottom };
  return { ...axes(pens, "axes", edges, x, y), edges };
}

function mark(pens, { at, edges }, shown, values, look) {
  const x = at(shown, 0)[0];
  pens.lineTo("now", "bp-now", x, edges.top, x, edges.bottom, 1);
  values.forEach((value, n) => {
    if (Number.isNaN(value)) return;
    const [cx, cy] = at(shown, value);
    pens.part(`now-${n}`, "circle", { class: look[n], cx: cx.toFixed(1), cy: cy.toFixed(1), r: 4 });
  });
}

/** The highest cost that is drawn: of both runs, but not far above their start, so that an explosion leaves the rest visible. */
function most(runs) {
  let found = 0;
  for (const { data, ridge } of runs) {
    const limit = 3 * (data[0] + ridge[0]);
    for (const k of some(data.length - 1)) found = Math.max(found, Math.min(limit, Math.max(data[k], ridge[k])));
  }
  return roundUp(found || 1);
}

/** The data's part and the penalty's part of the cost. */
export function paintCost(pens, width, height, run, pinned, epochs, shown) {
  const top = most([run, ...(pinned ? [pinned] : [])]);
  const ticks = [0, top / 2, top].map((v) => [v, v && v < 0.001 ? powerOfTen(Math.log10(v)) : three(v)]);
  const plot = frame(pens, width, height, epochs, { least: 0, most: top, ticks, name: "cost" });
  const draw = (name, look, { data, ridge }, last) => {
    const at = some(Math.min(epochs, last));
    if (ridge[0]) plot.curve(`${name}-ridge`, `bp-curve bp-dashed ${look}`, at, at.map((k) => ridge[k]));
    plot.curve(`${name}-data`, `bp-curve ${look}`, at, at.map((k) => data[k]));
  };
  if (pinned) draw("pinned", "bp-pinned", pinned, pinned.data.length - 1);
  draw("run", "bp-run", run, run.data.length - 1);
  mark(pens, plot, shown, [run.data[shown]], ["bp-solid"]);
}

/** The share of the points that are right: of those it learns, and of the fresh ones. */
export function paintAccuracy(pens, width, height, of, pinned, epochs, shown) {
  const ticks = [[0, "0"], [0.5, "50 %"], [1, "100 %"]];
  const plot = frame(pens, width, height, epochs, { least: 0, most: 1, ticks, name: "right" });
  const draw = (name, look, { run, places, tested }) => {
    const at = some(Math.min(epochs, run.accuracy.length - 1));
    plot.curve(`${name}-learned`, `bp-curve ${look}`, at, at.map((k) => run.accuracy[k]));
    const asked = places(epochs).filter((k) => tested.has(k));
    if (asked.length) plot.curve(`${name}-fresh`, `bp-curve bp-fresh ${look}`, asked, asked.map((k) => tested.get(k)));
  };
  if (pinned) draw("pinned", "bp-pinned", pinned);
  draw("run", "bp-run", of);
  mark(pens, plot, shown, [of.run.accuracy[shown], of.test(shown)], ["bp-solid", "bp-asked"]);
}
