// Watch one sigmoid neuron learn with two costs from the same bad start, and see what σ′(z) does to each δ.

import { axes } from "../parts/axes.js";
import { canvas } from "../parts/canvas.js";
import { slider } from "../parts/controls.js";
import { full, letter, make, number, setFormula, three } from "../parts/formula.js";
import { live } from "../parts/live.js";
import { paintRuler, WORDS } from "./ruler.js";
import { COSTS, run, turned } from "./twocosts.js";

const RULES = {
  z: { least: -4, most: 8 },
  learning_rate: { least: 0.01, most: 10 },
  epochs: { least: 10, most: 1000, whole: true },
  shown: { least: 0, most: 1000, whole: true },
};
const LOOKS = { half_squared_error: "bp-dashed", binary_cross_entropy: "bp-solid" };
const rate = {
  min: -2,
  max: 1,
  step: 0.01,
  read: (place) => Number((10 ** place).toPrecision(3)),
  write: (value) => Math.log10(value).toFixed(4),
};
const EDGES = [36, 6]; // beside the curves
const every = (n, most) => Array.from({ length: n + 1 }, (_, i) => Math.round((i * most) / n));

/** One quantity of both runs over the updates, with a mark at the update that is shown. */
function paintRuns(pens, width, height, runs, of, y, { epochs, shown }) {
  const x = { least: 0, most: epochs, ticks: every(2, epochs).map((k) => [k, String(k)]), name: "updates" };
  const edges = { left: EDGES[0], right: width - EDGES[1], top: 26, bottom: height - 38 };
  const { at, curve } = axes(pens, "axes", edges, x, y);
  const few = every(Math.min(epochs, 200), epochs);
  const [now] = at(shown, 0);
  pens.lineTo("now", "bp-now", now, edges.top, now, edges.bottom, 1);
  for (const loss of COSTS) {
    curve(loss, `bp-curve ${LOOKS[loss]}`, few, few.map((k) => of(runs[loss], k)));
    const [cx, cy] = at(shown, of(runs[loss], shown));
    pens.part(`${loss}-now`, "circle", { class: LOOKS[loss], cx: cx.toFixed(1), cy: cy.toFixed(1), r: 4.5 });
  }
}

const [error, z] = [[letter("a"), " − ", letter("y", undefined, undefined, "target")], letter("z")];
const slope = { half_squared_error: error, binary_cross_entropy: [...error, ")/(", letter("a"), "(1 − ", letter("a"), ")"] };

/** δ of one run as a product, in letters and in numbers. */
function product(loss, { dC_da, prime, delta }, k) {
  return [
    ...[letter("δ", undefined, undefined, "gradient"), " = ", "(", ...slope[loss], ")", " · ", letter("σ′"), "(", z, ")"],
    ...[" = ", number(dC_da[k], "gradient"), " · ", number(prime[k]), " = ", number(delta[k], "gradient")],
    ...(loss === COSTS[0] ? [] : [" = ", ...error]),
  ];
}

const heading = (words, scope) => Object.assign(make("th", "", words), { scope });
const figure = (v) => Object.assign(make("td", "", three(v)), { title: full(v) });

/** The numbers of both runs at eleven updates. */
function tables(runs, epochs) {
  return COSTS.map((loss) => {
    const head = make("tr", "", ...["updates", "a", "C", "∂C/∂a", "σ′(z)", "δ"].map((words) => heading(words, "col")));
    const rows = every(10, epochs).map((k) =>
      make("tr", "", heading(String(k), "row"), ...["a", "C", "dC_da", "prime", "delta"].map((of) => figure(runs[loss][of][k]))),
    );
    const caption = make("caption", "", WORDS[loss]);
    return make("div", "bp-table", make("table", "", caption, make("thead", "", head), make("tbody", "", ...rows)));
  });
}

/** What there is to see, in words. */
function verdict(runs, { epochs, shown }) {
  const [squared, entropy] = COSTS.map((loss) => {
    const k = turned(runs[loss]);
    return k < 0 ? `not within ${epochs} updates` : k ? `after ${k} update${k > 1 ? "s" : ""}` : "from the start";
  });
  const left = three(100 * runs[COSTS[0]].prime[shown]);
  return [
    `With squared error the answer is below ½ ${squared}, with cross-entropy ${entropy}.`,
    `${shown ? `At update ${shown}` : "At the start"} σ′(z) leaves squared error ${left}% of its error a − y as δ; in cross-entropy it cancels, and δ is the whole error.`,
  ];
}

function render(given) {
  const { commit, details, say, start } = live(given, "One sigmoid neuron, trained with two costs from the same start", RULES);
  const controls = {
    z: slider("starting z", { min: -4, max: 8, step: 0.1, show: three }, (z) => commit({ z })),
    learning_rate: slider("learning rate α", { ...rate }, (learning_rate) => commit({ learning_rate })),
    epochs: slider("updates in all", { min: 10, max: 1000, step: 10 }, (epochs) => commit({ epochs })),
    shown: slider("update shown", { min: 0, max: 1000, step: 1 }, (shown) => commit({ shown })),
  };
  const position = controls.shown.element.querySelector("input");
  const [answers, costs, ruler] = ["bp-plot", "bp-plot", "bp-ruler"].map(canvas);
  let epochs = 0;
  for (const picture of [answers, costs]) picture.drag(...EDGES, (part) => commit({ shown: Math.round(part * epochs) }));
  const products = COSTS.map(() => make("span", "bp-math"));
  const says = [make("p"), make("p")];
  const key = (loss) => make("span", `bp-key ${LOOKS[loss]}`, WORDS[loss]);
  const parts = [
    make("p", "bp-legend", ...COSTS.map(key)),
    make("div", "bp-two", answers.svg, costs.svg),
    make("div", "bp-settings", ...Object.values(controls).map(({ element }) => element)),
    ruler.svg,
    ...COSTS.map((loss, i) => make("p", "bp-product", key(loss), " ", products[i])),
    make("div", "bp-says", ...says),
  ];

  return start(parts, (v) => {
    epochs = v.epochs;
    v.shown = Math.min(v.shown, epochs);
    position.max = v.epochs;
    for (const [name, control] of Object.entries(controls)) control.set(v[name]);
    const runs = Object.fromEntries(COSTS.map((loss) => [loss, run(loss, v.z, v.learning_rate, v.epochs)]));
    const words = verdict(runs, v);
    const y = { least: 0, most: 1, ticks: [[0, "0"], [0.5, "½"], [1, "1"]] };
    answers.draw(`The answer a over the updates. ${words[0]}`, (pens, width, height) =>
      paintRuns(pens, width, height, runs, ({ a }, k) => a[k], { ...y, name: "answer a (target 0)" }, v),
    );
    costs.draw("The cost of each run over the updates, as a share of its cost at the start.", (pens, width, height) =>
      paintRuns(pens, width, height, runs, ({ C }, k) => C[k] / C[0], { ...y, name: "cost C ÷ C at the start" }, v),
    );
    ruler.draw(`A ruler in powers of ten. ${words[1]}`, (pens, width) => paintRuler(pens, width, runs, v.shown));
    COSTS.forEach((loss, i) => setFormula(products[i], product(loss, runs[loss], v.shown)));
    words.forEach((text, i) => (says[i].textContent = text));
    if (details.open) details.replaceChildren(details.firstChild, ...tables(runs, v.epochs));
    say(words.join(" "));
  });
}

export default { render };
