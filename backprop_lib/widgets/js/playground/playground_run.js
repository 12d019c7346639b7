// The playground's numbers: a run that follows its state, and everything that is drawn of one epoch of it.

import { accuracyOf, judge } from "../engine/answers.js";
import { backward, cost, forward, workspace } from "../engine/engine.js";
import { FROM_THE_START, rateOf, setup } from "./playground_state.js";
import { run } from "../engine/training.js";

export const SIDE = 48; // places along a side of the map
const TESTS = 48; // epochs of a run at which the fresh points are asked
export const REACH = {
  corners: [-0.5, 1.5], signed_corners: [-2, 2], quadrants: [-3, 3], circles: [-1.6, 1.6], spirals: [-1.4, 1.4],
}; // prettier-ignore

/** The run of a state: the old one where it is of the same, from where its rate changes, or a new one. */
export function follow(old, state) {
  const key = FROM_THE_START.map((name) => state[name]).join();
  const of = old?.key === key ? old : begin(state, key);
  if (of.since !== state.since || (state.since && of.later_rate !== state.later_rate)) {
    const from = Math.min(of.since || Infinity, state.since || Infinity, of.run.epochs);
    of.run.change(rateOf(state), from);
    for (const epoch of of.tested.keys()) if (epoch > from) of.tested.delete(epoch);
  }
  return Object.assign(of, { since: state.since, later_rate: state.later_rate, epochs: state.epochs });
}

function begin(state, key) {
  const { net, p, learn, fresh } = setup(state);
  const right = fresh && judge(fresh.y, net.sizes[net.L]),
    t = fresh && workspace(net, fresh.m),
    tested = new Map();
  const made = run({ net, p, ...learn, learning_rate: rateOf(state), batch_size: state.batch_size, seed: state.seed });

  /** The share of the fresh points that are right after an epoch; NaN where there are none. */
  function test(epoch) {
    if (!fresh) return NaN;
    if (!tested.has(epoch)) {
      forward(net, made.at(epoch), fresh.x, t);
      tested.set(epoch, accuracyOf(right, t.a[net.L], fresh.m));
    }
    return tested.get(epoch);
  }
  /** The epochs at which a curve of the fresh points has its places: those of which the weights are kept. */
  function places(until) {
    if (!fresh) return [];
    const apart = made.stride * Math.max(1, Math.ceil(until / made.stride / TESTS));
    const last = Math.min(until, made.epochs);
    const found = Array.from({ length: Math.floor(last / apart) + 1 }, (_, k) => k * apart);
    return last === until && found.at(-1) < last ? [...found, last] : found;
  }
  return {
    ...{ key, net, learn, fresh, tested, test, places, since: state.since, later_rate: state.later_rate },
    run: made,
    right: judge(learn.y, net.sizes[net.L]),
    t: workspace(net, learn.m),
    /** Train and test for some milliseconds; whether all of it is done. */
    extend(milliseconds, now = () => performance.now()) {
      const end = now() + milliseconds;
      if (!made.extend(this.epochs, milliseconds, now)) return false;
      for (const epoch of places(this.epochs)) {
        if (now() >= end) return false;
        test(epoch);
      }
      return true;
    },
  };
}

/** The last epoch of a run so far, and the one to be shown. */
export const lastOf = (of) => Math.min(of.epochs, of.run.epochs);
export const shownOf = (of, state) => Math.min(state.shown, lastOf(of));

const norm = (values) => Math.hypot(...values); // whose squares may be too large

/** Every number of one epoch: weights, outputs, cost in its two parts, answers, and norms layer by layer. */
export function view(of, epoch) {
  const { net, learn, run: made, t } = of;
  const p = made.at(epoch);
  forward(net, p, learn.x, t);
  backward(net, p, t, learn.y);
  const layers = Array.from({ length: net.L }, (_, n) => ({
    l: n + 1,
    W: norm(p.W[n + 1]),
    dW: norm(t.dW[n + 1]),
    db: net.biases ? norm(t.db[n + 1]) : NaN,
  }));
  const { data, ridge, total } = cost(net, p, t, learn.y);
  return { epoch, p, t, layers, data, ridge, total, accuracy: made.accuracy[epoch], fresh: of.test(epoch) };
}

/** Activations on the whole map, row 0 the lowest x₂: `a[l]` of every neuron, and `one`, how much it says 1. */
export function surface({ net, learn }, p, [low, high], side = SIDE) {
  const m = side * side,
    x = new Float64Array(2 * m);
  const at = (k) => low + ((high - low) * k) / (side - 1);
  for (let k = 0; k < m; k++) [x[k], x[m + k]] = [at(k % side), at(Math.floor(k / side))];
  const a = net.sizes.map((n, l) => (l ? new Float64Array(n * m) : null)); // z is written over by a
  forward(net, p, x, { m, z: a, a });
  return { n: side, a, values: a[net.L].subarray((net.sizes[net.L] - 1) * m), count: learn.m };
}
