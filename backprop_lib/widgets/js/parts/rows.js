// Take a network's parameters from a trait and put them back: lists of rows there, Float64Arrays in the engine.

/** Parameters given as {W, b}, lists of rows keyed "1" … "L", as the engine takes them; null where they do not fit. */
export function given(start, { sizes, biases }) {
  if (!start || !start.W || biases !== Boolean(start.b && start.b[1])) return null;
  const flat = (rows, n, k) =>
    rows && rows.length === n && rows.every((row) => row.length === k) ? Float64Array.from(rows.flat()) : null;
  const W = sizes.map((n, l) => (l ? flat(start.W[l], n, sizes[l - 1]) : null));
  const b = biases ? sizes.map((n, l) => (l ? flat(start.b[l], n, 1) : null)) : [];
  return [...W.slice(1), ...b.slice(1)].every(Boolean) ? { W, b } : null;
}

/** The same parameters in arrays of their own. */
export const copy = ({ W, b }) => ({ W: W.map((w) => w && w.slice()), b: b.map((v) => v && v.slice()) });
