// Move through a run: a place forward or back, on into the next pass, to an end; and change a number on the way.

import { edited, MANY } from "./edits.js";
import { MAX_PASSES } from "./state.js";
import { edgeOfPass, neighbour } from "./stops.js";

/** `mayGo` says whether the reader may step on, `pause` stops the playing, `complain` is told what cannot be. */
export function moves(state, commit, { mayGo, pause, complain }) {
  const to = (place) => commit({ closer: "", ...place }); // a move shows the step again
  function move(by) {
    const now = state(), next = neighbour(now, by), { passes } = now;
    if (next) return to(next);
    if (by > 0) return passes < MAX_PASSES ? to({ passes: passes + 1, ...edgeOfPass(now, 1) }) : pause();
    return passes > 0 && to({ passes: passes - 1, ...edgeOfPass(now, -1) });
  }
  return {
    to,
    move,
    /** Step on, unless the reader still has to say what comes. */
    forth: () => (mayGo() ? move(1) : pause()),
    /** To the first place of the pass, and from there to the pass before. */
    first() {
      const now = state(), start = edgeOfPass(now, 1);
      return to(neighbour(now, -1) ? start : { passes: Math.max(0, now.passes - 1), ...start });
    },
    leap: (by) => to({ passes: Math.max(0, Math.min(MAX_PASSES, state().passes + by)) }),
    home: () => to(edgeOfPass(state(), 1)),
    end: () => to(edgeOfPass(state(), -1)),
    change(key, value) {
      const now = state(), edits = edited(now.edits, now.passes, key, value);
      if (edits.length > MANY) complain(`At most ${MANY} numbers can be changed by hand.`);
      else commit({ edits });
    },
  };
}
