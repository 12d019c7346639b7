// Diagnose the cases, inject the slips and check gradients, as asked on standard input.  (tests/widgets/test_detective.py judges.)
import { readFileSync } from "node:fs";

const { folder, cases = [], slips = [], checks = [], bends = [] } = JSON.parse(readFileSync(0, "utf8"));
const load = (stem) => import(`${folder}/${stem}.js`);
const [{ BUGS }, { diagnose }, engine, { check }, { problem }, { sharpest }, { run: train }] = await Promise.all(
  ["bugs", "diagnosis", "engine", "gradcheck", "problem", "spectrum", "training"].map(load),
);
const number = (v) => (typeof v === "number" && !Number.isFinite(v) ? String(v) : v);
const plain = (layers) => layers.map((values) => values && [...values].map(number));
const flat = (layers) => [null, ...layers.map((values) => Float64Array.from(values))];
const given = ({ spec, W, b, x, y }) => ({
  net: engine.network(spec), p: { W: flat(W), b: spec.biases ? flat(b) : [] }, x: Float64Array.from(x), y: Float64Array.from(y),
});

const said = {
  cases: cases.map((settings) => {
    const { net, p, x, y } = problem(settings), { learning_rate, epochs, slip } = settings;
    const backward = slip ? BUGS[slip].gradients : engine.backward;
    const run = train({ net, p, x, y, learning_rate, backward });
    run.extend(epochs);
    const costs = run.data.length ? run.data.map((c, k) => c + run.ridge[k]) : [NaN];
    const found = diagnose({
      net, start: p, end: run.epochs < 0 ? p : run.at(run.epochs), x, y, cost: costs, accuracy: run.accuracy.length ? run.accuracy : [NaN],
      alpha: learning_rate, begun: run.rates.length || run.diverged, overflowed: run.diverged, backward,
    });
    return {
      W: plain(p.W), b: plain(p.b), x: [...x], y: [...y], cost: costs.map(number), verdict: found.verdict,
      causes: found.causes.map(({ name, evidence, sentence }) => ({ name, sentence, evidence: Object.fromEntries(Object.entries(evidence).map(([k, v]) => [k, number(v)])) })),
    };
  }),
  slips: slips.map((one) => {
    const { net, p, x, y } = given(one), t = engine.workspace(net, x.length / net.sizes[0]);
    engine.forward(net, p, x, t);
    return Object.fromEntries(
      Object.entries(BUGS).map(([name, { applies, gradients, carries = false }]) => {
        if (!applies(net)) return [name, { applies: false, carries }];
        gradients(net, p, t, y);
        return [name, { applies: true, carries, delta: plain(t.delta), dW: plain(t.dW), db: plain(t.db) }];
      }),
    );
  }),
  checks: checks.map((one) => {
    const { net, p, x, y } = given(one);
    return check(net, p, x, y, Float64Array.from(one.gradients)).map(({ found, error, ok, kinked }) => ({ found, error: number(error), ok, kinked }));
  }),
  bends: bends.map((one) => {
    const { net, p, x, y } = given(one), { least, most, direction } = sharpest(net, p, x, y);
    return { least, most, direction: [...direction] };
  }),
};
process.stdout.write(JSON.stringify(said));
