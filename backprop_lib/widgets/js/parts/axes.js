// Draw two axes, straight or logarithmic, into an SVG, and say where a point stands between them.

const raised = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

/** 10⁻⁵ from −5. */
export const powerOfTen = (n) => `10${[...String(n)].map((c) => raised[c]).join("")}`;

/** Return how far along an axis a value stands, from 0 to 1; what lies beyond an end stands at it. */
export function along({ least, most, log }) {
  const [low, high] = log ? [Math.log10(least), Math.log10(most)] : [least, most];
  return (value) => {
    const part = ((log ? Math.log10(Math.max(value, 1e-300)) : value) - low) / (high - low);
    return Math.max(0, Math.min(1, part));
  };
}

/**
 * Draw the axes x and y, each { least, most, log, ticks: [[value, words], …], name }, between the four edges.
 * `at` gives the place of a point in the picture, `curve` draws points joined by lines.
 */
export function axes(pens, key, { left, right, top, bottom }, x, y) {
  const [across, up] = [along(x), along(y)];
  const at = (vx, vy) => [left + across(vx) * (right - left), bottom - up(vy) * (bottom - top)];
  const write = (name, words, px, py, anchor) =>
    pens.part(`${key}-${name}`, "text", { x: px.toFixed(1), y: py.toFixed(1), "text-anchor": anchor, class: "bp-tick" }, words);

  for (const [value, words] of y.ticks) {
    const py = bottom - up(value) * (bottom - top);
    pens.lineTo(`${key}-y${value}`, "bp-grid", left, py, right, py, 1);
    write(`y${value}-words`, words, left - 6, py + 4, "end");
  }
  x.ticks.forEach(([value, words], i) => {
    const px = left + across(value) * (right - left);
    pens.lineTo(`${key}-x${value}`, "bp-axis", px, bottom, px, bottom + 4, 1);
    const last = i === x.ticks.length - 1 && across(value) === 1; // its words stay within the picture
    write(`x${value}-words`, words, px, bottom + 17, last ? "end" : "middle");
  });
  pens.lineTo(`${key}-x`, "bp-axis", left, bottom, right, bottom, 1);
  write("x-name", x.name, right, bottom + 33, "end");
  write("y-name", y.name, left, top - 9, "start");

  const points = (xs, ys) => Array.from(xs, (v, i) => at(v, ys[i]).map((c) => c.toFixed(1)).join(",")).join(" ");
  const curve = (name, className, xs, ys) =>
    pens.part(`${key}-${name}`, "polyline", { class: className, points: points(xs, ys) });
  return { at, curve };
}
