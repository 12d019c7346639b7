// Compute the cost of a sigmoid network, one of whose weights is moved by ih: complex numbers, as pairs (re, im).

const { cos, exp, sin } = Math;

/** C(θ + ih) for one example, with half squared error; θ is place `at` of W[l], row after row. */
export function complexCost({ sizes, L, biases }, p, x, y, l, at, h) {
  let [re, im] = [x, new Float64Array(x.length)];
  for (let k = 1; k <= L; k++) {
    const [n, width] = [sizes[k], sizes[k - 1]];
    const next = { re: new Float64Array(n), im: new Float64Array(n) };
    for (let i = 0; i < n; i++) {
      let [u, v] = [biases ? p.b[k][i] : 0, 0]; // z = u + iv
      for (let j = 0; j < width; j++) {
        const w = p.W[k][i * width + j];
        const moved = k === l && i * width + j === at ? h : 0; // and what enters layer l is still real
        u += w * re[j]; // (F1)
        v += w * im[j] + moved * re[j]; // (F1)
      }
      const [c, s] = [1 + exp(-u) * cos(v), -exp(-u) * sin(v)]; // 1 + e^(−z) = c + is
      next.re[i] = c / (c * c + s * s); // (A2)
      next.im[i] = -s / (c * c + s * s); // (A2)
    }
    [re, im] = [next.re, next.im];
  }
  const C = { re: 0, im: 0 };
  for (let i = 0; i < y.length; i++) {
    C.re += 0.5 * ((re[i] - y[i]) ** 2 - im[i] ** 2); // (C1)
    C.im += (re[i] - y[i]) * im[i]; // (C1)
  }
  return C;
}
