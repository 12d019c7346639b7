// Name every number that a reader may change, and put the changes into a run.
//
// A key is a letter and places counted from 1: w1.2.1 is the weight into hidden neuron 2 from input 1, b2.1 a
// bias, x1.3 and y1.3 an input and a target of example 3; n1.2 is a neuron, which can be looked at.  An edit is
// [pass, key, value]: it holds from that pass on.

export const MOST = 1000; // the largest size of a number given by hand
export const MANY = 40; // edits in one state

const KEY = /^([wbxyn])((?:0|[1-9][0-9]?)(?:\.[1-9][0-9]?){1,2})$/;

/** A key as {kind, at}; null where it is none. */
export function parse(key) {
  const [, kind, places] = (typeof key === "string" && KEY.exec(key)) || [];
  return kind ? { kind, at: places.split(".").map(Number) } : null;
}

/** Whether there is such a number or neuron in a network of these sizes with m examples. */
export function exists(key, { sizes, biases, m }) {
  const { kind, at } = parse(key) ?? {};
  const inside = (n, most) => n >= 1 && n <= most;
  const [a, b, c] = at ?? [];
  if (kind === "w") return at.length === 3 && inside(a, 2) && inside(b, sizes[a]) && inside(c, sizes[a - 1]);
  if (!kind || at.length !== 2) return false;
  if (kind === "n") return a <= 2 && inside(b, sizes[a]);
  if (kind === "b") return biases && inside(a, 2) && inside(b, sizes[a]);
  return inside(a, sizes[kind === "x" ? 0 : 2]) && inside(b, m);
}

const finite = (value) => typeof value === "number" && Math.abs(value) <= MOST;

/** Whether a value is a list of edits, each of a form that can be. */
export const isEdits = (value) =>
  Array.isArray(value) &&
  value.length <= MANY &&
  value.every(
    (edit) =>
      Array.isArray(edit) &&
      edit.length === 3 &&
      Number.isInteger(edit[0]) &&
      edit[0] >= 0 &&
      edit[0] <= 1000 &&
      !["n", undefined].includes(parse(edit[1])?.kind) &&
      finite(edit[2]),
  );

/** The edits with one more, in the place of an earlier one of the same number in the same pass. */
export const edited = (edits, pass, key, value) => [
  ...edits.filter(([p, k]) => p !== pass || k !== key),
  [pass, key, value],
];

/** Put every edit made in `pass` into the parameters and data. */
export function apply(edits, pass, { W, b }, x, y, sizes, m) {
  for (const [when, key, value] of edits) {
    if (when !== pass) continue;
    const { kind, at } = parse(key);
    const [first, second, third] = at;
    if (kind === "w") W[first][(second - 1) * sizes[first - 1] + third - 1] = value;
    else if (kind === "b") b[first][second - 1] = value;
    else (kind === "x" ? x : y)[(first - 1) * m + second - 1] = value;
  }
}
