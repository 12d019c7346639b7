// From a state to its numbers: the data, the weights after any number of passes, and everything in one pass.
//
// A run always starts from the seed's weights (or from weights given by Python), so that its picture depends
// on the state alone: move the learning rate at pass 40, and all 40 passes are made again at the new rate.

import { apply } from "./edits.js";
import { backward, cost, forward, network, step, workspace } from "../engine/engine.js";
import { initialize } from "../engine/initialize.js";
import { copy, given } from "../parts/rows.js";
import { MAX_PASSES } from "./state.js";

const CORNERS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const ARTICLE = [[1.764052345967664, 0.4001572083672233]]; // RandomState(0).randn(300, 2)[0]
const KEPT = 50; // the weights of every 50th pass are kept, so that going back is quick

/** x (2, m) and y (outputs, m) of a data set.  Two outputs are source 001's: [1, 0] is «no», [0, 1] is «yes». */
export function examples(data, outputs) {
  const points =
    data === "article" ? ARTICLE : data === "corners" ? CORNERS : CORNERS.map((c) => c.map((v) => 2 * v - 1));
  const xor = points.map(([x1, x2]) => (x1 > 0 === x2 > 0 ? 0 : 1));
  const rows = outputs === 1 ? [xor] : [xor.map((v) => 1 - v), xor];
  return {
    m: points.length,
    x: Float64Array.from([0, 1].flatMap((i) => points.map((p) => p[i]))),
    y: Float64Array.from(rows.flat()),
  };
}

/** A run: its costs grow as far as they are asked for, and `at(pass)` gives the weights before that pass. */
export function begin(state, start) {
  const { m, x: firstX, y: firstY } = examples(state.data, state.outputs), { edits = [] } = state;
  const net = network({ sizes: [2, state.hidden_size, state.outputs], biases: state.biases });
  const first = copy(given(start, net) || initialize(net, state.seed));
  const t = workspace(net, m),
    kept = [],
    costs = [];
  let p = first,
    pass = 0,
    { x, y } = data(0);
  const edit = () => apply(edits, pass, p, x, y, net.sizes, m);
  edit();
  kept.push(copy(p));

  const advance = () => {
    forward(net, p, x, t);
    costs[pass] = cost(net, p, t, y).total;
    backward(net, p, t, y);
    step(p, t, state.learning_rate, p);
    pass++;
    edit();
    if (pass % KEPT === 0) kept[pass / KEPT] = copy(p);
  };
  return {
    net,
    m,
    costs,
    data,
    /** Make passes until `until`, or for `milliseconds`; whether all are made. */
    extend(until = MAX_PASSES, milliseconds = Infinity, now = () => performance.now()) {
      if (costs.length > until) return true;
      if (pass < costs.length) seek(costs.length);
      const end = now() + milliseconds;
      while (costs.length <= until && (costs.length % 8 || now() < end)) advance();
      return costs.length > until;
    },
    at(target) {
      seek(target);
      return copy(p);
    },
  };
  function seek(target) {
    const near = Math.min(Math.floor(target / KEPT), kept.length - 1);
    if (pass > target || pass < near * KEPT) {
      [p, pass] = [copy(kept[near]), near * KEPT];
      ({ x, y } = data(pass));
    }
    while (pass < target) advance();
  }
  /** x and y as they are in a pass: with every change by hand up to then. */
  function data(pass) {
    const now = { x: firstX.slice(), y: firstY.slice() };
    const changes = edits.filter(([when, key]) => when <= pass && "xy".includes(key[0]));
    for (const [when, key, value] of [...changes].sort(([a], [b]) => a - b))
      apply([[when, key, value]], when, {}, now.x, now.y, net.sizes, m);
    return now;
  }
}

/** Every number of the pass that `state.passes` updates precede, and the weights and cost that follow it. */
export function view(run, state) {
  const { net, m } = run, { x, y } = run.data(state.passes);
  const p = run.at(state.passes),
    q = copy(p),
    t = workspace(net, m),
    after = workspace(net, m);
  forward(net, p, x, t);
  backward(net, p, t, y);
  step(p, t, state.learning_rate, q);
  forward(net, q, x, after);
  return {
    ...state,
    net,
    m,
    x,
    y,
    p,
    q,
    t,
    L: net.L,
    sizes: net.sizes,
    r: state.example - 1,
    cost: cost(net, p, t, y),
    costAfter: cost(net, q, after, y).total,
  };
}
