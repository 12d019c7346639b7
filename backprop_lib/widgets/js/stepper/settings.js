// Make the stepper's sliders and choosers: how far the run has gone, and what network it is a run of.

import { chooser, curve, slider, toggle } from "../parts/controls.js";
import { make, three } from "../parts/formula.js";
import { EXAMPLES, MAX_PASSES, PRESETS } from "./state.js";

const DATA = [
  ["corners", "corners {0, 1}"],
  ["signed_corners", "corners {−1, 1}"],
  ["article", "article’s point"],
];
const RATE = { min: -3, max: 1, step: 0.01, show: String }; // powers of ten
const toRate = (place) => Number((10 ** place).toPrecision(3));
const toPlace = (rate) => Math.log10(rate).toFixed(4);

/** Return the elements and what fills them; `change` is told which traits the reader moved. */
export function settings(change) {
  let cost = 0,
    shown = "corners";
  const rate = slider("learning rate α", { ...RATE, read: toRate, write: toPlace }, (learning_rate) =>
    change({ learning_rate }),
  );
  const width = slider("hidden size", { min: 1, max: 50, step: 1 }, (hidden_size) => change({ hidden_size }));
  const progress = (n) => `${n} · cost ${three(cost)}`;
  const passes = slider("updates so far", { min: 0, max: MAX_PASSES, step: 1, show: progress }, (n) =>
    change({ passes: n }),
  );
  const data = chooser("data", DATA, (chosen) => {
    const other = (chosen === "article") !== (shown === "article"); // the article brings a rate, a width, and no biases
    change({ data: chosen, passes: 0, step: 0, ...(other ? PRESETS[chosen] : {}) });
  });
  const example = chooser("example shown", [], (chosen) => change({ example: chosen }));
  const outputs = chooser("outputs", [[1, "1"], [2, "2"]], (chosen) => change({ outputs: chosen }));
  const biases = toggle("biases", (on) => change({ biases: on }));
  const plot = curve(),
    batch = make("p", "bp-batch");
  passes.element.insertBefore(plot.element, passes.element.lastChild);
  const network = [data, example, outputs, biases].map((control) => control.element);
  const element = make(
    "div",
    "bp-settings",
    passes.element,
    make("div", "bp-pair", rate.element, width.element),
    ...network,
  );

  const fields = { passes, rate, width, data, example, outputs, biases };
  return {
    elements: [element, batch],
    parts: Object.fromEntries(Object.entries(fields).map(([name, control]) => [name, [control.element]])),
    plot,
    set(v) {
      [cost, shown] = [v.cost.total, v.data];
      rate.set(v.learning_rate);
      width.set(v.hidden_size);
      passes.set(v.passes);
      data.set(v.data);
      outputs.set(v.outputs);
      biases.set(v.biases);
      const points = Array.from(
        { length: EXAMPLES[v.data] },
        (_, n) => `${n + 1}: (${three(v.x[n])}, ${three(v.x[v.m + n])})`,
      );
      example.set(v.example, points.map((words, n) => [n + 1, words]));
      const changed = v.edits.length ? ` ${v.edits.length} changed by hand.` : "";
      const taken =
        v.m > 1
          ? `The picture shows example ${v.example}; the cost and every update take all ${v.m} examples.`
          : "One example: the cost and every update take it alone.";
      batch.textContent = taken + changed;
    },
  };
}
