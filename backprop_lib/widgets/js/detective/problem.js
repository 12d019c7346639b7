// From a case's settings to a network, its points and its first weights, as cases.py has them.

import { dataset } from "../engine/datasets.js";
import { network } from "../engine/engine.js";
import { initialize } from "../engine/initialize.js";

/** The network, its examples and its start; the output is one σ. */
export function problem({ data, hidden, layers, activation, loss, biases, scheme, scale, bias, seed }) {
  const activations = [...Array(layers).fill(activation), "sigmoid"];
  const net = network({ sizes: [2, ...Array(layers).fill(hidden), 1], activations, loss, biases });
  const p = initialize(net, seed, scheme);
  for (const w of p.W) w?.forEach((v, i) => (w[i] = scale * v));
  p.b.forEach((b, l) => b && l < net.L && b.fill(bias));
  return { net, p, ...dataset(data) };
}
