// Draw the evidence for each cause, from the run itself.

import { bendOf } from "./a_run.js";
import { axes } from "../parts/axes.js";
import { cost, forward, workspace } from "../engine/engine.js";
import { three } from "../parts/formula.js";
import { check } from "../engine/gradcheck.js";
import { lengths } from "./look_at_neurons.js";
import { decider } from "./look_at_network.js";
import { toParameters, toVector } from "../engine/vectors.js";

const frame = (width, height) => ({ left: 46, right: width - 10, top: 26, bottom: height - 38 });
const ends = (least, most) => [[least, three(least)], [most, three(most)]];
const dot = (pens, key, className, [x, y], r = 3.5) =>
  pens.part(key, "circle", { class: className, cx: x.toFixed(1), cy: y.toFixed(1), r });

/** The cost along the direction of an eigenvector, and ten steps on its parabola. */
function bend(run, where, downward) {
  const { net, x, y, alpha } = run,
    p = run[where],
    found = bendOf(run, where),
    v = downward ? found.downward : found.direction,
    λ = downward ? found.least : found.most;
  const theta = toVector(p),
    t = workspace(net, x.length / net.sizes[0]);
  const C = (s) => {
    const q = toParameters(net, theta.map((value, i) => value + s * v[i]));
    return cost(net, q, forward(net, q, x, t), y).total;
  };
  const C0 = C(0),
    reach = Math.sqrt((2 * C0) / Math.abs(λ)) || 1,
    at = Array.from({ length: 61 }, (_, k) => reach * (k / 30 - 1));
  const factor = 1 - alpha * λ,
    size = Math.abs(Math.log(Math.abs(factor))) || 1e-9,
    every = Math.max(1, Math.round(0.3 / size)), // so many steps lie between two dots
    first = Math.abs(factor) > 1 ? (0.6 * reach) / Math.exp(size * every * (size > 2 ? 1 : size > 0.5 ? 2 : 5)) : 0.8 * reach;
  const hops = [];
  for (let k = 0, s = first; k < 8 && hops.every((v) => Math.abs(v) < reach); k++, s *= factor ** every) hops.push(s);
  return {
    label: `The cost along the direction in which it bends ${downward ? "down" : "most"}, and steps on its parabola, each ${three(factor)} times as far from the middle as the one before.`,
    paint(pens, width, height) {
      const curve = at.map(C),
        parabola = (s) => C0 + (λ * s * s) / 2,
        all = [...curve, ...at.map(parabola)].filter(Number.isFinite);
      const [low, high] = [Math.min(...all), Math.max(...all)];
      const x_ = { least: -reach, most: reach, ticks: [[-reach, three(-reach)], [0, "0"], [reach, three(reach)]], name: `${downward ? "down" : "sharpest"} direction; 1 − αλ = ${Math.abs(factor) < 0.99 || Math.abs(factor) > 1.01 ? three(factor) : factor.toFixed(5).replace("-", "−")}` };
      const plane = axes(pens, "bend", frame(width, height), x_, { least: low, most: high, ticks: ends(low, high), name: every > 1 ? `cost C; ${every} steps between dots` : "cost C; each dot is a step" });
      plane.curve("cost", "bp-curve", at, curve.map((c) => (Number.isFinite(c) ? c : high)));
      plane.curve("parabola", "bp-curve bp-law", at, at.map(parabola));
      plane.curve("hops", "bp-curve bp-hops", hops, hops.map(parabola));
      hops.forEach((s, k) => dot(pens, `hop${k}`, "bp-to", plane.at(s, parabola(s)), k ? 3 : 5));
    },
  };
}

