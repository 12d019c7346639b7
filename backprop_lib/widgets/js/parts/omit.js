// Let a teacher choose what a class sees: a link carries the parts that are left out.

import { make } from "./formula.js";

const WORDS = "What a class sees: the link (or hide, in Python) carries what is left out here. Reset brings everything back.";

/** The fold of choices, given the words for every part; `change` is told the parts to leave out. */
export function omit(names, change) {
  let left = [];
  const boxes = Object.entries(names).map(([part, words]) => {
    const input = Object.assign(make("input"), { type: "checkbox" });
    input.addEventListener("change", () =>
      change(Object.keys(names).filter((other) => (other === part ? !input.checked : left.includes(other)))),
    );
    return [part, input, make("label", "bp-field bp-toggle", input, make("span", "bp-name", words))];
  });
  const inside = make("div", "bp-folded", make("p", "", WORDS), make("div", "bp-boxes", ...boxes.map(([, , label]) => label)));
  return {
    element: make("details", "bp-values bp-fold", make("summary", "", "For a class"), inside),
    /** Leave out the elements of these parts, and show those of all others. */
    apply(hide, parts) {
      left = hide;
      for (const [part, input] of boxes) {
        input.checked = !hide.includes(part);
        for (const element of parts[part] ?? []) element.classList.toggle("bp-left-out", !input.checked);
      }
    },
  };
}
