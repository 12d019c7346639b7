// Walk down a cost over a plane of weights: start anywhere, move the learning rate, and see what the plane hides.

import { axes, powerOfTen } from "../parts/axes.js";
import { canvas } from "../parts/canvas.js";
import { button } from "../parts/controls.js";
import { full, make, three } from "../parts/formula.js";
import { landmap } from "./landmap.js";
import { landsettings } from "./landsettings.js";
import { live } from "../parts/live.js";
import { omit } from "../parts/omit.js";
import { namesOf, view } from "./planes.js";
import { rounded, roundUp, ticksBetween } from "../parts/ticks.js";

const PARTS = {
  ...{ learning_rate: "learning rate", problem: "what learns", plane: "plane", updates: "updates", first: "across", second: "up" },
  ...{ span: "picture reaches", pair: "random pair", seed: "seed", home: "start at u = v = 0", costs: "cost over the updates" },
  ...{ far: "distance from the plane", cuts: "two cuts", words: "verdict", table: "table", link: "copy link", class: "this list" },
};
const RULES = {
  problem: { choices: ["line", "neuron", "xor"] },
  plane: { choices: ["weights", "random", "principal"] },
  weights: { count: 2, least: 1, most: 13, whole: true },
  pair: { least: 0, most: 99, whole: true },
  seed: { least: 0, most: 99, whole: true },
  learning_rate: { least: 0.01, most: 100 },
  updates: { least: 10, most: 500, whole: true },
  span: { least: 0.5, most: 20 },
  start: { count: 2, least: -40, most: 40 },
  point: { count: 2, least: -40, most: 40 },
  hide: { some: Object.keys(PARTS) },
};
const settle = (state) => (state.weights[0] === state.weights[1] ? { ...state, weights: [1, 2] } : state);
const COST = { least: 1e-5, most: 1e3, log: true, ticks: [-4, -2, 0, 2].map((n) => [10 ** n, powerOfTen(n)]), name: "cost" };
const every = (n, most) => Array.from({ length: n + 1 }, (_, i) => Math.round((i * most) / n));
const EDGES = (width, height) => ({ left: 46, right: width - 10, top: 26, bottom: height - 40 });

/** The names of the two axes, the value of each where u and v are 0, and its letter. */
function sides({ of }, { plane, weights }) {
  if (of.count === 2) return [["weight w", 0, "w"], ["bias b", 0, "b"]];
  if (plane === "weights") return weights.map((k) => [namesOf(of.net)[k - 1], of.center[k - 1], namesOf(of.net)[k - 1]]);
  return [1, 2].map((k) => [`along ${plane === "random" ? "random" : "principal"} direction ${k}`, 0, k === 1 ? "u" : "v"]);
}

/** The corner of the picture with the lowest, and that with the highest u and v. */
function corners({ of }, { plane, span }) {
  const shift = of.count > 2 && plane === "principal" ? span / 2 : 0; // the path goes to the right
  return { low: [shift - span, -span], high: [shift + span, span] };
}

const axisOf = ([name, zero], low, high) => ({ least: zero + low, most: zero + high, ticks: ticksBetween(zero + low, zero + high), name });

/** Curves over the updates. */
function paintRun(pens, width, height, updates, y, curves) {
  const x = { least: 0, most: updates, ticks: every(2, updates).map((k) => [k, String(k)]), name: "updates" };
  const { curve } = axes(pens, "axes", EDGES(width, height), x, y);
  for (const [name, values] of Object.entries(curves)) {
    const few = every(Math.min(values.length - 1, 250), values.length - 1);
    curve(name, `bp-curve bp-${name}`, few, few.map((k) => values[k]));
  }
}