/** Every z of a layer on the curve of its activation. */
function units(run, layer) {
  const { net, x } = run,
    t = forward(net, run.end, x, workspace(net, x.length / net.sizes[0])),
    z = t.z[layer],
    phi = net.phi[layer],
    name = net.names[layer];
  const reach = Math.min(25, Math.max(6, z.reduce((most, v) => Math.max(most, Math.abs(v)), 0))),
    every = Math.ceil(z.length / 300);
  const range = name === "relu" ? [0, reach] : name === "tanh" ? [-1, 1] : [0, 1];
  const f = (v) => (name === "relu" ? Math.max(0, v) : name === "tanh" ? Math.tanh(v) : 1 / (1 + Math.exp(-v)));
  return {
    label: `The activation of layer ${layer}, with the z of its neurons at the points: they lie where the curve is flat.`,
    paint(pens, width, height) {
      const at = Array.from({ length: 121 }, (_, k) => reach * (k / 60 - 1));
      const plane = axes(pens, "phi", frame(width, height), { least: -reach, most: reach, ticks: [[-reach, three(-reach)], [0, "0"], [reach, three(reach)]], name: `z of layer ${layer}` }, { least: range[0], most: range[1], ticks: ends(...range), name: `${name === "sigmoid" ? "σ" : name}(z), and where the neurons are` });
      plane.curve("phi", "bp-curve", at, at.map(f));
      z.forEach((v, i) => {
        const held = Math.max(-reach, Math.min(reach, v));
        if (i % every === 0) dot(pens, `z${i}`, phi.prime(v) < 0.01 ? "bp-from" : "bp-solid", plane.at(held, f(held)), 3);
      });
    },
  };
}

/** The numbers of each hidden neuron of a layer as bars: what comes in, its bias, what goes out. */
function neurons(run, layer) {
  const { sizes, biases } = run.net,
    { W, b } = run.end,
    n = Math.min(sizes[layer], 8);
  const numbers = Array.from({ length: n }, (_, i) => [
    ...W[layer].subarray(i * sizes[layer - 1], (i + 1) * sizes[layer - 1]),
    ...(biases ? [b[layer][i]] : []),
    ...Array.from({ length: sizes[layer + 1] }, (_, k) => W[layer + 1][k * sizes[layer] + i]),
  ].slice(0, 8));
  const most = Math.max(1e-9, ...numbers.flat().map(Math.abs));
  return {
    label: `The weights and the bias of ${n} neurons of layer ${layer}, side by side.`,
    paint(pens, width, height) {
      const y = { least: -most, most, ticks: [[-most, three(-most)], [0, "0"], [most, three(most)]], name: "weights in, bias, weights out" };
      const x = { least: 0, most: n, ticks: numbers.map((_, i) => [i + 0.5, String(i + 1)]), name: `neurons of layer ${layer}` };
      const plane = axes(pens, "twins", frame(width, height), x, y);
      numbers.forEach((values, i) =>
        values.forEach((value, k) => {
          const place = i + 0.15 + (0.7 * (k + 0.5)) / values.length,
            [[px, zero], [, py]] = [plane.at(place, 0), plane.at(place, value)];
          pens.lineTo(`bar${i}-${k}`, "bp-bar", px, zero, px, py, Math.max(2, (0.45 * (width - 56)) / n / values.length));
        }),
      );
    },
  };
}

/** D(−x) against D(x): the points of a network without biases lie on one line. */
function mirror(run) {
  const x = run.x.slice(),
    D = decider(run, x),
    back = decider(run, x.map((v) => -v)),
    label = run.y.slice(-D.length),
    most = Math.max(1e-9, ...[...D, ...back].map(Math.abs));
  return {
    label: "D at the mirror image of each point against D at the point: all lie on one falling line, so the upper right or the lower left corner stays empty.",
    paint(pens, width, height) {
      const axis = (name) => ({ least: -most, most, ticks: [[-most, three(-most)], [0, "0"], [most, three(most)]], name });
      const plane = axes(pens, "mirror", frame(width, height), axis("D(x)"), axis("D(−x); ● need both > 0, ○ both < 0"));
      pens.lineTo("across", "bp-now", ...plane.at(-most, 0), ...plane.at(most, 0), 1);
      pens.lineTo("up", "bp-now", ...plane.at(0, -most), ...plane.at(0, most), 1);
      D.slice(0, 300).forEach((d, r) => dot(pens, `pair${r}`, label[r] === 1 ? "bp-solid" : "bp-hollow", plane.at(d, back[r])));
    },
  };
}

