// Look for the cause in the network itself: what no training can give it.
//
// Each look takes the run and its verdict, and returns { name, sentence, evidence }, or nothing.

import { judge } from "../engine/answers.js";
import { last, pass, percent } from "./a_run.js";
import { three } from "../parts/formula.js";

const [EVEN, POINTS] = [0.9, 500];

/** Without biases D(x) + D(−x) is one number, and a mirrored question has a ceiling. */
export function noBiases(run, verdict) {
  const { net } = run,
    n = net.sizes[net.L],
    odd = net.L === 2 ? ["sigmoid", "tanh", "identity"] : ["tanh", "identity"];
  if (net.biases || verdict === "diverged" || n > 2 || !judge(run.y, n)) return null;
  if (!net.names.slice(1, -1).every((name) => odd.includes(name))) return null;
  const { ones, even } = mirrored(run);
  if (even < EVEN) return null;
  const some = firstPoints(run.x, POINTS),
    D = decider(run, some),
    back = decider(run, some.map((v) => -v)),
    sums = D.map((d, r) => d + back[r]);
  const S = sums.reduce((a, b) => a + b, 0) / sums.length,
    bent = net.L === 2 && net.names[1] === "sigmoid",
    ceiling = bent ? 1 - (S > 0 ? 1 - ones : ones) / 2 : 0.5;
  const law = bent ? `D(x) + D(−x) = ${three(S)} for every x` : "D(−x) = −D(x) for every x";
  return {
    name: "biases",
    sentence: `There are no biases, so ${law}, while ${percent(even)} of the points have their mirror image’s label: at most ${percent(ceiling)} of such points can be right.`,
    evidence: { S, spread: Math.max(...sums) - Math.min(...sums), even, ceiling, hidden: net.sizes[1] },
  };
}

/** D(x): z of the one output, or how much larger that of the second is. */
export function decider(run, x) {
  const { z, m } = pass(run, run.end, x),
    top = z[run.net.L];
  return Array.from({ length: m }, (_, r) => (top.length === m ? top[r] : top[m + r] - top[r]));
}

const firstPoints = (x, most) => {
  const m = x.length / 2,
    kept = Math.min(m, most);
  return Float64Array.from({ length: 2 * kept }, (_, i) => x[i < kept ? i : m + i - kept]);
};

/** The share of class 1, and of points labelled as their mirror image's nearest neighbor is. */
function mirrored(run) {
  const m = run.x.length / 2,
    label = run.y.slice(-m),
    some = firstPoints(run.x, POINTS),
    k = some.length / 2;
  let same = 0;
  for (let r = 0; r < k; r++) {
    let [near, place] = [Infinity, 0];
    for (let s = 0; s < k; s++) {
      const far = (some[r] + some[s]) ** 2 + (some[k + r] + some[k + s]) ** 2;
      if (far < near) [near, place] = [far, s];
    }
    if (label[r] === label[place]) same++;
  }
  return { ones: label.reduce((a, v) => a + (v === 1), 0) / m, even: same / k };
}

/** On a plateau: no hidden layer bends, so the border is one straight line. */
export function straight(run, verdict) {
  const { net, cost } = run;
  if (!["plateau", "bouncing"].includes(verdict) || !net.names.slice(1, -1).every((name) => name === "identity")) return null;
  const why = net.L === 1 ? "There is no hidden layer" : `${net.L} layers without a bend are one matrix`;
  return {
    name: "straight",
    sentence: `${why}: the border is one straight line, and the best it found costs ${three(last(cost))}.`,
    evidence: { layers: net.L, cost: last(cost) },
  };
}
