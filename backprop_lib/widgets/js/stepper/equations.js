// Write the book's formula of a step, for whole layers, and the matrix of everything that the step computes.

import { letter } from "../parts/formula.js";
import { before, d, none, plain, slopeOf, target, transposed } from "../parts/letters.js";

/** The formula of a step for whole layers, as the book displays it under the step's id. */
export function formulaOf({ id, l }, v) {
  const [W, b, z, a, delta] = [
    letter("W", l),
    letter("b", l),
    letter("z", l),
    letter("a", l),
    letter("δ", l, none, d),
  ];
  const sigmaPrime = [" ⊙ ", letter("σ′"), "(", z, ")"];
  switch (id) {
    case "input":
      return [letter("a", 0), " = ", letter("x")];
    case "F1":
      return [z, " = ", W, " ", before(l), ...(v.biases ? [" + ", b] : [])];
    case "F2":
      return [a, " = ", letter("σ"), "(", z, ")"];
    case "C0":
      return [plain("C"), " = ", "(1/", plain("m"), ") Σ", plain("", "r"), " ½ ‖", a, " − ", target(), "‖²"];
    case "BP1":
      return [delta, " = ", ...slopeOf(a), ...sigmaPrime];
    case "BP2":
      return [delta, " = ", "(", transposed(letter("W", 2)), " ", letter("δ", 2, none, d), ")", ...sigmaPrime];
    case "BP3":
      return [...slopeOf(W), " = ", delta, " ", transposed(before(l))];
    case "BP4":
      return [...slopeOf(b), " = ", "Σ", plain("", "r"), " ", delta];
    default:
      return [letter("W"), " ← ", letter("W"), " − ", plain("α"), " ", ...slopeOf(letter("W"))];
  }
}

/** Everything the step computes in the item's layer, as a matrix with the item marked. */
export function layerOf({ id, l }, { l: layer, i, j }, v) {
  const { t, p, q, m, r, sizes } = v;
  const column = (name, values, n, role) => ({
    name,
    values: [...values].filter((_, at) => at % m === r),
    rows: n,
    columns: 1,
    role,
    mark: i,
  });
  const grid = (name, values, k, role) => ({
    name,
    values: [...values],
    rows: sizes[k],
    columns: sizes[k - 1],
    role,
    mark: i * sizes[k - 1] + j,
  });
  const vector = (name, values, k, role) => ({
    name,
    values: [...values],
    rows: sizes[k],
    columns: 1,
    role,
    mark: i,
  });
  const slopes = (base) => letter(`∂C/∂${base}`, l, none, d);
  switch (id) {
    case "input":
      return column(letter("x"), t.a[0], 2, "forward");
    case "F1":
      return column(letter("z", l), t.z[l], sizes[l], "forward");
    case "F2":
      return column(letter("a", l), t.a[l], sizes[l], "forward");
    case "C0":
      return { name: plain("C", "r"), values: [...v.cost.each], rows: m, columns: 1, role: "forward", mark: r };
    case "BP1":
    case "BP2":
      return column(letter("δ", l, none, d), t.delta[l], sizes[l], d);
    case "BP3":
      return grid(slopes("W"), t.dW[l], l, d);
    case "BP4":
      return vector(slopes("b"), t.db[l], l, d);
    default:
      return j === none
        ? vector(letter("b", layer), q.b[layer], layer, "forward")
        : grid(letter("W", layer), q.W[layer], layer, "forward");
  }
}
