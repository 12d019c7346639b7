// Make the buttons that walk through a pass, and one dot for every step of it.

import { button } from "../parts/controls.js";
import { make } from "../parts/formula.js";
import { PHASES, title } from "../parts/steps.js";

/** Return the bar's element, and what draws it: where we are, whether it plays, and which dot has the focus. */
export function transport({ first, back, play, forth, last, go }) {
  const player = button("play", "play", play);
  const dots = make("div", "bp-dots");
  const buttons = make(
    "div",
    "bp-buttons",
    button("first", "back to the first step", first),
    button("back", "one step back", back),
    player,
    button("forth", "one step forward", forth),
    button("last", "on to the next pass", last),
  );

  function dot(step, n) {
    const element = make("button", "bp-dot");
    element.type = "button";
    element.title = title(step);
    element.setAttribute("aria-label", `step ${n + 1}: ${title(step)}`);
    element.addEventListener("click", () => go(n));
    return element;
  }
  function group(phase, steps, all) {
    const here = steps.flatMap((step, n) => (step.phase === phase ? [all[n]] : []));
    return make(
      "div",
      `bp-phase-group bp-phase-${phase}`,
      make("span", "bp-phase-name", phase),
      make("div", "bp-row", ...here),
    );
  }

  return {
    element: make("div", "bp-transport", buttons, dots),
    set(steps, present) {
      if (dots.querySelectorAll("button").length !== steps.length) {
        const all = steps.map(dot);
        dots.replaceChildren(...PHASES.map((phase) => group(phase, steps, all)));
      }
      dots.querySelectorAll("button").forEach((element, n) => {
        element.tabIndex = n === present ? 0 : -1;
        element.classList.toggle("bp-past", n < present);
        if (n === present) element.setAttribute("aria-current", "step");
        else element.removeAttribute("aria-current");
      });
    },
    playing: (on) => player.rename(on ? "pause" : "play", on ? "pause" : "play"),
    focus: () => dots.querySelector("[aria-current]")?.focus(),
  };
}
