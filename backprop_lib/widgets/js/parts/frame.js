// Make the elements that hold the stepper together, with the roles and names by which they are read aloud.

import { make } from "./formula.js";

const SVG = "http://www.w3.org/2000/svg";
const KEYS = "Left and right arrow keys step, up and down choose a neuron or weight, Enter takes it apart, space plays.";

/** A group with a name of its own for assistive technology. */
export function group(element, name) {
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", name);
  return element;
}

/** A network's picture with its legend, still empty, which holds the keyboard; `names` are those of the two ways. */
export function networkPicture(keys, names, ...between) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "bp-diagram");
  svg.setAttribute("role", "img");
  const legend = make(
    "p",
    "bp-legend",
    make("span", "bp-key bp-key-plus", "w > 0"),
    make("span", "bp-key bp-key-minus", "w < 0"),
    make("span", "bp-key bp-key-forward", names[0]),
    make("span", "bp-key bp-key-back", names[1]),
  );
  const picture = group(make("div", "bp-picture", svg, ...between, legend), `The network. ${keys}`);
  picture.tabIndex = 0;
  return { svg, picture };
}

/** Return the elements, still empty; `root` is the widget. */
export function frame() {
  const underline = make("p", "bp-readout");
  const { svg, picture } = networkPicture(KEYS, ["forward", "backward"], underline);
  const hint = "Tap a neuron or weight.";
  picture.append(make("p", "bp-legend", make("span", "bp-key bp-key-flat", "saturated (× dead)"), make("span", "", hint)));
  const note = make("p", "bp-note");
  note.setAttribute("role", "status");
  const speech = make("p", "bp-speech");
  speech.setAttribute("aria-live", "polite");
  const details = make("details", "bp-values", make("summary", "", "Table of all values"));
  const root = group(make("div", "bp-live bp-stepper"), "Stepper: backpropagation, one step at a time");
  return { root, picture, svg, underline, note, speech, details };
}
