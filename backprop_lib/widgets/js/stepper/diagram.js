// Draw the network with its numbers, and light what the present step uses.

import { drawing } from "../parts/drawing.js";
import { edgeNumbers, edges } from "./edges.js";
import { hit, layout } from "./layout.js";
import { costLinks, neuron, targets } from "./neurons.js";

/** Return an object that draws views into `svg` and tells `choose` and `inspect` what the pointer is on. */
export function diagram(svg, { choose, inspect }) {
  const pen = drawing(svg);
  let place;

  function draw(v, steps, item, width, height) {
    place = layout(v.sizes, width, height);
    pen.begin(width, height, place.font);
    const now = steps[v.step];
    const scene = {
      place,
      v,
      now,
      know: v.knows,
      whole: v.whole,
      single: v.granularity === "neuron",
      chosen: (l, i, j) => item.l === l && item.i === i && item.j === j,
      point: v.selected.map((n) => n - 1),
    };
    for (const l of [1, 2]) edges(pen, scene, l);
    costLinks(pen, scene);
    for (const l of [1, 2]) edgeNumbers(pen, scene, l);
    for (const n of place.nodes.flat()) neuron(pen, scene, n);
    targets(pen, scene);
    pen.end();
  }

  const under = (event) => {
    const box = svg.getBoundingClientRect();
    return (
      place &&
      hit(
        place,
        ((event.clientX - box.left) * place.width) / box.width,
        ((event.clientY - box.top) * place.height) / box.height,
      )
    );
  };
  svg.addEventListener("click", (event) => choose(under(event)));
  svg.addEventListener("pointermove", (event) => inspect(under(event)));
  svg.addEventListener("pointerleave", () => inspect(null));
  return { draw };
}
