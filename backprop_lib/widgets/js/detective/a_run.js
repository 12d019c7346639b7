// What the looks for a cause share.  A run is { net, start, end, x, y, cost, accuracy, alpha, begun, overflowed, backward }.

import { forward, workspace } from "../engine/engine.js";
import { sharpening } from "./spectrum.js";

const bends = new WeakMap();

/** How the cost bends at the run's "start" or "end", worked out once; as a generator, a product at a time. */
export function* bending(run, where) {
  if (!bends.has(run)) bends.set(run, {});
  return (bends.get(run)[where] ??= yield* sharpening(run.net, run[where], run.x, run.y));
}
export function bendOf(run, where) {
  const work = bending(run, where);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** A pass of the run's network forwards, at its end and for its own points unless others are given. */
export const pass = ({ net, end, x: own }, p = end, x = own) => forward(net, p, x, workspace(net, x.length / net.sizes[0]));
export const last = (values) => values[values.length - 1];
export const percent = (share) => `${Math.round(100 * share)}%`;