/** The points, and where the network answers 1. */
function border(run) {
  const { x, y, net } = run,
    m = y.length,
    N = 24,
    reach = Math.max(...x.map(Math.abs)) * 1.15;
  const side = Array.from({ length: N }, (_, i) => ((2 * i + 1) / N - 1) * reach),
    grid = Float64Array.from([...side.flatMap(() => side), ...side.flatMap((v) => side.map(() => v))]),
    { a } = forward(net, run.end, grid, workspace(net, N * N));
  return {
    label: "The points, and the part of the plane where the network answers 1.",
    paint(pens, width, height) {
      const { top, bottom } = frame(width, height),
        half = (bottom - top) / 2,
        middle = width / 2;
      const ticks = [[-reach, three(-reach)], [0, "0"], [reach, three(reach)]];
      const plane = axes(pens, "border", { left: middle - half, right: middle + half, top, bottom }, { least: -reach, most: reach, ticks, name: "x₁" }, { least: -reach, most: reach, ticks, name: "x₂; shaded: the network answers 1" });
      const cell = (2 * half) / N;
      a[net.L].forEach((answer, k) => {
        if (!(answer > 0.5)) return;
        const [px, py] = plane.at(grid[k], grid[N * N + k]);
        pens.part(`cell${k}`, "rect", { class: "bp-cell", x: (px - cell / 2).toFixed(1), y: (py - cell / 2).toFixed(1), width: (cell + 0.4).toFixed(1), height: (cell + 0.4).toFixed(1) });
      });
      for (let r = 0; r < m; r++) dot(pens, `point${r}`, y[r] === 1 ? "bp-solid" : "bp-hollow", plane.at(x[r], x[m + r]), m > 20 ? 3 : 6);
    },
  };
}

/** How large an entry of each layer's gradient is at the start. */
function layers(run) {
  const sizes = lengths(run),
    powers = sizes.map((v) => Math.log10(Math.max(v, 1e-16))),
    [low, high] = [Math.floor(Math.min(...powers)), Math.ceil(Math.max(...powers))];
  return {
    label: `An entry of the gradient at the start, layer by layer: ${sizes.map(three).join(", ")}.`,
    paint(pens, width, height) {
      const x = { least: 0.4, most: sizes.length + 0.6, ticks: sizes.map((_, i) => [i + 1, String(i + 1)]), name: "layer" };
      const plane = axes(pens, "layers", frame(width, height), x, { least: low, most: high, ticks: [[low, `1e${low}`.replace("-", "−")], [high, `1e${high}`.replace("-", "−")]], name: "an entry of ∂C/∂W⁽ˡ⁾ at the start" });
      powers.forEach((power, i) => {
        const [[px, py], [, floor]] = [plane.at(i + 1, power), plane.at(i + 1, low)];
        pens.lineTo(`layer${i}`, "bp-bar", px, floor, px, py, 14);
      });
    },
  };
}

/** Every gradient against what moving its parameter says. */
function gradients(run) {
  const { net, start, x, y, alpha } = run,
    t = forward(net, start, x, workspace(net, x.length / net.sizes[0]));
  run.backward(net, start, t, y, alpha);
  const rows = check(net, start, x, y, { W: t.dW, b: t.db }),
    most = Math.max(1e-12, ...rows.flatMap(({ given, found }) => [given, found].map(Math.abs)));
  return {
    label: "Every gradient of backpropagation against its numerical one: those off the rising diagonal are wrong.",
    paint(pens, width, height) {
      const axis = (name) => ({ least: -most, most, ticks: [[-most, three(-most)], [0, "0"], [most, three(most)]], name });
      const plane = axes(pens, "check", frame(width, height), axis("by moving the parameter"), axis("by backpropagation"));
      pens.lineTo("diagonal", "bp-now", ...plane.at(-most, -most), ...plane.at(most, most), 1.5);
      rows.forEach(({ given, found, ok }, k) => dot(pens, `slope${k}`, ok ? "bp-hollow" : "bp-to", plane.at(found, given), 4));
    },
  };
}

/** The picture for a cause, or of the whole run where there is none: what to read aloud, and a painter. */
export function exhibit(run, cause) {
  const { layer } = cause?.evidence ?? {};
  if (cause?.name === "rate") return bend(run, cause.evidence["at the end"] ? "end" : "start");
  if (cause?.name === "slow") return bend(run, "end");
  if (cause?.name === "saddle") return bend(run, "end", true);
  if (["dead", "saturated"].includes(cause?.name)) return units(run, layer);
  if (cause?.name === "symmetric") return neurons(run, layer);
  if (cause?.name === "biases") return mirror(run);
  if (cause?.name === "vanishing") return layers(run);
  if (cause?.name === "gradient") return gradients(run);
  return border(run);
}
