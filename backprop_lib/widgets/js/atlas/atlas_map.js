// Draw the two pictures of the atlas: how each run of a width ended, and what share was solved at every width.

import { WORDS } from "./atlas_run.js";

const MARKS = { s: "✓", k: "–", d: "×", u: "?" };
const [LEFT, BOTTOM, TOP] = [36, 38, 18];

/** Where the cell of a column and a row stands; row 0, the smallest rate, is the lowest. */
function grid(width, height, columns, rows) {
  const [w, h] = [(width - LEFT - 2) / columns, (height - TOP - BOTTOM) / rows];
  return { w, h, x: (i) => LEFT + i * w, y: (j) => TOP + (rows - 1 - j) * h };
}

/** The column and the row under a point of the picture; null outside the cells. */
export function cellAt(width, height, columns, rows, px, py) {
  const i = Math.floor(((px - LEFT) / (width - LEFT - 2)) * columns);
  const j = rows - 1 - Math.floor(((py - TOP) / (height - TOP - BOTTOM)) * rows);
  return i >= 0 && i < columns && j >= 0 && j < rows ? { i, j } : null;
}

function frame(pens, { w, h, x, y }, width, height, { names, rates, above, across, every }) {
  const write = (key, px, py, anchor, words) =>
    pens.part(key, "text", { x: px.toFixed(1), y: py.toFixed(1), "text-anchor": anchor, class: "bp-tick" }, words);
  rates.forEach((rate, j) => write(`rate${j}`, LEFT - 5, y(j) + h / 2 + 4, "end", String(rate)));
  names.forEach((name, i) => i % every === 0 && write(`name${i}`, x(i) + w / 2, height - BOTTOM + 15, "middle", String(name)));
  write("rates", 0, TOP - 7, "start", above);
  write("across", width - 2, height - 6, "end", across);
}

const box = (pens, key, look, { w, h, x, y }, i, j, gap) =>
  pens.part(key, "rect", { class: look, x: (x(i) + gap).toFixed(1), y: (y(j) + gap).toFixed(1), width: (w - 2 * gap).toFixed(1), height: (h - 2 * gap).toFixed(1) });

/** A cell for every run of one width, marked by how it ended. */
export function paintMap(pens, width, height, { ends, rates, seeds }, chosen) {
  const place = grid(width, height, seeds.length, rates.length);
  frame(pens, place, width, height, { names: seeds, rates, above: "learning rate α", across: "seed", every: place.w < 22 ? 3 : 1 });
  ends.forEach((row, j) =>
    [...row].forEach((end, i) => {
      box(pens, `cell${j}-${i}`, `bp-run bp-${WORDS[end]}`, place, i, j, 1);
      const [px, py] = [place.x(i) + place.w / 2, place.y(j) + place.h / 2 + 4];
      const look = { class: `bp-sign bp-${WORDS[end]}`, x: px.toFixed(1), y: py.toFixed(1), "text-anchor": "middle" };
      pens.part(`mark${j}-${i}`, "text", look, MARKS[end]);
    }),
  );
  box(pens, "chosen", "bp-chosen", place, chosen.i, chosen.j, -0.5);
}

/** A cell for every width and rate: the share of seeds that solve it, in words and by how full it is. */
export function paintPhase(pens, width, height, { shares, rates, widths }, chosen) {
  const place = grid(width, height, widths.length, rates.length);
  frame(pens, place, width, height, { names: widths, rates, above: "learning rate α, percent of seeds solved", across: "neurons in the hidden layer", every: 1 });
  shares.forEach((row, i) =>
    row.forEach(({ solved, diverged }, j) => {
      box(pens, `ground${i}-${j}`, "bp-run bp-empty", place, i, j, 1);
      const look = { class: "bp-share", style: `fill-opacity: ${solved.toFixed(3)}` };
      const cell = box(pens, `share${i}-${j}`, "bp-share", place, i, j, 1);
      if (cell.getAttribute("style") !== look.style) cell.setAttribute("style", look.style);
      const words = `${Math.round(100 * solved)}${diverged > 0.5 ? "×" : ""}`;
      const [px, py] = [place.x(i) + place.w / 2, place.y(j) + place.h / 2 + 4];
      pens.part(`words${i}-${j}`, "text", { class: `bp-percent${solved > 0.5 ? " bp-high" : ""}`, x: px.toFixed(1), y: py.toFixed(1), "text-anchor": "middle" }, words);
    }),
  );
  box(pens, "chosen", "bp-chosen", place, chosen.i, chosen.j, -0.5);
}
