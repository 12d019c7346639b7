// The stepper's state: one flat record, the same names as the widget's traits, checked before anything uses it.
//
// Everything on the screen is a function of this record, so a link that holds it restores the picture.

import { exists } from "./edits.js";
import { EXTRA_NAMES, orUsual, readExtras, writeExtras } from "./extras.js";
import { recordOf } from "../parts/record.js";

export const MAX_PASSES = 1000;

/** What each name may hold; `example` and `step` are cut to what the data and the biases allow. */
const RULES = {
  data: { choices: ["corners", "signed_corners", "article"] },
  learning_rate: { least: 0.001, most: 10 },
  hidden_size: { least: 1, most: 50, whole: true },
  outputs: { least: 1, most: 2, whole: true },
  biases: { choices: [true, false] },
  seed: { least: 0, most: 4294967295, whole: true },
  example: { least: 1, most: 4, whole: true },
  passes: { least: 0, most: MAX_PASSES, whole: true },
  step: { least: 0, most: 12, whole: true },
  selected: { count: 3, least: 1, most: 50, whole: true },
};
export const NAMES = [...Object.keys(RULES), ...EXTRA_NAMES];
const LONGEST = 4000; // characters of a link's text

export const EXAMPLES = { corners: 4, signed_corners: 4, article: 1 };

/** What choosing a data set in the page also sets: source 001 has its own rate, width and no biases. */
export const PRESETS = {
  corners: { learning_rate: 1, biases: true },
  signed_corners: { learning_rate: 1, biases: true },
  article: { learning_rate: 0.001, biases: false, hidden_size: 3, outputs: 2, seed: 2017, example: 1 },
};

export const DEFAULTS = {
  data: "corners",
  learning_rate: 1,
  hidden_size: 3,
  outputs: 2,
  biases: true,
  seed: 2017,
  example: 2,
  passes: 0,
  step: 0,
  selected: [1, 1, 1],
};

const record = recordOf(RULES, (state) => settle(state));
export const allowed = record.allowed;

/** A state as the text of a link: the ten names of RULES, and what of the rest is not as usual. */
export const write = (state) => record.write(state) + writeExtras(state);

/** The state that a link holds, or `null` if any part of it is not one that `write` makes. */
export function read(text) {
  const parts = text.length <= LONGEST ? readExtras(text) : null;
  const rest = parts && record.read(parts.rest);
  if (!rest) return null;
  const state = settle({ ...rest, ...parts.extras });
  return Object.entries(parts.extras).every(([name, value]) => String(state[name]) === String(value)) ? state : null;
}

/** The record with every name present and possible: the example within its data, the step within its pass. */
export function settle(given) {
  const state = {};
  for (const name of record.names) state[name] = allowed(name, given[name]) ? given[name] : DEFAULTS[name];
  for (const name of EXTRA_NAMES) state[name] = orUsual(name, given[name]);
  state.example = Math.min(state.example, EXAMPLES[state.data]);
  state.step = Math.min(state.step, state.biases ? 12 : 10);
  const [i, j, k] = state.selected;
  state.selected = [Math.min(i, 2), Math.min(j, state.hidden_size), Math.min(k, state.outputs)];
  const shape = shapeOf(state);
  state.edits = state.edits.filter(([, key]) => exists(key, shape));
  if (!exists(state.closer, shape)) state.closer = "";
  return state;
}

/** What a state's network looks like: its sizes, whether it has biases, how many examples there are. */
export const shapeOf = ({ hidden_size, outputs, biases, data }) => ({
  sizes: [2, hidden_size, outputs],
  biases,
  m: EXAMPLES[data],
});
