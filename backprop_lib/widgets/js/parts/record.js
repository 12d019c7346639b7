// Hold a widget's state as one flat record whose values are checked, and as the text of a link.
//
// A rule is {choices}, {least, most, whole}, or the same with a count for a list of as many; {some} for a list of
// different words out of these; {text} for a text that this function accepts.

const word = (value) => (value === true ? "on" : value === false ? "off" : String(value));
const number = (text) => (/^-?\d{1,10}(\.\d{1,20})?(e-\d{1,2})?$/.test(text) ? Number(text) : NaN);

/** What a record may hold, and its text; `settle` cuts values to those that fit each other. */
export function recordOf(rules, settle) {
  const names = Object.keys(rules);
  const separator = ({ least }) => (least < 0 ? "_" : "-");

  /** Whether `value` is one that `name` may hold. */
  function allowed(name, value) {
    const { choices, count, least, most, some, text, whole } = rules[name];
    const inside = (v) => typeof v === "number" && v >= least && v <= most && (!whole || Number.isInteger(v));
    if (choices) return choices.includes(value);
    if (some) return Array.isArray(value) && value.every((v, n) => some.includes(v) && value.indexOf(v) === n);
    if (text) return typeof value === "string" && text(value);
    return count ? Array.isArray(value) && value.length === count && value.every(inside) : inside(value);
  }

  /** The record as the text of a link: `data:corners,learning_rate:1,…,selected:1-1-1`. */
  const write = (state) =>
    names.map((name) => `${name}:${[state[name]].flat().map(word).join(separator(rules[name]))}`).join(",");

  function parse(name, text) {
    const { choices, count, some, text: kept } = rules[name];
    if (choices) return choices.find((choice) => word(choice) === text);
    if (some) return text === "" ? [] : text.split("-");
    if (kept) return text;
    return count ? text.split(separator(rules[name])).map(number) : number(text);
  }

  /** The record that a link holds, or `null` if any part of it is not one that `write` makes. */
  function read(text) {
    const state = {};
    for (const part of text.split(",")) {
      const [name, value, ...more] = part.split(":");
      if (!names.includes(name) || name in state || value === undefined || more.length) return null;
      state[name] = parse(name, value);
      if (!allowed(name, state[name])) return null;
    }
    if (!names.every((name) => name in state)) return null;
    const settled = settle(state);
    return names.every((name) => String(settled[name]) === String(state[name])) ? settled : null;
  }

  return { names, allowed, write, read };
}

/** The address with a widget's text put in, or taken out where there is none. */
export function address(href, key, text) {
  const url = new URL(href);
  const others = url.search
    .slice(1)
    .split("&")
    .filter((part) => part && decodeName(part) !== key);
  if (text) others.push(`${encodeURIComponent(key)}=${text}`);
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
