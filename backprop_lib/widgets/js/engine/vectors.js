// Take all parameters of a network as one vector, layer after layer and row after row, the weights before the biases.

import { backward, forward, workspace } from "./engine.js";

/** θ of some parameters, or of their gradients. */
export function toVector({ W, b }) {
  const parts = [...W, ...b].filter(Boolean);
  const theta = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) (theta.set(part, at), (at += part.length));
  return theta;
}

/** The parameters that `toVector` turns into θ; its parts, not copies of them. */
export function toParameters({ sizes, biases }, theta) {
  let at = 0;
  const take = (length) => theta.subarray(at, (at += length));
  const W = sizes.map((n, l) => (l ? take(n * sizes[l - 1]) : null));
  return { W, b: biases ? sizes.map((n, l) => (l ? take(n) : null)) : [] };
}

/** A function from θ to every ∂C/∂W and ∂C/∂b as one vector. */
export function gradientOf(net, x, y) {
  const t = workspace(net, x.length / net.sizes[0]);
  return (theta) => {
    const p = toParameters(net, theta);
    backward(net, p, forward(net, p, x, t), y);
    return toVector({ W: t.dW, b: t.db });
  };
}

/** How far a parameter is moved for a central difference: ε^{1/3}/A, A the largest weight, input or activation. */
export function stepSize(net, p, x) {
  const { a } = forward(net, p, x, workspace(net, x.length / net.sizes[0]));
  let A = 1;
  for (const values of [...a, ...p.W]) if (values) for (const v of values) A = Math.max(A, Math.abs(v));
  return Math.cbrt(Number.EPSILON) / A;
}
