// Make the playground's sliders, choosers and switches; each tells `change` which traits the reader moved.

import { chooser, slider, toggle } from "../parts/controls.js";
import { three } from "../parts/formula.js";
import { MOST_EPOCHS } from "./playground_state.js";

const two = (value) => Number(value.toPrecision(2));
const powers = (min, max, round) => ({
  ...{ min, max, step: 0.01 },
  read: (place) => round(10 ** place),
  write: (value) => Math.log10(value).toFixed(4),
});
const RATE = powers(-3, 1, (value) => Number(value.toPrecision(3)));
const PENALTIES = [0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
const nearest = (value) => PENALTIES.reduce((best, v, n) => (Math.abs(v - value) < Math.abs(PENALTIES[best] - value) ? n : best), 0);
const BATCHES = [0, 1, 2, 4, 8, 16, 32, 64, 128];
const DATA = [
  ["corners", "XOR corners {0, 1}"], ["signed_corners", "XOR corners {−1, 1}"], ["quadrants", "XOR quadrants, 300 points"],
  ["circles", "circles, 200 points"], ["spirals", "spirals, 200 points"],
]; // prettier-ignore
const LOSS = [
  ["half_squared_error", "half squared error"], ["squared_error", "squared error"],
  ["binary_cross_entropy", "binary cross-entropy"], ["cross_entropy", "softmax, cross-entropy"],
]; // prettier-ignore
const SCHEMES = [
  ["fan_in", "±1/√n, as source 001"], ["glorot", "Glorot"], ["he", "He"], ["zeros", "all 0"], ["constant", "all ½"],
]; // prettier-ignore
const batch = (size) => [size, size ? (size === 1 ? "1 point" : `${size} points`) : "all points"];

/** What each part is called, in the fold for a class too. */
export const NAMES = {
  data: "data", hidden_size: "hidden size", second_size: "2nd hidden size", activation: "activation", loss: "loss",
  scheme: "first weights", seed: "seed", biases: "biases", batch_size: "batch", l2: "penalty λ", learning_rate: "learning rate α",
  later_rate: "new rate from here on", epochs: "epochs in all", shown: "epoch shown", neurons: "maps of the neurons", layers: "lengths by layer",
  compare: "pin and compare", link: "copy link", class: "this list", table: "table of values",
}; // prettier-ignore

/** The controls by the names of their traits, and the time slider apart; `set` fills them from a state. */
export function controls(change, shown) {
  const pick = (name, options) => chooser(NAMES[name], options, (value) => change({ [name]: value }));
  const slide = (name, given) => slider(NAMES[name], given, (value) => change({ [name]: value }));
  const all = {
    data: pick("data", DATA),
    hidden_size: slide("hidden_size", { min: 1, max: 50, step: 1 }),
    second_size: slide("second_size", { min: 0, max: 50, step: 1, show: (n) => (n ? String(n) : "none") }),
    learning_rate: slide("learning_rate", RATE),
    epochs: slide("epochs", powers(0, Math.log10(MOST_EPOCHS), (value) => Math.round(two(value)))),
    seed: slide("seed", { min: 0, max: 99, step: 1 }),
    activation: pick("activation", ["sigmoid", "tanh", "relu", "identity"].map((name) => [name, name === "relu" ? "ReLU" : name])),
    loss: pick("loss", LOSS),
    scheme: pick("scheme", SCHEMES),
    l2: slide("l2", { min: 0, max: PENALTIES.length - 1, step: 1, read: (n) => PENALTIES[n], write: nearest, show: three }),
    batch_size: pick("batch_size", BATCHES.map(batch)),
    biases: toggle("biases", (on) => change({ biases: on })),
  };
  const later = {
    since: toggle("new rate from here on", (on) => change({ since: on ? Math.max(1, shown()) : 0 })),
    later_rate: slider("new rate α′", RATE, (later_rate) => change({ later_rate })),
  };
  let doing = "";
  const time = slider(NAMES.shown, { min: 0, max: 1, step: 1, show: (n) => doing || String(n) }, (epoch) =>
    change({ shown: epoch === Number(range.max) ? MOST_EPOCHS : epoch }),
  );
  const range = time.element.querySelector("input"),
    [words, box] = [later.since.element.querySelector(".bp-name"), later.later_rate.element.querySelector("input")];
  return {
    all,
    later,
    time,
    set(state, epoch, progress) {
      doing = progress;
      for (const [name, control] of Object.entries(all)) {
        if (name === "batch_size" && !BATCHES.includes(state.batch_size)) control.set(state.batch_size, [...BATCHES, state.batch_size].map(batch));
        else control.set(state[name]);
      }
      later.since.set(state.since > 0);
      later.later_rate.set(state.later_rate);
      box.disabled = !state.since;
      words.textContent = state.since ? `new rate from epoch ${state.since} on` : "new rate from here on";
      range.max = state.epochs;
      time.set(epoch);
    },
  };
}
