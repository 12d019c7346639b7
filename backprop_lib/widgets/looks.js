// Look for the cause of a failed run: one function a cause, as the modules of backprop_lib/diagnosis have them.
//
// Each takes the run and its verdict, and returns { name, sentence, evidence, layer? }, or nothing.  A run is
// { net, start, end, x, y, cost, accuracy, alpha, begun, overflowed, backward }.

import { judge } from "./answers.js";
import { backward as everyEquation, forward, workspace } from "./engine.js";
import { three } from "./formula.js";
import { check } from "./gradcheck.js";
import { sharpest } from "./spectrum.js";
import { gradientOf, toVector } from "./vectors.js";
import { identicalNeurons, STILL, stuck } from "./endings.js";

const [SLOW, BENDS_DOWN] = [0.02, -1e-6];
const [FLAT_SLOPE, MOST, VANISHED] = [0.01, 0.9, 1e-3];
const [EVEN, POINTS] = [0.9, 500];
const count = ({ x, net }) => x.length / net.sizes[0];
const pass = (run, p = run.end, x = run.x) => forward(run.net, p, x, workspace(run.net, x.length / run.net.sizes[0]));
const largest = (layers) => layers.reduce((most, values) => (values ? values.reduce((a, v) => Math.max(a, Math.abs(v)), most) : most), 0);
const percent = (share) => `${Math.round(100 * share)}%`;
const last = (values) => values[values.length - 1];

/** The gradients that the run went by fail their check where it began. */
export function wrongGradient(run) {
  if (!run.backward || run.backward === everyEquation) return null;
  const t = pass(run, run.start);
  run.backward(run.net, run.start, t, run.y, run.alpha);
  const rows = check(run.net, run.start, run.x, run.y, { W: t.dW, b: t.db });
  const wrong = rows.filter(({ ok }) => !ok).length;
  if (!wrong) return null;
  const worst = Math.max(...rows.map(({ error }) => error));
  return {
    name: "gradient",
    sentence: `${wrong} of ${rows.length} gradients fail their check: the worst relative error is ${three(worst)}.`,
    evidence: { wrong, parameters: rows.length, "worst relative error": worst },
  };
}

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
  const m = count(run),
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

/** α is above 2/λmax at the start or at the end, and the cost did not fall. */
export function tooLarge(run, verdict) {
  const { cost, begun, alpha, net, x, y } = run,
    rose = cost.length > 1 && cost.reduce((a, b) => Math.max(a, b)) > 1.05 * cost[0];
  if (!begun || !(["diverged", "rising", "bouncing"].includes(verdict) || (verdict === "plateau" && rose))) return null;
  for (const [where, p] of [["start", run.start], ["end", run.end]].slice(0, verdict === "plateau" ? 1 : 2)) {
    const { most } = sharpest(net, p, x, y);
    if (most > 0 && alpha * most > 2)
      return {
        name: "rate",
        sentence: `The learning rate ${three(alpha)} is above the stability limit 2/λmax = ${three(2 / most)} at the ${where}.`,
        evidence: { "learning rate": alpha, λmax: most, "2/λmax": 2 / most, "at the end": where === "end" },
      };
  }
  return null;
}

/** A floating-point number became larger than the largest there is. */
export function overflow(run, verdict) {
  if (verdict !== "diverged") return null;
  const [weight, data] = [largest(run.end.W), largest([run.x])],
    begun = run.cost.length > 1 || run.cost.every(Number.isFinite);
  const what = begun ? `The cost grew ${three(last(run.cost) / run.cost[0])} times` : "The cost overflowed before the first step";
  return {
    name: "overflow",
    sentence: `${what}, with weights up to ${three(weight)} and inputs up to ${three(data)}.`,
    evidence: { "largest weight": weight, "largest input": data, epochs: run.cost.length - 1 },
  };
}

/** Two or more neurons of a hidden layer are the same, and so are their gradients. */
export function symmetric(run) {
  const twins = identicalNeurons(run.net, run.end);
  if (!twins) return null;
  return {
    name: "symmetric",
    sentence: `${twins.same} neurons of layer ${twins.layer} have the same weights and so the same gradients: they are as one.`,
    evidence: { layer: twins.layer, "the same": twins.same, of: run.net.sizes[twins.layer] },
  };
}

