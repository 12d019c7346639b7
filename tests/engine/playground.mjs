// Ask the playground's own modules about states and links on standard input.  (tests/widgets/test_playground.py judges.)
import { readFileSync } from "node:fs";

const { folder, states, links } = JSON.parse(readFileSync(0, "utf8"));
const { follow, lastOf, REACH, shownOf, surface, view } = await import(`${folder}/playground_run.js`);
const { PARTS, readRun, RULES, writeRun } = await import(`${folder}/playground_state.js`);
const { recordOf } = await import(`${folder}/record.js`);
const { progress, verdict } = await import(`${folder}/playground_words.js`);

const record = recordOf(RULES, (state) => state);
const plain = (layers) => layers.filter(Boolean).map((values) => [...values]);

/** Make the run of a state, in one go or by way of other states. */
function seen({ by, ...state }) {
  let of;
  for (const other of by ?? []) {
    of = follow(of, { ...state, ...other });
    of.extend(Infinity);
  }
  of = follow(of, state);
  const words = progress(of, state, false);
  const done = of.extend(Infinity);
  const now = view(of, shownOf(of, state)), map = surface(of, now.p, REACH[state.data]);
  return {
    done, words, epochs: lastOf(of), epoch: now.epoch, W: plain(now.p.W), b: plain(now.p.b), said: verdict(of, now, state),
    data: of.run.data.slice(0, lastOf(of) + 1), accuracy: now.accuracy, fresh: String(now.fresh), asked: of.places(state.epochs).length,
    layers: now.layers.map(({ W, dW }) => [W, dW]), map: [map.values[0], map.values[map.n - 1], map.values.at(-1)],
    tiles: map.a.slice(1).map((values) => values.length),
  };
}

const start = performance.now();
const first = follow(undefined, { ...states[0], hidden_size: 50, second_size: 50, data: "quadrants", learning_rate: 10, epochs: 10000 });
const once = first.extend(5);
process.stdout.write(
  JSON.stringify({
    states: states.map(seen),
    links: links.map((text) => {
      const state = record.read(text);
      return state && record.write(state);
    }),
    pinned: states.map((state) => writeRun(readRun(writeRun(state)))),
    sliced: { once, epochs: first.run.epochs, milliseconds: performance.now() - start },
    parts: PARTS,
  }),
);
