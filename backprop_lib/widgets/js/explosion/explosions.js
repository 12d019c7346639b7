// Let a mean weight m grow by c m² again and again, c = αλn: the recurrence of the page, its formula, and the right push.

export const WEIGHTS = 100; // n
export const SHOWN = 10000; // iterations

/** The means over the iterations, until one is not finite; when the formula says it ends; and the mean if pushed by λm. */
export function explode({ learning_rate, l2, m0 }) {
  const c = learning_rate * l2 * WEIGHTS;
  const end = 1 / (c * m0);
  const means = [m0];
  while (means.length <= SHOWN && Number.isFinite(means.at(-1))) {
    const m = means.at(-1);
    means.push(m + c * m ** 2);
  }
  const finite = Number.isFinite(means.at(-1));
  return {
    ...{ c, end },
    means: finite ? means : means.slice(0, -1),
    overflow: finite ? null : means.length - 1,
    formula: (t) => (t < end ? m0 / (1 - c * m0 * t) : Infinity),
    pulled: (t) => m0 * (1 - learning_rate * l2) ** t,
  };
}
