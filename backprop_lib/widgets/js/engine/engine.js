// Run a network forwards (F1, F2), backwards (BP1–BP4) and one step downhill (GD), as network.py does.
//
// Examples are columns.  A matrix is a Float64Array, row after row; per-layer values are arrays whose place 0
// is empty (a[0] = x excepted), so that W[2] is W⁽²⁾.  Nothing here touches a page.

import { less, sumOfRows, times, timesTranspose, transposeTimes } from "./products.js";

const { abs, exp, log, log1p, max, tanh } = Math;

// ── activations: a function beside its derivative, and both take z ─────────────────────────────────────
//
// `apply` writes a = φ(z), and `vjp` φ′(z) times ∂C/∂a: by way of a, which saves computing e⁻ᶻ twice.
// Each has loops of its own, because one loop that is given the function is twice as slow.

const small = (z) => exp(-abs(z)); // at most 1, so nothing overflows
const sigmoid = (z) => 1 / (1 + exp(-z)); // (A2)
// A browser's own tanh is slow, and needed only where 1 − 2/(1 + e²ᶻ) would lose digits.
const hyperbolic = (z) => (abs(z) < 0.1 ? tanh(z) : 1 - 2 / (1 + exp(2 * z))); // (A3)
const relu = (z) => (z > 0 ? z : 0); // (A4)

export const ACTIVATIONS = {
  identity: {
    f: (z) => z, // (A1)
    prime: () => 1, // (A1)
    apply: (z, a) => a.set(z), // (A1)
    vjp: (z, dC_da, out) => out.set(dC_da), // (A1)
  },
  sigmoid: {
    f: sigmoid,
    prime: (z, e = small(z)) => e / ((1 + e) * (1 + e)), // (A2)
    apply(z, a) {
      for (let i = 0; i < z.length; i++) a[i] = sigmoid(z[i]);
    },
    vjp(z, dC_da, out, n, m, a = of(this, z, n, m)) {
      for (let i = 0; i < z.length; i++) out[i] = dC_da[i] * a[i] * (1 - a[i]); // (A2)
    },
  },
  tanh: {
    f: tanh,
    prime: (z) => 1 - tanh(z) ** 2, // (A3)
    apply(z, a) {
      for (let i = 0; i < z.length; i++) a[i] = hyperbolic(z[i]);
    },
    vjp(z, dC_da, out, n, m, a = of(this, z, n, m)) {
      for (let i = 0; i < z.length; i++) out[i] = dC_da[i] * (1 - a[i] * a[i]); // (A3)
    },
  },
  relu: {
    f: relu,
    prime: (z) => (z > 0 ? 1 : 0), // (A4)
    apply(z, a) {
      for (let i = 0; i < z.length; i++) a[i] = relu(z[i]);
    },
    vjp(z, dC_da, out) {
      for (let i = 0; i < z.length; i++) out[i] = z[i] > 0 ? dC_da[i] : 0; // (A4)
    },
  },
  softmax: {
    apply(z, a, n, m) {
      for (let r = 0; r < m; r++) {
        const top = largest(z, n, m, r);
        let sum = 0;
        for (let k = 0; k < n; k++) sum += a[k * m + r] = exp(z[k * m + r] - top);
        for (let k = 0; k < n; k++) a[k * m + r] /= sum; // (A5)
      }
    },
    vjp(z, dC_da, out, n, m, a = of(this, z, n, m)) {
      for (let r = 0; r < m; r++) {
        let mean = 0;
        for (let k = 0; k < n; k++) mean += a[k * m + r] * dC_da[k * m + r];
        for (let k = 0; k < n; k++) out[k * m + r] = a[k * m + r] * (dC_da[k * m + r] - mean); // (A5)
      }
    },
  },
};

/** φ(z) of a layer, in an array of its own. */
function of(phi, z, n, m) {
  const a = new Float64Array(z.length);
  phi.apply(z, a, n, m);
  return a;
}

function largest(z, n, m, r) {
  let top = -Infinity;
  for (let k = 0; k < n; k++) top = max(top, z[k * m + r]);
  return top;
}

// ── losses: Cʳ of one output, its slope, and the activation that cancels against it ────────────────────

const plogq = (p, q) => (p === 0 ? 0 : p * log(q)); // 0 log 0 = 0

export const LOSSES = {
  half_squared_error: { f: (a, y) => 0.5 * (a - y) ** 2, prime: (a, y) => a - y }, // (C1)
  squared_error: { f: (a, y) => (a - y) ** 2, prime: (a, y) => 2 * (a - y) }, // (C2)
  binary_cross_entropy: {
    f: (a, y) => -plogq(y, a) - plogq(1 - y, 1 - a), // (C3)
    prime: (a, y) => (a - y) / (a * (1 - a)), // (C3)
    match: "sigmoid",
    ofZ: (z, y) => (z > 0 ? (1 - y) * z : -y * z) + log1p(small(z)), // (C3)
  },
  cross_entropy: {
    f: (a, y) => -plogq(y, a), // (C4)
    prime: (a, y) => -y / a, // (C4)
    match: "softmax",
    ofZ: (z, y, logSum) => y * (logSum - z), // (C4)
  },
};

