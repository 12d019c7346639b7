// List the steps of one pass, and say what each is about; stops.js says which numbers are known there.
//
// A step knows its equation (the ids are the book's), its layer and its phase; arithmetic.js fills in numbers.

const intoLayer = (l) => [
  { id: "F1", l, phase: "forward" },
  { id: "F2", l, phase: "forward" },
];
const outOfLayer = (l, biases) => [
  { id: l === 2 ? "BP1" : "BP2", l, phase: "backward" },
  { id: "BP3", l, phase: "backward" },
  ...(biases ? [{ id: "BP4", l, phase: "backward" }] : []),
];

/** The steps of one pass through a network with one hidden layer. */
export function stepsOfPass(biases) {
  return [
    { id: "input", l: 0, phase: "forward" },
    ...intoLayer(1),
    ...intoLayer(2),
    { id: "C0", l: 2, phase: "cost" },
    ...outOfLayer(2, biases),
    ...outOfLayer(1, biases),
    { id: "GD", l: 0, phase: "update" },
  ];
}

export const PHASES = ["forward", "cost", "backward", "update"];
export const LAYERS = ["input", "hidden", "output"];

const TITLES = {
  input: () => "An example enters",
  F1: (layer) => `Weighted sums, ${layer} layer`,
  F2: (layer) => `Activations, ${layer} layer`,
  C0: () => "The cost",
  BP1: () => "Sensitivities, output layer",
  BP2: () => "Sensitivities, hidden layer",
  BP3: (layer) => `Weight slopes, ${layer} layer`,
  BP4: (layer) => `Bias slopes, ${layer} layer`,
  GD: () => "Every weight takes its step",
};
export const title = ({ id, l }) => TITLES[id](LAYERS[l]);

const neurons = (v, l) => Array.from({ length: v.sizes[l] }, (_, i) => ({ l, i }));
const weights = (v, l) => neurons(v, l).flatMap(({ i }) => neurons(v, l - 1).map((from) => ({ l, i, j: from.i })));

/** What a step can be asked about, one by one: neurons {l, i}, weights {l, i, j}, or the step as a whole. */
export function itemsOf({ id, l }, v) {
  if (id === "C0" || id === "input") return [{ l }];
  if (id === "BP3") return weights(v, l);
  if (id === "GD") return [2, 1].flatMap((layer) => [...weights(v, layer), ...(v.biases ? neurons(v, layer) : [])]);
  return neurons(v, l);
}

/** The item of a step that the selected neurons (one a layer, counted from 1) point at. */
export function itemAt(step, v) {
  const at = v.selected.map((n) => n - 1);
  if (step.id === "C0" || step.id === "input") return { l: step.l };
  if (step.id === "BP3") return { l: step.l, i: at[step.l], j: at[step.l - 1] };
  if (step.id === "GD") return { l: 2, i: at[2], j: at[1] };
  return { l: step.l, i: at[step.l] };
}

/** The selection that points at an item, so that it stays selected in the steps that follow. */
export function select(selected, { l, i, j }) {
  const next = [...selected];
  if (i !== undefined) next[l] = i + 1;
  if (j !== undefined) next[l - 1] = j + 1;
  return next;
}

/** An item in words. */
export function nameOf({ l, i, j }) {
  if (i === undefined) return "";
  if (j !== undefined) return `weight ${LAYERS[l - 1]} ${j + 1} → ${LAYERS[l]} ${i + 1}`;
  return `${LAYERS[l]} ${l === 1 ? "neuron " : ""}${i + 1}`;
}
