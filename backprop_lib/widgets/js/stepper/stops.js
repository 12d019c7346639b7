// Say where a move leads, how far a pass has come, and what is known there: value by value, step by step, or by phase.
//
// A place in a pass is {step, selected}; value by value, the selected item of the step is the one computed last.

import { shapeOf } from "./state.js";
import { itemAt, itemsOf, select, stepsOfPass } from "../parts/steps.js";

const FIRST = [1, 1, 1];
const same = (a, b) => a.l === b.l && a.i === b.i && a.j === b.j;

/** The values that a step computes one after another; the update is one, because all weights move at once. */
const valuesOf = (step, shape) => (step.id === "GD" ? [{}] : itemsOf(step, shape));
const indexOf = (step, values, shape) =>
  Math.max(0, values.findIndex((item) => same(item, itemAt(step, shape))));

/** The steps at which a phase ends, and the first of all. */
function ends(steps) {
  const last = steps.flatMap(({ phase }, n) => (phase === steps[n + 1]?.phase ? [] : [n]));
  return [0, ...last];
}

/** The first place of a pass (by = 1) or the last (by = -1). */
export function edgeOfPass(state, by) {
  const steps = stepsOfPass(state.biases), step = by > 0 ? 0 : steps.length - 1;
  return state.granularity === "neuron" ? { step, selected: FIRST } : { step };
}

/** The place that one move forward (by = 1) or back (by = -1) leads to; null at the end of the pass. */
export function neighbour(state, by) {
  const steps = stepsOfPass(state.biases), shape = { ...state, ...shapeOf(state) };
  if (state.granularity === "phase") {
    const further = ends(steps).filter((n) => (n - state.step) * by > 0);
    return further.length ? { step: by > 0 ? further[0] : further.at(-1) } : null;
  }
  if (state.granularity === "layer") {
    const step = state.step + by;
    return steps[step] ? { step } : null;
  }
  const values = valuesOf(steps[state.step], shape);
  const within = values[indexOf(steps[state.step], values, shape) + by];
  if (within) return { step: state.step, selected: select(FIRST, within) };
  const step = state.step + by;
  return steps[step] ? { step, selected: select(FIRST, valuesOf(steps[step], shape).at(by > 0 ? 0 : -1)) } : null;
}

/** The phase that a place ends, where the reader goes phase by phase; "" elsewhere. */
export function wholePhase({ granularity, biases, step }) {
  const steps = stepsOfPass(biases);
  return granularity === "phase" && step > 0 && ends(steps).includes(step) ? steps[step].phase : "";
}

/** The place to be at once the reader goes by `granularity`: phase by phase, where the present phase ends. */
export function settled(granularity, { biases, step }) {
  return granularity === "phase" ? { step: ends(stepsOfPass(biases)).find((n) => n >= step) } : {};
}

/** How far the pass has come, in words: step 3 of 13, value 8 of 46, stop 2 of 5. */
export function placeOf(state) {
  const steps = stepsOfPass(state.biases), shape = { ...state, ...shapeOf(state) };
  if (state.granularity === "layer") return `step ${state.step + 1} of ${steps.length}`;
  if (state.granularity === "phase") {
    const stops = ends(steps), reached = stops.filter((n) => n <= state.step).length;
    return `stop ${reached} of ${stops.length}`;
  }
  const counts = steps.map((step) => valuesOf(step, shape).length);
  const total = (list) => list.reduce((a, b) => a + b, 0);
  const values = valuesOf(steps[state.step], shape);
  const place = total(counts.slice(0, state.step)) + indexOf(steps[state.step], values, shape) + 1;
  return `value ${place} of ${total(counts)}`;
}

/** A function that says whether the number of step `id` in layer l, for neuron i or weight (i, j), is known yet. */
export function knowing(state) {
  const steps = stepsOfPass(state.biases), shape = { ...state, ...shapeOf(state) };
  const here = steps[state.step];
  const values = state.granularity === "neuron" ? valuesOf(here, shape) : [];
  const reached = indexOf(here, values, shape);
  return (id, l, i, j) => {
    const place = steps.findIndex((s) => s.id === id && (l === undefined || id === "GD" || s.l === l));
    if (place < 0 || place > state.step) return false;
    if (place < state.step || values.length < 2) return true;
    const index = values.findIndex((item) => same(item, { l, i, j }));
    return index >= 0 ? index <= reached : reached === values.length - 1;
  };
}

/** The place of the step that computes `id` in layer l, with an item of it selected. */
export function placeWhere(state, id, item) {
  const steps = stepsOfPass(state.biases);
  const step = steps.findIndex((s) => s.id === id && (s.l === item.l || id === "GD"));
  return { step, selected: select(state.granularity === "neuron" ? FIRST : state.selected, item) };
}
