// What a state holds beside the network and the place in its run, each with a usual value that a link leaves out:
// how the reader goes on, what was changed by hand, what is looked at, and what a teacher has hidden.

import { isEdits, parse } from "./edits.js";

export const GRAINS = ["neuron", "layer", "phase"];
export const SPEEDS = [0.5, 1, 2, 4];
export const PARTS = [
  "pace", "predict", "passes", "rate", "width", "data", "example", "outputs", "biases", "weights", "reset", "link",
  "closer", "receipt", "class", "table",
]; // prettier-ignore

const NUMBER = /^-?\d{1,4}(\.\d{1,24})?(e-\d{1,3})?$/;
const list = (text) => (text === "" ? [] : text.split("_"));

const EXTRAS = {
  granularity: { usual: "layer", allowed: (v) => GRAINS.includes(v), read: String, write: String },
  speed: { usual: 1, allowed: (v) => SPEEDS.includes(v), read: Number, write: String },
  predict: {
    usual: false,
    allowed: (v) => typeof v === "boolean",
    read: (text) => ({ on: true, off: false })[text],
    write: (v) => (v ? "on" : "off"),
  },
  closer: {
    usual: "",
    allowed: (v) => v === "" || ["n", "w"].includes(parse(v)?.kind),
    read: String,
    write: String,
  },
  edits: {
    usual: [],
    allowed: isEdits,
    read: (text) => list(text).map(readEdit),
    write: (v) => v.map((edit) => edit.join("~")).join("_"),
  },
  hide: {
    usual: [],
    allowed: (v) => Array.isArray(v) && v.every((part, n) => PARTS.includes(part) && v.indexOf(part) === n),
    read: list,
    write: (v) => v.join("_"),
  },
};
export const EXTRA_NAMES = Object.keys(EXTRAS);

function readEdit(text) {
  const [pass, key, value, ...more] = text.split("~");
  return more.length || !NUMBER.test(value) || !/^\d{1,4}$/.test(pass) ? null : [Number(pass), key, Number(value)];
}

/** The value if it is one that `name` may hold, else the usual one. */
export const orUsual = (name, value) => (EXTRAS[name].allowed(value) ? value : EXTRAS[name].usual);

/** The parts of a link for what is not as usual: `,granularity:neuron,edits:0~w1.1.1~0.5`. */
export function writeExtras(state) {
  const parts = EXTRA_NAMES.map((name) => [name, EXTRAS[name].write(state[name])]);
  return parts
    .filter(([name, text]) => text !== EXTRAS[name].write(EXTRAS[name].usual))
    .map(([name, text]) => `,${name}:${text}`)
    .join("");
}

/** A link's text taken apart: {rest, extras}; null where an extra is wrong or stands twice. */
export function readExtras(text) {
  const extras = {}, rest = [];
  for (const part of text.split(",")) {
    const [name, value, ...more] = part.split(":");
    if (!EXTRA_NAMES.includes(name)) {
      rest.push(part);
      continue;
    }
    if (name in extras || value === undefined || more.length) return null;
    extras[name] = EXTRAS[name].read(value);
    if (!EXTRAS[name].allowed(extras[name])) return null;
  }
  return { rest: rest.join(","), extras };
}
