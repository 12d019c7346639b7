// Draw a network's first weights, as Network.initialize(RandomState(seed), scheme) does in Python.
//
// A scheme is given the generator and the widths on both sides of a layer, and says what every weight is.

import { randomState } from "./random.js";

const { sqrt } = Math;

/** Weights drawn target after target, each from `draw`. */
const inRows = (draw) => (origins, n) => Float64Array.from({ length: n * origins }, draw);

const SCHEMES = {
  /** Uniform in ±1/√n_{l−1}, drawn origin after origin as source 001 did. */
  fan_in: (random) => (origins, n) => {
    const w = new Float64Array(n * origins);
    for (let j = 0; j < origins; j++)
      for (let i = 0; i < n; i++) w[i * origins + j] = (2 * random() - 1) / sqrt(origins); // (I1)
    return w;
  },
  glorot: (random) => (origins, n) => inRows(() => (2 * random() - 1) * sqrt(6 / (origins + n)))(origins, n), // (I2)
  he: (random) => (origins, n) => inRows(() => random.normal() * sqrt(2 / origins))(origins, n), // (I3)
  zeros: () => inRows(() => 0),
  constant: (random, value) => inRows(() => value),
};

/** The names of all schemes. */
export const SCHEME_NAMES = Object.keys(SCHEMES);

/** First weights by a scheme; biases start at 0. */
export function initialize({ sizes, biases }, seed, scheme = "fan_in", value = 0.5) {
  const layer = SCHEMES[scheme](randomState(seed), value);
  const W = sizes.map((n, l) => (l ? layer(sizes[l - 1], n) : null));
  return { W, b: biases ? sizes.map((n, l) => (l ? new Float64Array(n) : null)) : [] };
}
