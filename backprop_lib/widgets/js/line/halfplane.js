// A straight line among the corners of XOR: the sums s = w1 x1 + w2 x2 + b, and how many answers they get right.

/** The corners, and what the exclusive or says about each. */
export const CORNERS = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]];

/** The line whose side of "1" lies towards `angle` (in degrees), `distance` away from the middle of the square. */
export function line(angle, distance) {
  const w1 = Math.cos((angle * Math.PI) / 180);
  const w2 = Math.sin((angle * Math.PI) / 180);
  return { w1, w2, b: -(w1 + w2) / 2 - distance };
}

/** s at one point: a single neuron's z. */
export function sum({ w1, w2, b }, x1, x2) {
  return w1 * x1 + w2 * x2 + b; // (F1)
}

/** For each corner: s, what it answers (s > 0), and whether that is right. */
export function judge(of) {
  return CORNERS.map(([x1, x2, y]) => {
    const s = sum(of, x1, x2);
    const answer = s > 0 ? 1 : 0;
    return { x1, x2, y, s, answer, right: answer === y };
  });
}

/** The corners of the part of the box [low, high]² on the side of "1", in order around it; none if it is empty. */
export function side(of, low, high) {
  const box = [[low, low], [high, low], [high, high], [low, high]];
  const found = [];
  box.forEach(([x1, x2], i) => {
    const [u1, u2] = box[(i + 1) % 4];
    const s = sum(of, x1, x2);
    const t = sum(of, u1, u2);
    if (s > 0) found.push([x1, x2]);
    if (s > 0 !== t > 0) found.push([x1 + (s / (s - t)) * (u1 - x1), x2 + (s / (s - t)) * (u2 - x2)]);
  });
  return found;
}
