// Look for the cause in the steps: a wrong gradient, a rate too large or too small, an overflow, a saddle.
//
// Each look takes the run and its verdict, and returns { name, sentence, evidence }, or nothing.

import { bendOf, last, pass } from "./a_run.js";
import { STILL, stuck } from "./endings.js";
import { backward as everyEquation } from "../engine/engine.js";
import { three } from "../parts/formula.js";
import { check } from "../engine/gradcheck.js";
import { gradientOf, toVector } from "../engine/vectors.js";

const [SLOW, BENDS_DOWN] = [0.02, -1e-6];
const largest = (layers) => layers.reduce((most, values) => (values ? values.reduce((a, v) => Math.max(a, Math.abs(v)), most) : most), 0);

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

/** α is above 2/λmax at the start or at the end, and the cost did not fall. */
export function tooLarge(run, verdict) {
  const { cost, begun, alpha } = run,
    rose = cost.length > 1 && cost.reduce((a, b) => Math.max(a, b)) > 1.05 * cost[0];
  if (!begun || !(["diverged", "rising", "bouncing"].includes(verdict) || (verdict === "plateau" && rose))) return null;
  for (const where of verdict === "plateau" ? ["start"] : ["start", "end"]) {
    const { most } = bendOf(run, where);
    if (most > 0 && alpha * most > 2)
      return {
        name: "rate",
        sentence: `The learning rate ${three(alpha)} is above the stability limit 2/λmax = ${three(2 / most)} at the ${where}.`,
        evidence: { "learning rate": alpha, λmax: most, "2/λmax": 2 / most, "at the end": where === "end" },
      };
  }
  return null;
}

/** α is less than a hundredth of 2/λmax, the cost has hardly fallen, and longer steps would lower it. */
export function tooSmall(run, verdict) {
  const { net, x, y, cost, begun, alpha } = run;
  if (!stuck(run, verdict) || last(cost) < STILL * cost[0] || !begun || !(alpha > 0)) return null;
  const { least, most } = bendOf(run, "end"),
    g = gradientOf(net, x, y)(toVector(run.end)).reduce((sum, v) => sum + v * v, 0);
  if (!(alpha * most > 0 && alpha * most <= SLOW) || !(g > 2e-3 * most * last(cost) || least < BENDS_DOWN * most)) return null;
  return {
    name: "slow",
    sentence: `The learning rate ${three(alpha)} is ${three(2 / most / alpha)} times below the stability limit 2/λmax = ${three(2 / most)}.`,
    evidence: { "learning rate": alpha, λmax: most, "2/λmax": 2 / most },
  };
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

/** On a plateau: the cost bends down somewhere, so this is no minimum. */
export function saddle(run, verdict) {
  const { begun, alpha } = run;
  if (verdict !== "plateau" || !begun) return null;
  const { least, most } = bendOf(run, "end");
  if (!(least < BENDS_DOWN * Math.abs(most))) return null;
  const tenfold = alpha ? Math.log(10) / Math.log1p(-alpha * least) : Infinity;
  return {
    name: "saddle",
    sentence: `This is a saddle, not a minimum: along one direction the cost bends down by ${three(least)}, and a distance grows tenfold in ${three(tenfold)} epochs.`,
    evidence: { λmin: least, λmax: most, tenfold },
  };
}
