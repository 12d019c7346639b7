// What each cause is called, where the book teaches it, and what cures it, as changes of a case's settings.

import { three } from "../parts/formula.js";

const two = (value) => Number(value.toPrecision(2));
const within = (rate) => Math.max(1e-4, Math.min(100, two(rate)));

/** Words for the reader's guess; where it is taught; the settings that cure it, with the words for them. */
export const CAUSES = {
  rate: {
    words: "rate too large",
    page: ["xor/debugging", "Lower the rate"],
    cure: (_, { "2/λmax": limit }) => ({ learning_rate: within(limit / 3) }),
    say: ({ learning_rate }) => `learning rate ${three(learning_rate)}, a third of the limit`,
  },
  slow: {
    words: "rate too small",
    page: ["xor/training", "Training"],
    cure: (_, { "2/λmax": limit }) => ({ learning_rate: within(limit / 2) }),
    say: ({ learning_rate }) => `learning rate ${three(learning_rate)}, half of the limit`,
  },
  gradient: { words: "wrong gradient", page: ["lab/bugs", "Spot the bug"], cure: () => ({ slip: 0 }), say: () => "the right gradient" },
  symmetric: {
    words: "twin neurons",
    page: ["xor/worked", "First weights"],
    cure: () => ({ scheme: "fan_in" }),
    say: () => "random first weights",
  },
  dead: {
    words: "dead ReLUs",
    page: ["functions", "ReLU"],
    cure: ({ bias, seed }) => (bias ? { bias: 0 } : { seed: seed + 1 }),
    say: ({ bias }) => (bias === 0 ? "hidden biases that begin at 0" : "other first weights"),
  },
  saturated: {
    words: "saturated neurons",
    page: ["entropy/output", "The slope that cancels"],
    cure: ({ bias, scale }) => (bias || scale > 1 ? { bias: 0, scale: 1 } : { loss: "binary_cross_entropy" }),
    say: ({ loss }) => (loss ? "cross-entropy" : "first weights and biases that are small"),
  },
  biases: { words: "missing biases", page: ["xor/symmetry", "The 75% ceiling"], cure: () => ({ biases: true }), say: () => "biases" },
  straight: {
    words: "one straight line",
    page: ["xor/line", "One line is not enough"],
    cure: ({ layers, hidden }) => ({ layers: Math.max(1, Math.min(layers, 2)), hidden: Math.max(4, hidden), activation: "tanh" }),
    say: ({ layers }) => `${layers} hidden layer${layers > 1 ? "s" : ""} of tanh`,
  },
  vanishing: {
    words: "vanishing gradient",
    page: ["lab/depth", "Depth"],
    cure: () => ({ activation: "tanh", scheme: "glorot" }),
    say: () => "tanh, with Glorot’s first weights",
  },
  saddle: {
    words: "a saddle",
    page: ["lab/landscape", "The landscape"],
    cure: (_, { λmax }) => ({ learning_rate: within(1.5 / λmax), epochs: 2000 }),
    say: ({ learning_rate }) => `learning rate ${three(learning_rate)} and 2000 epochs`,
  },
  overflow: {
    words: "an overflow",
    page: ["xor/debugging", "NaN"],
    cure: () => ({ scale: 1, bias: 0 }),
    say: () => "first weights of an ordinary size",
  },
};

/** What a reader may guess: every cause but the overflow, which is what one sees; and that nothing is wrong. */
export const GUESSES = [...Object.keys(CAUSES).filter((name) => name !== "overflow"), "healthy"];
export const wordsFor = (name) => CAUSES[name]?.words ?? "nothing is wrong";

const SHOWN = {
  "at the end": "where", wrong: "wrong gradients", parameters: "of", "the same": "neurons that are the same", dead: "dead neurons", of: "of",
  S: "S = D(x) + D(−x)", spread: "spread of S", even: "labelled as the mirror image", ceiling: "at most right", hidden: "hidden neurons",
  flat: "slopes that are flat", "mean slope": "mean slope, of the steepest", tenfold: "epochs to grow tenfold", cost: "cost", ratio: "first ÷ last",
  first: "first layer", last: "last layer",
};
const SHARES = ["even", "ceiling", "flat"];

/** The evidence as rows of words and figures. */
export const evidenceRows = ({ evidence }) =>
  Object.entries(evidence).map(([name, value]) => [
    SHOWN[name] ?? name,
    typeof value === "boolean" ? `at the ${value ? "end" : "start"}` : SHARES.includes(name) ? `${Math.round(100 * value)}%` : three(value),
  ]);

/** The changes that cure a cause, with words for them. */
export function cureOf({ name, evidence }, settings) {
  const changes = CAUSES[name].cure(settings, evidence);
  return { changes, words: CAUSES[name].say(changes) };
}
