// Time a step of engine.js against one of objects.mjs, turn about, from the same weights to the same weights.
import { objects, stepOfObjects } from "./objects.mjs";

const [, , folder, rounds = "15"] = process.argv;
const { backward, forward, network, step, workspace } = await import(`${folder}/engine.js`);
const { initialize } = await import(`${folder}/initialize.js`);
const { dataset } = await import(`${folder}/datasets.js`);

const STEPS = 1000,
  ALPHA = 1;

function measured(width) {
  const net = network({ sizes: [2, width, 1] }),
    { m, x, y } = dataset("corners");
  const points = Array.from({ length: m }, (_, r) => [x[r], x[m + r]]),
    targets = Array.from(y, (v) => [v]);
  const engine = () => {
    const p = initialize(net, 1),
      t = workspace(net, m);
    return [p, () => {
      for (let n = 0; n < STEPS; n++) {
        forward(net, p, x, t);
        backward(net, p, t, y);
        step(p, t, ALPHA, p);
      }
    }];
  };
  const peer = () => {
    const layers = objects(net.sizes, initialize(net, 1));
    return [layers, () => {
      for (let n = 0; n < STEPS; n++) stepOfObjects(layers, points, targets, ALPHA);
    }];
  };
  const times = { engine: [], peer: [] };
  let apart = 0;
  for (let round = 0; round < Number(rounds) + 3; round++) {
    const [p, learn] = engine(),
      [layers, learnToo] = peer();
    const turns = [["engine", learn], ["peer", learnToo]];
    for (const [name, work] of round % 2 ? turns : turns.reverse()) {
      const start = performance.now();
      work();
      if (round >= 3) times[name].push(((performance.now() - start) * 1000) / STEPS); // µs a step, once warm
    }
    for (const l of [1, 2])
      layers[l].forEach((neuron, i) => {
        apart = Math.max(apart, Math.abs(neuron.bias - p.b[l][i]));
        neuron.incoming.forEach((weight, j) => (apart = Math.max(apart, Math.abs(weight.value - p.W[l][i * net.sizes[l - 1] + j]))));
      });
  }
  if (!(apart < 1e-9)) throw new Error(`the two did other work: their weights are ${apart} apart`);
  return { width, apart, ...times };
}

process.stdout.write(JSON.stringify([3, 50].map(measured)));
