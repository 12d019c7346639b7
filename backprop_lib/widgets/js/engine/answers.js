// Count right answers; an output exactly on the fence, as all of a network of zeros are, counts as wrong.

/** A function from outputs a (n, m) to whether each example is answered right; null where y holds no labels. */
export function judge(y, n) {
  const m = y.length / n;
  const zeroOne = y.every((v) => v === 0 || v === 1);
  if (!zeroOne && !y.every((v) => v === -1 || v === 1)) return null;
  const ones = (r) => Array.from({ length: n }, (_, k) => k).filter((k) => y[k * m + r] === 1);
  const answers = Array.from({ length: m }, (_, r) => ones(r));
  if (n > 1 && answers.every((all) => all.length === 1)) {
    const place = answers.map(([k]) => k);
    return (a, r) => {
      for (let k = 0; k < n; k++) if (k !== place[r] && !(a[k * m + r] < a[place[r] * m + r])) return false;
      return true;
    };
  }
  const middle = zeroOne ? 0.5 : 0;
  return (a, r) => {
    for (let i = r; i < n * m; i += m) if (!(y[i] === 1 ? a[i] > middle : a[i] < middle)) return false;
    return true;
  };
}

/** The fraction of the m examples that are answered right; NaN without labels. */
export function accuracyOf(right, a, m) {
  if (!right) return NaN;
  let count = 0;
  for (let r = 0; r < m; r++) if (right(a, r)) count++;
  return count / m;
}
