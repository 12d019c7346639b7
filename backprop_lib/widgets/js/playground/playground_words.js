// Say in words what a run came to, and put its numbers into tables.

import { full, make, three } from "../parts/formula.js";
import { group } from "../parts/frame.js";
import { lastOf } from "./playground_run.js";

export const percent = (share) => (Number.isNaN(share) ? "–" : `${three(Number((100 * share).toFixed(1)))} %`);
const heading = (words, scope) => Object.assign(make("th", "", words), { scope });
const figure = (v) => (typeof v === "string" ? make("td", "", v) : Object.assign(make("td", "bp-figures", three(v)), { title: full(v) }));

function table(caption, head, rows) {
  const top = make("thead", "", make("tr", "", ...head.map((words) => (words ? heading(words, "col") : make("td")))));
  const body = rows.map(([name, ...cells]) => make("tr", "", heading(name, "row"), ...cells.map(figure)));
  return make("div", "bp-table", make("table", "", make("caption", "", caption), top, make("tbody", "", ...body)));
}

/** A table that may be wider than its room, and so can be scrolled by keyboard. */
const wide = (caption, head, rows) => Object.assign(group(table(caption, head, rows), caption), { tabIndex: 0 });

/** How many points are right, in words. */
function answers({ accuracy }, m) {
  const right = Math.round(accuracy * m);
  return right === m ? `All ${m} points are right` : `${right} of ${m} points are right`;
}

/** What there is to see at the epoch that is shown: one or two sentences. */
export function verdict(of, now, state) {
  const { run, learn } = of,
    last = lastOf(of);
  const fresh = of.fresh ? `, and ${percent(now.fresh)} of ${of.fresh.m} fresh ones` : "";
  const parts = state.l2 ? ` (data ${three(now.data)}, penalty ${three(now.ridge)})` : "";
  const here = `After ${now.epoch} of ${state.epochs} epochs the cost is ${three(now.total)}${parts}. ${answers(now, learn.m)}${fresh}.`;
  if (run.diverged && last < state.epochs)
    return `Diverged in epoch ${last + 1}: a number grew beyond all numbers, and the run ends. ${here}`;
  const start = run.data[0] + run.ridge[0];
  if (now.total > 2 * start) return `${here} The cost has grown: the steps are too long.`;
  return here;
}

/** How far a long run has come; nothing when all is done. */
export function progress(of, state, done) {
  if (done) return "";
  return lastOf(of) < state.epochs ? `trained ${lastOf(of)} of ${state.epochs} …` : "asking the fresh points …";
}

const solvedAt = ({ run }, until) => run.accuracy.findIndex((share, k) => share === 1 && k <= until);

/** The numbers of both runs beside each other; a dash where there is no second one. */
export function comparison(of, now, pinned, then) {
  const epoch = (one) => (solvedAt(one, one.epochs) < 0 ? "never" : String(solvedAt(one, one.epochs)));
  const rows = [
    ["epoch shown", ({ epoch }) => String(epoch)],
    ["cost", ({ total }) => total],
    ["its data part", ({ data }) => data],
    ["its penalty", ({ ridge }) => ridge],
    ["points right", ({ accuracy }) => percent(accuracy)],
    ["fresh ones right", ({ fresh }) => percent(fresh)],
  ].map(([name, value]) => [name, value(now), then ? value(then) : "–"]);
  return table("", ["", "this run", "pinned"], [...rows, ["all right first at", epoch(of), pinned ? epoch(pinned) : "–"]]);
}

/** Everything drawn, as tables: the curves, the layers, the neurons and the map. */
export function tables(of, now, surface, reach) {
  const last = lastOf(of),
    every = Array.from({ length: Math.min(10, last) + 1 }, (_, k) => Math.round((k * last) / Math.min(10, last || 1)));
  const { run, net } = of;
  const curves = every.map((k) => [String(k), run.data[k], run.ridge[k], percent(run.accuracy[k]), percent(of.test(k))]);
  const layers = now.layers.map(({ l, W, dW, db }) => [String(l), W, dW, net.biases ? db : "–"]);
  const neurons = [];
  for (let l = 1; l < net.L; l++)
    for (let i = 0; i < net.sizes[l]; i++) {
      const m = surface.n ** 2,
        values = surface.a[l].subarray(i * m, (i + 1) * m);
      const bounds = values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
      neurons.push([`layer ${l}, neuron ${i + 1}`, ...bounds, net.biases ? now.p.b[l][i] : "–"]);
    }
  const places = [0, 0.25, 0.5, 0.75, 1],
    value = (part) => three(Number((reach[0] + part * (reach[1] - reach[0])).toFixed(2)));
  const step = (part) => Math.round(part * (surface.n - 1));
  const map = [...places].reverse().map((v) => [`x₂ = ${value(v)}`, ...places.map((u) => surface.values[step(v) * surface.n + step(u)])]);
  return [
    wide("The run", ["epochs", "cost, data", "cost, penalty", "right", "fresh right"], curves),
    wide(`Layers after ${now.epoch} epochs`, ["layer", "‖W‖", "‖∂C/∂W‖", "‖∂C/∂b‖"], layers),
    wide("Hidden neurons over the map", ["", "least a", "most a", "b"], neurons),
    wide("The map: how much the network says 1", ["", ...places.map((u) => `x₁ = ${value(u)}`)], map),
  ];
}