// ── the network ────────────────────────────────────────────────────────────────────────────────────────

/** A network's shape and functions, the names those of `Network` in Python. */
export function network({ sizes, activations = "sigmoid", loss = "half_squared_error", l2 = 0, biases = true }) {
  const L = sizes.length - 1;
  const names = [null, ...(Array.isArray(activations) ? activations : Array(L).fill(activations))];
  return { sizes, L, names, phi: names.map((name) => ACTIVATIONS[name]), loss: LOSSES[loss], l2, biases };
}

/** Room for everything that one pass forwards and one backwards compute on m examples. */
export function workspace({ sizes, biases }, m) {
  const each = (length) => sizes.map((n, l) => (l ? new Float64Array(length(n, sizes[l - 1])) : null));
  const [z, a, delta, slope] = [0, 1, 2, 3].map(() => each((n) => n * m));
  return { m, z, a, delta, slope, each: new Float64Array(m), dW: each((n, k) => n * k), db: biases ? each((n) => n) : [] };
}

/** (F1, F2) Write z⁽ˡ⁾ and a⁽ˡ⁾ of every layer into t, for x of shape (n₀, m). */
export function forward({ sizes, L, phi }, p, x, t) {
  const { z, a, m } = t;
  a[0] = x;
  for (let l = 1; l <= L; l++) {
    const n = sizes[l];
    times(p.W[l], a[l - 1], z[l], n, sizes[l - 1], m, p.b[l]); // (F1)
    phi[l].apply(z[l], a[l], n, m); // (F2)
  }
  return t;
}

/** (C0) Return C = (1/m) Σ Cʳ + λ/(2m) Σ ‖W⁽ˡ⁾‖², in its two parts, with every Cʳ, which t keeps. */
export function cost({ sizes, L, names, loss, l2 }, p, { z, a, m, each }, y) {
  const matched = loss.match === names[L],
    n = sizes[L];
  let sum = 0;
  for (let r = 0; r < m; r++) {
    const logSum = matched && loss.match === "softmax" ? logOfSum(z[L], n, m, r) : 0;
    each[r] = 0;
    for (let i = r; i < n * m; i += m) each[r] += matched ? loss.ofZ(z[L][i], y[i], logSum) : loss.f(a[L][i], y[i]);
    sum += each[r];
  }
  let squares = 0;
  for (let l = 1; l <= L && l2; l++) for (let i = 0; i < p.W[l].length; i++) squares += p.W[l][i] ** 2;
  const data = sum / m; // (C0)
  const ridge = (l2 / (2 * m)) * squares; // (C0)
  return { data, ridge, total: data + ridge, each };
}

/** log Σ eᶻ of column r, shifted by the largest z. */
function logOfSum(z, n, m, r) {
  const top = largest(z, n, m, r);
  let sum = 0;
  for (let k = 0; k < n; k++) sum += exp(z[k * m + r] - top);
  return top + log(sum); // (C4)
}

/** (BP1–BP4) Write δ⁽ˡ⁾, ∂C/∂W⁽ˡ⁾ and ∂C/∂b⁽ˡ⁾ of every layer into t, all from the same p. */
export function backward({ sizes, L, names, phi, loss, l2, biases }, p, t, y) {
  const { z, a, m, delta, slope, dW, db } = t;
  if (loss.match === names[L]) {
    for (let i = 0; i < y.length; i++) delta[L][i] = a[L][i] - y[i]; // (M1)
    for (let i = 0; i < y.length; i++) delta[L][i] /= m; // (BP1)
  } else {
    for (let i = 0; i < y.length; i++) slope[L][i] = loss.prime(a[L][i], y[i]) / m; // (BP1)
    phi[L].vjp(z[L], slope[L], delta[L], sizes[L], m, a[L]); // (BP1)
  }
  for (let l = L - 1; l >= 1; l--) {
    transposeTimes(p.W[l + 1], delta[l + 1], slope[l], sizes[l + 1], sizes[l], m); // (BP2)
    phi[l].vjp(z[l], slope[l], delta[l], sizes[l], m, a[l]); // (BP2)
  }
  for (let l = 1; l <= L; l++) {
    timesTranspose(delta[l], a[l - 1], dW[l], sizes[l], sizes[l - 1], m); // (BP3)
    if (l2) for (let i = 0; i < dW[l].length; i++) dW[l][i] += (l2 / m) * p.W[l][i]; // (BP3)
    if (biases) sumOfRows(delta[l], db[l], sizes[l], m); // (BP4)
  }
  return t;
}

/** (GD) Write W⁽ˡ⁾ − α ∂C/∂W⁽ˡ⁾ and b⁽ˡ⁾ − α ∂C/∂b⁽ˡ⁾ into q, which may be p itself. */
export function step(p, { dW, db }, alpha, q) {
  for (let l = 1; l < p.W.length; l++) less(p.W[l], alpha, dW[l], q.W[l]); // (GD)
  for (let l = 1; l < p.b.length; l++) less(p.b[l], alpha, db[l], q.b[l]); // (GD)
  return q;
}
