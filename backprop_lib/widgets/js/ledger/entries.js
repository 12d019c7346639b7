// Work out a line as the ledger shows it: right, or without its transpose, with what the shapes say to that.

import { Clash, convert, evaluate, forgotten, hasTranspose } from "./expressions.js";
import { three } from "../parts/formula.js";
import { dimension, matching } from "./wording.js";

/** A line in the convention in force, right and, where asked for, with its transpose forgotten. */
export function entry(line, state, world) {
  const { left, right } = convert(line, state.rows);
  const result = evaluate(right, world);
  const whole = { ...line, forget: state.forget, left, right, result, spare: !hasTranspose(right) };
  if (!state.forget || whole.spare) return { ...whole, drawn: right };
  const drawn = forgotten(right);
  try {
    return { ...whole, drawn, wrong: evaluate(drawn, world) };
  } catch (clash) {
    if (!(clash instanceof Clash)) throw clash;
    return { ...whole, drawn, clash };
  }
}

/** What is said below the boxes. */
export function said(one, row) {
  if (!one.forget) return matching(one, row, one.result);
  if (one.spare) return "There is no transpose in this line to forget; look at one that says clash or wrong.";
  const inner = row.filter((box) => "inner" in box);
  const [a, b] = [inner[0].matrix.dims[1], inner[1].matrix.dims[0]];
  if (one.clash) {
    const meeting = `${dimension(a)} = ${a.size} meets ${dimension(b)} = ${b.size}`;
    return `Without ᵀ, ${meeting}. The shapes refuse, and that is a kindness.`;
  }
  const accident = `${dimension(a)} meets ${dimension(b)}: both are ${a.size}, by accident`;
  return `Without ᵀ, ${accident}. No error, the right shape, and wrong numbers: off by up to ${three(off(one))}.`;
}

/** The largest difference between the wrong numbers and the right ones. */
export const off = ({ wrong, result }) =>
  wrong.values.reduce((most, value, n) => Math.max(most, Math.abs(value - result.values[n])), 0);
