// Measure a cost on a square grid, a few rows at a time, and find where it crosses a level.

/** Costs on n × n points of the square { low: [u, v], high: [u, v] }; row 0 is the lowest v. */
export function grid(costOf, { low, high }, n) {
  const values = new Float64Array(n * n);
  const between = (k, i) => low[k] + ((high[k] - low[k]) * i) / (n - 1);
  let done = 0;
  return {
    n,
    values,
    done: () => done === n,
    /** Measure for so many milliseconds; whether all is measured. */
    extend(milliseconds = Infinity, now = () => performance.now()) {
      const end = now() + milliseconds;
      while (done < n) {
        for (let i = 0; i < n; i++) values[done * n + i] = costOf(between(0, i), between(1, done));
        done++;
        if (now() >= end) break;
      }
      return done === n;
    },
  };
}

/** Levels in equal ratios from the lowest cost (or a ten-thousandth of the highest) to the highest; ends left out. */
export function levels(values, count) {
  let [least, most] = [Infinity, 0];
  for (const value of values) if (Number.isFinite(value)) [least, most] = [Math.min(least, value), Math.max(most, value)];
  const low = Math.max(least, 1e-4 * most, 1e-300), ratio = Math.max(most / low, 1 + 1e-12);
  return { least, low, most, ratio, lines: Array.from({ length: count }, (_, k) => low * ratio ** ((k + 1) / (count + 1))) };
}

/** The pieces [x1, y1, x2, y2] of a level's line, in steps of the grid: each square is crossed from side to side. */
export function crossings({ n, values }, level) {
  const found = [];
  for (let j = 0; j + 1 < n; j++)
    for (let i = 0; i + 1 < n; i++) {
      const at = j * n + i;
      const [a, b, c, d] = [values[at], values[at + 1], values[at + n + 1], values[at + n]];
      const above = (a > level) + (b > level) + (c > level) + (d > level);
      if (above === 0 || above === 4) continue;
      const ends = [];
      const side = (from, to, x, y, dx, dy) => {
        if (from > level === to > level) return;
        const part = (level - from) / (to - from);
        ends.push(x + dx * part, y + dy * part);
      };
      side(a, b, i, j, 1, 0);
      side(b, c, i + 1, j, 0, 1);
      side(d, c, i, j + 1, 1, 0);
      side(a, d, i, j, 0, 1);
      for (let k = 0; k + 3 < ends.length; k += 4) found.push(ends.slice(k, k + 4));
    }
  return found;
}
