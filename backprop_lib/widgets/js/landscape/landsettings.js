// The controls of the landscape; those that a problem does not have are switched off, and keep their places.

import { chooser, slider } from "../parts/controls.js";
import { three } from "../parts/formula.js";
import { namesOf } from "./planes.js";

const PROBLEMS = [["line", "one linear neuron"], ["neuron", "one sigmoid neuron"], ["xor", "XOR by 2-3-1"]];
const PLANES = [["weights", "two weights"], ["random", "two random directions"], ["principal", "the path’s two directions"]];
const logarithmic = (min, max) => ({
  ...{ min, max, step: 0.01, show: three },
  read: (place) => Number((10 ** place).toPrecision(3)),
  write: (value) => Math.log10(value).toFixed(4),
});

/** The elements, and `set` for the state; `choose` and `weigh` are told of a problem and of one of the two weights. */
export function landsettings({ commit, choose, weigh }) {
  const moved = (name) => (value) => commit({ [name]: value });
  const controls = {
    learning_rate: slider("learning rate α", logarithmic(-2, 2), moved("learning_rate")),
    problem: chooser("what learns", PROBLEMS, choose),
    plane: chooser("plane", PLANES, moved("plane")),
    updates: slider("updates", { min: 10, max: 500, step: 10 }, moved("updates")),
    first: chooser("across", [], (place) => weigh(0, place)),
    second: chooser("up", [], (place) => weigh(1, place)),
    span: slider("picture reaches", { ...logarithmic(-0.3, 1.3), show: (value) => `±${three(value)}` }, moved("span")),
    pair: slider("random pair", { min: 0, max: 99, step: 1 }, moved("pair")),
    seed: slider("seed of θ₀", { min: 0, max: 99, step: 1 }, moved("seed")),
  };
  const field = (name) => controls[name].element.querySelector("input, select");
  return {
    rate: controls.learning_rate.element,
    fields: Object.fromEntries(Object.entries(controls).map(([name, { element }]) => [name, [element]])),
    elements: Object.values(controls).slice(1).map(({ element }) => element),
    set(v, { net, count }) {
      const places = namesOf(net).map((name, i) => [i + 1, name]);
      const chosen = count === 2 ? [1, 2] : v.weights;
      for (const [name, control] of Object.entries(controls)) {
        if (name === "first" || name === "second") control.set(chosen[name === "first" ? 0 : 1], places);
        else control.set(v[name]);
      }
      const needs = { plane: true, seed: true, first: v.plane === "weights", second: v.plane === "weights", pair: v.plane === "random" };
      for (const [name, needed] of Object.entries(needs)) field(name).disabled = count === 2 || !needed;
    },
  };
}
