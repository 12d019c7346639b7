// Make every run of the atlas again, and the links to it.  (tests/widgets/test_atlas.py judges.)
import { readFileSync } from "node:fs";

const { folder, data, cells, links } = JSON.parse(readFileSync(0, "utf8"));
const { playgroundText, remake, stepperText } = await import(`${folder}/atlas_run.js`);
const { read } = await import(`${folder}/state.js`);
const { RULES, setup } = await import(`${folder}/playground_state.js`);
const { recordOf } = await import(`${folder}/record.js`);
const stepper = await import(`${folder}/run.js`);

const made = cells.map(([name, width, learning_rate, seed]) => {
  const { ended, right, since, epochs, cost, answers } = remake(data[name], { width, learning_rate, seed });
  return { ended, right, since, epochs, last: cost.at(-1), answers };
});
const plain = (layers) => layers.filter(Boolean).map((values) => [...values]);
const linked = links.map(([name, width, learning_rate, seed]) => {
  const v = { width, learning_rate, seed },
    text = stepperText(v, data[name].epochs),
    state = read(text),
    other = recordOf(RULES, (s) => s).read(playgroundText(data[name], v));
  const { W, b } = stepper.begin(state, {}).at(state.passes);
  return { text, state, W: plain(W), b: plain(b), playground: other, first: plain(setup(other).p.W) };
});
process.stdout.write(JSON.stringify({ made, linked }));
