// Follow every path from a neuron to the cost: the product of the slopes along each, and their sum, ∂C/∂a.

/** The paths from neuron i of layer l: each [{name, value}, …] of slopes, with the neurons it runs through. */
export function pathsFrom(l, i, v) {
  const { t, p, net, sizes, m, r, y } = v;
  if (l === net.L) {
    const miss = net.loss.prime(t.a[l][i * m + r], y[i * m + r]) / m;
    return [{ through: [], factors: [{ kind: "miss", l, i, value: miss }], product: miss }];
  }
  return Array.from({ length: sizes[l + 1] }, (_, k) => k).flatMap((k) => {
    const w = p.W[l + 1][k * sizes[l] + i], slope = net.phi[l + 1].prime(t.z[l + 1][k * m + r]);
    const step = [{ kind: "w", l: l + 1, i: k, j: i, value: w }, { kind: "slope", l: l + 1, i: k, value: slope }];
    return pathsFrom(l + 1, k, v).map(({ through, factors, product }) => ({
      through: [{ l: l + 1, i: k }, ...through],
      factors: [...step, ...factors],
      product: w * slope * product,
    }));
  });
}

/** ∂C/∂a of neuron i of layer l at the example shown: the sum over all its paths. */
export const sumOfPaths = (paths) => paths.reduce((sum, { product }) => sum + product, 0);

const FLAT = 0.05; // less than a fifth of the sigmoid's steepest slope, 1/4

/** Whether a neuron is saturated at the example shown: so far out on the sigmoid that its slope is nearly gone. */
export function saturated(l, i, { t, net, m, r }) {
  return l > 0 && net.phi[l].prime(t.z[l][i * m + r]) < FLAT;
}
