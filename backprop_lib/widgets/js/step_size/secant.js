// Draw the cost near one weight with its tangent, and the straight lines that differences put in its place.

import { axes } from "../parts/axes.js";
import { three } from "../parts/formula.js";

const REACH = 1.6; // steps to each side
const POINTS = 96;

/** Draw C(θ + s) − C(θ) for s within 1.6 h, as it is computed, and three slopes through it. */
export function paintSecant(pens, width, height, { C, C0, slope, slopes }, h) {
  const steps = Array.from({ length: POINTS + 1 }, (_, i) => ((2 * i) / POINTS - 1) * REACH * h);
  const bends = steps.map((s) => C(s) - C0);
  const [end, ahead, behind] = [REACH * h, C(h) - C0, C(-h) - C0];
  const most = 1.08 * Math.max(Math.abs(slope) * end, ...bends.map(Math.abs));
  const { central, forward } = slopes(h);

  const x = { least: -end, most: end, ticks: [[-h, "θ − h"], [0, "θ"], [h, "θ + h"]], name: "" };
  const y = { least: -most, most, ticks: [[-most, `−${three(most)}`], [0, "0"], [most, three(most)]] };
  y.name = "C − C(θ), as it is computed";
  const edges = { left: 66, right: width - 4, top: 26, bottom: height - 24 };
  const { at, curve } = axes(pens, "axes", edges, x, y);

  curve("cost", "bp-curve bp-cost", steps, bends);
  const middle = (ahead + behind) / 2; // where the chord from θ − h to θ + h passes over θ
  curve("central-line", "bp-curve bp-central", [-end, end], [middle - end * central, middle + end * central]);
  curve("forward-line", "bp-curve bp-forward-difference", [0, end], [0, end * forward]);
  curve("tangent", "bp-curve bp-tangent", [-end, end], [-end * slope, end * slope]);
  for (const [name, s, d] of [["behind", -h, behind], ["ahead", h, ahead], ["here", 0, 0]]) {
    const [cx, cy] = at(s, d);
    pens.part(name, "circle", { class: "bp-point", cx: cx.toFixed(1), cy: cy.toFixed(1), r: 4 });
  }
}
