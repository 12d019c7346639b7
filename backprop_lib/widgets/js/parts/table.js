// Show every number of the diagram as tables, with eight decimals, for reading, copying and screen readers.

import { eight, full, make } from "./formula.js";
import { ailment } from "./paths.js";
import { LAYERS } from "./steps.js";

const cell = (value) => {
  if (typeof value === "string") return make("td", "", value);
  if (value === undefined) return make("td", "bp-not-yet", "–");
  const element = make("td", "bp-figures", eight(value));
  element.title = full(value);
  return element;
};

export function table(caption, heads, rows) {
  const head = make("tr", "", ...heads.map((text) => (text ? Object.assign(make("th", "", text), { scope: "col" }) : make("td"))));
  const body = rows.map(([name, ...values]) =>
    make("tr", "", Object.assign(make("th", "", name), { scope: "row" }), ...values.map(cell)),
  );
  return make(
    "div",
    "bp-table",
    make("table", "", make("caption", "", caption), make("thead", "", head), make("tbody", "", ...body)),
  );
}

/** Three tables: neurons, weights and, where there are several, examples.  What is not computed yet stays open. */
export function tables(v, steps) {
  const { t, p, q, m, r, x, y, sizes, cost } = v;
  const have = v.knows,
    stepped = have("GD");
  const when = (condition, value) => (condition ? value : undefined);
  const neurons = [],
    weights = [];
  for (let i = 0; i < 2; i++)
    neurons.push([`input ${i + 1}`, "", x[i * m + r], "", "", "", ...(v.biases ? ["", "", ""] : [])]);
  for (const l of [1, 2])
    for (let i = 0; i < sizes[l]; i++) {
      const at = i * m + r,
        a = t.a[l][at],
        owes = have(l === 2 ? "BP1" : "BP2", l, i);
      const bias = v.biases ? [p.b[l][i], when(have("BP4", l, i), t.db[l][i]), when(stepped, q.b[l][i])] : [];
      neurons.push([
        `${LAYERS[l]} ${i + 1}${have("F2", l, i) && ailment(l, i, v) ? ` (${ailment(l, i, v)})` : ""}`,
        when(have("F1", l, i), t.z[l][at]),
        when(have("F2", l, i), a),
        when(owes, t.slope[l][at]),
        when(owes, a * (1 - a)),
        when(owes, t.delta[l][at]),
        ...bias,
      ]);
      for (let j = 0; j < sizes[l - 1]; j++) {
        const w = i * sizes[l - 1] + j;
        weights.push([
          `${LAYERS[l - 1]} ${j + 1} → ${LAYERS[l]} ${i + 1}`,
          p.W[l][w],
          when(have("BP3", l, i, j), t.dW[l][w]),
          when(stepped, q.W[l][w]),
        ]);
      }
    }
  const outputs = Array.from({ length: v.outputs }, (_, k) => k),
    index = (k) => (v.outputs > 1 ? ` ${k + 1}` : "");
  const cases = Array.from({ length: m }, (_, s) => [
    String(s + 1),
    x[s],
    x[m + s],
    ...outputs.map((k) => y[k * m + s]),
    ...outputs.map((k) => when(have("F2", 2), t.a[2][k * m + s])),
    when(have("C0"), cost.each[s]),
  ]);
  return [
    table(
      m > 1 ? `Neurons, at example ${v.example}` : "Neurons",
      ["neuron", "z", "a", "∂C/∂a", "σ′(z)", "δ = ∂C/∂z", ...(v.biases ? ["b", "∂C/∂b", "b after the step"] : [])],
      neurons,
    ),
    table("Weights", ["from → to", "w", "∂C/∂w", "w after the step"], weights),
    table(
      "Examples",
      [
        "example",
        "x 1",
        "x 2",
        ...outputs.map((k) => `target${index(k)}`),
        ...outputs.map((k) => `output${index(k)}`),
        "cost",
      ],
      cases,
    ),
  ];
}
