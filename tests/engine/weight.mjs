// Ask factors.js about every weight of every case on standard input.  (tests/widgets/test_weight.py judges.)
import { readFileSync } from "node:fs";

const { folder, cases } = JSON.parse(readFileSync(0, "utf8"));
const { factors, pass, product, spoken, weightsOf, whole } = await import(`${folder}/factors.js`);
const { graph, nearest } = await import(`${folder}/graph.js`);

const values = (pieces) => pieces.filter((piece) => typeof piece === "object" && "value" in piece).map(({ value }) => value);

const said = cases.map((given) => {
  const v = pass(given);
  const place = graph(v, 400, 400);
  const all = v.sizes.slice(1).flatMap((_, n) => weightsOf(v, n + 1));
  return {
    cost: v.cost,
    weights: all.map((weight) => {
      const { letters, numbers, result } = product(v, weight);
      const from = weight.j < 0 ? place.ones[weight.l - 1] : place.nodes[weight.l - 1][weight.j], to = place.nodes[weight.l][weight.i];
      return {
        at: [weight.l, weight.i, weight.j], ...factors(v, weight), letters, spoken: spoken(v, weight), whole: whole(v, weight),
        shown: values(numbers), result: result.value,
        // what lies under a point a third of the way along, far from where weights cross and meet
        under: nearest(place, all, from.x + (to.x - from.x) * 0.37, from.y + (to.y - from.y) * 0.37, 4),
        ends: [from, to].map(({ x, y }) => [x, y]),
      };
    }),
  };
});
process.stdout.write(JSON.stringify(said));
