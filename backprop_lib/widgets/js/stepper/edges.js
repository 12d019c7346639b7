// Draw the edges of the network and the numbers on them.

import { short } from "../parts/drawing.js";
import { edgeOf } from "./layout.js";

/** How a step, or a phase as a whole, uses the edges into layer l: "forward", "gradient" or not at all. */
const useOfEdges = ({ id, l: layer }, l, whole) =>
  whole === "forward"
    ? "forward"
    : whole === "backward"
      ? "gradient"
      : id === "GD" || (id === "F1" && layer === l)
    ? "forward"
    : (id === "BP3" && layer === l) || (id === "BP2" && l === 2)
      ? "gradient"
      : "";

/** Whether the present step's selected neuron takes this edge into its sum. */
function touches({ id, l: layer }, l, i, j, point) {
  if (id === "F1") return layer === l && i === point[l];
  return id === "BP2" && l === 2 && j === point[1];
}

/** The edges into layer l: thicker for a larger weight, dashed for a negative one, lit where the step uses them. */
export function edges({ lineTo, arrow }, { place, v, now, know, chosen, point, whole, single }, l) {
  const weights = now.id === "GD" ? v.q.W[l] : v.p.W[l],
    columns = v.sizes[l - 1];
  const most = Math.max(1, ...[...weights].map(Math.abs));
  const use = useOfEdges(now, l, whole),
    many = v.sizes[1] > 12;
  for (const { i } of place.nodes[l])
    for (const { i: j } of place.nodes[l - 1]) {
      const w = weights[i * columns + j],
        { x1, y1, x2, y2, ux, uy } = edgeOf(place, l, i, j);
      const own = chosen(l, i, j) || touches(now, l, i, j, point);
      const lit = use && (!single || own || (now.id === "BP3" && know("BP3", l, i, j)));
      const classes = [
        "bp-edge",
        w < 0 ? "bp-minus" : "",
        lit && `bp-lit bp-${use}`,
        own ? "bp-own" : "",
        many ? "bp-many" : "",
      ];
      const width = (many ? 0.4 : 0.8) + ((many ? 1.2 : 2.4) * Math.abs(w)) / most + (own && lit && !many ? 0.8 : 0);
      lineTo(
        `e${l},${i},${j}`,
        classes.filter(Boolean).join(" "),
        x1,
        y1,
        x2,
        y2,
        Number.isFinite(width) ? width : 1,
      );
      if (lit && (chosen(l, i, j) || !many) && now.id !== "GD") {
        const back = now.id === "BP2" || whole === "backward";
        if (back) arrow(`c${l},${i},${j}`, `bp-${use} ${own ? "bp-own" : ""}`, x1 + ux * 7, y1 + uy * 7, -ux, -uy);
        else arrow(`c${l},${i},${j}`, `bp-${use} ${own ? "bp-own" : ""}`, x2 - ux * 3, y2 - uy * 3, ux, uy);
      }
    }
}

/** The numbers on the edges into layer l: weights, their slopes where the step computes them, or the new weights. */
export function edgeNumbers({ part }, { place, v, now, know, chosen, point, whole }, l) {
  const columns = v.sizes[l - 1];
  const slopes = (now.id === "BP3" && now.l === l) || whole === "backward";
  const weights = now.id === "GD" ? v.q.W[l] : v.p.W[l];
  for (const { i } of place.nodes[l])
    for (const { i: j } of place.nodes[l - 1]) {
      if (!place.labelled && (l === 1 ? i : j) !== point[1]) continue;
      const own = chosen(l, i, j) || touches(now, l, i, j, point);
      const { label } = edgeOf(place, l, i, j),
        gradient = slopes && know("BP3", l, i, j);
      const role = gradient ? "gradient" : useOfEdges(now, l, whole) && !slopes ? "forward" : "quiet";
      part(
        `w${l},${i},${j}`,
        "text",
        {
          class: `bp-figures bp-weight bp-${role} ${own ? "bp-own" : ""}`,
          x: label.x.toFixed(1),
          y: (label.y + place.font / 3).toFixed(1),
          "font-size": place.font - 0.5,
        },
        short((gradient ? v.t.dW[l] : weights)[i * columns + j]),
      );
    }
}
