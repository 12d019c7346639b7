// Move one straight line among the four corners of XOR, and see the sum that forbids it to be right on all of them.

import { CORNERS, judge, line, side } from "./halfplane.js";

const [LOW, HIGH, SIZE] = [-0.5, 1.5, 200];
const SVG = "http://www.w3.org/2000/svg";

const shown = (v) => (Math.abs(v) < 0.005 ? 0 : v).toFixed(2).replace("-", "−");
const place = (x1, x2) => [((x1 - LOW) / (HIGH - LOW)) * SIZE, ((HIGH - x2) / (HIGH - LOW)) * SIZE];

/** Append an element with attributes and children to a parent, and return it. */
function add(parent, tag, attributes = {}, ...children) {
  const drawn = ["svg", "polygon", "circle", "text"].includes(tag);
  const element = drawn ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  parent?.append(element);
  return element;
}

/** The square with its corners; returns the polygon that shades the side of "1". */
function square(parent) {
  const svg = add(parent, "svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, "aria-hidden": "true" });
  const half = add(svg, "polygon");
  for (const [x1, x2, y] of CORNERS) {
    const [cx, cy] = place(x1, x2);
    add(svg, "circle", { cx, cy, r: 7, class: y ? "bp-line-one" : "bp-line-zero" });
    add(svg, "text", { x: cx, y: cy + (x2 ? -13 : 22) }, `(${x1}, ${x2})`);
  }
  return half;
}

/** The table of the four sums; returns the cells that change, a row a corner. */
function table(parent) {
  const body = add(parent, "table");
  const head = add(add(body, "thead"), "tr");
  for (const word of ["corner", "s", "wanted"]) add(head, "th", { scope: "col" }, word);
  add(head, "td");
  const rows = add(body, "tbody");
  return CORNERS.map(([x1, x2, y]) => {
    const row = add(rows, "tr");
    add(row, "th", { scope: "row" }, `(${x1}, ${x2})`);
    const s = add(row, "td");
    add(row, "td", {}, y ? "s > 0" : "s < 0");
    return { s, verdict: add(row, "td") };
  });
}

/** A labelled native slider that moves one trait. */
function slider(parent, model, name, label, least, most, step) {
  const input = add(null, "input", { type: "range", min: least, max: most, step });
  add(parent, "label", {}, label, input);
  const set = () => {
    model.set(name, Number(input.value));
    model.save_changes();
  };
  input.addEventListener("input", set);
  return { show: () => (input.value = model.get(name)), remove: () => input.removeEventListener("input", set) };
}

function render({ model, el }) {
  const root = add(el, "div", { class: "bp-line", role: "group", "aria-label": "One line and the four corners of XOR" });
  const half = square(add(root, "div", { class: "bp-line-square" }));
  const side1 = add(root, "div", { class: "bp-line-sums" });
  const score = add(side1, "p", { class: "bp-line-score", "aria-live": "polite" });
  const cells = table(side1);
  const hollow = add(side1, "p");
  const full = add(side1, "p");
  const controls = add(root, "div", { class: "bp-line-controls" });
  const sliders = [
    slider(controls, model, "angle", "direction", -180, 180, 5),
    slider(controls, model, "distance", "distance", -1, 1, 0.05),
  ];
  let best = 0;

  function draw() {
    const of = line(model.get("angle"), model.get("distance"));
    const corners = judge(of);
    const right = corners.filter((corner) => corner.right).length;
    best = Math.max(best, right);
    half.setAttribute("points", side(of, LOW, HIGH).map(([x1, x2]) => place(x1, x2).join(",")).join(" "));
    corners.forEach((corner, i) => {
      cells[i].s.textContent = shown(corner.s);
      cells[i].verdict.textContent = corner.right ? "✓ right" : "✗ wrong";
      cells[i].verdict.className = corner.right ? "bp-line-right" : "bp-line-wrong";
    });
    score.textContent = `${right} of 4 right; your best so far: ${best}`;
    hollow.textContent = `s(0,0) + s(1,1) = ${shown(corners[0].s + corners[3].s)}`;
    full.textContent = `s(0,1) + s(1,0) = ${shown(corners[1].s + corners[2].s)}`;
    for (const each of sliders) each.show();
  }

  model.on("change:angle change:distance", draw);
  draw();
  return () => {
    model.off("change:angle change:distance", draw);
    for (const each of sliders) each.remove();
    root.remove();
  };
}

export default { render };
