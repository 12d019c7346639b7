// Draw how long the weights and the gradient of every layer are, on one ruler in powers of ten.

import { axes, powerOfTen } from "../parts/axes.js";
import { three } from "../parts/formula.js";

const RULER = { least: 1e-6, most: 1e3, log: true, ticks: [-6, -3, 0, 3].map((n) => [10 ** n, powerOfTen(n)]), name: "" };
const KEYS = "⁰¹²³";

/** Two bars a layer: ‖W⁽ˡ⁾‖ and ‖∂C/∂W⁽ˡ⁾‖. */
export function paintNorms(pens, width, height, layers) {
  const edges = { left: 8, right: width - 8, top: 4, bottom: height - 26 };
  const { at } = axes(pens, "ruler", edges, RULER, { least: 0, most: 1, ticks: [], name: "" });
  const each = (edges.bottom - edges.top) / 3;
  layers.forEach(({ l, W, dW }, n) => {
    const y = edges.top + n * each + (each - 42) / 2;
    [["W", W, `‖W⁽${KEYS[l]}⁾‖`, "forward", 13], ["dW", dW, `‖∂C/∂W⁽${KEYS[l]}⁾‖`, "gradient", 35]].forEach(([name, value, words, role, down]) => {
      const x = at(value, 0)[0];
      pens.lineTo(`${name}${l}`, `bp-bar bp-${role}-bar`, edges.left, y + down + 5, Math.max(x, edges.left + 1), y + down + 5, 5);
      pens.part(`${name}${l}-words`, "text", { class: `bp-${role}`, x: edges.left, y: (y + down).toFixed(1) }, `${words} = ${three(value)}`);
    });
  });
}
