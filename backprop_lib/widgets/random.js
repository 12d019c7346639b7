// Draw the weights that a seed gives, in the page as in Python.
//
// The generator is the Mersenne Twister (MT19937), the one behind NumPy's RandomState: source 001 drew its
// weights with seed 2017 from it, so the page and `Network.initialize(RandomState(seed))` hold the same numbers.

/** Return a function that draws uniform numbers in [0, 1) with 53 bits, as RandomState(seed).random_sample does. */
export function randomState(seed) {
  const N = 624,
    M = 397;
  const state = new Uint32Array(N);
  let place = N;
  state[0] = seed;
  for (let i = 1; i < N; i++) state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;

  const twist = () => {
    for (let i = 0; i < N; i++) {
      const y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
      state[i] = state[(i + M) % N] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    place = 0;
  };
  const bits = () => {
    if (place === N) twist();
    let y = state[place++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  return () => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992;
}

/** (I1) Return weights uniform in ±1/√n_{l−1}, drawn origin after origin as source 001 did, and biases of 0. */
export function initialize({ sizes, biases }, seed) {
  const random = randomState(seed);
  const W = sizes.map((n, l) => {
    if (!l) return null;
    const origins = sizes[l - 1],
      w = new Float64Array(n * origins);
    for (let j = 0; j < origins; j++)
      for (let i = 0; i < n; i++) w[i * origins + j] = (2 * random() - 1) / Math.sqrt(origins); // (I1)
    return w;
  });
  return { W, b: biases ? sizes.map((n, l) => (l ? new Float64Array(n) : null)) : [] };
}
