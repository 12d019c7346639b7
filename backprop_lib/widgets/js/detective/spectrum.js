// Measure how the cost bends: both ends of its Hessian's spectrum, by Lanczos' method, as curvature.py does.

import { gradientOf, stepSize, toVector } from "../engine/vectors.js";

const STEPS = 30;
const dot = (u, v) => u.reduce((sum, value, i) => sum + value * v[i], 0);

/** λmin and λmax of the Hessian of C, and unit vectors along which it bends most and least; NaN where a gradient overflows. */
export function sharpest(net, p, x, y) {
  const work = sharpening(net, p, x, y);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The same, a product at a time: it yields after each, so that a page stays awake. */
export function* sharpening(net, p, x, y) {
  const theta = toVector(p),
    n = theta.length,
    gradient = gradientOf(net, x, y),
    h = stepSize(net, p, x);
  const product = (v) => {
    const [right, left] = [h, -h].map((by) => gradient(theta.map((value, i) => value + by * v[i])));
    return right.map((value, i) => (value - left[i]) / (2 * h));
  };
  const basis = [],
    diagonal = [],
    beside = [];
  const first = theta.map((_, i) => Math.sin(1 + i)),
    norm = Math.sqrt(dot(first, first));
  let v = first.map((value) => value / norm);
  while (basis.length < Math.min(STEPS, n)) {
    let w = product(v);
    yield;
    if (!w.every(Number.isFinite)) return { least: NaN, most: NaN, direction: v };
    basis.push(v);
    diagonal.push(dot(v, w));
    for (let twice = 0; twice < 2; twice++)
      for (const u of basis) {
        const along = dot(u, w);
        w = w.map((value, i) => value - along * u[i]);
      }
    const length = Math.sqrt(dot(w, w));
    if (!(length > 1e-7 * Math.max(...diagonal.map(Math.abs)))) break; // below are the differences' own errors
    beside.push(length);
    v = w.map((value) => value / length);
  }
  const k = diagonal.length,
    most = eigenvalue(diagonal, beside, k - 1);
  const least = eigenvalue(diagonal, beside, 0),
    apart = 1e-9 * (Math.abs(most) + Math.abs(least) || 1);
  const along = (shift) => {
    const mix = eigenvector(diagonal, beside, shift);
    return theta.map((_, i) => basis.reduce((sum, u, j) => sum + mix[j] * u[i], 0));
  };
  return { least, most, direction: along(most + apart), downward: along(least - apart) };
}

/** Eigenvalue number `place`, from 0, of the matrix with this diagonal and these numbers beside it, by bisection. */
function eigenvalue(diagonal, beside, place) {
  const reach = Math.max(...diagonal.map((d, i) => Math.abs(d) + Math.abs(beside[i - 1] ?? 0) + Math.abs(beside[i] ?? 0)));
  const below = (value) => {
    let count = 0,
      q = 1;
    for (let i = 0; i < diagonal.length; i++) {
      q = diagonal[i] - value - (i ? beside[i - 1] ** 2 / q : 0) || 1e-300;
      if (q < 0) count++;
    }
    return count;
  };
  let [low, high] = [-reach, reach];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (below(middle) > place) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** The unit eigenvector of the eigenvalue at an end of the spectrum, by inverse iteration just outside it. */
function eigenvector(diagonal, beside, shift) {
  const k = diagonal.length;
  let s = Array(k).fill(1);
  for (let twice = 0; twice < 3; twice++) {
    const [q, r] = [[], []];
    for (let i = 0; i < k; i++) {
      const factor = i ? beside[i - 1] / q[i - 1] : 0;
      q[i] = diagonal[i] - shift - (i ? factor * beside[i - 1] : 0) || -1e-300;
      r[i] = s[i] - (i ? factor * r[i - 1] : 0);
    }
    for (let i = k - 1; i >= 0; i--) s[i] = (r[i] - (i < k - 1 ? beside[i] * s[i + 1] : 0)) / q[i];
    const length = Math.hypot(...s);
    s = s.map((value) => value / length);
  }
  return s;
}
