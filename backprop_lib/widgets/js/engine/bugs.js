// Get wrong gradients on purpose, as bugs.py does: each slip is one changed equation.
//
// `BUGS[name].gradients(net, p, t, y)` writes what a program with that slip computes into t.

import { backward } from "./engine.js";

// ── the equations, one layer each ──────────────────────────────────────────────────────────────────────

/** δ⁽ˡ⁾ from δ⁽ˡ⁺¹⁾, with another slope or other weights where they are given. */
function sensitivities({ sizes, phi }, p, { z, m, delta }, l, slope = (i) => phi[l].prime(z[l][i]), weight = (k, i) => p.W[l + 1][k * sizes[l] + i]) {
  for (let i = 0; i < sizes[l]; i++)
    for (let r = 0; r < m; r++) {
      let sum = 0;
      for (let k = 0; k < sizes[l + 1]; k++) sum += weight(k, i) * delta[l + 1][k * m + r];
      delta[l][i * m + r] = sum * slope(i * m + r); // (BP2)
    }
}

/** ∂C/∂W⁽ˡ⁾, with another penalty where it is given. */
function slopes({ sizes, l2 }, p, { a, m, delta, dW }, l, penalty = (w) => p.W[l][w]) {
  for (let i = 0, w = 0; i < sizes[l]; i++)
    for (let j = 0; j < sizes[l - 1]; j++, w++) {
      let sum = 0;
      for (let r = 0; r < m; r++) sum += delta[l][i * m + r] * a[l - 1][j * m + r];
      dW[l][w] = sum + (l2 ? (l2 / m) * penalty(w) : 0); // (BP3)
    }
}

/** ∂C/∂b⁽ˡ⁾, times a factor. */
function sums({ sizes }, { m, delta, db }, l, factor = 1) {
  for (let i = 0; i < sizes[l]; i++) {
    let sum = 0;
    for (let r = 0; r < m; r++) sum += delta[l][i * m + r];
    db[l][i] = factor * sum; // (BP4)
  }
}

/** All gradients, each equation right unless another is given. */
function backwardWith(net, p, t, y, { bp1, bp2 = sensitivities, bp3 = slopes, bp4 = sums }) {
  backward(net, p, t, y);
  bp1?.(net, t);
  for (let l = net.L - 1; l >= 1; l--) bp2(net, p, t, l);
  for (let l = 1; l <= net.L; l++) bp3(net, p, t, l);
  if (net.biases) for (let l = 1; l <= net.L; l++) bp4(net, t, l);
}

const scale = (values, factor) => values?.forEach((v, i) => (values[i] = factor * v));
function times(net, p, t, y, factor) {
  backward(net, p, t, y);
  for (const layers of [t.delta, t.dW, t.db]) for (const values of layers) scale(values, factor);
}

// ── the slips ──────────────────────────────────────────────────────────────────────────────────────────

const summed = ({ L }, t) => scale(t.delta[L], t.m);
const uphill = ({ L }, t) => scale(t.delta[L], -1);
const extraSlope = ({ L, loss, names }, t) => {
  if (loss.match === names[L]) t.a[L].forEach((a, i) => (t.delta[L][i] *= a * (1 - a)));
};
const slopeAtA = (net, p, t, l) => sensitivities(net, p, t, l, (i) => net.phi[l].prime(t.a[l][i]));
const slopeIs1 = (net, p, t, l) => sensitivities(net, p, t, l, net.names[l] === "relu" ? () => 1 : undefined);
const noTranspose = (net, p, t, l) => {
  const n = net.sizes[l];
  sensitivities(net, p, t, l, undefined, net.sizes[l + 1] === n ? (k, i) => p.W[l + 1][i * n + k] : undefined);
};
const moved = (net, p, t, l) => {
  const n = net.sizes[l];
  slopes(net, p, t, l + 1);
  sensitivities(net, p, t, l, undefined, (k, i) => p.W[l + 1][k * n + i] - t.dW[l + 1][k * n + i]); // after a step with α = 1
};
const scalarPenalty = (net, p, t, l) => {
  const all = p.W[l].reduce((sum, w) => sum + w * w, 0);
  slopes(net, p, t, l, () => all);
};
const onceAWeight = (net, t, l) => sums(net, t, l, net.sizes[l - 1]);
function meanOnce(net, p, t, y) {
  times(net, p, t, y, t.m);
  scale(t.dW[net.L], 1 / t.m);
}

const with_ = (slip) => (net, p, t, y) => backwardWith(net, p, t, y, slip);
const inside = (...names) => (net) => net.names.slice(1, -1).some((name) => names.includes(name));
const matched = ({ loss, names, L }) => loss.match === names[L];
const square = ({ sizes }) => sizes.some((n, l) => l && n > 1 && n === sizes[l + 1]);
const always = () => true;

/** The slips by their names in Python, with the networks in which each makes a difference. */
export const BUGS = {
  "missing transpose": { gradients: with_({ bp2: noTranspose }), applies: square },
  "missing 1/m": { gradients: with_({ bp1: summed }), applies: always },
  "slope at a": { gradients: with_({ bp2: slopeAtA }), applies: inside("sigmoid", "tanh") },
  sign: { gradients: with_({ bp1: uphill }), applies: always },
  "bias stepped n times": {
    gradients: with_({ bp4: onceAWeight }),
    applies: ({ biases, sizes }) => biases && Math.max(...sizes.slice(0, -1)) > 1,
  },
  "scalar penalty": { gradients: with_({ bp3: scalarPenalty }), applies: ({ l2 }) => l2 > 0 },
  "moved weights": { gradients: with_({ bp2: moved }), applies: ({ L }) => L > 1 },
  "extra slope": { gradients: with_({ bp1: extraSlope }), applies: matched },
  "slope of ReLU is 1": { gradients: with_({ bp2: slopeIs1 }), applies: inside("relu") },
  "sum for mean": { gradients: (net, p, t, y) => times(net, p, t, y, t.m), applies: always },
  "mean in one place": { gradients: meanOnce, applies: ({ L, biases }) => L > 1 || biases },
  "not reset": { gradients: (net, p, t, y) => times(net, p, t, y, 2), applies: always, carries: true },
};
