// Write a line of the network as an expression of matrices; work out its row form, its shape and its numbers.
//
// A dimension has a name and a size: two that must match are told from two that are equal by accident.

export const quantity = (name, l) => ({ kind: "quantity", name, l });
export const transpose = (of) => ({ kind: "transpose", of });
export const times = (A, B) => ({ kind: "times", A, B });
export const hadamard = (A, B) => ({ kind: "hadamard", A, B });
export const plus = (A, B) => ({ kind: "plus", A, B });
export const descend = (A, B) => ({ kind: "descend", A, B }); // A − α B
export const apply = (name, of) => ({ kind: "apply", name, of }); // f or prime, entry by entry
export const overExamples = (of) => ({ kind: "sum", of });

const isWeights = ({ name }) => name === "W" || name === "dW";

/** The transpose of an expression where examples are rows: every array but W and ∂C/∂W is stored turned. */
function turned(e) {
  if (e.kind === "quantity") return isWeights(e) ? transpose(e) : e;
  if (e.kind === "transpose") return kept(e.of);
  if (e.kind === "times") return times(turned(e.B), turned(e.A));
  return "A" in e ? { ...e, A: turned(e.A), B: turned(e.B) } : { ...e, of: turned(e.of) };
}

/** An expression itself where examples are rows. */
function kept(e) {
  if (e.kind === "quantity") return isWeights(e) ? e : transpose(e);
  if (e.kind === "transpose") return turned(e.of);
  return "A" in e ? { ...e, A: kept(e.A), B: kept(e.B) } : { ...e, of: kept(e.of) };
}

/** A line for the convention in force: as it stands for columns, transposed as a whole for rows. */
export const convert = (line, rows) =>
  rows ? { ...line, right: (isWeights(line.left) ? kept : turned)(line.right) } : line;

/** The expression with every transpose left out. */
export function forgotten(e) {
  if (e.kind === "quantity") return e;
  if (e.kind === "transpose") return forgotten(e.of);
  return "A" in e ? { ...e, A: forgotten(e.A), B: forgotten(e.B) } : { ...e, of: forgotten(e.of) };
}

export const hasTranspose = (e) =>
  e.kind === "transpose" || [e.A, e.B, e.of].some((part) => part !== undefined && hasTranspose(part));

/** Two inner dimensions that differ, and what NumPy says to them. */
export class Clash extends Error {
  constructor(left, right) {
    super(
      "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature " +
        `(n?,k),(k,m?)->(n?,m?) (size ${right.size} is different from ${left.size})`,
    );
    Object.assign(this, { left, right });
  }
}

// ── matrices: {dims: [rows, columns], values} ─────────────────────────────────────────────────────────

/** The matrix with a given entry in every place. */
function fill(rows, columns, entry) {
  const values = new Float64Array(rows.size * columns.size);
  for (let i = 0; i < rows.size; i++) for (let j = 0; j < columns.size; j++) values[i * columns.size + j] = entry(i, j);
  return { dims: [rows, columns], values };
}

const at = ({ dims: [rows, columns], values }, i, j) =>
  values[(rows.size === 1 ? 0 : i) * columns.size + (columns.size === 1 ? 0 : j)]; // one row or column serves for all

function product(A, B) {
  const [rows, inner] = A.dims, [other, columns] = B.dims;
  if (inner.size !== other.size) throw new Clash(inner, other);
  return fill(rows, columns, (i, j) => {
    let sum = 0;
    for (let k = 0; k < inner.size; k++) sum += at(A, i, k) * at(B, k, j);
    return sum;
  });
}

/** The value of an expression; `world` has quantities, functions, α, and says whether examples are rows. */
export function evaluate(e, world) {
  const value = (part) => evaluate(part, world);
  const each = (f) => {
    const A = value(e.A), B = value(e.B);
    return fill(...A.dims, (i, j) => f(at(A, i, j), at(B, i, j)));
  };
  switch (e.kind) {
    case "quantity":
      return world.quantity(e);
    case "transpose": {
      const A = value(e.of);
      return fill(A.dims[1], A.dims[0], (i, j) => at(A, j, i));
    }
    case "times":
      return product(value(e.A), value(e.B));
    case "hadamard":
      return each((a, b) => a * b);
    case "plus":
      return each((a, b) => a + b);
    case "descend":
      return each((a, b) => a - world.alpha * b);
    case "apply": {
      const A = value(e.of);
      return { ...A, values: A.values.map((z) => world.functions[e.name](z)) };
    }
    default: {
      const A = value(e.of), [rows, columns] = A.dims, one = { name: "1", size: 1 };
      const over = (n, f) => Array.from({ length: n }, (_, r) => f(r)).reduce((a, b) => a + b, 0);
      return world.rows
        ? fill(one, columns, (_, j) => over(rows.size, (r) => at(A, r, j)))
        : fill(rows, one, (i) => over(columns.size, (r) => at(A, i, r)));
    }
  }
}
