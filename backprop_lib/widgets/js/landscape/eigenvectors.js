// Find the eigenvectors of a small symmetric matrix by Jacobi's rotations, the largest eigenvalue first.

/** The eigenvectors of S, an array of rows; S is not changed. */
export function eigenvectors(S) {
  const n = S.length, A = S.map((row) => Float64Array.from(row));
  const V = A.map((_, i) => Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0))); // a row is a vector
  const rotate = (rows, p, q, c, s) => {
    for (let k = 0; k < n; k++) [rows[p][k], rows[q][k]] = [c * rows[p][k] - s * rows[q][k], s * rows[p][k] + c * rows[q][k]];
  };
  for (let sweep = 0, small = false; sweep < 30 && !small; sweep++) {
    small = true;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(A[p][q]) <= 1e-17 * Math.sqrt(Math.abs(A[p][p] * A[q][q]))) continue;
        small = false;
        const theta = (A[q][q] - A[p][p]) / (2 * A[p][q]);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1)), c = 1 / Math.hypot(t, 1), s = t * c;
        for (const row of A) [row[p], row[q]] = [c * row[p] - s * row[q], s * row[p] + c * row[q]];
        rotate(A, p, q, c, s);
        rotate(V, p, q, c, s);
      }
  }
  return V.map((vector, i) => [A[i][i], vector]).sort(([a], [b]) => b - a).map(([, vector]) => vector);
}
