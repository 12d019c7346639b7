// Draw, make data and train as every case on standard input asks.  (tests/widgets/test_training_on_the_page.py judges.)
import { readFileSync } from "node:fs";

const { folder, weights, data, runs, permutations } = JSON.parse(readFileSync(0, "utf8"));
const { initialize } = await import(`${folder}/initialize.js`);
const { dataset } = await import(`${folder}/datasets.js`);
const { randomState } = await import(`${folder}/random.js`);
const { network } = await import(`${folder}/engine.js`);
const { run } = await import(`${folder}/training.js`);

const plain = (layers) => layers.filter(Boolean).map((values) => [...values]);
const both = ({ W, b }) => ({ W: plain(W), b: plain(b) });

/** The weights after every epoch that is asked for, in the order it is asked for. */
function trained({ spec, first, scheme, data, batch_size, seed, learning_rate, epochs, at, change }) {
  const net = network(spec),
    { x, y } = dataset(data.name, { ...data, outputs: spec.sizes.at(-1) });
  const p = first ? { W: [null, ...first.W.map((w) => Float64Array.from(w))], b: [null, ...first.b.map((v) => Float64Array.from(v))] } : initialize(net, seed, scheme);
  const made = run({ net, p, x, y, learning_rate, batch_size, seed });
  let slices = 0;
  if (change) {
    made.extend(epochs);
    made.at(epochs);
    made.change(change.learning_rate, change.epoch);
  }
  while (!made.extend(epochs, 2)) slices++;
  return {
    slices, data: made.data, ridge: made.ridge, accuracy: made.accuracy, rates: made.rates, epochs: made.epochs, diverged: made.diverged,
    at: at.map((epoch) => both(made.at(epoch))),
  };
}

process.stdout.write(
  JSON.stringify({
    weights: weights.map(({ sizes, seed, scheme, value }) => plain(initialize({ sizes, biases: true }, seed, scheme, value).W)),
    permutations: permutations.map(([seed, n]) => {
      const random = randomState(seed);
      return [random.permutation(n), random.permutation(n), random(), random.normal(), random.normal(), random.normal()];
    }),
    data: data.map(({ name, ...given }) => {
      const { m, x, y } = dataset(name, given);
      return { m, x: [...x], y: [...y] };
    }),
    runs: runs.map(trained),
  }),
);
