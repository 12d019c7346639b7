// Draw a network in which one weight is lit: blue from where it starts, orange from where it ends, its slope between.
//
// Faintly lit is what the two factors come from: all that leads forwards to a, and backwards from the cost to δ.

import { short } from "../parts/drawing.js";
import { factors, weightsOf } from "./factors.js";
import { ends } from "../parts/graph.js";

const same = (a, b) => a.l === b.l && a.i === b.i && a.j === b.j;

/** Which factor of the lit weight passes along another one: "forward", "gradient" or neither. */
function carries({ l, i, j }, lit) {
  if (l < lit.l && lit.j >= 0) return l < lit.l - 1 || i === lit.j ? "forward" : "";
  if (l > lit.l && j >= 0) return l > lit.l + 1 || j === lit.i ? "gradient" : "";
  return "";
}

/** The point of the lit weight that is farthest from every neuron's numbers: room for its slope. */
function open(place, lit) {
  const { x1, y1, x2, y2 } = ends(place, lit),
    { font } = place;
  const labels = place.nodes.flat().flatMap(({ x, y, r }) => [[x, y - r - font / 2], [x, y + r + font / 2], [x, y]]);
  const points = [0.5, 0.44, 0.56, 0.38, 0.62].map((part) => {
    const [x, y] = [x1 + (x2 - x1) * part, y1 + (y2 - y1) * part];
    return { part, x, y, free: Math.min(1.2, ...labels.map((at) => Math.hypot((at[0] - x) / 5, (at[1] - y) / 1.6) / font)) };
  });
  return points.reduce((best, point) => (point.free > best.free ? point : best));
}

function strand({ lineTo }, place, v, weight, lit, most) {
  const { value } = factors(v, weight),
    { x1, y1, x2, y2 } = ends(place, weight),
    key = `e${weight.l},${weight.i},${weight.j}`;
  const sign = value < 0 ? "bp-minus" : "",
    width = 0.7 + (2.2 * Math.abs(value)) / most;
  if (!same(weight, lit)) {
    const role = carries(weight, lit);
    lineTo(key, `bp-edge ${sign} ${role ? `bp-lit bp-${role}` : weight.j < 0 ? "bp-faint" : ""}`, x1, y1, x2, y2, width);
    return;
  }
  const { x, y } = open(place, lit);
  lineTo(key, `bp-edge ${sign} bp-lit bp-own bp-forward`, x1, y1, x, y, width + 1.6);
  lineTo(`${key}back`, `bp-edge ${sign} bp-lit bp-own bp-gradient`, x2, y2, x, y, width + 1.6);
}

function neuron({ part, tag }, place, v, { l, i, x, y, r }, lit) {
  const says = lit.j === i && lit.l - 1 === l,
    owes = lit.i === i && lit.l === l,
    { font } = place;
  const at = { x: x.toFixed(1), y: (y + font / 3).toFixed(1), "font-size": font - 0.5 },
    circle = { cx: x.toFixed(1), cy: y.toFixed(1) },
    a = v.t.a[l][i];
  const role = says ? "bp-lit bp-own bp-forward" : owes ? "bp-lit bp-own bp-gradient" : "";
  part(`n${l},${i}`, "circle", { class: `bp-neuron ${role}`, ...circle, r: r.toFixed(1) });
  const full = says ? 0.3 : l && !owes ? 0.05 + 0.13 * Math.max(0, Math.min(1, a)) : 0;
  const fill = { class: "bp-fill", r: Math.max(0, r - 1).toFixed(1), "fill-opacity": full.toFixed(3) };
  part(`f${l},${i}`, "circle", { ...fill, ...circle });
  const emphasis = (on, color) => `bp-${on ? color : "quiet"} ${on ? "bp-own" : ""}`;
  if (place.numbered)
    part(`v${l},${i}`, "text", { class: `bp-figures ${emphasis(says, "forward")}`, ...at }, short(a));
  const name = l ? { base: "a", index: i + 1, layer: l } : { base: "x", index: i + 1 };
  if (place.roomy || says)
    tag(`t${l},${i}`, emphasis(says, "forward"), x, y - r - 6, name, place.numbered ? undefined : a);
  if (l && (place.roomy || owes))
    tag(`d${l},${i}`, emphasis(owes, "gradient"), x, y + r + font + 1, { base: "δ" }, v.t.delta[l][i]);
  if (l === v.L && place.roomy) tag(`y${i}`, "bp-target", x, y + r + 2 * font + 4, { base: "y", index: i + 1 }, v.y[i]);
}

function toCost({ part, tag, lineTo }, { nodes, cost, font }, v) {
  const left = cost.x - cost.w / 2,
    corner = { x: left.toFixed(1), y: (cost.y - cost.h / 2).toFixed(1), rx: 6 },
    at = { x: cost.x.toFixed(1), y: (cost.y + 12).toFixed(1), "font-size": font - 0.5 };
  for (const { i, x, y, r } of nodes.at(-1))
    lineTo(`k${i}`, "bp-edge bp-lit bp-gradient", x + r + 1, y, left, cost.y + (y - cost.y) * 0.12, 1);
  part("C", "rect", { class: "bp-cost-box", ...corner, width: cost.w, height: cost.h });
  part("Cv", "text", { class: "bp-figures", ...at }, short(v.cost));
  tag("Cn", "bp-plain", cost.x, cost.y - 4, { base: v.m > 1 ? "Cʳ" : "C" });
}

/** Draw everything; `pen` is a drawing, `place` a graph. */
export function drawStrands(pen, place, v, lit) {
  pen.begin(place.width, place.height, place.font);
  const layers = Array.from({ length: v.L }, (_, l) => weightsOf(v, l + 1));
  for (const weights of layers) {
    const most = Math.max(1, ...weights.map((weight) => Math.abs(factors(v, weight).value)));
    const order = [...weights.filter((weight) => !same(weight, lit)), ...weights.filter((weight) => same(weight, lit))];
    for (const weight of order) strand(pen, place, v, weight, lit, most);
  }
  toCost(pen, place, v);
  for (const node of place.nodes.flat()) neuron(pen, place, v, node, lit);
  for (const { l, x, y, r } of place.ones) {
    const says = lit.j < 0 && lit.l - 1 === l;
    const role = says ? "bp-lit bp-own bp-forward" : "",
      at = { x: x.toFixed(1), y: y + 4, "font-size": place.font - 0.5 };
    pen.part(`o${l}`, "circle", { class: `bp-neuron bp-one ${role}`, cx: x.toFixed(1), cy: y, r });
    pen.part(`ov${l}`, "text", { class: says ? "bp-forward bp-own" : "bp-quiet", ...at }, "1");
  }
  const { x1, y1, x2, y2, ux, uy } = ends(place, lit), { slope } = factors(v, lit);
  const { x, y, part } = open(place, lit);
  pen.arrow("forth", "bp-forward bp-own", x1 + (x2 - x1) * part * 0.6, y1 + (y2 - y1) * part * 0.6, ux, uy);
  pen.arrow("back", "bp-gradient bp-own", x2 - (x2 - x1) * (1 - part) * 0.6, y2 - (y2 - y1) * (1 - part) * 0.6, -ux, -uy);
  const at = { x: x.toFixed(1), y: (y + place.font / 3).toFixed(1), "font-size": place.font + 1 };
  pen.part("slope", "text", { class: "bp-figures bp-weight bp-slope bp-gradient bp-own", ...at }, short(slope));
  pen.end();
}
