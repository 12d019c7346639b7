// Ask the stepper's modules how far a reader has come, what they predict, look at and hand in.  (test_stepper_closely.py judges.)
import { readFileSync } from "node:fs";

const { folder, runs, texts } = JSON.parse(readFileSync(0, "utf8"));
const load = (name) => import(`${folder}/${name}.js`);
const { begin, view } = await load("run");
const { settle } = await load("state");
const { itemAt, itemsOf, stepsOfPass } = await load("steps");
const { edgeOfPass, knowing, neighbour, placeOf, wholePhase } = await load("stops");
const { pathsFrom, sumOfPaths, ailment } = await load("paths");
const { questionOn } = await load("guesses");
const { verdict } = await load("verdict");
const { checkReceipt, receiptOf } = await load("receipt");
const { toLatex, toMarkdown } = await load("receipt_text");

function walk(state) {
  const places = [{ ...state, ...edgeOfPass(state, 1) }];
  for (let next; (next = neighbour(places.at(-1), 1)); ) places.push({ ...places.at(-1), ...next });
  const back = [places.at(-1)];
  for (let next; (next = neighbour(back.at(-1), -1)); ) back.push({ ...back.at(-1), ...next });
  const key = ({ step, selected }) => JSON.stringify([step, selected]);
  const knows = (place) => {
    const know = knowing(place), steps = stepsOfPass(place.biases);
    return steps.flatMap(({ id, l }) => itemsOf({ id, l }, { ...place, sizes: [2, place.hidden_size, place.outputs] }).map((item) => know(id, item.l, item.i, item.j)));
  };
  return {
    words: places.map(placeOf),
    same: JSON.stringify(places.map(key)) === JSON.stringify(back.map(key).reverse()),
    known: places.map((place) => knows(place).filter(Boolean).length),
    whole: places.map(wholePhase),
  };
}

const said = {
  runs: runs.map(({ state: given, start }) => {
    const state = settle(given), v = view(begin(state, start), state), steps = stepsOfPass(state.biases);
    const layers = [0, 1, 2].map((l) => Array.from({ length: v.sizes[l] }, (_, i) => ({ l, i })));
    return {
      walks: Object.fromEntries(["neuron", "layer", "phase"].map((granularity) => [granularity, walk({ ...state, granularity })])),
      paths: layers.map((layer) => layer.map(({ l, i }) => {
        const found = pathsFrom(l, i, v);
        return { sum: sumOfPaths(found), each: found.map(({ factors, product }) => [factors.map((f) => f.value), product]), ails: ailment(l, i, v) };
      })),
      asked: steps.slice(1).flatMap((step) => itemsOf(step, v).map((item) => {
        const asked = questionOn(step, item, v);
        if (!asked) return null;
        const said = asked.number.slips.map(({ values }) => verdict(asked.number, [String(values[0])]));
        return { id: step.id, ...item, l: item.l ?? step.l, value: asked.number.answer[0], slips: asked.number.slips.map(({ text, values }) => [text, values[0]]), said: said.map(({ kind, text }) => [kind, text]), right: verdict(asked.number, [String(asked.number.answer[0])]).kind, sign: asked.sign && asked.sign.choices.map(({ right }) => right) };
      }).filter(Boolean)),
      receipts: steps.map((_, step) => {
        const made = receiptOf({ ...v, step }, steps);
        return { made, latex: toLatex(made), markdown: toMarkdown(made), checked: checkReceipt(JSON.stringify(made)) };
      }),
      item: itemAt(steps[state.step], v),
    };
  }),
  checks: texts.map((text) => checkReceipt(text)),
};
process.stdout.write(JSON.stringify(said));
