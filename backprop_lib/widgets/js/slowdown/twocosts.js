// Train one sigmoid neuron twice from the same start, with half squared error and with cross-entropy.

import { ACTIVATIONS, backward, cost, forward, LOSSES, network, step, workspace } from "../engine/engine.js";

/** The two costs, by their names in the library. */
export const COSTS = ["half_squared_error", "binary_cross_entropy"];

/** Every number of one run on x = 1, y = 0 from w = b = z/2: place k holds them after k updates. */
export function run(loss, z, alpha, epochs) {
  const net = network({ sizes: [1, 1], loss });
  const [x, y] = [Float64Array.of(1), Float64Array.of(0)];
  const p = { W: [null, Float64Array.of(z / 2)], b: [null, Float64Array.of(z / 2)] };
  const t = workspace(net, 1);
  const found = {};
  for (const name of ["z", "a", "C", "dC_da", "prime", "delta"]) found[name] = new Float64Array(epochs + 1);
  for (let k = 0; k <= epochs; k++) {
    forward(net, p, x, t);
    backward(net, p, t, y);
    found.z[k] = t.z[1][0];
    found.a[k] = t.a[1][0];
    found.C[k] = cost(net, p, t, y).total;
    found.dC_da[k] = LOSSES[loss].prime(t.a[1][0], y[0]);
    found.prime[k] = ACTIVATIONS.sigmoid.prime(t.z[1][0]);
    found.delta[k] = t.delta[1][0];
    step(p, t, alpha, p);
  }
  return found;
}

/** How many updates a run needs until its answer is below ½, on the target's side; −1 if it never is. */
export const turned = ({ a }) => a.findIndex((answer) => answer < 0.5);
