// Draw an exercise: a question, native fields or radio buttons, a verdict, hints one at a time, then the solution.
//
// Nothing is sent anywhere.  What a reader wrote is kept in this browser, under one key a page, until "Reset".

import { verdict } from "./verdict.js";

const SIGNS = { right: "✓", unread: "?" }; // any other verdict is a "✗": never color alone

/** Append an element to a parent and return it; children are elements or texts, and texts stay texts. */
function add(parent, tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  parent?.append(element);
  return element;
}

/** Return nodes for a text with `code`, *emphasis*, _{subscript} and ^{superscript}: the only markup there is. */
export function marked(text) {
  const tags = ["code", "em", "sub", "sup"];
  const parts = text.split(/`([^`]+)`|\*([^*\s](?:[^*]*[^*\s])?)\*|_\{([^}]*)\}|\^\{([^}]*)\}/);
  return parts.flatMap((part, i) => {
    if (part === undefined || part === "") return [];
    return i % 5 === 0 ? [document.createTextNode(part)] : [add(null, tags[(i % 5) - 1], {}, part)];
  });
}

// ── what is kept in the browser; private windows and file:// may refuse, and then nothing is kept ──────

const shelf = () => `backprop-exercises:${location.pathname}`;

function shelved() {
  try {
    return JSON.parse(localStorage.getItem(shelf())) ?? {};
  } catch {
    return {};
  }
}

function keep(key, state) {
  const all = { ...shelved(), [key]: state };
  if (state === null) delete all[key];
  try {
    localStorage.setItem(shelf(), JSON.stringify(all));
  } catch {
    // kept for as long as the page is open
  }
}

/** Return what was kept for an exercise, or a blank start; whatever does not fit is left out. */
function recall(exercise) {
  const { given, judged, opened } = shelved()[exercise.key] ?? {};
  const blank = exercise.kind === "number" ? exercise.answer.map(() => "") : -1;
  const fits = Array.isArray(blank)
    ? Array.isArray(given) && given.length === blank.length && given.every((text) => typeof text === "string")
    : Number.isInteger(given);
  return {
    given: fits ? given : blank,
    judged: fits && judged === true,
    opened: Number.isInteger(opened) ? Math.min(Math.max(opened, 0), exercise.hints.length + 1) : 0,
  };
}

// ── the parts ──────────────────────────────────────────────────────────────────────────────────────────

/** Fields for numbers, laid out as the matrix they fill; returns {boxes, get, set}. */
function numberFields(parent, { places, columns, label }) {
  const grid = add(parent, "div", { class: "bp-exercise-fields" });
  grid.style.setProperty("--columns", columns);
  if (places.length > 1 && label) add(grid, "span", { class: "bp-exercise-label" }, ...marked(`${label} =`));
  const table = add(grid, "div", { class: places.length > 1 ? "bp-exercise-matrix" : "bp-exercise-one" });
  const boxes = places.map((place) => {
    const holder = add(table, "label", {});
    if (places.length === 1 && label) add(holder, "span", { class: "bp-exercise-label" }, ...marked(`${label} =`));
    // inputmode stays "text": the decimal keyboard of a phone may have no minus sign
    const input = add(holder, "input", { type: "text", inputmode: "text", autocomplete: "off", maxlength: 60 });
    input.spellcheck = false;
    input.setAttribute("autocapitalize", "off");
    const spoken = marked(label).map((node) => node.textContent).join("");
    if (places.length > 1 || !label) input.setAttribute("aria-label", label ? `${spoken}, ${place}` : place);
    return input;
  });
  return {
    boxes,
    get: () => boxes.map((box) => box.value),
    set: (texts) => boxes.forEach((box, i) => (box.value = texts[i])),
  };
}

/** Radio buttons, one a choice; the form they stand in keeps them apart from every other exercise's. */
function choiceFields(parent, { choices }) {
  const list = add(parent, "div", { class: "bp-exercise-choices" });
  const boxes = choices.map(({ text }, i) => {
    const label = add(list, "label", { class: "bp-exercise-choice" });
    const box = add(label, "input", { type: "radio", name: "choice", value: i });
    add(label, "span", {}, ...marked(text));
    return box;
  });
  return {
    boxes,
    get: () => boxes.findIndex((box) => box.checked),
    set: (picked) => boxes.forEach((box, i) => (box.checked = i === picked)),
  };
}

/** Draw an exercise into an element and return a function that removes it. */
function draw(exercise, root, solvedIs) {
  const state = recall(exercise);
  const { hints, solution } = exercise;
  const form = add(root, "form", { class: "bp-exercise", "data-lm-suppress-shortcuts": "true", novalidate: "" });
  const group = add(form, "fieldset", {});
  const legend = add(group, "legend", {});
  add(legend, "span", { class: "bp-exercise-title" }, exercise.title);
  add(legend, "span", { class: "bp-exercise-prompt" }, ...marked(exercise.prompt));
  const fields = (exercise.kind === "number" ? numberFields : choiceFields)(group, exercise);

  const bar = add(form, "div", { class: "bp-exercise-bar" });
  add(bar, "button", { type: "submit", class: "bp-exercise-check" }, "Check");
  const help = add(bar, "button", { type: "button" });
  const again = add(bar, "button", { type: "button", class: "bp-exercise-again" }, "Reset");
  const feedback = add(form, "p", { class: "bp-exercise-feedback", role: "status" });
  const opened = add(form, "div", { class: "bp-exercise-opened", "aria-live": "polite" });

  let result = null;
  const say = (kind, text) => {
    const sign = add(null, "span", { class: "bp-exercise-sign", "aria-hidden": "true" }, kind ? SIGNS[kind] ?? "✗" : "");
    feedback.replaceChildren(...(kind ? [sign] : []), add(null, "span", {}, ...marked(text)));
    form.dataset.verdict = kind;
  };
  const judge = () => {
    result = verdict(exercise, state.given);
    say(result.kind, result.text);
    fields.boxes.forEach((box, i) => {
      box.dataset.mark = result.marks[i];
      if (box.type === "text") box.setAttribute("aria-invalid", ["wrong", "unread"].includes(result.marks[i]));
    });
    solvedIs(result.kind === "right");
    offer();
  };

  // Hints come before the solution; a solved exercise may be compared with it at once.
  const solved = () => result?.kind === "right";
  const next = () => (solved() || state.opened >= hints.length ? "solution" : "hint");
  const offer = () => {
    const done = state.opened > hints.length || (next() === "solution" && !solution);
    help.hidden = done;
    again.hidden = !state.opened && fields.boxes.every((box) => box.value === box.defaultValue && !box.checked);
    help.textContent = next() === "hint" ? `Hint ${state.opened + 1} of ${hints.length}` : "Show solution";
  };
  const unfold = (i) => {
    const name = i < hints.length ? `Hint ${i + 1}` : "Solution";
    add(opened, "p", { class: i < hints.length ? "" : "bp-exercise-solution" },
      add(null, "strong", {}, `${name}. `), ...marked(hints[i] ?? solution));
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    Object.assign(state, { given: fields.get(), judged: true });
    keep(exercise.key, state);
    judge();
  });
  form.addEventListener("input", () => {
    Object.assign(state, { given: fields.get(), judged: false });
    keep(exercise.key, state);
    result = null;
    say("", "");
    for (const box of fields.boxes) {
      delete box.dataset.mark;
      box.removeAttribute("aria-invalid");
    }
    offer();
  });
  form.addEventListener("keydown", (event) => event.stopPropagation()); // a notebook's shortcuts stay out of it
  help.addEventListener("click", () => {
    if (!hints.length && !state.judged) return say("", "Try once; then the solution opens.");
    if (next() === "solution") state.opened = hints.length;
    unfold(state.opened++);
    keep(exercise.key, state);
    offer();
    if (help.hidden) again.focus(); // the button that had the focus is out of sight
  });
  again.addEventListener("click", () => {
    keep(exercise.key, null);
    Object.assign(state, recall(exercise));
    fields.set(state.given);
    opened.replaceChildren();
    form.dispatchEvent(new Event("input"));
    keep(exercise.key, null);
    solvedIs(false);
    fields.boxes[0].focus();
  });

  fields.set(state.given);
  for (let i = 0; i < state.opened; i++) if (i < hints.length || solution) unfold(i);
  offer();
  if (state.judged) judge();
  return () => form.remove();
}

export default {
  render({ model, el }) {
    const solvedIs = (solved) => {
      model.set("solved", solved);
      model.save_changes();
    };
    let remove = draw(model.get("exercise"), el, solvedIs);
    const redraw = () => {
      remove();
      remove = draw(model.get("exercise"), el, solvedIs);
    };
    model.on("change:exercise", redraw);
    return () => {
      model.off("change:exercise", redraw);
      remove();
    };
  },
};
