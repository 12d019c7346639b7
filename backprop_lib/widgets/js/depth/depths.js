// Train a network of any depth a few updates long, and measure every layer: its gradient, its δ, its spread, its path.
//
// Per-layer values are arrays whose place 0 is empty, as in engine.js; a length ‖·‖ is the root of the sum of squares.

import { dataset } from "../engine/datasets.js";
import { backward, forward, network, workspace } from "../engine/engine.js";
import { initialize } from "../engine/initialize.js";
import { run } from "../engine/training.js";

export const POINTS = 16; // of source 001's data

const { abs, max, sqrt } = Math;
const sum = (values, f) => values.reduce((total, v) => total + f(v), 0);
const length = (values) => sqrt(sum(values, (v) => v * v));

/** The network of a state: sigmoid and cross-entropy at the end, so that σ′ of the output cannot shrink δ at once. */
export function networkOf({ depth, width, activation }) {
  const activations = [...Array(depth).fill(activation), "sigmoid"];
  return network({ sizes: [2, ...Array(depth).fill(width), 1], activations, loss: "binary_cross_entropy" });
}

const { x, y } = dataset("quadrants", { points: POINTS });

/** The network and its first weights; the learning rate is not part of them. */
export function first(state) {
  const net = networkOf(state), p = initialize(net, state.seed, state.initialization);
  for (const W of p.W.slice(1)) for (let i = 0; i < W.length; i++) W[i] *= state.scale;
  return { net, p, t: workspace(net, POINTS) };
}

/** A run from there that is yet to be made. */
export function begin({ net, p, t }, { learning_rate }) {
  return { net, p, t, run: run({ net, p, x, y, learning_rate }) };
}

/** How far the examples spread the activations of a layer: the root of the mean variance of its neurons. */
function spread(a, n, m) {
  let total = 0;
  for (let i = 0; i < n; i++) {
    const row = a.subarray(i * m, (i + 1) * m), mean = sum(row, (v) => v) / m;
    total += sum(row, (v) => (v - mean) ** 2) / m;
  }
  return sqrt(total / n);
}

/** Every layer after so many updates; `most` and `typical` are products of factors, from the last layer back. */
export function measure({ net, p, t, run }, epoch) {
  const { sizes, L, phi } = net, q = run.at(epoch);
  forward(net, q, x, t);
  backward(net, q, t, y);
  const each = (f) => sizes.map((n, l) => (l ? f(l, n) : null));
  const found = {
    L,
    sizes,
    delta: each((l) => length(t.delta[l])),
    dW: each((l) => length(t.dW[l])),
    spread: each((l, n) => spread(t.a[l], n, POINTS)),
    weights: each((l) => length(q.W[l])),
    moved: each((l) => length(q.W[l].map((w, i) => w - p.W[l][i])) / length(p.W[l])),
    largest: each((l) => t.z[l].reduce((most, z) => max(most, abs(phi[l].prime(z))), 0)),
    usual: each((l) => sqrt(sum(t.z[l], (z) => phi[l].prime(z) ** 2) / t.z[l].length)),
  };
  found.bound = back(found, (l) => found.largest[l] * found.weights[l + 1]);
  found.typical = back(found, (l) => (found.usual[l] * found.weights[l + 1]) / sqrt(sizes[l + 1]));
  return found;
}

/** ‖δ‖ of every layer if each layer multiplied the one behind it by its factor. */
function back({ L, delta }, factor) {
  const found = delta.slice();
  for (let l = L - 1; l >= 1; l--) found[l] = factor(l) * found[l + 1];
  return found;
}

/** Whether δ arrives at the first layer: healthy, vanishing, exploding, dead or overflow. */
export function health({ delta, L }, diverged) {
  const ratio = delta[1] / delta[L];
  if (diverged || !(delta[1] + delta[L] < Infinity)) return "overflow";
  if (delta[1] === 0) return "dead";
  return ratio < 1e-3 ? "vanishing" : ratio > 1e3 ? "exploding" : "healthy";
}
