// Set a receipt's last step as LaTeX or Markdown: the formula, the same with its numbers in, the result.

const GREEK = { delta: "\\delta", dW: "\\frac{\\partial C}{\\partial W", db: "\\frac{\\partial C}{\\partial b" };

/** A number with up to eight decimals, as source 001 prints its own. */
export function plainNumber(value) {
  const text = value.toFixed(8).replace(/\.?0+$/, "");
  return text === "-0" ? "0" : text;
}

const symbol = (name, l) =>
  name === "y" || (name === "a" && l === 0)
    ? name === "y" ? "y" : "x"
    : name.startsWith("d") && name !== "delta"
      ? `${GREEK[name]}^{(${l})}}`
      : `${GREEK[name] ?? name}^{(${l})}`; // prettier-ignore

function matrix(values) {
  const body = values.map((row) => row.map(plainNumber).join(" & ")).join(" \\\\ ");
  return `\\left(\\begin{array}{${"r".repeat(values[0].length)}} ${body} \\end{array}\\right)`;
}

/** The right side of a line; `set` writes a quantity, as a letter or as its numbers. */
function right({ id, layer: l, name }, set, { alpha, m, biases }) {
  switch (id) {
    case "F1":
      return `${set("W", l)} ${set("a", l - 1)}${biases ? ` + ${set("b", l)}` : ""}`;
    case "F2":
      return `\\sigma\\left(${set("z", l)}\\right)`;
    case "C0":
      return `\\frac{1}{2 \\cdot ${m}} \\left\\lVert ${set("a", 2)} - ${set("y", 2)} \\right\\rVert^2`;
    case "BP1":
      return `\\frac{1}{${m}} \\left(${set("a", 2)} - ${set("y", 2)}\\right) \\odot \\sigma'\\left(${set("z", 2)}\\right)`;
    case "BP2":
      return `\\left(${set("W", 2)}^{\\mathsf T} ${set("delta", 2)}\\right) \\odot \\sigma'\\left(${set("z", 1)}\\right)`;
    case "BP3":
      return `${set("delta", l)} ${set("a", l - 1)}^{\\mathsf T}`;
    case "BP4":
      return `\\sum_{r=1}^{${m}} ${set("delta", l)}`;
    default:
      return `${set(name, l)} - ${alpha} \\cdot ${set(`d${name}`, l)}`;
  }
}

/** The LaTeX of the receipt's last step: an align* with a line for each of its quantities. */
export function toLatex(receipt) {
  const { x, y, W, b, lines, step, layer, learning_rate } = receipt;
  const world = { y: { 2: y }, W, b, a: { 0: x }, z: {}, delta: {}, dW: {}, db: {} };
  for (const { id, name, layer: l, values } of lines) if (id !== "C0" && id !== "GD") world[name][l] = values;
  const letters = (name, l) => symbol(name, l);
  const braced = (name, l) => (world[name]?.[l] ? matrix(world[name][l]) : symbol(name, l));
  const extra = { m: x[0].length, biases: Boolean(b[1]), alpha: plainNumber(learning_rate) };
  const now = lines.filter((line) => line.id === step && (step === "GD" || line.layer === layer));
  const set = now.map((line) => {
    const left = line.id === "C0" ? "C" : symbol(line.name, line.layer);
    const value = line.id === "C0" ? plainNumber(line.values[0][0]) : matrix(line.values);
    const arrow = line.id === "GD" ? "\\leftarrow" : "=";
    return `${left} &${arrow} ${right(line, letters, extra)} \\\\\n&= ${right(line, braced, extra)} \\\\\n&= ${value}`;
  });
  const body = set.length ? set.join(" \\\\\n") : `x &= ${matrix(x)} \\\\\ny &= ${matrix(y)}`;
  return `% ${heading(receipt)}\n\\begin{align*}\n${body}\n\\end{align*}\n`;
}

const heading = ({ pass, step, layer }) =>
  `Pass ${pass}, ${step === "input" ? "input" : `(${step})`}${["GD", "C0", "input"].includes(step) ? "" : `, layer ${layer}`}`;

/** The same in Markdown. */
export function toMarkdown(receipt) {
  const math = toLatex(receipt).split("\n").slice(1).join("\n").replaceAll("align*", "aligned");
  return `### ${heading(receipt)}\n\n$$\n${math}$$\n`;
}
