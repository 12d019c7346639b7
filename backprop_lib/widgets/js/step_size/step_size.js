// Take a slope with a step h that the reader moves, in three ways, and see where each of them fails.

import { axes, powerOfTen } from "../parts/axes.js";
import { canvas } from "../parts/canvas.js";
import { chooser, slider } from "../parts/controls.js";
import { full, make, three } from "../parts/formula.js";
import { live } from "../parts/live.js";
import { along, errorOf, METHODS } from "./quotients.js";
import { paintSecant } from "./secant.js";

const WORDS = { forward: "forward difference", central: "central difference", complex: "complex step" };
const SHORT = { forward: "forward", central: "central", complex: "complex step" };
const LOOKS = { forward: "bp-forward-difference", central: "bp-central", complex: "bp-complex" };
const [LEAST, MOST] = [-16, 0];
const EDGES = [40, 8]; // beside the curves
const FLOOR = 1e-17; // an error below it stands on the axis
const POWERS = Array.from({ length: 4 * (MOST - LEAST) + 1 }, (_, i) => LEAST + i / 4);
const power = (n) => (Number.isInteger(n) ? powerOfTen(n) : three(10 ** n));
const [up, down] = [[..."⁰¹²³⁴⁵⁶⁷⁸⁹"], [..."₀₁₂₃₄₅₆₇₈₉"]];
const written = (digits, n) => [...String(n)].map((d) => digits[d]).join("");
const label = ([l, i, j]) => `w⁽${written(up, l)}⁾${written(down, i)}${i > 9 || j > 9 ? "," : ""}${written(down, j)}`;

/** The error of every method at every h of the picture. */
function measure(of) {
  const found = { forward: [], central: [], complex: [] };
  for (const n of POWERS) {
    const slopes = of.slopes(10 ** n);
    for (const method of METHODS) found[method].push(errorOf(of.slope, slopes[method]));
  }
  return found;
}

/** The errors on axes of powers of ten, the two laws of the central difference, and a mark at the h shown. */
function paintErrors(pens, width, height, of, errors, log_h) {
  const ticks = (powers) => powers.map((n) => [10 ** n, powerOfTen(n)]);
  const x = { least: 10 ** LEAST, most: 10 ** MOST, log: true, ticks: ticks([-16, -12, -8, -4, 0]), name: "h" };
  const y = { least: FLOOR, most: 10, log: true, ticks: ticks([-16, -12, -8, -4, 0]), name: "relative error of the slope" };
  const { at, curve } = axes(pens, "axes", { left: EDGES[0], right: width - EDGES[1], top: 26, bottom: height - 40 }, x, y);
  const hs = POWERS.map((n) => 10 ** n);
  for (const law of ["bend", "rounding"]) {
    const inside = hs.filter((h) => of[law](h) / Math.abs(of.slope) < 10 && of[law](h) / Math.abs(of.slope) > FLOOR);
    curve(law, "bp-curve bp-law", inside, inside.map((h) => of[law](h) / Math.abs(of.slope)));
  }
  const now = at(10 ** log_h, 1)[0];
  pens.lineTo("now", "bp-now", now, 26, now, height - 40, 1);
  const slopes = of.slopes(10 ** log_h);
  for (const method of METHODS) {
    curve(method, `bp-curve ${LOOKS[method]}`, hs, errors[method]);
    const [cx, cy] = at(10 ** log_h, errorOf(of.slope, slopes[method]));
    pens.part(`${method}-now`, "circle", { class: `bp-dot ${LOOKS[method]}`, cx: cx.toFixed(1), cy: cy.toFixed(1), r: 4.5 });
  }
}

/** A slope with the decimals that make twelve digits of the right one; those that agree with it are bold. */
function digits(value, right) {
  const places = Math.max(0, Math.min(100, 11 - Math.floor(Math.log10(Math.abs(right) || 1))));
  const [text, wanted] = [value, right].map((v) => v.toFixed(places).replace("-", "−"));
  let same = 0;
  while (same < text.length && text[same] === wanted[same]) same++;
  return [make("b", "", text.slice(0, same)), text.slice(same)];
}

const heading = (words, scope) => Object.assign(make("th", "", words), { scope });
const figure = (v) => Object.assign(make("td", "", three(v)), { title: full(v) });

function table(caption, head, rows) {
  const top = make("thead", "", make("tr", "", ...head.map((words) => (words ? heading(words, "col") : make("td")))));
  const body = rows.map(([name, ...cells]) => make("tr", "", heading(name, "row"), ...cells));
  return make("div", "bp-table", make("table", "", make("caption", "", caption), top, make("tbody", "", ...body)));
}

