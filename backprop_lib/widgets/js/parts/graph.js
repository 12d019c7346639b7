// Place any fully connected network in a rectangle: neurons, the "1" below a layer for the next one's biases, the cost.

/** Positions of every neuron; `nodes[l][i]`, and `ones[l]` where layer l + 1 has biases. */
export function graph({ sizes, biases, L }, width, height) {
  const phone = width < 380,
    edge = phone ? 24 : 34,
    stride = (width - 2 * edge - (phone ? 4 : 8)) / (L + 1);
  const font = phone ? 10.5 : 12;
  const top = phone ? 36 : 40,
    bottom = height - (biases ? 66 : 40);
  const most = Math.max(...sizes);
  const gap = most > 1 ? Math.min(130, (bottom - top) / (most - 1)) : 0;
  const r = Math.max(5, Math.min(phone ? 17 : 20, most > 1 ? gap * 0.34 : 20, stride * 0.3));
  const middle = (top + bottom) / 2,
    column = (l) => edge + l * stride;
  const place = (n, i) => middle + (i - (n - 1) / 2) * Math.min(most > 1 ? gap : 0, n > 1 ? gap * Math.sqrt(most / n) : gap);
  return {
    width,
    height,
    font,
    nodes: sizes.map((n, l) => Array.from({ length: n }, (_, i) => ({ l, i, x: column(l), y: place(n, i), r }))),
    ones: biases ? sizes.slice(0, -1).map((_, l) => ({ l, i: -1, x: column(l), y: height - 16, r: Math.min(r, 10) })) : [],
    cost: { x: width - edge - 2, y: middle, w: phone ? 46 : 54, h: 36 },
    numbered: r >= 13, // numbers inside every neuron
    roomy: gap >= 2 * r + 2.4 * font || most === 1, // names above and sensitivities below every neuron
  };
}

/** The two ends of a weight, at the rims of its neurons, its direction, and its middle. */
export function ends({ nodes, ones }, { l, i, j }) {
  const from = j < 0 ? ones[l - 1] : nodes[l - 1][j],
    to = nodes[l][i];
  const far = Math.hypot(to.x - from.x, to.y - from.y),
    [ux, uy] = [(to.x - from.x) / far, (to.y - from.y) / far];
  const [x1, y1, x2, y2] = [from.x + ux * from.r, from.y + uy * from.r, to.x - ux * to.r, to.y - uy * to.r];
  return { from, to, x1, y1, x2, y2, ux, uy, x: (x1 + x2) / 2, y: (y1 + y2) / 2 };
}

/** The weight nearest to a point, a neuron counting as its own bias; null if nothing is within reach. */
export function nearest(place, weights, x, y, reach) {
  const on = place.nodes.flat().find((n) => Math.hypot(n.x - x, n.y - y) <= n.r);
  if (on) return weights.find(({ l, i, j }) => l === on.l && i === on.i && j < 0) ?? null;
  let best = null,
    least = reach;
  for (const weight of weights) {
    const { x1, y1, x2, y2, ux, uy } = ends(place, weight);
    const along = Math.max(0, Math.min(Math.hypot(x2 - x1, y2 - y1), (x - x1) * ux + (y - y1) * uy));
    const far = Math.hypot(x1 + ux * along - x, y1 + uy * along - y);
    if (far < least) [best, least] = [weight, far];
  }
  return best;
}
