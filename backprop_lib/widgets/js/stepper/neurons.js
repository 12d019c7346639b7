// Draw what the network computes with and towards: neurons, targets, the cost.

import { short } from "../parts/drawing.js";
import { ailment } from "../parts/paths.js";

/** A neuron: what it holds so far inside, its name above, its bias and its sensitivity below. */
export function neuron({ part, tag }, { place, v, now, know, chosen: isChosen, point, whole, single }, { l, i, x, y, r }) {
  const chosen = isChosen(l, i),
    pointed = point[l] === i;
  const { t, m } = v,
    at = i * m + v.r;
  const active = l === 0 || know("F2", l, i),
    summed = know("F1", l, i);
  const value = active ? t.a[l][at] : summed ? t.z[l][at] : undefined;
  const lit =
    ["forward", "backward"].includes(whole)
      ? whole === "forward" || l > 0
      : now.l === l && ["input", "F1", "F2", "BP1", "BP2", "BP4"].includes(now.id) && (!single || chosen || l === 0);
  const role = now.phase === "backward" ? "gradient" : "forward";
  part(`n${l},${i}`, "circle", {
    class: `bp-neuron ${lit ? `bp-lit bp-${role}` : ""} ${chosen || (pointed && r < 15) ? "bp-own" : ""}`,
    cx: x.toFixed(1),
    cy: y.toFixed(1),
    r: r.toFixed(1),
  });
  const ails = active && ailment(l, i, v);
  if (ails) part(`s${l},${i}`, "circle", { class: "bp-flat", cx: x.toFixed(1), cy: y.toFixed(1), r: (r + 3.5).toFixed(1) });
  if (ails === "dead")
    part(`x${l},${i}`, "text", { class: "bp-dead", x: (x + r + 5).toFixed(1), y: (y - r + 2).toFixed(1), "font-size": place.font }, "×");
  // How far the activation has filled its neuron, from empty (0) to full (1).
  const fill = l > 0 && active ? Math.max(0, Math.min(1, value)) : 0;
  part(`f${l},${i}`, "circle", {
    class: "bp-fill",
    cx: x.toFixed(1),
    cy: y.toFixed(1),
    r: Math.max(0, r - 1).toFixed(1),
    "fill-opacity": (0.05 + 0.3 * fill).toFixed(3),
  });

  const spelled = l !== 1 || place.roomy,
    inside = r >= 15;
  const name =
    l === 0 ? { base: "x", index: i + 1 } : { base: active || !summed ? "a" : "z", index: i + 1, layer: l };
  if (inside && value !== undefined)
    part(
      `v${l},${i}`,
      "text",
      {
        class: "bp-figures bp-inside",
        x: x.toFixed(1),
        y: (y + place.font / 3).toFixed(1),
        "font-size": place.font - 0.5,
      },
      short(value),
    );
  if (!spelled && !pointed) return;
  const top = inside ? y - r - 6 : place.nodes[1][0].y - 26,
    bottom = inside ? y + r : top - 1;
  tag(`t${l},${i}`, "bp-forward", x, top, name, inside ? undefined : value);
  let row = bottom + place.font + 1;
  if (l && v.biases && (spelled || inside)) {
    const slope = ((now.id === "BP4" && now.l === l) || whole === "backward") && know("BP4", l, i),
      shift = now.id === "GD";
    tag(
      `b${l},${i}`,
      slope ? "bp-gradient" : shift ? "bp-forward" : "bp-quiet",
      x,
      row,
      { base: slope ? "∂C/∂b" : "b" },
      slope ? t.db[l][i] : (shift ? v.q : v.p).b[l][i],
    );
    row += place.font + 2;
  }
  if (l && know(l === 2 ? "BP1" : "BP2", l, i)) tag(`d${l},${i}`, "bp-gradient", x, row, { base: "δ" }, t.delta[l][at]);
}

/** The lines from the outputs and the targets to the cost. */
export function costLinks({ lineTo, arrow }, { place, now }) {
  const { cost, nodes } = place,
    lit = now.id === "C0" ? "bp-lit bp-forward" : now.id === "BP1" ? "bp-lit bp-gradient" : "";
  for (const n of nodes[2]) {
    const dx = cost.x - cost.w / 2 - (n.x + n.r),
      y1 = n.y + (cost.y - n.y) * 0.12,
      y2 = cost.y + (n.y - cost.y) * 0.16;
    const x1 = n.x + n.r - Math.abs(n.y - y1) * 0.12,
      x2 = x1 + dx,
      far = Math.hypot(dx, y2 - y1),
      [ux, uy] = [dx / far, (y2 - y1) / far];
    lineTo(`k${n.i}`, `bp-edge ${lit}`, x1 + 1, y1, x2, y2, lit ? 2 : 1);
    if (now.id === "C0") arrow(`ka${n.i}`, "bp-forward bp-own", x2 - ux * 3, y2 - uy * 3, ux, uy);
    if (now.id === "BP1") arrow(`ka${n.i}`, "bp-gradient bp-own", x1 + ux * 7, y1 + uy * 7, -ux, -uy);
  }
  for (const g of place.targets)
    lineTo(
      `g${g.i}`,
      "bp-edge bp-goal",
      g.x,
      g.y + Math.sign(cost.y - g.y) * 13,
      cost.x,
      cost.y - Math.sign(cost.y - g.y) * 17,
      1.5,
    );
}

/** The targets and the cost. */
export function targets({ part, tag }, { place, v, now, know }) {
  const { cost } = place,
    have = know("C0"),
    value = now.id === "GD" ? v.costAfter : v.cost.total;
  for (const g of place.targets) {
    part(`q${g.i}`, "rect", { class: "bp-target-box", x: g.x - 13, y: g.y - 13, width: 26, height: 26, rx: 4 });
    part(
      `qv${g.i}`,
      "text",
      { class: "bp-figures bp-inside", x: g.x, y: g.y + place.font / 3, "font-size": place.font },
      short(v.y[g.i * v.m + v.r]),
    );
    tag(`qn${g.i}`, "bp-target", g.x, g.y < cost.y || v.outputs === 1 ? g.y - 20 : g.y + 28, {
      base: "y",
      index: v.outputs > 1 ? g.i + 1 : "",
    });
  }
  const lit = now.id === "C0" ? "bp-lit bp-forward" : "";
  part("C", "rect", {
    class: `bp-cost-box ${lit}`,
    x: (cost.x - cost.w / 2).toFixed(1),
    y: cost.y - cost.h / 2,
    width: cost.w,
    height: cost.h,
    rx: 6,
  });
  if (have)
    part(
      "Cv",
      "text",
      { class: "bp-figures bp-inside", x: cost.x.toFixed(1), y: cost.y + 11, "font-size": place.font - 0.5 },
      short(value),
    );
  tag("Cn", "bp-plain", cost.x, have ? cost.y - 4 : cost.y + 4, { base: "C" });
}
