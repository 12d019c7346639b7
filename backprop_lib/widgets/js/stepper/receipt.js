// Write a step with all that leads to it as a receipt, and check one line by line; receipt.py does the same.
//
// A line is right if it follows from the lines above it as they stand, or is the true one: a slip is reported
// where it was made, once.

import { STEPS, slipsIn, worth } from "./receipt_lines.js";

export const KIND = "backprop_lib step";
export const LONGEST = 200000; // characters
const LARGEST = 1e6;

const rows = (values, n) => {
  const width = values.length / n;
  return Array.from({ length: n }, (_, i) => [...values.slice(i * width, (i + 1) * width)]);
};

/** The receipt of the step in view: what is given, and every line up to it. */
export function receiptOf(v, steps) {
  const { x, y, p, q, t, sizes } = v;
  const layers = (values) => Object.fromEntries([1, 2].filter((l) => values[l]).map((l) => [l, rows(values[l], sizes[l])]));
  const NAMES = { F1: ["z", t.z], F2: ["a", t.a], BP1: ["delta", t.delta], BP2: ["delta", t.delta], BP3: ["dW", t.dW], BP4: ["db", t.db] };
  const after = [["W", q.W], ...(v.biases ? [["b", q.b]] : [])];
  const lines = steps.slice(1, v.step + 1).flatMap(({ id, l }) => {
    if (id === "C0") return [{ id, name: "C", layer: 2, values: [[v.cost.total]] }];
    if (id === "GD")
      return after.flatMap(([name, values]) => [1, 2].map((k) => ({ id, name, layer: k, values: rows(values[k], sizes[k]) })));
    const [name, values] = NAMES[id];
    return [{ id, name, layer: l, values: rows(values[l], sizes[l]) }];
  }); // prettier-ignore
  const { id, l } = steps[v.step];
  return {
    kind: KIND,
    pass: v.passes + 1,
    step: id,
    layer: l,
    digits: 8,
    learning_rate: v.learning_rate,
    x: rows(x, 2),
    y: rows(y, v.outputs),
    W: layers(p.W),
    b: v.biases ? layers(p.b) : {},
    lines,
  };
}

// ── reading ───────────────────────────────────────────────────────────────────────────────────────────────

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isNumber = (value, least = -LARGEST, most = LARGEST) =>
  typeof value === "number" && value >= least && value <= most;
const isWhole = (value, least, most) => isNumber(value, least, most) && Number.isInteger(value);
const isMatrix = (value, n, k) =>
  Array.isArray(value) &&
  value.length === n &&
  value.every((row) => Array.isArray(row) && row.length === k && row.every((entry) => isNumber(entry)));

/** What is wrong with the parts of a receipt, in one sentence; nothing where it can be checked. */
function trouble(given) {
  if (!isObject(given)) return "A receipt is an object with x, y, W, b and lines.";
  if (given.kind !== KIND) return `This is no receipt of a step: its kind is not “${KIND}”.`;
  const { x, y, W, b, lines, digits, learning_rate } = given;
  const m = Array.isArray(x) && Array.isArray(x[0]) ? x[0].length : 0;
  if (!(m >= 1 && m <= 100) || !isMatrix(x, 2, m)) return "x needs 2 rows of 1 to 100 numbers each.";
  const K = Array.isArray(y) ? y.length : 0;
  if (!(K === 1 || K === 2) || !isMatrix(y, K, m)) return `y needs 1 or 2 rows of ${m} numbers.`;
  const H = isObject(W) && Array.isArray(W[1]) ? W[1].length : 0;
  if (!(H >= 1 && H <= 50) || !isMatrix(W[1], H, 2)) return "W[1] needs 1 to 50 rows of 2 numbers.";
  if (!isMatrix(W[2], K, H)) return `W[2] needs ${K} rows of ${H} numbers.`;
  if (!isObject(b)) return "b needs the keys 1 and 2, or none.";
  const biases = Object.keys(b).length > 0;
  if (biases && !(isMatrix(b[1], H, 1) && isMatrix(b[2], K, 1))) return `b needs ${H} rows of 1 number for layer 1 and ${K} for layer 2.`;
  if (!isNumber(learning_rate, 0, 1000)) return "learning_rate needs a number from 0 to 1000.";
  if (!isWhole(digits, 1, 15)) return "digits needs a whole number from 1 to 15.";
  if (!Array.isArray(lines) || lines.length > 20) return "lines needs a list of at most 20 lines.";
  const strange = lines.findIndex((line) => !isObject(line) || !STEPS.includes(line.id) || ![1, 2].includes(line.layer));
  return strange < 0 ? "" : `Line ${strange + 1} needs an id (${STEPS.join(", ")}) and a layer, 1 or 2.`;
} // prettier-ignore

const eight = (value) => value.toFixed(8).replace("-", "−");

/** What becomes of one line: {kind, text}; its values go into the world as written, the true ones into the other. */
function judge(line, world, truth, digits) {
  const { id, layer, values } = line, name = id === "C0" ? "C" : `${String(line.name).slice(0, 9)}[${layer}]`;
  const right = worth(line, world);
  if (typeof right === "string") return { kind: "unread", text: `(${id}) ${name}: ${right}` };
  if (!isMatrix(values, right.length, right[0].length))
    return { kind: "unread", text: `(${id}) ${name} needs ${right.length} × ${right[0].length} numbers.` };
  const allowed = (size) => 5 * 10 ** -digits * Math.max(size, 1e-12);
  const size = Math.max(...right.flat().map(Math.abs));
  const kept = id !== "C0" && id !== "GD", real = worth(line, truth);
  if (kept) [world[line.name][layer], truth[line.name][layer]] = [values, real];
  const agrees = (other) => other.every((row, i) => row.every((value, j) => Math.abs(values[i][j] - value) <= allowed(size)));
  if (agrees(right) || agrees(real)) return { kind: "right", text: `(${id}) ${name} is right.` };
  const far = right.flatMap((row, i) => row.map((value, j) => ({ i, j, far: Math.abs(values[i][j] - value) })));
  const { i, j } = far.reduce((a, b) => (b.far > a.far ? b : a));
  const where = right.length * right[0].length > 1 ? `, row ${i + 1}, column ${j + 1}` : "";
  const slip = slipsIn(line, world).find(([, other]) => agrees(other));
  const why = slip ? ` A known slip: ${slip[0]}` : "";
  return { kind: slip ? "slip" : "wrong", text: `(${id}) ${name}${where}: ${eight(values[i][j])} is written, ${eight(right[i][j])} is needed.${why}` };
} // prettier-ignore

/** Check a receipt's text: {trouble} if it cannot be read, else {lines}: a verdict {kind, text} for each. */
export function checkReceipt(text) {
  if (text.length > LONGEST) return { trouble: `A receipt has at most ${LONGEST} characters.` };
  let given;
  try {
    given = JSON.parse(text);
  } catch {
    return { trouble: "This is not JSON: paste a receipt as it was exported." };
  }
  const wrong = trouble(given);
  if (wrong) return { trouble: wrong };
  const { x, y, W, b, learning_rate: alpha } = given;
  const [world, truth] = [0, 1].map(() => ({ x, y, W, b, alpha, z: {}, a: { 0: x }, delta: {}, dW: {}, db: {} }));
  return { lines: given.lines.map((line) => judge(line, world, truth, given.digits)) };
}
