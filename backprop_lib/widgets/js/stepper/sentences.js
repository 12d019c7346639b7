// Say in plain words what a step found: the sentence that is read aloud.

import { full, three } from "../parts/formula.js";
import { ailment, pathsFrom, sumOfPaths } from "../parts/paths.js";
import { nameOf, title } from "../parts/steps.js";
import { placeOf } from "./stops.js";

const list = (values) => values.map(three).join(" and ");
const capital = (text) => text[0].toUpperCase() + text.slice(1);

const FLAT = {
  "": "",
  saturated: " It is saturated: hardly any slope is left.",
  dead: " It is dead: hardly any slope is left, at any example.",
};

/** One or two sentences about an item of a step. */
export function sentence(step, item, v) {
  const { t, m, r, y, cost, costAfter } = v;
  const at = (item.i ?? 0) * m + r;
  const who = capital(nameOf(item) || "the network");
  const outputs = Array.from({ length: v.outputs }, (_, k) => k * m + r);
  const split = (l) =>
    `error ${three(sumOfPaths(pathsFrom(l, item.i, v)))} × slope ${three(v.net.phi[l].prime(t.z[l][at]))}`;
  if (["forward", "backward"].includes(v.whole)) return ofPhase(step, v);
  switch (step.id) {
    case "input":
      return `${m > 1 ? `Example ${v.example} of ${m}` : "The article's own point"} enters: x is ${list([t.a[0][r], t.a[0][m + r]])}. ${v.outputs > 1 ? "The outputs" : "The output"} should become ${list(outputs.map((k) => y[k]))}.`;
    case "F1":
      return `${who} adds up what reaches it, each ${item.l === 1 ? "input" : "activation"} times its weight${v.biases ? ", and its bias" : ""}: ${three(t.z[item.l][at])}.`;
    case "F2":
      return `${who}: the sigmoid brings ${three(t.z[item.l][at])} between 0 and 1, to ${three(t.a[item.l][at])}.${FLAT[ailment(item.l, item.i, v)]}`;
    case "C0":
      return m > 1
        ? `Example ${v.example} misses by ${three(cost.each[r])}. The cost is the mean over all ${m} examples: ${three(cost.total)}.`
        : `The outputs are ${list(outputs.map((k) => t.a[2][k]))} and should be ${list(outputs.map((k) => y[k]))}. The cost is half the squared distance: ${three(cost.total)}.`;
    case "BP1":
      return `${who} ${t.a[2][at] > y[at] ? "is above" : "is below"} its target. Its sensitivity is ${split(2)} = ${three(t.delta[2][at])}: raise its z and the cost ${t.delta[2][at] > 0 ? "rises" : "falls"}.`;
    case "BP2":
      return `${who} answers for ${split(1)} = ${three(t.delta[1][at])}: ${v.outputs > 1 ? "two paths lead" : "one path leads"} from it to the cost, and its own slope scales ${v.outputs > 1 ? "their sum" : "it"}.`;
    case "BP3":
      return `Sensitivity where the weight arrives times activation where it starts${m > 1 ? `, over all ${m} examples` : ""}: ${three(t.dW[item.l][item.i * v.sizes[item.l - 1] + item.j])}.`;
    case "BP4":
      return `A bias adds straight to z, so its slope is the sensitivity${m > 1 ? `, over all ${m} examples` : ""}: ${three(t.db[item.l][item.i])}.`;
    default:
      return `All weights${v.biases ? " and biases" : ""} step at once, against their slopes. The cost ${costAfter < cost.total ? "falls" : costAfter > cost.total ? "rises" : "stays"} from ${more(cost.total)} to ${more(costAfter)}${costAfter > cost.total ? ": the step was too long" : ""}.`;
  }
}
const more = (value) => (Number.isFinite(value) ? value.toPrecision(6) : full(value));

/** What a whole phase found, for readers who go phase by phase. */
function ofPhase({ phase }, { t, y, m, r, outputs, sizes }) {
  const each = Array.from({ length: outputs }, (_, k) => k * m + r);
  if (phase === "forward")
    return `All the way forward: two layers, each a weighted sum and a squash. The answer is ${list(each.map((k) => t.a[2][k]))}; it should be ${list(each.map((k) => y[k]))}.`;
  const slopes = [1, 2].flatMap((l) =>
    [...t.dW[l]].map((slope, n) => ({ slope, l, i: Math.floor(n / sizes[l - 1]), j: n % sizes[l - 1] })),
  );
  const steepest = slopes.reduce((a, b) => (Math.abs(b.slope) > Math.abs(a.slope) ? b : a));
  return `All the way back: each of the ${slopes.length} weights has its slope. The steepest is ${three(steepest.slope)}, of ${nameOf(steepest)}.`;
}

/** The step as it is announced: where we are, its result, its sentence. */
export function announcement(steps, v, words) {
  return `${capital(placeOf(v))}, ${title(steps[v.step])}. ${words}`;
}
