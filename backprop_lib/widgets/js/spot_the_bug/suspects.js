// Draw a gradient check: the network with what was checked lit, and a bar for every parameter's relative error.

import { axes } from "../parts/axes.js";
import { parametersOf, TOLERANCE } from "../engine/gradcheck.js";
import { ends, graph, nearest } from "../parts/graph.js";

const LEAST = 1e-12;
const key = (n) => [...String(n)].map((c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]).join("");
const low = (n) => [...String(n)].map((c) => "₀₁₂₃₄₅₆₇₈₉"[c]).join("");

/** w⁽²⁾₁₃ or b⁽¹⁾₂. */
export const nameOf = ({ l, i, j }) => (j < 0 ? `b⁽${key(l)}⁾${low(i + 1)}` : `w⁽${key(l)}⁾${low(i + 1)}${low(j + 1)}`);

/** The parameters in the order in which they are checked, from the output back: { l, i, j, k }, k the place in θ. */
export function suspects(net) {
  const all = parametersOf(net).map((one, k) => ({ ...one, k }));
  return Array.from({ length: net.L }, (_, n) => net.L - n).flatMap((l) => {
    const own = all.filter((one) => one.l === l);
    return [...own.filter(({ j }) => j >= 0), ...own.filter(({ j }) => j < 0)];
  });
}

/** The network; a parameter that was checked is thin if it agrees, thick if it does not. */
export function paintNetwork(pens, width, height, net, all, rows, checked, selected) {
  const place = graph(net, width, height);
  all.forEach((one, n) => {
    const { x1, y1, x2, y2 } = ends(place, one),
      done = n < checked,
      ok = rows[one.k].ok;
    const look = !done ? "bp-edge bp-unchecked" : ok ? "bp-edge bp-agrees" : "bp-edge bp-differs";
    pens.lineTo(`edge${one.k}`, `${look}${n === selected ? " bp-own" : ""}`, x1, y1, x2, y2, (done && !ok ? 3.5 : 1.5) + (n === selected ? 2 : 0));
  });
  const circle = ({ x, y, r }, name, className) => pens.part(name, "circle", { class: className, cx: x.toFixed(1), cy: y.toFixed(1), r: r.toFixed(1) });
  place.nodes.flat().forEach((node) => circle(node, `n${node.l}-${node.i}`, "bp-neuron"));
  place.ones.forEach((node) => {
    circle(node, `one${node.l}`, "bp-neuron bp-one");
    pens.part(`one${node.l}-words`, "text", { x: node.x.toFixed(1), y: (node.y + 4).toFixed(1), "text-anchor": "middle" }, "1");
  });
  net.sizes.forEach((_, l) => {
    const { x } = place.nodes[l][0];
    pens.part(`layer${l}`, "text", { x: x.toFixed(1), y: 14, class: "bp-tick", "text-anchor": "middle" }, l ? (l === net.L ? "output" : `layer ${l}`) : "input");
  });
  return (x, y) => all.indexOf(nearest(place, all, x, y, 24));
}

export const STRIP = [46, 8]; // what the strip keeps free at its sides

/** A bar for the relative error of each parameter that was checked, in powers of ten, and the line that it may not cross. */
export function paintStrip(pens, width, height, net, all, rows, checked, selected) {
  const starts = all.map((one, n) => [one, n]).filter(([one, n]) => !n || all[n - 1].l !== one.l || all[n - 1].j < 0 !== one.j < 0);
  const x = { least: 0, most: all.length, ticks: starts.map(([one, n]) => [n + 0.5, one.j < 0 && net.sizes[one.l] < 2 ? "" : `${one.j < 0 ? "b" : "W"}⁽${key(one.l)}⁾`]), name: "parameters, from the output back" };
  const y = { least: LEAST, most: 10, log: true, ticks: [[LEAST, "10⁻¹²"], [TOLERANCE, "10⁻⁵"], [1, "1"]], name: "relative error (D3)" };
  const plane = axes(pens, "strip", { left: STRIP[0], right: width - STRIP[1], top: 26, bottom: height - 38 }, x, y);
  pens.lineTo("line", "bp-now", ...plane.at(0, TOLERANCE), ...plane.at(all.length, TOLERANCE), 1.5);
  const wide = (0.62 * (width - 54)) / all.length;
  all.forEach((one, n) => {
    if (n >= checked) return;
    const { error, ok } = rows[one.k],
      [[px, floor], [, py]] = [plane.at(n + 0.5, LEAST), plane.at(n + 0.5, Math.min(10, Math.max(error, 3 * LEAST)))];
    pens.lineTo(`bar${one.k}`, `bp-bar ${ok ? "bp-agrees" : "bp-differs"}${n === selected ? " bp-own" : ""}`, px, floor, px, py, n === selected ? wide * 1.5 : wide);
    if (!ok) pens.part(`cross${one.k}`, "text", { class: "bp-gradient", x: px.toFixed(1), y: (py - 4).toFixed(1), "text-anchor": "middle" }, "✕");
  });
}

/** How each slip shows in a gradient check. */
export const TELLS = {
  "missing transpose": "Whatever lies above the square layer agrees; below it everything is off, and by no common factor.",
  "missing 1/m": "Every bias is exactly m times too long; a weight is not quite, because its penalty had the 1/m all along.",
  "slope at a": "The last layer agrees. Below it everything is off, by a factor that changes from point to point.",
  sign: "Every bias has the right size and the wrong sign. A weight is off by twice its data part, and the penalty is right.",
  "bias stepped n times": "Every weight agrees. Each bias is too long by the width of the layer before it.",
  "scalar penalty": "Every bias agrees. In a layer, all weights are off by one number less their own λw/m.",
  "moved weights": "The last layer agrees, and so do its biases. Below it everything is a little off, and the smaller the rate, the less.",
  "extra slope": "Everything is off from the output on, and mostly too short: a(1 − a) is at most a quarter.",
  "slope of ReLU is 1": "The last layer agrees. Below it a parameter is off if it feeds, or is fed by, a ReLU that is off for some point.",
  "sum for mean": "Every parameter, penalty and all, is exactly m times too long.",
  "mean in one place": "W⁽ᴸ⁾ alone agrees. Everything else is exactly m times too long.",
  "not reset": "Before the first update everything agrees. After it, every gradient still holds the ones before.",
};
