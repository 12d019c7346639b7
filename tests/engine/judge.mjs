// Run every case on every engine named on standard input; print all intermediates.  (tests/widgets/test_engine.py judges.)
import { readFileSync } from "node:fs";

const { engines, cases } = JSON.parse(readFileSync(0, "utf8"));
const plain = (layers) => layers.map((values) => values && [...values].map(number));
// JSON has no NaN or infinity.
const number = (value) => (Number.isFinite(value) ? value : String(value));

function compute(engine, { spec, m, W, b, x, y, alpha }) {
  const net = engine.network(spec);
  const flat = (layers) => [null, ...layers.map((values) => Float64Array.from(values))];
  const p = { W: flat(W), b: spec.biases ? flat(b) : [] };
  const t = engine.workspace(net, m);
  engine.forward(net, p, Float64Array.from(x), t);
  const { data, ridge, total, each } = engine.cost(net, p, t, Float64Array.from(y));
  engine.backward(net, p, t, Float64Array.from(y));
  const q = engine.step(p, t, alpha, { W: p.W.map((w) => w?.slice()), b: p.b.map((v) => v?.slice()) });
  return {
    z: plain(t.z), a: plain(t.a), delta: plain(t.delta), dW: plain(t.dW), db: plain(t.db), qW: plain(q.W), qb: plain(q.b),
    W: plain(p.W), cost: [data, ridge, total].map(number), each: [...each].map(number),
  };
}

const said = {};
for (const [name, path] of Object.entries(engines)) {
  const engine = await import(path);
  said[name] = cases.map((problem) => {
    try {
      return compute(engine, problem);
    } catch (error) {
      return { error: String(error) };
    }
  });
}
process.stdout.write(JSON.stringify(said));