/** The cost along one axis through the cross. */
function paintCut(pens, width, height, x, most, heightAt, here) {
  const y = { least: 0, most, ticks: [0, most / 2, most].map((value) => [value, three(value)]), name: "cost along this line" };
  const { at, curve } = axes(pens, "axes", EDGES(width, height), x, y);
  const along = every(80, 80).map((i) => x.least + ((x.most - x.least) * i) / 80);
  curve("cut", "bp-curve bp-cut", along, along.map(heightAt));
  const [cx, cy] = at(here, heightAt(here));
  pens.lineTo("here", "bp-now", cx, 26, cx, height - 40, 1);
  pens.part("dot", "circle", { class: "bp-point", cx: cx.toFixed(1), cy: cy.toFixed(1), r: 4 });
}

/** What there is to see, in words. */
function verdict({ of, path, costs, seen }, shadow, { updates, plane }) {
  const made = path.length - 1, end = seen[made];
  const rises = costs.filter((C, k) => k && C > costs[k - 1] * (1 + 1e-9)).length;
  const fall = `After ${made} updates the cost has gone from ${three(costs[0])} to ${three(costs[made])}. `;
  const steps = rises ? `It rose in ${rises} of them: these steps overshoot. ` : "It fell in every one. ";
  const left = made < updates ? "The next update takes a weight beyond a million: the run has left every picture. " : "";
  if (of.count === 2) return [fall + steps + left, "There are two parameters and one plane: nothing of this path is hidden."];
  const far = Math.hypot(...path[made].map((value, i) => value - path[0][i]));
  const how = { weights: "along two of 13 axes", random: "along two random directions", principal: "along the path’s own two directions" }[plane];
  return [
    fall + steps + left,
    `The path goes through 13 dimensions and this is a slice ${how}. Its end is ${three(far)} from its start and ${three(end.distance)} ` +
      `from the plane; the cost there is ${three(costs[made])}, and ${three(shadow[made])} below it on the plane.`,
  ];
}

const heading = (words, scope) => Object.assign(make("th", "", words), { scope });
const figure = (v) => Object.assign(make("td", "", three(v)), { title: full(v) });

/** The path at eleven updates. */
function table({ costs, seen }, shadow) {
  const names = ["update", "u", "v", "from the plane", "cost", "cost of the shadow"];
  const head = make("tr", "", ...names.map((words) => heading(words, "col")));
  const rows = every(Math.min(10, seen.length - 1), seen.length - 1).map((k) =>
    make("tr", "", heading(String(k), "row"), ...[seen[k].u, seen[k].v, seen[k].distance, costs[k], shadow[k]].map(figure)),
  );
  const caption = make("caption", "", "The path: u and v are lengths along the two directions, from the point where both are 0");
  return make("div", "bp-table", make("table", "", caption, make("thead", "", head), make("tbody", "", ...rows)));
}

