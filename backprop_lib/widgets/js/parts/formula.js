// Set a formula in the page, and write a number, the same way wherever the stepper shows one.
//
// A formula is a list of pieces: a string (operators, words), a letter with its superscript key and subscript
// index, or a number.  Each piece can have a role (forward, gradient, target) that gives it its color.

/** A letter: W⁽²⁾ is letter("W", 2), and w₁₂⁽²⁾ is letter("w", 2, "12"). */
export const letter = (base, key, index, role = "forward") => ({
  base,
  key: key === undefined ? key : `(${key})`,
  index,
  role,
});
/** A number, with three digits in the formula and all of them on hover. */
export const number = (value, role = "forward") => ({ value, role });
/** A power of e, as the sigmoid needs it. */
export const power = (base, exponent) => ({ base, exponent });

const RAISED = {
  "-": "⁻",
  0: "⁰",
  1: "¹",
  2: "²",
  3: "³",
  4: "⁴",
  5: "⁵",
  6: "⁶",
  7: "⁷",
  8: "⁸",
  9: "⁹",
  "(": "⁽",
  ")": "⁾",
};
const raise = (text) => [...String(text)].map((c) => RAISED[c] ?? c).join("");

/** Three significant digits with a true minus sign; whole numbers up to 100 as they are. */
export function three(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  let text;
  if (Number.isInteger(value) && size <= 100) text = String(size);
  else if (size >= 1e-4 && size < 1e5) text = size >= 100 ? size.toFixed(0) : size.toPrecision(3);
  else {
    const [digits, exponent] = size.toExponential(2).split("e");
    text = `${digits}·10${raise(Number(exponent))}`;
  }
  return value < 0 ? `−${text}` : text;
}

/** Eight decimals, as source 001 prints its numbers. */
export function eight(value) {
  if (!Number.isFinite(value)) return three(value);
  return value.toFixed(8).replace("-", "−");
}

/** All digits, with a true minus sign. */
export const full = (value) => String(value).replaceAll("-", "−");

/** The formula as plain text, for assistive technology and for copying. */
export function speak(pieces) {
  return pieces
    .map((piece) => {
      if (typeof piece === "string") return piece;
      if (piece.exponent) return `${piece.base}^(${speak(piece.exponent)})`;
      if ("value" in piece) return three(piece.value);
      return piece.base + (piece.index ?? "") + (piece.key ? raise(piece.key) : "");
    })
    .join("");
}

/** An element with a class, text and children: the only way this widget makes HTML. */
export function make(tag, className = "", ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** The formula as elements. */
export function setFormula(target, pieces) {
  target.setAttribute("aria-label", speak(pieces));
  target.replaceChildren(...pieces.map(pieceElement));
}

function pieceElement(piece) {
  if (typeof piece === "string") {
    const breaks = /^ [=+−·] $/.test(piece); // a line may break before an operator, never after it
    return breaks ? make("span", "bp-op", " ", make("span", "", piece.trim(), " ")) : make("span", "bp-op", piece);
  }
  if ("value" in piece) {
    const element = make("span", `bp-num bp-${piece.role}`, three(piece.value));
    element.title = full(piece.value);
    return element;
  }
  // ∂ and ′ stand upright, as KaTeX sets them: its italic letters have neither, and would ask for one more font.
  const signs = piece.base.split(/([∂′])/).filter(Boolean);
  const letters = signs.map((sign) => (/[∂′]/.test(sign) ? sign : make("i", "", sign)));
  const element = make("span", `bp-letter bp-${piece.role ?? "plain"}`, ...letters);
  if (piece.exponent) element.append(make("sup", "", ...piece.exponent.map(pieceElement)));
  else if (piece.key && piece.index)
    element.append(make("span", "bp-scripts", make("span", "", piece.key), make("span", "", piece.index)));
  else if (piece.key) element.append(make("sup", "", piece.key));
  else if (piece.index) element.append(make("sub", "", piece.index));
  return element;
}

/** A layer's numbers between brackets, or their range where they are too many to show. */
export function setMatrix(target, { name, values, rows, columns, role, mark, upto = Infinity }) {
  target.classList.toggle("bp-range", rows > 4 || columns > 3);
  const have = values.slice(0, upto + 1); // the others are not computed yet
  if (rows > 4 || columns > 3) {
    const least = have.reduce((a, b) => Math.min(a, b)),
      most = have.reduce((a, b) => Math.max(a, b));
    setFormula(target, [
      name,
      `: ${have.length < values.length ? `${have.length} of the ` : ""}${rows} × ${columns} numbers, from `,
      number(least, role),
      " to ",
      number(most, role),
    ]);
    return;
  }
  const grid = make("span", "bp-grid");
  grid.style.gridTemplateColumns = `repeat(${columns}, auto)`;
  values.forEach((value, i) => {
    const cell = i > upto ? make("span", "bp-not-yet", "·") : pieceElement(number(value, role));
    if (i === mark) cell.classList.add("bp-mark");
    grid.append(cell);
  });
  target.setAttribute("aria-label", `${speak([name])} = ${have.map(three).join(", ")}`);
  target.replaceChildren(pieceElement(name), make("span", "bp-op", " = "), grid);
}
