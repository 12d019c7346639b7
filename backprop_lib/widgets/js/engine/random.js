// Draw the random numbers that a seed gives, in the page as in Python.
//
// The generator is the Mersenne Twister (MT19937), the one behind NumPy's RandomState: source 001 drew its
// weights with seed 2017 from it.  Uniform numbers and permutations are NumPy's to the last digit; a normal
// number may differ there, because a browser's logarithm may.

/**
 * Return a function that draws uniform numbers in [0, 1) with 53 bits, as RandomState(seed).random_sample does.
 * Its `normal` is RandomState's randn, `permutation` and `uniform` are theirs; `load` goes back to what `save` gave.
 */
export function randomState(seed) {
  const N = 624,
    M = 397;
  const state = new Uint32Array(N);
  let place = N,
    spare = null; // normal numbers are made in pairs
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
  const draw = () => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992;
  const uniform = (low, high) => low + (high - low) * draw();

  /** Marsaglia's polar method: a point of the unit disk gives two normal numbers. */
  function normal() {
    if (spare !== null) {
      const second = spare;
      spare = null;
      return second;
    }
    let u, v, square;
    do {
      u = 2 * draw() - 1;
      v = 2 * draw() - 1;
      square = u * u + v * v;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * Math.log(square)) / square);
    spare = factor * u;
    return factor * v;
  }

  /** A whole number from 0 to `most`: bits are drawn until they say one. */
  function upTo(most) {
    const mask = 2 ** (32 - Math.clz32(most)) - 1;
    let number;
    do number = (bits() & mask) >>> 0;
    while (number > most);
    return number;
  }

  function permutation(n) {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = upTo(i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }

  const save = () => ({ state: state.slice(), place, spare });
  const load = (saved) => {
    state.set(saved.state);
    ({ place, spare } = saved);
  };
  return Object.assign(draw, { uniform, normal, permutation, save, load });
}
