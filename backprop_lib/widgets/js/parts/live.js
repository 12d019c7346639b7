// Do what every widget with curves does around its pictures: hold its state, link to it, draw once a frame, speak.

import { button } from "./controls.js";
import { make } from "./formula.js";
import { group } from "./frame.js";
import { linkTo } from "./link.js";
import { recordOf } from "./record.js";

/**
 * `rules` say what each trait of the state may hold, as record.js has them; `settle` cuts values to those that fit.
 * Build the parts with `commit`, then `start` puts them on the page and returns what takes them away again.
 */
export function live({ model, el }, label, rules, settle = (state) => state) {
  const record = recordOf(rules, settle);
  const state = () => Object.fromEntries(record.names.map((name) => [name, model.get(name)]));
  const home = state();
  const waiting = { draw: 0, address: 0, speech: 0 }; // a frame and timers
  const note = make("p", "bp-note");
  note.setAttribute("role", "status");
  const speech = make("p", "bp-speech");
  speech.setAttribute("aria-live", "polite");
  const details = make("details", "bp-values", make("summary", "", "Table of values"));
  const onPage = Boolean(el.closest(".bp-widget")); // in Jupyter the address is not ours to change
  const link = onPage ? linkTo(model.get("name"), record, home, note) : null;

  function commit(changes) {
    for (const [name, value] of Object.entries(changes)) model.set(name, value);
    model.save_changes();
    note.textContent = "";
    if (!link) return;
    clearTimeout(waiting.address);
    waiting.address = setTimeout(() => link.show(state()), 250);
  }

  /** Have words read aloud when the reader's hand is still. */
  function say(words) {
    clearTimeout(waiting.speech);
    waiting.speech = setTimeout(() => (speech.textContent = words), 400);
  }

  function start(parts, draw) {
    const actions = [button("reset", "Reset", () => commit(home), true)];
    if (link) actions.push(button("link", "Copy link", () => link.copy(state()), true));
    const below = [details, make("div", "bp-actions", ...actions, note), speech];
    const root = group(make("div", "bp-live bp-curves", ...parts, ...below), label);
    el.append(root);
    const now = () => {
      waiting.draw = 0;
      draw(state());
    };
    const soon = () => (waiting.draw ||= requestAnimationFrame(now));
    const events = record.names.map((name) => `change:${name}`).join(" ");
    const resized = new ResizeObserver(soon);
    const opened = link?.open();
    if (opened) for (const [name, value] of Object.entries(opened)) model.set(name, value);
    model.on(events, soon);
    details.addEventListener("toggle", soon);
    resized.observe(root);
    now();
    return () => {
      model.off(events, soon);
      resized.disconnect();
      cancelAnimationFrame(waiting.draw);
      for (const name of ["address", "speech"]) clearTimeout(waiting[name]);
      root.remove();
    };
  }

  return { commit, details, say, start };
}
