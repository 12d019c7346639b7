// Say how a run ended and, where it failed, why: as backprop_lib.diagnosis does.

import { verdict } from "./endings.js";
import { dead, saturated, symmetric, vanishing } from "./look_at_neurons.js";
import { noBiases, straight } from "./look_at_network.js";
import { overflow, saddle, tooLarge, tooSmall, wrongGradient } from "./look_at_steps.js";

// In the order of their rank: a wrong gradient explains everything after it, a theorem what no rate can mend.
const LOOKS = [wrongGradient, noBiases, tooLarge, overflow, symmetric, dead, straight, saturated, vanishing, tooSmall, saddle];

/** The verdict, and every cause that was found, the deepest first; a saddle only where nothing else was. */
export function diagnose(run) {
  const word = verdict(run),
    causes = [];
  for (const look of word === "solved" ? [wrongGradient] : LOOKS) {
    const cause = look === saddle && causes.length ? null : look(run, word);
    if (cause) causes.push(cause);
  }
  return { verdict: word, causes };
}
