// Multiply and add matrices, each a Float64Array, row after row, whose last argument m is the number of examples.
//
// The examples, XOR's four to begin with, are taken four at a time: this halves the time of a step.  `out` is
// written, and returned by products.

/** out = c + A B, with A (n, k), whose entry (i, j) stands at i·down + j·across, B (k, m) and c of length n or none. */
function product(A, down, across, B, out, n, k, m, c) {
  for (let i = 0; i < n; i++) {
    const first = c ? c[i] : 0;
    let r = 0;
    for (; r + 3 < m; r += 4) {
      let s0 = first,
        s1 = first,
        s2 = first,
        s3 = first;
      for (let j = 0, at = i * down, b = r; j < k; j++, at += across, b += m) {
        const w = A[at];
        s0 += w * B[b];
        s1 += w * B[b + 1];
        s2 += w * B[b + 2];
        s3 += w * B[b + 3];
      }
      const to = i * m + r;
      out[to] = s0;
      out[to + 1] = s1;
      out[to + 2] = s2;
      out[to + 3] = s3;
    }
    for (; r < m; r++) {
      let sum = first;
      for (let j = 0; j < k; j++) sum += A[i * down + j * across] * B[j * m + r];
      out[i * m + r] = sum;
    }
  }
  return out;
}

/** out = A B + c, with A (n, k) and B (k, m); c is added to every column, if there is one. */
export const times = (A, B, out, n, k, m, c) => product(A, k, 1, B, out, n, k, m, c);

/** out = Aᵀ B, with A (n, k) and B (n, m). */
export const transposeTimes = (A, B, out, n, k, m) => product(A, 1, k, B, out, k, n, m);

/** out = A Bᵀ, with A (n, m) and B (k, m). */
export function timesTranspose(A, B, out, n, k, m) {
  for (let i = 0; i < n; i++) {
    let r = 0,
      at = i * m;
    for (; r + 3 < m; r += 4, at += 4) {
      const a0 = A[at],
        a1 = A[at + 1],
        a2 = A[at + 2],
        a3 = A[at + 3];
      for (let j = 0, b = r, to = i * k; j < k; j++, b += m, to++)
        out[to] = (r ? out[to] : 0) + a0 * B[b] + a1 * B[b + 1] + (a2 * B[b + 2] + a3 * B[b + 3]);
    }
    for (; r < m; r++, at++) for (let j = 0, to = i * k; j < k; j++, to++) out[to] = (r ? out[to] : 0) + A[at] * B[j * m + r];
  }
  return out;
}

/** out = the sum of each row of A (n, m). */
export function sumOfRows(A, out, n, m) {
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let r = 0; r < m; r++) sum += A[i * m + r];
    out[i] = sum;
  }
  return out;
}

/** out = A − alpha B, entry by entry. */
export function less(A, alpha, B, out) {
  for (let i = 0; i < A.length; i++) out[i] = A[i] - alpha * B[i];
}
