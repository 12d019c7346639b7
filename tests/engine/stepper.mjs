// Ask the stepper's own modules, from a copy of their folder named on standard input.  (tests/widgets/test_stepper.py judges.)
import { readFileSync } from "node:fs";

const { folder, runs, links, weights } = JSON.parse(readFileSync(0, "utf8"));
const { begin, view, examples } = await import(`${folder}/run.js`);
const { read, write, settle } = await import(`${folder}/state.js`);
const { address } = await import(`${folder}/record.js`);
const { initialize } = await import(`${folder}/initialize.js`);
const { itemAt, itemsOf, stepsOfPass } = await import(`${folder}/steps.js`);
const { explain } = await import(`${folder}/arithmetic.js`);
const { formulaOf } = await import(`${folder}/equations.js`);
const { eight, three } = await import(`${folder}/formula.js`);

const plain = (layers) => layers.filter(Boolean).map((values) => [...values]);

/** The numbers of an arithmetic line, worked out by JavaScript itself: what the page prints must be true. */
function worth(pieces) {
  const text = pieces.map((p) => (typeof p === "string" ? p : p.exponent ? `Math.exp(${p.exponent.map((e) => (typeof e === "string" ? e : `(${e.value})`)).join("")})` : `(${p.value})`)).join("");
  const code = text.replaceAll("·", "*").replaceAll("−", "-").replaceAll("½", "0.5 *").replaceAll(")²", ")**2");
  return code.includes("…") ? null : Function(`return ${code}`)();
}

const said = {
  runs: runs.map(({ state, start }) => {
    const run = begin(state, start), v = view(run, state), steps = stepsOfPass(state.biases);
    run.extend(120);
    const lines = steps.flatMap((step) =>
      itemsOf(step, v).map((item) => {
        const { numbers, result } = explain(step, item, v);
        return result ? { id: step.id, worth: worth(numbers), result: result.value } : null;
      }).filter(Boolean),
    );
    const printed = steps.flatMap((step) =>
      itemsOf(step, v).map((item) => ({ ...item, id: step.id, whole: formulaOf(step, v), letters: explain(step, item, v).letters })),
    );
    const back = view(run, { ...state, passes: 7 }), fresh = view(begin(state, start), { ...state, passes: 7 });
    return {
      W: plain(v.p.W), b: plain(v.p.b), qW: plain(v.q.W), qb: plain(v.q.b), x: [...v.x], y: [...v.y], m: v.m, printed,
      costs: run.costs.slice(0, 121), lines, same: JSON.stringify(plain(back.p.W)) === JSON.stringify(plain(fresh.p.W)),
      items: steps.map((step) => itemsOf(step, v).some((item) => JSON.stringify(item) === JSON.stringify(itemAt(step, v)))),
    };
  }),
  links: links.map((text) => {
    const state = read(text);
    return state && write(state);
  }),
  weights: weights.map(({ sizes, seed }) => plain(initialize({ sizes, biases: true }, seed).W)),
  address: [
    address("http://localhost/a.html?other=1&stepper=old#there", "stepper", write(settle({}))),
    address("http://localhost/a.html?other=1&stepper=old#there", "stepper", ""),
    address("http://localhost/a.html?%E0%A4%A=1", "a b", ""),
  ],
  printed: [0, 1, -0.5, 0.00123456, 12345.6, 1e-9, -2.5e7, NaN, Infinity, 0.19626223364995737].map(three),
  decimals: [0.19626223364995737, -0.07368899627468721, NaN].map(eight),
};
process.stdout.write(JSON.stringify(said));
