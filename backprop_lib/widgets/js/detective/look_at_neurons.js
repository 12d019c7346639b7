// Look for the cause in the neurons: all the same, dead, saturated, or too many layers from the cost.
//
// Each look takes the run and its verdict, and returns { name, sentence, evidence }, or nothing.

import { judge } from "../engine/answers.js";
import { last, pass, percent } from "./a_run.js";
import { identicalNeurons, stuck } from "./endings.js";
import { backward } from "../engine/engine.js";
import { three } from "../parts/formula.js";

const [FLAT_SLOPE, MOST, VANISHED] = [0.01, 0.9, 1e-3];

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
  backward(run.net, run.start, t, run.y);
  return t.dW.slice(1).map((slopes) => Math.sqrt(slopes.reduce((sum, g) => sum + g * g, 0) / slopes.length));
}
