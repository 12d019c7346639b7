// Give out the present step as a receipt, by copy or as a file, and check one that is pasted in.

import { make } from "../parts/formula.js";
import { checkReceipt, LONGEST, receiptOf } from "./receipt.js";
import { toLatex, toMarkdown } from "./receipt_text.js";

/** JSON with a row of numbers on a line, to be read and changed by hand. */
const toJson = (receipt) =>
  JSON.stringify(receipt, null, 1).replace(/\[([^[\]{}"]*)\]/g, (_, row) => `[${row.trim().split(/,\s*/).join(", ")}]`);

const FORMS = [
  ["JSON", "json", "application/json", toJson],
  ["Markdown", "md", "text/markdown", toMarkdown],
  ["LaTeX", "tex", "application/x-tex", toLatex],
];

const press = (words, act, label = words) => {
  const element = make("button", "bp-button bp-words", words);
  element.type = "button";
  element.setAttribute("aria-label", label);
  element.addEventListener("click", act);
  return element;
};

/** Return the fold; `now` gives the view and its steps. */
export function receipts(now) {
  const text = make("textarea", "bp-receipt"), said = make("ol", "bp-said"), note = make("p", "bp-told");
  Object.assign(text, { rows: 6, spellcheck: false, autocomplete: "off" });
  text.setAttribute("aria-label", "a receipt: exported here, or pasted to be checked");
  text.placeholder = "Export the present step, or paste a receipt and check it.";
  note.setAttribute("role", "status");
  let form = FORMS[0];

  function give(chosen) {
    form = chosen;
    text.value = form[3](receiptOf(...now()));
    say(`The step as ${form[0]}: ${form[0] === "JSON" ? "change a number and check it, " : ""}copy it, or save it.`);
  }
  function say(words, lines = []) {
    note.textContent = words;
    said.replaceChildren(...lines.map(({ kind, text: line }) => make("li", kind === "right" ? "bp-right" : "bp-wrong", `${kind === "right" ? "✓" : "✗"} ${line}`)));
  } // prettier-ignore
  async function copy() {
    try {
      await navigator.clipboard.writeText(text.value);
      say("Copied.");
    } catch {
      text.focus();
      text.select();
      say("It is selected: copy it with your keyboard.");
    }
  }
  function save() {
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([text.value], { type: form[2] }));
    link.download = `backprop-step.${form[1]}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  function check() {
    const { trouble, lines } = checkReceipt(text.value.slice(0, LONGEST + 1));
    if (trouble) return say(`✗ ${trouble}`);
    const wrong = lines.filter(({ kind }) => kind !== "right").length;
    return say(
      wrong ? `✗ ${wrong} of ${lines.length} lines ${wrong === 1 ? "is" : "are"} wrong.` : `✓ All ${lines.length} lines are right.`,
      lines,
    );
  }

  const exports = FORMS.map((chosen) => press(chosen[0], () => give(chosen), `export as ${chosen[0]}`));
  const actions = [press("copy", copy, "copy the receipt"), press("save", save, "save the receipt as a file"), press("check", check, "check the receipt")];
  return make(
    "details",
    "bp-fold",
    make("summary", "", "Receipt"),
    make("div", "bp-folded", make("div", "bp-answers", ...exports, make("span", "bp-or", "then"), ...actions), text, note, said),
  );
}
