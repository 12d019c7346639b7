// Say what a typed answer amounts to: right, a known slip, a wrong sign, too few digits, or not a number.
//
// Pure functions of (exercise, what was typed); verdict.py says the same in Python, and a test holds them together.

const EXAMPLES = "Write a number such as -0.147, 1.4e-3 or 3/4.";
const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻";
const DECIMAL = /^([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(?:(?:[eE]|\*10\^)([+-]?[0-9]{1,3}))?$/;

/** Return {value, note} for a text that is a number, else {trouble}: a sentence that says how to write one. */
export function read(text) {
  const quoted = `“${Array.from(text).slice(0, 40).join("")}”`;
  let plain = text
    .replace(/[ \t\r\n\u00a0\u2009\u202f]+/g, " ")
    .replace(/^ | $/g, "")
    .replace(/[−–‐‑]/g, "-")
    .replace(/[·×]/g, "*")
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+/g, (s) => "^" + s.replace(/./g, (c) => "0123456789+-"[SUPERSCRIPTS.indexOf(c)]))
    .replace(/ ?([/*^+-]) ?/g, "$1");
  if (plain === "") return { trouble: `Nothing is written here yet. ${EXAMPLES}` };
  const comma = plain.includes(",");
  if (comma && plain.includes("."))
    return { trouble: `${quoted} has a comma and a point; leave out what separates the thousands.` };
  plain = plain.replace(",", ".");

  const parts = plain.split("/").map((part) => DECIMAL.exec(part));
  if (parts.length > 2 || parts.includes(null))
    return { trouble: `${quoted} cannot be read as a number. ${EXAMPLES}` };
  const [above, below = 1] = parts.map(([, digits, exponent = "0"]) => Number(`${digits}e${exponent}`));
  if (below === 0) return { trouble: `${quoted} divides by zero.` };
  const value = above / below;
  if (!Number.isFinite(value)) return { trouble: `${quoted} is too large to be a number here.` };
  return { value, note: comma ? `Read as ${plain.replaceAll("-", "−")}. ` : "" };
}

/** Return half a unit in the last of `digits` significant digits of a value: what rounding may take or add. */
export function halfUnit(value, digits) {
  const exponent = value === 0 ? -1 : Number(value.toExponential().split("e")[1]);
  return Number(`5e${exponent - digits}`) * (1 + 1e-9); // the factor admits a value rounded from exactly half
}

/** Return the ways an answer can be read, first match first: each {kind, text, values, digits}. */
function readings({ answer, digits, tolerance, slips }) {
  const least = Math.max(1, Math.min(2, digits - 1)); // agreeing in one digit of three is no agreement
  const times = (factor) => answer.map((value) => value * factor);
  const fewer = [];
  for (let d = digits - 1; d >= least && tolerance === null; d--) {
    const text = `Right to ${d} digit${d === 1 ? "" : "s"}; ${digits} are asked for: look at the ${ORDINALS[d]}.`;
    fewer.push({ kind: "digits", text, values: answer, digits: d });
  }
  const point = "The digits are right, the decimal point is misplaced.";
  return [
    { kind: "right", text: "Right.", values: answer, digits },
    ...slips.map(({ text, values }) => ({ kind: "slip", text, values, digits })),
    { kind: "sign", text: "The size is right, the sign is not.", values: times(-1), digits: least },
    ...fewer,
    { kind: "factor", text: "That is twice the right value.", values: times(2), digits },
    { kind: "factor", text: "That is half the right value.", values: times(0.5), digits },
    ...[1e1, 1e-1, 1e2, 1e-2, 1e3, 1e-3].map((power) => ({ kind: "point", text: point, values: times(power), digits })),
  ];
}

/** Return the verdict {kind, text, marks} on the texts in an exercise's fields, one text for each place. */
export function verdictOnNumbers(exercise, texts) {
  const { answer, places, shown, tolerance } = exercise;
  const given = texts.map(read);
  const unread = given.findIndex(({ trouble }) => trouble);
  if (unread >= 0) {
    const where = answer.length > 1 ? `${places[unread]}: ` : "";
    const marks = given.map(({ trouble }) => (trouble ? "unread" : ""));
    return { kind: "unread", text: where + given[unread].trouble, marks };
  }
  const fits = ({ values, digits }, wanted) =>
    wanted.every((i) => Math.abs(given[i].value - values[i]) <= (tolerance ?? halfUnit(values[i], digits)));
  const known = readings(exercise);
  const all = answer.map((_, i) => i);
  const wrong = all.filter((i) => !fits(known[0], [i]));
  const marks = all.map((i) => (wrong.includes(i) ? "wrong" : "right"));
  if (!wrong.length) return { kind: "right", text: shown ? `Right: ${shown}.` : "Right, every one.", marks };

  const note = given[wrong[0]].note;
  const whole = known.find((reading) => fits(reading, all));
  if (whole) return { kind: whole.kind, text: note + whole.text, marks };
  if (answer.length === 1) return { kind: "wrong", text: `${note}Not this value.`, marks };

  if (wrong.length === answer.length)
    return { kind: "wrong", text: `${note}None of the ${answer.length} is right yet.`, marks };
  const named = wrong.slice(0, 3).map((i) => places[i]).join("; ") + (wrong.length > 3 ? " …" : "");
  const count = `${note}${answer.length - wrong.length} of ${answer.length} are right; look at ${named}.`;
  const part = known.find((reading) => fits(reading, wrong));
  return part ? { kind: part.kind, text: `${count} ${part.text}`, marks } : { kind: "wrong", text: count, marks };
}

/** Return the verdict on the choice with this number, or on none (-1). */
export function verdictOnChoice(exercise, picked) {
  const choice = exercise.choices[picked];
  const marks = exercise.choices.map((c) => (c === choice ? (c.right ? "right" : "wrong") : ""));
  if (!choice) return { kind: "unread", text: "Nothing is chosen yet.", marks };
  const text = `${choice.right ? "Right." : "Not this one."} ${choice.feedback}`.replace(/ $/, "");
  return { kind: choice.right ? "right" : "wrong", text, marks };
}

/** Return the verdict on an answer: texts for numbers, the number of a choice for choices. */
export function verdict(exercise, given) {
  return exercise.kind === "number" ? verdictOnNumbers(exercise, given) : verdictOnChoice(exercise, given);
}