function render(given) {
  const { commit, details, say, start } = live(given, "Landscape: the cost over a plane, and a descent", RULES, settle);
  const presets = given.model.get("presets"), now = (name) => given.model.get(name); // keys may come faster than frames
  let v, box, under = null, of, key = "", shadow;
  const controls = landsettings({
    commit,
    choose: (problem) => commit({ problem, ...presets[problem] }),
    weigh: (k, place) => commit({ weights: now("weights").map((old, i, all) => (i === k ? place : old === place ? all[k] : old)) }),
  });
  const inside = (at) => at.map((value, k) => Math.max(box.low[k], Math.min(box.high[k], rounded(value))));
  const map = landmap({
    start: (at) => commit({ start: at ?? now("point"), point: at ?? now("point") }),
    point: (way) => commit({ point: inside(now("point").map((value, k) => value + (way[k] * v.span) / 20)) }),
    hover(at) {
      under = at;
      draw(v);
    },
  });
  const plots = { costs: canvas("bp-plot"), far: canvas("bp-plot") };
  const cuts = [0, 1].map(() => canvas("bp-plot"));
  const says = [make("p"), make("p")], readout = make("p", "bp-at bp-figures"), scale = make("span", "bp-figures");
  const keys = { path: "path", shadow: "its shadow on the plane", far: "far from the plane" };
  const legend = Object.entries(keys).map(([look, words]) => make("span", `bp-key bp-${look}`, words));
  const home = button("previous", "Start at u = v = 0", () => commit({ start: [0, 0], point: [0, 0] }), true);
  const fold = omit(PARTS, (hide) => commit({ hide }));
  const parts = [
    make("p", "bp-legend", ...legend, make("span", "bp-scale", make("span", "bp-ramp"), "cost ", scale)),
    make("div", "bp-two", make("div", "", map.element, readout, controls.rate), make("div", "", plots.costs.svg, plots.far.svg)),
    make("div", "bp-settings", ...controls.elements, home),
    make("div", "bp-two", ...cuts.map(({ svg }) => svg)),
    make("div", "bp-says", ...says),
    fold.element,
  ];
  const shown = {
    ...{ ...controls.fields, home: [home], costs: [plots.costs.svg], far: [plots.far.svg], cuts: cuts.map(({ svg }) => svg) },
    ...{ words: says, table: [details], class: [fold.element] },
  };

  function draw(state) {
    v = state;
    const wanted = JSON.stringify({ ...v, point: 0, span: 0, hide: 0 });
    if (wanted !== key) {
      [of, key] = [view(v), wanted];
      shadow = of.shadow();
    }
    controls.set(v, of.of);
    fold.apply(v.hide, shown);
    box = corners(of, v);
    const names = sides(of, v), cross = under ?? v.point, made = of.path.length - 1;
    const [x, y] = names.map((side, k) => axisOf(side, box.low[k], box.high[k]));
    const words = verdict(of, shadow, v), most = Math.max(...of.seen.map(({ distance }) => distance));
    const ground = [v.problem, v.span, ...of.directions.map(String), String(of.of.center)].join(" ");
    const range = map.draw(`The cost over ${names[0][0]} and ${names[1][0]}. ${words[0]}`, {
      ...{ key: ground, ...box, costOf: of.costOf, seen: of.seen, start: v.start, cross, x, y },
    });
    scale.textContent = `${three(range.least)} to ${three(range.most)}`;
    plots.costs.draw(`The cost over the updates, of the path and of its shadow. ${words[0]}`, (pens, width, height) =>
      paintRun(pens, width, height, v.updates, COST, of.of.count > 2 ? { shadow, path: of.costs } : { path: of.costs }),
    );
    const reach = roundUp(Math.max(most, 1));
    const far = { least: 0, most: reach, ticks: [0, reach / 2, reach].map((d) => [d, three(d)]), name: "distance of the path from the plane" };
    plots.far.draw(`The distance from the plane over the updates; at the end ${three(of.seen[made].distance)}.`, (pens, width, height) =>
      paintRun(pens, width, height, v.updates, far, { distance: of.seen.map(({ distance }) => distance) }),
    );
    const top = roundUp(range.most);
    cuts.forEach((cut, k) => {
      const moved = (value) => of.costOf(...cross.map((old, i) => (i === k ? value - names[k][1] : old)));
      cut.draw(`A cut: the cost along ${names[k][0]} through the cross.`, (pens, width, height) =>
        paintCut(pens, width, height, [x, y][k], top, moved, cross[k] + names[k][1]),
      );
    });
    const at = cross.map((value, k) => `${names[k][2]} = ${three(rounded(value + names[k][1]))}`);
    readout.textContent = `At the cross, ${at.join(", ")}, C = ${three(of.costOf(...cross))}.`;
    words.forEach((text, i) => (says[i].textContent = text));
    if (details.open) details.replaceChildren(details.firstChild, table(of, shadow));
    say(`${readout.textContent} ${words.join(" ")}`);
  }
  const stop = start(parts, draw);
  const root = details.parentNode;
  root.classList.add("bp-landscape");
  shown.link = [...root.querySelectorAll(".bp-actions .bp-button")].slice(1);
  fold.apply(v.hide, shown);
  return () => {
    map.stop();
    stop();
  };
}

export default { render };
