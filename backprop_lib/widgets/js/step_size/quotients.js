// Find the slope of the cost along one weight in three ways from the cost alone, and by backpropagation.

import { complexCost } from "./complex.js";
import { backward, cost, forward, network, workspace } from "../engine/engine.js";
import { given } from "../parts/rows.js";

const EPSILON = 2 ** -52;
export const METHODS = ["forward", "central", "complex"];

/** The cost as a function of how far one weight, [l, i, j] from 1, is moved; and everything known of its slope. */
export function along({ sizes, biases, start, x, y, weight: [l, i, j] }) {
  const net = network({ sizes, biases });
  const p = given(start, net);
  const [inputs, targets] = [Float64Array.from(x), Float64Array.from(y)];
  const t = workspace(net, 1);
  const at = (i - 1) * sizes[l - 1] + j - 1;
  const theta = p.W[l][at];

  function C(by) {
    p.W[l][at] = theta + by;
    const found = cost(net, p, forward(net, p, inputs, t), targets).total;
    p.W[l][at] = theta;
    return found;
  }
  const imaginary = (h) => complexCost(net, p, inputs, targets, l, at, h);

  const C0 = C(0);
  backward(net, p, t, targets);
  const slope = t.dW[l][at];
  const h = 0.01; // C(θ + ih) = C + ihC′ − h²C″/2 − ih³C‴/6 + …
  const bent = imaginary(h);
  const second = (2 * (C0 - bent.re)) / h ** 2;
  const third = (6 * (slope - bent.im / h)) / h ** 2;

  return {
    ...{ theta, C0, C, slope, second, third },
    /** What each method says the slope is. */
    slopes: (h) => ({
      forward: (C(h) - C0) / h,
      central: (C(h) - C(-h)) / (2 * h), // (D1)
      complex: imaginary(h).im / h, // (D2)
    }),
    /** Where the bend h²C‴/6 and the rounding εC/h of a central difference have the smallest sum. */
    best: Math.cbrt((3 * EPSILON * C0) / Math.abs(third)),
    bend: (h) => (h ** 2 * Math.abs(third)) / 6,
    rounding: (h) => (EPSILON * C0) / h,
  };
}

/** The relative error of a slope d, for one example. */
export const errorOf = (g, d) => Math.abs(g - d) / Math.max(Math.abs(g), Math.abs(d), 1e-300); // (D3)
