// Set up puzzles and cures as the page does.  (tests/widgets/test_spot_the_bug.py and test_detective.py judge.)
import { readFileSync } from "node:fs";

const { folder, networks = [], names = [], numbers = [], cures = [] } = JSON.parse(readFileSync(0, "utf8"));
const { puzzle, descend, checkAt, slopesOf } = await import(`${folder}/puzzle.js`);
const { CAUSES, cureOf, GUESSES } = await import(`${folder}/cures.js`);
const { TELLS } = await import(`${folder}/suspects.js`);
const plain = (layers) => layers.map((values) => values && [...values]);
const number = (v) => (Number.isFinite(v) ? v : String(v));

const said = {
  tells: Object.keys(TELLS), causes: Object.keys(CAUSES), guesses: GUESSES,
  puzzles: numbers.map((n) => {
    const set = puzzle(n, networks, names), mine = descend(set, set.name, 30), right = descend(set, "", 60);
    const rows = mine.at[1] ? checkAt(set, mine, 1) : [];
    return {
      name: set.name, choices: set.choices, activations: set.net.names, W: plain(set.p.W), cost: mine.cost.map(number), right: right.cost,
      learned: right.accuracy.at(-1), wrong: rows.filter(({ ok }) => !ok).length, first: checkAt(set, mine, 0).filter(({ ok }) => !ok).length,
      others: set.choices.filter((other) => other !== set.name && mine.at[1]).map((other) => {
        const theirs = slopesOf(set, other, mine.at[1]);
        return Math.max(...rows.map(({ given }, k) => Math.abs(given - theirs[k]) / (Math.abs(given) + Math.abs(theirs[k]) || 1)));
      }),
    };
  }),
  cures: cures.map(([cause, settings]) => cureOf(cause, settings)),
};
process.stdout.write(JSON.stringify(said));
