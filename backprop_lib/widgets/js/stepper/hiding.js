// Let a teacher choose what a class sees: a link carries the controls that are left out.

import { PARTS } from "./extras.js";
import { make } from "../parts/formula.js";

const NAMES = {
  pace: "go by, play at", predict: "predict first", passes: "updates so far", rate: "learning rate", width: "hidden size",
  data: "data", example: "example shown", outputs: "outputs", biases: "biases", weights: "new weights", reset: "reset",
  link: "copy link", closer: "closer look", receipt: "receipt", class: "this list", table: "table of all values",
}; // prettier-ignore

/** Return the fold of choices; `change` is told the parts to hide.  `apply` hides and shows the elements of each. */
export function hiding(parts, change) {
  let hide = [];
  const boxes = PARTS.map((part) => {
    const input = Object.assign(make("input"), { type: "checkbox" });
    input.addEventListener("change", () =>
      change(PARTS.filter((other) => (other === part ? !input.checked : hide.includes(other)))),
    );
    return [part, input, make("label", "bp-field bp-toggle", input, make("span", "bp-name", NAMES[part]))];
  });
  const choices = make("div", "bp-boxes");
  const words = "What a class sees: a link (or hide, in Python) carries what is left out here. Reset brings everything back.";
  const element = make(
    "details",
    "bp-fold",
    make("summary", "", "For a class"),
    make("div", "bp-folded", make("p", "bp-hint", words), choices),
  );
  // Outside the open fold there is one control of each name, for whoever looks for it by name.
  element.addEventListener("toggle", () => choices.replaceChildren(...(element.open ? boxes.map(([, , label]) => label) : [])));
  return {
    element,
    apply(next) {
      hide = next;
      for (const [part, input] of boxes) {
        const gone = hide.includes(part);
        input.checked = !gone;
        for (const piece of part === "class" ? [element] : (parts[part] ?? [])) piece.classList.toggle("bp-hidden", gone);
      }
    },
  };
}
