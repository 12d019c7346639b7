// The settings of a case: what each may be, and the controls for them.

import { BUGS } from "../engine/bugs.js";
import { chooser, slider, toggle } from "../parts/controls.js";
import { GUESSES } from "./cures.js";
import { DATA_NAMES } from "../engine/datasets.js";
import { three } from "../parts/formula.js";

/** The slips by the numbers that a link has for them; 0 is none. */
export const SLIPS = ["", ...Object.keys(BUGS)];
/** What each trait of the state may hold. */
export const RULES = {
  case: { least: 0, most: 99, whole: true },
  data: { choices: DATA_NAMES },
  hidden: { least: 1, most: 50, whole: true },
  layers: { least: 0, most: 8, whole: true },
  activation: { choices: ["sigmoid", "tanh", "relu", "identity"] },
  loss: { choices: ["half_squared_error", "binary_cross_entropy"] },
  biases: { choices: [true, false] },
  scheme: { choices: ["fan_in", "glorot", "he", "zeros", "constant"] },
  scale: { least: 0.01, most: 100 },
  bias: { least: -20, most: 20 },
  seed: { least: 0, most: 999, whole: true },
  learning_rate: { least: 0.0001, most: 100 },
  epochs: { least: 50, most: 5000, whole: true },
  slip: { least: 0, most: SLIPS.length - 1, whole: true },
  guess: { choices: ["", ...GUESSES] },
};
/** The traits that a run depends on. */
export const SETTINGS = Object.keys(RULES).filter((name) => !["case", "guess"].includes(name));
const WORDS = {
  corners: "corners 0, 1", signed_corners: "corners ±1", quadrants: "quadrants", circles: "circles", spirals: "spirals",
  sigmoid: "sigmoid", tanh: "tanh", relu: "ReLU", identity: "none (identity)",
  half_squared_error: "half squared error", binary_cross_entropy: "cross-entropy",
  fan_in: "±1/√n", glorot: "Glorot", he: "He", zeros: "all 0", constant: "all ½",
};
const power = (least, most) => ({
  min: least, max: most, step: 0.01, show: three,
  read: (place) => Number((10 ** place).toPrecision(2)),
  write: (value) => Math.log10(value).toFixed(4),
});

/** Controls that report changes: the first seven in sight, the others behind a summary. */
export function settingsControls(change) {
  const choose = (name, words) => chooser(words, RULES[name].choices.map((value) => [value, WORDS[value]]), (value) => change({ [name]: value }));
  const slide = (name, words, range) => slider(words, range, (value) => change({ [name]: value }));
  const seen = {
    data: choose("data", "points"),
    activation: choose("activation", "hidden activation"),
    scheme: choose("scheme", "first weights"),
    learning_rate: slide("learning_rate", "learning rate α", power(-4, 2)),
    hidden: slide("hidden", "hidden width", { min: 1, max: 50, step: 1 }),
    layers: slide("layers", "hidden layers", { min: 0, max: 8, step: 1 }),
    biases: toggle("biases", (biases) => change({ biases })),
  };
  const more = {
    loss: choose("loss", "cost"),
    scale: slide("scale", "first weights ×", power(-2, 2)),
    bias: slide("bias", "first biases", { min: -20, max: 20, step: 0.5, show: three }),
    seed: slide("seed", "seed", { min: 0, max: 999, step: 1 }),
    epochs: slide("epochs", "epochs", { min: 50, max: 5000, step: 50 }),
  };
  return { seen, more };
}
