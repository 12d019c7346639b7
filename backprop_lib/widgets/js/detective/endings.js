// Say how a run ended, from its curves and its last parameters alone, as diagnosis/verdict.py does.

export const STILL = 0.9; // a cost above this share of its start has hardly fallen
const FLAT = 1e-3; // a cost that moved by less than this fraction over the last half of a run is on a plateau
const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;

/** diverged, solved, rising, symmetric, bouncing, plateau or descending: the first that applies. */
export function verdict(run) {
  const { cost, accuracy } = run,
    epoch = cost.length - 1,
    last = cost[epoch];
  if (run.overflowed) return "diverged";
  if (accuracy[epoch] === 1) return "solved";
  if (last > cost[0] || last > 2 * cost.reduce((a, b) => Math.min(a, b))) return "rising";
  if (identicalNeurons(run.net, run.end)) return "symmetric";
  if (bounces(cost)) return "bouncing";
  if (epoch > 1 && Math.abs(cost[epoch >> 1] - last) <= FLAT * Math.abs(last)) return "plateau";
  return "descending";
}

/** The first hidden layer whose neurons are not all different, and how many are alike; null if there is none. */
export function identicalNeurons({ sizes, L, biases }, { W, b }) {
  for (let l = 1; l < L; l++) {
    const seen = new Map();
    for (let i = 0; i < sizes[l]; i++) {
      const into = W[l].subarray(i * sizes[l - 1], (i + 1) * sizes[l - 1]);
      const out = Array.from({ length: sizes[l + 1] }, (_, k) => W[l + 1][k * sizes[l] + i]);
      const key = [...into, ...out, biases ? b[l][i] : 0].join();
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    const same = Math.max(...seen.values());
    if (same > 1) return { layer: l, same };
  }
  return null;
}

/** Whether the cost rose in a quarter of the last half's epochs, and fell no lower on the whole. */
export function bounces(cost) {
  const quarter = (cost.length - 1) >> 2;
  if (quarter < 4) return false;
  const half = cost.slice(-2 * quarter),
    [third, fourth] = [half.slice(0, quarter), half.slice(quarter)];
  const rises = half.slice(1).filter((c, k) => c > half[k]).length / (half.length - 1);
  const moved = Math.max(...fourth) - Math.min(...fourth) > FLAT * Math.abs(mean(fourth));
  return moved && rises >= 0.25 && mean(fourth) >= (1 - FLAT) * mean(third);
}

/** Whether the run is on a plateau, or descends but has hardly left its start. */
export const stuck = ({ cost }, verdict) =>
  verdict === "plateau" || (verdict === "descending" && cost[cost.length - 1] > STILL * cost[0]);
