// Choose round numbers for an axis.

/** The number with three decimals at most. */
export const rounded = (value) => Number(value.toFixed(3));

/** The next number of the form 1, 2 or 5 times a power of ten. */
export function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-12)));
  return [1, 2, 5, 10].map((n) => n * power).find((n) => n >= value * (1 - 1e-9));
}

/** Three to six round numbers from low to high, with their words. */
export function ticksBetween(low, high) {
  const step = roundUp((high - low) / 6);
  const first = Math.ceil(low / step - 1e-9), last = Math.floor(high / step + 1e-9);
  const places = Math.max(0, Math.min(9, -Math.floor(Math.log10(step) + 1e-9)));
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const value = (first + i) * step;
    return [value, (Math.abs(value) < step / 2 ? 0 : value).toFixed(places).replace("-", "−")];
  });
}
