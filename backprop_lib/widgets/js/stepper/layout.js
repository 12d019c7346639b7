// Place the network in a rectangle: where every neuron, target and label stands, and what lies under a pointer.

/** Positions for a network of sizes [2, H, K]; many hidden neurons become dots, of which one is spelled out. */
export function layout(sizes, width, height) {
  const [, H, K] = sizes;
  const phone = width < 380;
  const columns = [0.075, 0.38, 0.685, 0.92].map((part) => part * width);
  const middle = height / 2,
    reach = height / 2 - (phone ? 48 : 56);
  const radius = phone ? 18 : 20;
  const spacing = H > 1 ? Math.min((2 * reach) / (H - 1), 150) : 150;
  const hidden = Math.max(2.2, Math.min(radius, spacing * 0.37));
  const column = (l, n, gap, r) =>
    Array.from({ length: n }, (_, i) => ({ l, i, x: columns[l], y: middle + (i - (n - 1) / 2) * gap, r }));
  const pairGap = Math.min(reach, 150) * 1.45;
  const nodes = [column(0, 2, pairGap, radius), column(1, H, spacing, hidden), column(2, K, pairGap, radius)];
  return {
    width,
    height,
    nodes,
    columns,
    cost: { x: columns[3], y: middle, w: phone ? 44 : 52, h: 34 },
    targets: nodes[2].map((n) => ({ i: n.i, x: columns[3], y: K > 1 ? n.y : middle - pairGap / 2 })),
    roomy: spacing >= 84, // names, biases and sensitivities beside every hidden neuron
    numbered: hidden >= 15, // numbers inside every hidden neuron
    labelled: H <= 3, // numbers on every edge
    font: phone ? 10.5 : 12,
  };
}

/** The two ends of an edge, at the rims of its neurons, and the place of its number. */
export function edgeOf(place, l, i, j) {
  const from = place.nodes[l - 1][j],
    to = place.nodes[l][i];
  const dx = to.x - from.x,
    dy = to.y - from.y,
    length = Math.hypot(dx, dy);
  const [ux, uy] = [dx / length, dy / length];
  // Numbers stand near the middle, those of a pair a little to either side: crossing edges stay apart.
  const pairIndex = l === 1 ? j : place.nodes[2].length > 1 ? 1 - i : 0.5;
  const t = 0.47 + 0.06 * pairIndex;
  return {
    x1: from.x + ux * from.r,
    y1: from.y + uy * from.r,
    x2: to.x - ux * to.r,
    y2: to.y - uy * to.r,
    label: { x: from.x + dx * t, y: from.y + dy * t },
    ux,
    uy,
  };
}

/** The neuron or weight under a point: {l, i} or {l, i, j}; null where there is none. */
export function hit(place, x, y) {
  const nodes = place.nodes
    .flat()
    .map((n) => ({ n, far: Math.hypot((n.x - x) * (n.r < 12 ? 0.4 : 1), n.y - y) - n.r }));
  const near = nodes.reduce((a, b) => (b.far < a.far ? b : a));
  if (near.far < 7) return { l: near.n.l, i: near.n.i };
  let best = null,
    distance = 7;
  for (const l of [1, 2])
    for (const to of place.nodes[l])
      for (const from of place.nodes[l - 1]) {
        const { x1, y1, x2, y2, ux, uy } = edgeOf(place, l, to.i, from.i);
        const along = Math.max(0, Math.min(Math.hypot(x2 - x1, y2 - y1), (x - x1) * ux + (y - y1) * uy));
        const far = Math.hypot(x1 + ux * along - x, y1 + uy * along - y);
        if (far < distance) [best, distance] = [{ l, i: to.i, j: from.i }, far];
      }
  return best;
}
