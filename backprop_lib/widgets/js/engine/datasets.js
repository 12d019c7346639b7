// Make the points to learn, the same as backprop_lib.datasets makes from the same seed.
//
// x holds one example a column, (2, m) row after row; y its target, 0 or 1, or with two outputs one-hot.

import { randomState } from "./random.js";

const { cos, PI, sin, sqrt } = Math;
const corners = (low) => () => [0, 1, 2, 3].map((r) => [r < 2 ? low : 1, r % 2 ? 1 : low]);
const exclusive = ([u, v]) => u > 0 !== v > 0;

/** Points at these radii and angles, blurred by normal noise: all first coordinates first, then all second. */
function blurred(random, polar, noise) {
  const blur = Float64Array.from({ length: 2 * polar.length }, () => noise * random.normal());
  return polar.map(([r, angle], i) => [r * cos(angle) + blur[i], r * sin(angle) + blur[polar.length + i]]);
}
const each = (points, draw) => Array.from({ length: points }, (_, i) => draw(i));

const DATA = {
  corners: { points: 4, make: corners(0), one: exclusive },
  signed_corners: { points: 4, make: corners(-1), one: exclusive },
  quadrants: {
    points: 300,
    make: (random, points) => each(points, () => [random.normal(), random.normal()]),
    one: exclusive,
  },
  circles: {
    points: 200,
    noise: 0.1,
    make: (random, points, noise) =>
      blurred(random, each(points, (i) => [i % 2 ? 0.5 : 1, random.uniform(0, 2 * PI)]), noise),
    one: (_, i) => i % 2 === 1,
  },
  spirals: {
    points: 200,
    noise: 0.05,
    make(random, points, noise) {
      const polar = each(points, (i) => {
        const radius = sqrt(random.uniform(0.01, 1)); // the root spreads the points evenly along the arm
        return [radius, 3 * PI * radius + PI * (i % 2)];
      });
      return blurred(random, polar, noise);
    },
    one: (_, i) => i % 2 === 1,
  },
};

/** The names of all data sets; those of `DRAWN` depend on the seed, and so have fresh points under another. */
export const DATA_NAMES = Object.keys(DATA);
export const DRAWN = ["quadrants", "circles", "spirals"];

/** The points of a data set: m of them, x (2, m), y (outputs, m). */
export function dataset(name, { seed = 0, outputs = 1, points = DATA[name].points, noise = DATA[name].noise } = {}) {
  const { make, one } = DATA[name];
  const places = make(randomState(seed), points, noise);
  const label = places.map((place, i) => (one(place, i) ? 1 : 0));
  const rows = outputs === 1 ? [label] : [label.map((v) => 1 - v), label];
  return {
    m: places.length,
    x: Float64Array.from([0, 1].flatMap((k) => places.map((place) => place[k]))),
    y: Float64Array.from(rows.flat()),
  };
}
