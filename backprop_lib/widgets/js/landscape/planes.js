// A cost over a plane of weights, and a descent seen from it: its shadow on the plane, and how far it is from there.
//
// All weights and biases of a network are one vector θ: W⁽¹⁾ row after row, b⁽¹⁾, W⁽²⁾, b⁽²⁾.  A plane goes through
// the center θ₀ along two directions of length 1 at a right angle; its coordinates u and v are lengths in θ.

import { dataset } from "../engine/datasets.js";
import { eigenvectors } from "./eigenvectors.js";
import { backward, cost, forward, network, step, workspace } from "../engine/engine.js";
import { initialize } from "../engine/initialize.js";
import { randomState } from "../engine/random.js";

const FAR = 1e6; // a run ends before a weight is larger
const { abs, hypot } = Math;
function dot(u, v) {
  let sum = 0;
  for (let i = 0; i < u.length; i++) sum += u[i] * v[i];
  return sum;
}

const LEVEL = { x: [0.5, 1, 1.5, 2], y: [0.2, 1.1, 1.6, 2.6] };
const SQUASHED = { x: [-2, -1, 1, 2], y: [0, 1, 0, 1] };

/** What is learned: a line through four points, one sigmoid neuron with four labels, or XOR by a 2-3-1 network. */
export function problem(name, seed) {
  const one = (activations, { x, y }) => ({ net: network({ sizes: [1, 1], activations }), x: Float64Array.from(x), y: Float64Array.from(y) });
  if (name === "line") return whole(one("identity", LEVEL), new Float64Array(2));
  if (name === "neuron") return whole(one("sigmoid", SQUASHED), new Float64Array(2));
  const net = network({ sizes: [2, 3, 1] }), { x, y } = dataset("corners");
  return whole({ net, x, y }, flat(initialize(net, seed)));
}

const flat = ({ W, b }) => Float64Array.from(W.flatMap((w, l) => (w ? [...w, ...b[l]] : [])));

/** The problem with a vector θ whose parts are W and b, and its cost and slope there. */
function whole({ net, x, y }, center) {
  const theta = center.slice(), m = x.length / net.sizes[0], t = workspace(net, m);
  let end = 0;
  const part = (length) => theta.subarray(end, (end += length));
  const p = { W: [null], b: [null] };
  for (let l = 1; l <= net.L; l++) {
    p.W[l] = part(net.sizes[l] * net.sizes[l - 1]);
    p.b[l] = part(net.sizes[l]);
  }
  const costHere = () => cost(net, p, forward(net, p, x, t), y).total;
  return {
    net, x, y, center,
    count: theta.length,
    costAt(point) {
      theta.set(point);
      return costHere();
    },
    /** The points and costs of a descent; it ends early where a weight grows beyond a million. */
    descend(start, alpha, updates) {
      theta.set(start);
      const path = [theta.slice()], costs = [costHere()];
      while (path.length <= updates) {
        backward(net, p, t, y);
        step(p, t, alpha, p);
        if (!theta.every((value) => abs(value) <= FAR)) break;
        path.push(theta.slice());
        costs.push(costHere());
      }
      return { path, costs };
    },
  };
}

/** The names of all weights and biases, in the order of θ: "w⁽¹⁾₂₁", "b⁽²⁾₁". */
export function namesOf({ sizes }) {
  const [up, down] = [[..."⁰¹²³"], [..."₀₁₂₃"]];
  const range = (n) => Array.from({ length: n }, (_, i) => i + 1);
  return sizes.flatMap((n, l) => {
    if (!l) return [];
    const weights = range(n).flatMap((i) => range(sizes[l - 1]).map((j) => `w⁽${up[l]}⁾${down[i]}${down[j]}`));
    return [...weights, ...range(n).map((i) => `b⁽${up[l]}⁾${down[i]}`)];
  });
}

/** Two directions of length 1 at a right angle: along two weights, at random, or those in which a path goes furthest. */
export function directions(plane, { count, center }, { weights, pair }, path) {
  const unit = (k) => Float64Array.from({ length: count }, (_, i) => (i === k ? 1 : 0));
  if (count === 2) return [unit(0), unit(1)];
  if (plane === "weights") return weights.map((k) => unit(k - 1));
  if (plane === "random") {
    const random = randomState(pair);
    const [first, second] = [0, 1].map(() => Float64Array.from({ length: count }, () => random.normal()));
    const d1 = scaled(first, 1 / hypot(...first));
    const rest = second.map((value, i) => value - dot(second, d1) * d1[i]);
    return [d1, scaled(rest, 1 / hypot(...rest))];
  }
  const steps = path.map((theta) => theta.map((value, i) => value - center[i]));
  const S = Array.from({ length: count }, () => new Float64Array(count));
  for (const d of steps) for (let i = 0; i < count; i++) for (let j = 0; j < count; j++) S[i][j] += d[i] * d[j];
  return eigenvectors(S).slice(0, 2).map((d) => scaled(d, toward(steps.map((step) => dot(step, d)))));
}

const scaled = (d, by) => d.map((value) => value * by);

/** 1 or −1, so that the path's farthest point lies on the positive side. */
const toward = (along) => Math.sign(along.reduce((far, value) => (abs(value) > abs(far) ? value : far), 0)) || 1;

/** The plane of a state, the descent that starts at its point `start`, and that descent seen from the plane. */
export function view(state) {
  const of = problem(state.problem, state.seed);
  const { center } = of;
  const first = state.plane === "principal" && of.count > 2 ? of.descend(center, state.learning_rate, state.updates).path : [];
  const [d1, d2] = directions(state.plane, of, state, first);
  const point = (u, v) => center.map((value, i) => value + u * d1[i] + v * d2[i]);
  const costOf = (u, v) => of.costAt(point(u, v));
  const { path, costs } = of.descend(point(...state.start), state.learning_rate, state.updates);
  const away = new Float64Array(of.count);
  const seen = path.map((theta) => {
    for (let i = 0; i < of.count; i++) away[i] = theta[i] - center[i];
    const [u, v] = [dot(away, d1), dot(away, d2)];
    let squares = 0;
    for (let i = 0; i < of.count; i++) squares += (away[i] - u * d1[i] - v * d2[i]) ** 2;
    return { u, v, distance: Math.sqrt(squares) };
  });
  return { of, directions: [d1, d2], point, costOf, path, costs, seen, shadow: () => seen.map(({ u, v }) => costOf(u, v)) };
}