/** The three slopes at one h, above the one of backpropagation. */
function readings(of, log_h) {
  const slopes = of.slopes(10 ** log_h);
  const slope = (value) => make("td", "bp-digits", ...digits(value, of.slope));
  const rows = METHODS.map((method) => [SHORT[method], slope(slopes[method]), figure(errorOf(of.slope, slopes[method]))]);
  rows.push(["backprop", slope(of.slope), make("td", "", "–")]);
  return table("The slope at θ, and its relative error", ["", "slope", "error"], rows);
}

/** What there is to see, in words. */
function verdict(of, h) {
  const slopes = of.slopes(h);
  const [central, complex] = ["central", "complex"].map((method) => three(errorOf(of.slope, slopes[method])));
  const heard = `The central difference has a relative error of ${central}, the complex step one of ${complex}.`;
  if (of.theta + h === of.theta) return `${heard} The step is lost: θ + h is rounded to θ, and both differences are 0.`;
  if (of.rounding(h) > Math.abs(of.slope) / 3)
    return `${heard} Rounding has eaten the slope: the two costs differ by their last digit or not at all.`;
  if (h > 30 * of.best)
    return `${heard} The bend decides: between θ − h and θ + h the cost is not straight, and with a tenth of this h the central difference is a hundred times better.`;
  if (h > 3 * of.best) return `${heard} The bend still decides: a smaller h is better.`;
  if (h < of.best / 3)
    return `${heard} Rounding decides: the two costs agree in so many digits that much of their difference is noise, and a tenth of this h makes it about ten times worse.`;
  return `${heard} Bend and rounding are of one size: about here the central difference is at its best.`;
}

function render(given) {
  const spec = Object.fromEntries(["sizes", "biases", "start", "x", "y"].map((name) => [name, given.model.get(name)]));
  const { sizes } = spec;
  const weights = sizes.flatMap((n, l) =>
    l ? Array.from({ length: n * sizes[l - 1] }, (_, k) => [l, Math.floor(k / sizes[l - 1]) + 1, (k % sizes[l - 1]) + 1]) : [],
  );
  const exists = (weight) => weights.some((other) => String(other) === String(weight));
  const rules = { log_h: { least: LEAST, most: MOST }, weight: { count: 3, least: 1, most: 200, whole: true } };
  const { commit, details, say, start } = live(given, "The error of three ways to take a slope, against the step h", rules, (state) =>
    exists(state.weight) ? state : { ...state, weight: weights[0] },
  );
  const step = slider("step h", { min: LEAST, max: MOST, step: 0.25, show: power }, (log_h) => commit({ log_h }));
  const options = weights.map((weight) => [String(weight), label(weight)]);
  const which = chooser("weight θ", options, (chosen) => commit({ weight: chosen.split(",").map(Number) }));
  const [curves, secant] = [canvas("bp-plot bp-tall"), canvas("bp-plot bp-tall")];
  curves.drag(...EDGES, (part) => commit({ log_h: Math.round(4 * (LEAST + part * (MOST - LEAST))) / 4 }));
  const others = [["cost", "cost"], ["tangent", "tangent"], ["law", "h²C‴/6 and εC/h"]];
  const keys = [...METHODS.map((method) => [LOOKS[method].slice(3), WORDS[method]]), ...others];
  const values = make("div", "bp-readings"), says = make("p");
  const parts = [
    make("p", "bp-legend", ...keys.map(([look, words]) => make("span", `bp-key bp-${look}`, words))),
    make("div", "bp-two", curves.svg, secant.svg),
    make("div", "bp-settings bp-uneven", step.element, which.element),
    values,
    make("div", "bp-says", says),
  ];
  let of, errors, drawn;

  return start(parts, ({ log_h, weight }) => {
    if (String(weight) !== drawn) {
      drawn = String(weight);
      of = along({ ...spec, weight });
      errors = measure(of);
    }
    step.set(log_h);
    which.set(drawn);
    const words = verdict(of, 10 ** log_h);
    curves.draw(`Relative errors against h, both in powers of ten. h is ${power(log_h)}. ${words}`, (pens, width, height) =>
      paintErrors(pens, width, height, of, errors, log_h),
    );
    secant.draw(`The cost near θ with its tangent, and the lines of both differences, for h = ${power(log_h)}.`, (pens, width, height) =>
      paintSecant(pens, width, height, of, 10 ** log_h),
    );
    values.replaceChildren(readings(of, log_h));
    says.textContent = words;
    if (details.open) {
      const rows = POWERS.map((n, i) => [n, i]).filter(([n]) => Number.isInteger(n)).reverse();
      const cells = rows.map(([n, i]) => [powerOfTen(n), ...METHODS.map((method) => figure(errors[method][i]))]);
      details.replaceChildren(details.firstChild, table(`Relative errors, θ = ${label(weight)}`, ["h", ...METHODS.map((m) => WORDS[m])], cells));
    }
    say(`h is ${power(log_h)}. ${words}`);
  });
}

export default { render };
