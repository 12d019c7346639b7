// The stepper's state: one flat record, the same names as the widget's traits, checked before anything uses it.
//
// Everything on the screen is a function of this record, so a link that holds it restores the picture.

export const MAX_PASSES = 1000;

/** What each name may hold; `example` and `step` are cut to what the data and the biases allow. */
const RULES = {
  data: { choices: ["corners", "signed_corners", "article"] },
  learning_rate: { least: 0.001, most: 10 },
  hidden_size: { least: 1, most: 50, whole: true },
  outputs: { least: 1, most: 2, whole: true },
  biases: { choices: [true, false] },
  seed: { least: 0, most: 4294967295, whole: true },
  example: { least: 1, most: 4, whole: true },
  passes: { least: 0, most: MAX_PASSES, whole: true },
  step: { least: 0, most: 12, whole: true },
  selected: { count: 3, least: 1, most: 50, whole: true },
};
export const NAMES = Object.keys(RULES);

export const EXAMPLES = { corners: 4, signed_corners: 4, article: 1 };

/** What choosing a data set in the page also sets: source 001 has its own rate, width and no biases. */
export const PRESETS = {
  corners: { learning_rate: 1, biases: true },
  signed_corners: { learning_rate: 1, biases: true },
  article: { learning_rate: 0.001, biases: false, hidden_size: 3, outputs: 2, seed: 2017, example: 1 },
};

export const DEFAULTS = {
  data: "corners",
  learning_rate: 1,
  hidden_size: 3,
  outputs: 2,
  biases: true,
  seed: 2017,
  example: 2,
  passes: 0,
  step: 0,
  selected: [1, 1, 1],
};

/** Whether `value` is one that `name` may hold. */
export function allowed(name, value) {
  const { choices, count, least, most, whole } = RULES[name];
  if (choices) return choices.includes(value);
  if (count) return Array.isArray(value) && value.length === count && value.every((v) => inside(v));
  return inside(value);
  function inside(v) {
    return typeof v === "number" && v >= least && v <= most && (!whole || Number.isInteger(v));
  }
}

/** The record with every name present and possible: the example within its data, the step within its pass. */
export function settle(record) {
  const state = {};
  for (const name of NAMES) state[name] = allowed(name, record[name]) ? record[name] : DEFAULTS[name];
  state.example = Math.min(state.example, EXAMPLES[state.data]);
  state.step = Math.min(state.step, state.biases ? 12 : 10);
  const [i, j, k] = state.selected;
  state.selected = [Math.min(i, 2), Math.min(j, state.hidden_size), Math.min(k, state.outputs)];
  return state;
}

/** The record as the text of a link: `data:corners,learning_rate:1,…,selected:1-1-1`. */
export function write(state) {
  const text = (value) =>
    Array.isArray(value) ? value.join("-") : value === true ? "on" : value === false ? "off" : value;
  return NAMES.map((name) => `${name}:${text(state[name])}`).join(",");
}

/** The record that a link holds, or `null` if any part of it is not one that `write` makes. */
export function read(text) {
  const state = {};
  for (const part of text.split(",")) {
    const [name, value, ...more] = part.split(":");
    if (!NAMES.includes(name) || name in state || value === undefined || more.length) return null;
    state[name] = parse(name, value);
    if (!allowed(name, state[name])) return null;
  }
  const settled = settle({ ...DEFAULTS, ...state });
  return NAMES.every((name) => name in state && String(settled[name]) === String(state[name])) ? settled : null;
}

function parse(name, text) {
  const number = (t) => (/^\d{1,10}(\.\d{1,20})?(e-\d{1,2})?$/.test(t) ? Number(t) : NaN);
  if (name === "data") return text;
  if (name === "biases") return { on: true, off: false }[text];
  return name === "selected" ? text.split("-").map(number) : number(text);
}

/** The address with this widget's record put in, or taken out where `state` is null. */
export function address(href, key, state) {
  const url = new URL(href);
  const others = url.search
    .slice(1)
    .split("&")
    .filter((part) => part && decodeName(part) !== key);
  if (state) others.push(`${encodeURIComponent(key)}=${write(state)}`);
  url.search = others.join("&");
  return url.href;
}

function decodeName(part) {
  try {
    return decodeURIComponent(part.split("=")[0].replaceAll("+", " "));
  } catch {
    return null;
  }
}