/** A layer's ReLUs are 0 for every point: all of them, or most on a plateau. */
export function dead(run, verdict) {
  const { sizes, names, L } = run.net,
    { z, m } = pass(run);
  for (let l = 1; l <= L; l++) {
    if (names[l] !== "relu") continue;
    let off = 0;
    for (let i = 0; i < sizes[l]; i++) if (z[l].subarray(i * m, (i + 1) * m).every((v) => v <= 0)) off++;
    if (off === sizes[l] || (verdict === "plateau" && 2 * off > sizes[l]))
      return {
        name: "dead",
        sentence: `${off} of ${sizes[l]} ReLUs of layer ${l} are 0 for every point, and pass no gradient back.`,
        evidence: { layer: l, dead: off, of: sizes[l] },
      };
  }
  return null;
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

/** Stuck: nearly every σ or tanh of a layer, or of every wrong output, is where its slope is flat. */
export function saturated(run, verdict) {
  if (!stuck(run, verdict)) return null;
  const { sizes, names, L, phi, loss } = run.net,
    t = pass(run),
    right = judge(run.y, sizes[L]);
  for (let l = 1; l <= L; l++) {
    if (!["sigmoid", "tanh"].includes(names[l]) || (l === L && (!right || loss.match === names[L]))) continue;
    const steepest = names[l] === "sigmoid" ? 0.25 : 1,
      slopes = [];
    t.z[l].forEach((z, i) => (l < L || !right(t.a[L], i % t.m)) && slopes.push(phi[l].prime(z) / steepest));
    const flat = slopes.filter((slope) => slope < FLAT_SLOPE).length / slopes.length;
    if (!slopes.length || flat < MOST) continue;
    const mean = slopes.reduce((a, b) => a + b, 0) / slopes.length;
    return {
      name: "saturated",
      sentence: `${percent(flat)} of layer ${l}’s slopes ${names[l] === "sigmoid" ? "σ" : "tanh"}′(z) are below a hundredth of the steepest: on average ${three(mean)} of it is left.`,
      evidence: { layer: l, flat, "mean slope": mean },
    };
  }
  return null;
}

/** Stuck, and deep: little of the gradient reached the first layer from the start. */
export function vanishing(run, verdict) {
  const { net } = run;
  if (!stuck(run, verdict) || net.L < 3) return null;
  const [first, ...others] = lengths(run),
    top = last(others);
  if (!(first > 0 && first < VANISHED * top)) return null;
  return {
    name: "vanishing",
    sentence: `An entry of ∂C/∂W⁽¹⁾ is ${three(first / top)} times one of ∂C/∂W⁽${"⁰¹²³⁴⁵⁶⁷⁸⁹"[net.L] ?? "ᴸ"}⁾ at the start: the gradient shrinks on its way through ${net.L} layers.`,
    evidence: { first, last: top, ratio: first / top, layers: net.L },
  };
}

/** How large an entry of ∂C/∂W⁽ˡ⁾ is at the start, layer by layer, in the mean square. */
export function lengths(run) {
  const t = pass(run, run.start);
  everyEquation(run.net, run.start, t, run.y);
  return t.dW.slice(1).map((slopes) => Math.sqrt(slopes.reduce((sum, g) => sum + g * g, 0) / slopes.length));
}

/** α is less than a hundredth of 2/λmax, the cost has hardly fallen, and longer steps would lower it. */
export function tooSmall(run, verdict) {
  const { net, x, y, cost, begun, alpha } = run;
  if (!stuck(run, verdict) || last(cost) < STILL * cost[0] || !begun || !(alpha > 0)) return null;
  const { least, most } = sharpest(net, run.end, x, y),
    g = gradientOf(net, x, y)(toVector(run.end)).reduce((sum, v) => sum + v * v, 0);
  if (!(alpha * most > 0 && alpha * most <= SLOW) || !(g > 2e-3 * most * last(cost) || least < BENDS_DOWN * most)) return null;
  return {
    name: "slow",
    sentence: `The learning rate ${three(alpha)} is ${three(2 / most / alpha)} times below the stability limit 2/λmax = ${three(2 / most)}.`,
    evidence: { "learning rate": alpha, λmax: most, "2/λmax": 2 / most },
  };
}

/** On a plateau: the cost bends down somewhere, so this is no minimum. */
export function saddle(run, verdict) {
  const { net, x, y, begun, alpha } = run;
  if (verdict !== "plateau" || !begun) return null;
  const { least, most } = sharpest(net, run.end, x, y);
  if (!(least < BENDS_DOWN * Math.abs(most))) return null;
  const tenfold = alpha ? Math.log(10) / Math.log1p(-alpha * least) : Infinity;
  return {
    name: "saddle",
    sentence: `This is a saddle, not a minimum: along one direction the cost bends down by ${three(least)}, and a distance grows tenfold in ${three(tenfold)} epochs.`,
    evidence: { λmin: least, λmax: most, tenfold },
  };
}
