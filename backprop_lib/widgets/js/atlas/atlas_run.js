// Make a run of the atlas again, from its seed, and write the links under which other widgets make the same run.

import { dataset } from "../engine/datasets.js";
import { forward, network, workspace } from "../engine/engine.js";
import { initialize } from "../engine/initialize.js";
import { RULES } from "../playground/playground_state.js";
import { recordOf } from "../parts/record.js";
import { settle, write } from "../stepper/state.js";
import { run } from "../engine/training.js";

export const WORDS = { s: "solved", k: "stuck", d: "diverged", u: "undecided" };

/** The run of a cell: its costs, how it ended, the epoch from which on every corner is right, and its last answers. */
export function remake({ activations, loss, epochs }, { width, learning_rate, seed }) {
  const net = network({ sizes: [2, width, 1], activations, loss });
  const { m, x, y } = dataset("corners");
  const made = run({ net, p: initialize(net, seed), x, y, learning_rate });
  made.extend(epochs);
  const t = workspace(net, m);
  forward(net, made.at(made.epochs), x, t);
  const right = made.accuracy.at(-1);
  let since = made.epochs;
  while (since > 0 && made.accuracy[since - 1] === 1) since--;
  return {
    cost: made.data,
    epochs: made.epochs,
    right: Math.round(4 * right),
    answers: [...t.a[2]],
    since: right === 1 ? since : -1,
    ended: made.diverged ? "diverged" : right === 1 ? "solved" : "stuck",
  };
}

/** The stepper's state of a run, as the text of a link: its last pass, with the numbers of the first corner. */
export const stepperText = ({ width, learning_rate, seed }, passes) =>
  write(settle({ data: "corners", outputs: 1, biases: true, hidden_size: width, learning_rate, seed, passes, example: 1 }));

/** The playground's. */
export const playgroundText = ({ activations, loss, epochs }, { width, learning_rate, seed }) =>
  recordOf(RULES, (state) => state).write({
    ...{ data: "corners", hidden_size: width, second_size: 0, activation: activations[0], loss, scheme: "fan_in", seed },
    ...{ biases: true, batch_size: 0, l2: 0, learning_rate, since: 0, later_rate: learning_rate, epochs, shown: epochs },
    ...{ pinned: "", hide: [] },
  });
