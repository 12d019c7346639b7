// Ask the ledger's modules about every line of every state on standard input.  (tests/widgets/test_shape_ledger.py judges.)
import { readFileSync } from "node:fs";

const { folder, states } = JSON.parse(readFileSync(0, "utf8"));
const { entry, off, said } = await import(`${folder}/entries.js`);
const { LINES, worldOf } = await import(`${folder}/lines.js`);
const { boxes, code, formula, shapes } = await import(`${folder}/wording.js`);

const matrix = (A) => A && { shape: A.dims.map(({ size }) => size), names: A.dims.map(({ name }) => name), values: [...A.values] };

const answers = states.map((state) => {
  const world = worldOf(state);
  return LINES.map((line) => {
    const one = entry(line, state, world), row = boxes(one.drawn, world);
    return {
      id: one.id, l: one.l, left: code(one.left, state.rows), code: code(one.right, state.rows), drawn: code(one.drawn, state.rows),
      pieces: [...formula(one.left), one.id === "GD" ? " ← " : " = ", ...formula(one.drawn)],
      result: matrix(one.result), wrong: matrix(one.wrong), off: one.wrong && off(one), clash: one.clash?.message,
      shapes: shapes(row, one.result), said: said(one, row), boxes: row.filter((box) => box.matrix).map((box) => matrix(box.matrix).shape),
    };
  });
});
process.stdout.write(JSON.stringify(answers));
