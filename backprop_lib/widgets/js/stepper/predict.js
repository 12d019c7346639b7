// Have the reader commit to the next value, or its sign, before it is shown; judge it, and name the slip.

import { explain } from "./arithmetic.js";
import { make, setFormula } from "../parts/formula.js";
import { questionOn } from "./guesses.js";
import { itemAt, nameOf, stepsOfPass, title } from "../parts/steps.js";
import { neighbour } from "./stops.js";
import { verdict } from "../exercise/verdict.js";

const press = (words, act) => {
  const element = make("button", "bp-button bp-words", words);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
};

/** Return the box, what fills it, and whether the reader may go on; `on` is called to step on. */
export function predictor(on) {
  const about = make("p", "bp-asked"), math = Object.assign(make("p", "bp-math"), { role: "math" });
  const input = make("input", "bp-number bp-figures"), said = make("p", "bp-verdict");
  Object.assign(input, { type: "text", autocomplete: "off", spellcheck: false, maxLength: 40 });
  input.setAttribute("aria-label", "your value");
  said.setAttribute("role", "status");
  const signs = [0, 1].map((n) => press("", () => judge("sign", n)));
  const commit = press("commit", () => judge("number", [input.value]));
  const skip = press("show me", on);
  const answers = make("div", "bp-answers", ...signs, make("span", "bp-or", "or"), input, commit, skip);
  const element = make("section", "bp-predict", about, math, answers, said);
  element.setAttribute("aria-label", "Predict the next value");
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation(); // in JupyterLab, Enter would go on to the notebook
    judge("number", [input.value]);
  });
  let asked = null, key = "", answered = false, tries = 0, right = 0, count = 0;

  function judge(kind, given) {
    if (!asked) return;
    const { kind: sort, text } = verdict(asked[kind], given);
    if (sort !== "unread") {
      answered = true;
      skip.textContent = "step on";
      if (!tries++) {
        count++;
        if (sort === "right") right++;
      }
    }
    say(sort, text);
  }
  function say(sort, text) {
    const sign = { right: "✓ ", unread: "" }[sort] ?? "✗ ";
    const tally = count ? ` First tries right: ${right} of ${count}.` : "";
    said.className = `bp-verdict bp-${sort === "right" ? "right" : "wrong"}`;
    said.textContent = `${sign}${text}${tally}`;
  }

  return {
    element,
    /** Whether the next value is committed to, or there is none to commit to. */
    done: () => answered || !asked,
    /** Ask to commit first; false, because it may not go on yet. */
    ask() {
      said.className = "bp-verdict";
      said.textContent = "Commit to a sign or a value first; “show me” goes on without.";
      input.focus();
      return false;
    },
    fill(v) {
      const to = neighbour(v, 1), steps = stepsOfPass(v.biases);
      const next = to && steps[to.step], item = next && itemAt(next, { ...v, ...to });
      asked = next ? questionOn(next, item, v) : null;
      const parts = asked ? explain(next, item, v) : { letters: [] };
      const now = JSON.stringify([to, asked]);
      if (now === key) return;
      [key, answered, tries] = [now, false, 0];
      const whose = next && nameOf(item);
      about.textContent = asked
        ? `Next, (${next.id}): ${whose || title(next).toLowerCase()}. What will it be?`
        : "A new pass begins: nothing to predict.";
      setFormula(math, parts.letters);
      input.value = "";
      said.textContent = "";
      for (const control of [...signs, input, commit]) control.disabled = !asked;
      signs.forEach((control, n) => {
        control.textContent = asked?.sign?.choices[n].text ?? ["positive", "negative"][n];
        control.disabled = !asked?.sign;
      });
      skip.textContent = asked ? "show me" : "step on";
    },
  };
}
