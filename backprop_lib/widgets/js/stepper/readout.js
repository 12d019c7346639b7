// Name what the pointer or the selection is on, with all its digits.

import { full, letter, make, setFormula } from "../parts/formula.js";
import { nameOf } from "../parts/steps.js";

/** Every known number of a neuron or weight: [letter, value, role] triples. */
export function numbersOf({ l, i, j }, v, steps) {
  if (i === undefined) return v.knows("C0") ? [[letter("C"), v.cost.total, "forward"]] : [];
  const have = (id) => v.knows(id, l, i, j),
    stepped = steps[v.step].id === "GD";
  if (j !== undefined) {
    const at = i * v.sizes[l - 1] + j;
    const slope =
      have("BP3") && !stepped
        ? [[letter("∂C/∂w", undefined, undefined, "gradient"), v.t.dW[l][at], "gradient"]]
        : [];
    return [[letter("w"), (stepped ? v.q : v.p).W[l][at], "forward"], ...slope];
  }
  const at = i * v.m + v.r;
  if (l === 0) return [[letter("x"), v.x[at], "forward"]];
  return [
    ...(have("F2")
      ? [[letter("a"), v.t.a[l][at], "forward"]]
      : have("F1")
        ? [[letter("z"), v.t.z[l][at], "forward"]]
        : []),
    ...(have(l === 2 ? "BP1" : "BP2")
      ? [[letter("δ", undefined, undefined, "gradient"), v.t.delta[l][at], "gradient"]]
      : []),
  ];
}

/** Write the line under the diagram. */
export function readOut(target, item, v, steps) {
  setFormula(target, []);
  target.append(make("span", "bp-item", nameOf(item) || (steps[v.step].id === "C0" ? "the cost" : `example ${v.example}`)));
  for (const [piece, value, role] of numbersOf(item, v, steps)) {
    const entry = make("span", "bp-entry");
    setFormula(entry, [piece, " = "]);
    entry.removeAttribute("aria-label");
    entry.append(make("span", `bp-figures bp-${role}`, full(value)));
    target.append(" ", entry);
  }
  target.removeAttribute("aria-label");
}
