// Work out each line of a receipt from the lines above it, and what the classic slips would write there.

export const STEPS = ["F1", "F2", "C0", "BP1", "BP2", "BP3", "BP4", "GD"];
const QUANTITY = { F1: "z", F2: "a", C0: "C", BP1: "delta", BP2: "delta", BP3: "dW", BP4: "db" };

const map = (A, f) => A.map((row, i) => row.map((value, j) => f(value, i, j)));
const turn = (A) => A[0].map((_, j) => A.map((row) => row[j]));
const mul = (A, B) => A.map((row) => B[0].map((_, j) => row.reduce((sum, value, k) => sum + value * B[k][j], 0)));
const minus = (A, B) => map(A, (value, i, j) => value - B[i][j]);
const scale = (A, factor) => map(A, (value) => value * factor);
const hadamard = (A, B) => map(A, (value, i, j) => value * B[i][j]);
const small = (z) => Math.exp(-Math.abs(z));
const sigma = (Z) => map(Z, (z) => (z < 0 ? small(z) : 1) / (1 + small(z)));
const prime = (Z) => map(Z, (z) => small(z) / ((1 + small(z)) * (1 + small(z))));
const over = (A) => A.map((row) => [row.reduce((sum, value) => sum + value, 0)]);

/** What a line needs of the world, as [name, layer] pairs. */
const NEEDS = {
  F1: (l) => [["a", l - 1]],
  F2: (l) => [["z", l]],
  C0: () => [["a", 2]],
  BP1: () => [["a", 2], ["z", 2]],
  BP2: () => [["delta", 2], ["z", 1]],
  BP3: (l) => [["delta", l], ["a", l - 1]],
  BP4: (l) => [["delta", l]],
  GD: (l, name) => [[`d${name}`, l]],
}; // prettier-ignore

const RIGHT = {
  F1: ({ W, a, b }, l) => map(mul(W[l], a[l - 1]), (value, i) => value + (b[l]?.[i][0] ?? 0)),
  F2: ({ z }, l) => sigma(z[l]),
  C0: ({ a, y }) => [[minus(a[2], y).flat().reduce((sum, miss) => sum + miss * miss, 0) / (2 * y[0].length)]],
  BP1: ({ a, y, z }) => scale(hadamard(minus(a[2], y), prime(z[2])), 1 / y[0].length),
  BP2: ({ W, delta, z }) => hadamard(mul(turn(W[2]), delta[2]), prime(z[1])),
  BP3: ({ delta, a }, l) => mul(delta[l], turn(a[l - 1])),
  BP4: ({ delta }, l) => over(delta[l]),
  GD: (world, l, name) => minus(world[name][l], scale(world[`d${name}`][l], world.alpha)),
};

const noSlope = "σ′(z) is forgotten.", noMean = "the 1/m is forgotten.", sign = "the sign is not right.";
const SLIPS = {
  F1: ({ W, a }, l) => [["the bias is left out.", mul(W[l], a[l - 1])]],
  F2: ({ z }, l) => [["that is z, before the squash.", z[l]], ["the sign in the exponent is lost.", sigma(scale(z[l], -1))]],
  C0: (world) => [[noMean, scale(RIGHT.C0(world), world.y[0].length)], ["the half is forgotten.", scale(RIGHT.C0(world), 2)]],
  BP1: (world) => [
    [noSlope, scale(minus(world.a[2], world.y), 1 / world.y[0].length)],
    [noMean, scale(RIGHT.BP1(world), world.y[0].length)],
    ["a was used for z in σ′.", scale(hadamard(minus(world.a[2], world.y), prime(world.a[2])), 1 / world.y[0].length)],
    [sign, scale(RIGHT.BP1(world), -1)],
  ],
  BP2: (world) => [
    [noSlope, mul(turn(world.W[2]), world.delta[2])],
    ["the transpose of W[2] is forgotten.", square(world.W[2]) ? hadamard(mul(world.W[2], world.delta[2]), prime(world.z[1])) : []],
    ["a was used for z in σ′.", world.a[1] ? hadamard(mul(turn(world.W[2]), world.delta[2]), prime(world.a[1])) : []],
    [sign, scale(RIGHT.BP2(world), -1)],
  ],
  BP3: (world, l) => [
    ["z was used for a.", world.z[l - 1] ? mul(world.delta[l], turn(world.z[l - 1])) : []],
    ["the transpose: rows are targets, columns origins.", square(RIGHT.BP3(world, l)) ? turn(RIGHT.BP3(world, l)) : []],
    [noMean, scale(RIGHT.BP3(world, l), world.y[0].length)],
    [sign, scale(RIGHT.BP3(world, l), -1)],
  ],
  BP4: (world, l) => [
    ["δ is averaged over the examples; it carries the 1/m already.", scale(RIGHT.BP4(world, l), 1 / world.y[0].length)],
    [noMean, scale(RIGHT.BP4(world, l), world.y[0].length)],
    [sign, scale(RIGHT.BP4(world, l), -1)],
  ],
  GD: (world, l, name) => [
    ["the step goes uphill.", minus(world[name][l], scale(world[`d${name}`][l], -world.alpha))],
    ["the learning rate is forgotten.", minus(world[name][l], world[`d${name}`][l])],
  ],
}; // prettier-ignore
const square = (A) => A.length === A[0].length;

/** The values that a line needs, as rows; or a sentence where something it rests on is missing above it. */
export function worth({ id, layer, name }, world) {
  const named = id === "GD" ? name === "W" || (name === "b" && world.b[1]) : name === QUANTITY[id];
  const fits = { C0: layer === 2, BP1: layer === 2, BP2: layer === 1, BP4: Boolean(world.b[1]) }[id] ?? true;
  if (!named || !fits) return "there is no such line in this network.";
  const missing = NEEDS[id](layer, name).find(([quantity, l]) => !world[quantity][l]);
  return missing ? `${missing[0]}[${missing[1]}] is missing above it.` : RIGHT[id](world, layer, name);
}

/** What each slip would write in a line: [sentence, rows]; those that cannot be made here are left out. */
export const slipsIn = ({ id, layer, name }, world) =>
  SLIPS[id](world, layer, name).filter(([, values]) => values.length);
