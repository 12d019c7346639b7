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

/** What ails a neuron: "" nothing; "saturated" a slope nearly gone at the example shown; "dead" at every example. */
export function ailment(l, i, { t, net, m, r }) {
  if (l === 0) return "";
  const flat = Array.from({ length: m }, (_, s) => net.phi[l].prime(t.z[l][i * m + s]) < FLAT);
  return !flat[r] ? "" : m > 1 && flat.every(Boolean) ? "dead" : "saturated";
}
