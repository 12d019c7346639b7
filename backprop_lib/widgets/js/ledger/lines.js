// List the lines of one pass forwards, one backwards and one step, for two layers of weights, and give them numbers.

import { ACTIVATIONS, backward, forward, network, workspace } from "../engine/engine.js";
import { apply, descend, hadamard, overExamples, plus, quantity, times, transpose } from "./expressions.js";
import { randomState } from "../engine/random.js";

const q = quantity;
const line = (id, l, title, left, right) => ({ id, l, title, left, right });
const intoLayer = (l) => [
  line("F1", l, "weighted sums", q("z", l), plus(times(q("W", l), q("a", l - 1)), q("b", l))),
  line("F2", l, "activations", q("a", l), apply("f", q("z", l))),
];
const slopes = (l) => [
  line("BP3", l, "slopes of the weights", q("dW", l), times(q("delta", l), transpose(q("a", l - 1)))),
  line("BP4", l, "slopes of the biases", q("db", l), overExamples(q("delta", l))),
];

/** Every line as it stands where examples are columns; expressions.js turns it into its row form. */
export const LINES = [
  ...intoLayer(1),
  ...intoLayer(2),
  line("BP1", 2, "sensitivities of the outputs", q("delta", 2), hadamard(q("dC_da", 2), apply("prime", q("z", 2)))),
  ...slopes(2),
  line(
    ...["BP2", 1, "sensitivities one layer back", q("delta", 1)],
    hadamard(times(transpose(q("W", 2)), q("delta", 2)), apply("prime", q("z", 1))),
  ),
  ...slopes(1),
  line("GD", 2, "a step, last layer", q("W", 2), descend(q("W", 2), q("dW", 2))),
  line("GD", 1, "a step, first layer", q("W", 1), descend(q("W", 1), q("dW", 1))),
];

export const ALPHA = 0.5;

/** Parameters and examples drawn as Python draws them: W, b of each layer and x from −1 to 1, y from 0 to 1. */
export function drawn({ n0, n1, n2, m, seed }) {
  const random = randomState(seed);
  const array = (length, low) => Float64Array.from({ length }, () => low + (1 - low) * random());
  const W1 = array(n1 * n0, -1), b1 = array(n1, -1), W2 = array(n2 * n1, -1), b2 = array(n2, -1);
  return { p: { W: [null, W1, W2], b: [null, b1, b2] }, x: array(n0 * m, -1), y: array(n2 * m, 0) };
}

/** All quantities of one pass, as matrices with named dimensions, where examples are columns or rows. */
export function worldOf(state) {
  const { n0, n1, n2, m, rows } = state;
  const { p, x, y } = drawn(state);
  const net = network({ sizes: [n0, n1, n2] }), t = workspace(net, m);
  forward(net, p, x, t);
  backward(net, p, t, y);
  const width = (l) => ({ name: `n${l}`, size: net.sizes[l] });
  const examples = { name: "m", size: m }, one = { name: "1", size: 1 };
  const weights = (values, l) => ({ dims: [width(l), width(l - 1)], values });
  const batch = (values, l, last = examples) => (rows ? turn : (A) => A)({ dims: [width(l), last], values });
  const arrays = {
    W: (l) => weights(p.W[l], l),
    dW: (l) => weights(t.dW[l], l),
    b: (l) => batch(p.b[l], l, one),
    db: (l) => batch(t.db[l], l, one),
    a: (l) => batch(t.a[l], l),
    z: (l) => batch(t.z[l], l),
    delta: (l) => batch(t.delta[l], l),
    dC_da: (l) => batch(t.slope[l], l),
  };
  return { rows, alpha: ALPHA, functions: ACTIVATIONS.sigmoid, quantity: ({ name, l }) => arrays[name](l), x, y, p, t };
}

function turn({ dims: [rows, columns], values }) {
  const at = (n) => values[(n % rows.size) * columns.size + Math.floor(n / rows.size)];
  return { dims: [columns, rows], values: Float64Array.from(values, (_, n) => at(n)) };
}
