// Draw δ = ∂C/∂a · σ′(z) of both costs on one ruler in powers of ten, where a factor is a distance.

import { axes, powerOfTen } from "../parts/axes.js";
import { COSTS } from "./twocosts.js";

const RANGE = { least: 1e-5, most: 1e4, log: true };
export const WORDS = { half_squared_error: "squared error", binary_cross_entropy: "cross-entropy" };

/** Both δ on one ruler: it begins at ∂C/∂a, and σ′ takes it to the left, as far in one as in the other for equal z. */
export function paintRuler(pens, width, runs, k) {
  const ticks = [-4, -2, 0, 2, 4].map((n) => [10 ** n, powerOfTen(n)]);
  const edges = { left: 8, right: width - 16, top: 8, bottom: 158 };
  const { at } = axes(pens, "ruler", edges, { ...RANGE, ticks, name: "" }, { least: 0, most: 1, ticks: [], name: "" });
  COSTS.forEach((loss, i) => {
    const { a, dC_da, delta } = runs[loss];
    const line = 54 + 74 * i;
    const [from, to, error] = [dC_da[k], delta[k], a[k]].map((v) => at(v, 0)[0]); // y = 0, so a is the error
    const dot = (name, x) =>
      pens.part(`${loss}-${name}`, "circle", { class: `bp-${name}`, cx: x.toFixed(1), cy: line, r: 5 });
    const words = (name, role, text, x, y, anchor = "middle") =>
      pens.part(`${loss}-${name}`, "text", { class: role, x: x.toFixed(1), y: line + y, "text-anchor": anchor }, text);
    pens.lineTo(`${loss}-error`, "bp-error", error, line - 11, error, line + 11, 2);
    pens.lineTo(`${loss}-slope`, "bp-slope", from, line, to, line, 3);
    if (from - to > 24) pens.arrow(`${loss}-head`, "bp-slope", (from + to) / 2, line, -1, 0);
    dot("from", from);
    dot("to", to);
    words("name", "bp-heading", WORDS[loss], 8, -34, "start");
    words("from-words", "bp-gradient", i ? "∂C/∂a" : "∂C/∂a = a − y", Math.max(from, i ? 26 : 50), -15);
    words("to-words", "bp-gradient", i ? "δ = a − y" : "δ", Math.max(to, i ? 36 : 12), 24);
    if (from - to > 60) words("prime", "bp-forward", "× σ′", (from + to) / 2, i ? -9 : 20);
  });
}
