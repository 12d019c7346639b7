// Set up a spot-the-bug puzzle from its number: a network, a slip, choices; and train it beside the right one.

import { judge, accuracyOf } from "../engine/answers.js";
import { BUGS } from "../engine/bugs.js";
import { backward, cost, forward, network, step, workspace } from "../engine/engine.js";
import { check } from "../engine/gradcheck.js";
import { initialize } from "../engine/initialize.js";
import { randomState } from "../engine/random.js";
import { copy } from "../parts/rows.js";
import { toVector } from "../engine/vectors.js";

export const UPDATES = 60;
const [CHOICES, LEARNED] = [5, 0.8]; // the right program gets so many points right: then there is something to compare

/** Puzzle number n: which slip, in which of the networks, from which weights, and what is offered as an answer. */
export function puzzle(n, networks, names) {
  const random = randomState(7919 * n + 13),
    pick = (all) => all[Math.floor(random() * all.length)];
  const order = shuffled(names, randomState(116 + Math.floor((n - 1) / names.length))); // each slip once in so many puzzles, an easy one first
  const name = order[(n - 1) % names.length];
  const nets = networks.map((given) => ({ ...given, net: network(given.spec) })).filter(({ net, slips }) => BUGS[name].applies(net) && (!slips || slips.includes(name)));
  const { net, spec, x: rows, y: targets, learning_rate, scheme } = pick(nets);
  const set = { name, net, spec, learning_rate, x: Float64Array.from(rows.flat()), y: Float64Array.from(targets.flat()) };
  const learns = (p) => descend({ ...set, p }, "", UPDATES).accuracy.at(-1) >= LEARNED;
  for (let tries = 0; tries < 50; tries++) if (learns((set.p = initialize(net, n + 10000 * tries, scheme)))) break;
  const others = shuffled(names.filter((other) => other !== name && BUGS[other].applies(net)), random).slice(0, CHOICES - 1);
  return { ...set, choices: shuffled([name, ...others], random) };
}

function shuffled(all, random) {
  const left = [...all];
  return all.map(() => left.splice(Math.floor(random() * left.length), 1)[0]);
}

/** Steps by a slip's gradients, or by the right ones: cost, accuracy and θ before each; those of a carrying slip add up. */
export function descend({ net, p: first, x, y, learning_rate }, name, epochs) {
  const m = x.length / net.sizes[0],
    t = workspace(net, m),
    p = copy(first),
    right = judge(y, net.sizes[net.L]),
    bug = name && !BUGS[name].carries ? BUGS[name].gradients : backward;
  const found = { cost: [], accuracy: [], at: [], slopes: [], overflowed: false };
  let carried = null;
  for (let k = 0; k <= epochs; k++) {
    forward(net, p, x, t);
    const { total } = cost(net, p, t, y);
    if ((found.overflowed = !Number.isFinite(total) || !toVector(p).every(Number.isFinite))) break;
    found.cost.push(total);
    found.accuracy.push(accuracyOf(right, t.a[net.L], m));
    found.at.push(copy(p));
    bug(net, p, t, y);
    if (name && BUGS[name].carries) carried = added(t, carried);
    found.slopes.push(toVector({ W: t.dW, b: t.db }));
    step(p, t, learning_rate, p);
  }
  return found;
}

/** Add the gradients of the step before to those in t, and return a copy of the sum. */
function added(t, before) {
  for (const part of ["dW", "db"])
    t[part].forEach((values, l) => before && values?.forEach((v, i) => (values[i] = v + before[part][l][i])));
  return { dW: t.dW.map((v) => v?.slice()), db: t.db.map((v) => v?.slice()) };
}

/** What a slip would compute at the same weights; a carrying one as after two steps there. */
export function slopesOf({ net, x, y }, name, p) {
  const t = workspace(net, x.length / net.sizes[0]);
  forward(net, p, x, t);
  BUGS[name].gradients(net, p, t, y);
  return toVector({ W: t.dW, b: t.db });
}

/** The gradient check of a run before step k: every parameter, as gradcheck.js has it. */
export const checkAt = ({ net, x, y }, run, k) => check(net, run.at[k], x, y, run.slopes[k]);
