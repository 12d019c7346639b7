// The landscape as a map: heat and lines of equal cost, the path on it, a cross to read out, and places to start from.

import { axes } from "../parts/axes.js";
import { canvas } from "../parts/canvas.js";
import { grid, levels } from "../parts/contours.js";
import { drawing } from "../parts/drawing.js";
import { make } from "../parts/formula.js";
import { group } from "../parts/frame.js";
import { heat } from "./heat.js";
import { rounded } from "../parts/ticks.js";

const SVG = "http://www.w3.org/2000/svg";
const EDGES = { left: 46, right: 10, top: 26, bottom: 40 };
const [COARSE, FINE] = [33, 101]; // points along a side
const [PAUSE, SLICE] = [120, 6]; // milliseconds until the reader's hand is still, and of work in one go
const LINES = 11; // of equal cost
const KEYS = "Arrow keys move the cross, enter starts the descent there. Or press a place on the map.";

/** `on.start` and `on.point` are told where the reader wants them, `on.hover` where the mouse is, or null. */
export function landmap(on) {
  const frame = canvas("bp-frame"), picture = heat();
  const over = document.createElementNS(SVG, "svg");
  over.setAttribute("class", "bp-over");
  over.setAttribute("aria-hidden", "true");
  const pens = drawing(over);
  const element = group(make("div", "bp-map", frame.svg, picture.element, over), `The map. ${KEYS}`);
  element.tabIndex = 0;
  let box, side = 1, coarse, fine, range, known, asked = 0, painted = "";

  const place = (event) => {
    const { left, top } = over.getBoundingClientRect();
    const part = [(event.clientX - left) / side, 1 - (event.clientY - top) / side].map((at) => Math.max(0, Math.min(1, at)));
    return part.map((at, k) => rounded(box.low[k] + at * (box.high[k] - box.low[k])));
  };
  over.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse") return;
    if (event.buttons & 1) on.start(place(event));
    else on.hover(place(event));
  });
  over.addEventListener("pointerleave", () => on.hover(null));
  over.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button) return;
    over.setPointerCapture(event.pointerId);
    on.start(place(event));
  });
  over.addEventListener("click", (event) => on.start(place(event))); // a tap: a finger that scrolls gives none
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (way) on.point(way);
    else if (event.key === "Enter" || event.key === " ") on.start(null);
    else return;
    event.preventDefault();
  });

  /** Paint the landscape at once in coarse steps, in fine ones when the hand is still; return its range of costs. */
  function landscape(key, costOf) {
    clearTimeout(asked);
    if (key !== known) {
      known = key;
      coarse = grid(costOf, box, COARSE);
      coarse.extend();
      range = levels(coarse.values, LINES);
      fine = grid(costOf, box, FINE);
    }
    const paint = (of) => {
      const now = `${key} ${of.n} ${side} ${devicePixelRatio}`;
      if (now !== painted) [painted] = [now, picture.paint(of, range, side)];
    };
    const refine = () => {
      if (fine.extend(SLICE)) paint(fine);
      else asked = setTimeout(refine);
    };
    if (fine.done()) paint(fine);
    else {
      paint(coarse);
      asked = setTimeout(refine, PAUSE);
    }
    return range;
  }

  /** The path as pieces: solid where it is near the plane, dashed where it is far. */
  function route(seen, at, near) {
    const pieces = [];
    seen.forEach(({ u, v, distance }, k) => {
      const far = distance > near, last = pieces.at(-1);
      const point = at(u, v).map((c) => Math.max(-1e4, Math.min(1e4, c)).toFixed(1)).join(",");
      if (!last || last.far !== far) pieces.push({ far, points: [...(last ? [last.points.at(-1)] : []), point] });
      else last.points.push(point);
      if (k <= 60) pens.part(`step${k}`, "circle", { class: "bp-foot", cx: point.split(",")[0], cy: point.split(",")[1], r: 2.2 });
    });
    pieces.forEach(({ far, points }, k) =>
      pens.part(`path${k}`, "polyline", { class: far ? "bp-path bp-far" : "bp-path", points: points.join(" ") }),
    );
  }

  return {
    element,
    stop: () => clearTimeout(asked),
    /** Draw everything; `key` says which landscape it is, `x` and `y` are its axes. */
    draw(words, { key, low, high, costOf, seen, start, cross, x, y }) {
      box = { low, high };
      side = Math.max(60, Math.min(frame.svg.clientWidth - EDGES.left - EDGES.right, frame.svg.clientHeight - EDGES.top - EDGES.bottom));
      for (const layer of [picture.element, over]) for (const name of ["width", "height"]) layer.style[name] = `${side}px`;
      frame.draw(words, (frames) => {
        const edges = { left: EDGES.left, right: EDGES.left + side, top: EDGES.top, bottom: EDGES.top + side };
        axes(frames, "axes", edges, x, y);
      });
      const found = landscape(key, costOf);
      const at = (u, v) => [((u - low[0]) / (high[0] - low[0])) * side, (1 - (v - low[1]) / (high[1] - low[1])) * side];
      const [px, py] = at(...cross);
      pens.begin(side, side, 12);
      pens.lineTo("across", "bp-now", 0, py, side, py, 1);
      pens.lineTo("up", "bp-now", px, 0, px, side, 1);
      route(seen, at, 0.05 * (high[0] - low[0]));
      const mark = (name, [cx, cy], r) => pens.part(name, "circle", { class: `bp-${name}`, cx: cx.toFixed(1), cy: cy.toFixed(1), r });
      const last = seen.at(-1);
      mark("from", at(...start), 6);
      mark("to", at(last.u, last.v), 5);
      pens.end();
      return found;
    },
  };
}
