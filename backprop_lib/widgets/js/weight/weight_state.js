// The picture of a weight as a record for a link: what is selected, and every number that a reader can move.

import { recordOf } from "../parts/record.js";

const LONGEST = 100; // numbers: a link with more than these is none to pass on

const layersOf = (kind) => Object.keys(kind).sort((a, b) => a - b);
const flat = ({ W, b }) => [W, b].flatMap((kind) => layersOf(kind).flatMap((l) => kind[l].flat()));

/** Numbers put back into the shape of a value of nested lists and keyed layers. */
function like(shape, numbers) {
  if (typeof shape === "number") return numbers.shift();
  if (Array.isArray(shape)) return shape.map((part) => like(part, numbers));
  return Object.fromEntries(layersOf(shape).map((l) => [l, like(shape[l], numbers)]));
}

/** The record's codec for a picture like `home`, and the way between records and traits; null if it is too large. */
export function recordFor(home) {
  const { parameters, x } = home, count = flat(parameters).length, m = x[0].length;
  if (count + x.flat().length > LONGEST) return null;
  const any = { least: -1e6, most: 1e6 }, whole = true;
  const exists = ([l, i, j]) => {
    const rows = parameters.W[l];
    return rows && i >= 1 && i <= rows.length && j >= (parameters.b[l] ? 0 : 1) && j <= rows[0].length;
  };
  const record = recordOf(
    {
      selected: { count: 3, least: 0, most: 99, whole },
      example: { least: 1, most: m, whole },
      x: { ...any, count: x.flat().length },
      values: { ...any, count },
    },
    (state) => ({ ...state, selected: exists(state.selected) ? state.selected : home.selected }),
  );
  return {
    ...record,
    of: ({ selected, example, x, parameters }) => ({ selected, example, x: x.flat(), values: flat(parameters) }),
    traits: ({ selected, example, x, values }) => {
      const numbers = [...values];
      const [W, b] = [like(parameters.W, numbers), like(parameters.b, numbers)];
      return { selected, example, x: like(home.x, [...x]), parameters: { W, b } };
    },
  };
}
