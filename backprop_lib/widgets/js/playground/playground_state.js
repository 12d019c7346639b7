// The playground's state: one flat record with the names of the widget's traits, and the run that it means.

import { DATA_NAMES, dataset, DRAWN } from "../engine/datasets.js";
import { LOSSES, network } from "../engine/engine.js";
import { initialize, SCHEME_NAMES } from "../engine/initialize.js";
import { recordOf } from "../parts/record.js";

export const MOST_EPOCHS = 10000;
export const PARTS = [
  "data", "hidden_size", "second_size", "activation", "loss", "scheme", "seed", "biases", "batch_size", "l2",
  "learning_rate", "later_rate", "epochs", "shown", "neurons", "layers", "compare", "link", "class", "table",
]; // prettier-ignore
const epochs = (least) => ({ least, most: MOST_EPOCHS, whole: true });
const rate = { least: 0.001, most: 10 };

/** What makes a run another run. */
const RUN = {
  data: { choices: DATA_NAMES },
  hidden_size: { least: 1, most: 50, whole: true },
  second_size: { least: 0, most: 50, whole: true },
  activation: { choices: ["sigmoid", "tanh", "relu", "identity"] },
  loss: { choices: Object.keys(LOSSES) },
  scheme: { choices: SCHEME_NAMES },
  seed: { least: 0, most: 4294967295, whole: true },
  biases: { choices: [true, false] },
  batch_size: { least: 0, most: 300, whole: true },
  l2: { least: 0, most: 10 },
  learning_rate: rate,
  since: epochs(0),
  later_rate: rate,
  epochs: epochs(1),
};
const runs = recordOf(RUN, (state) => state);

/** A run as a text that may stand inside a link's, and back; `null` where it is none. */
export const writeRun = (state) => runs.write(state).replaceAll(",", ";").replaceAll(":", "@");
export const readRun = (text) => (/[,:]/.test(text) ? null : runs.read(text.replaceAll(";", ",").replaceAll("@", ":")));

/** What each trait may hold. */
export const RULES = {
  ...RUN,
  shown: epochs(0),
  pinned: { text: (text) => text === "" || readRun(text) !== null },
  hide: { some: PARTS },
};

/** What decides over the first epochs: another value means a run from the start. */
export const FROM_THE_START = runs.names.filter((name) => !["since", "later_rate", "epochs"].includes(name));

/** The learning rate of each epoch: α, and from epoch `since` on, where there is one, another. */
export const rateOf = ({ learning_rate, since, later_rate }) =>
  since ? (epoch) => (epoch < since ? learning_rate : later_rate) : learning_rate;

/** The network, its first weights, the points it learns, and fresh ones where the data set has others to draw. */
export function setup({ data, hidden_size, second_size, activation, loss, scheme, seed, biases, l2 }) {
  const hidden = second_size ? [hidden_size, second_size] : [hidden_size];
  const [outputs, last] = loss === "cross_entropy" ? [2, "softmax"] : [1, "sigmoid"];
  const activations = [...hidden.map(() => activation), last];
  const net = network({ sizes: [2, ...hidden, outputs], activations, loss, l2, biases });
  return {
    net,
    p: initialize(net, seed, scheme),
    learn: dataset(data, { outputs }),
    fresh: DRAWN.includes(data) ? dataset(data, { outputs, seed: 1 }) : null,
  };
}
