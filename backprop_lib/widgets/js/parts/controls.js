// Make the stepper's native controls: labelled sliders, choosers, switches and buttons.

import { make } from "./formula.js";

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  first: "M3 4v8M14 8H6M9 5L6 8l3 3",
  back: "M13 8H3M7 4L3 8l4 4",
  forth: "M3 8h10M9 4l4 4-4 4",
  last: "M13 4v8M2 8h8M7 5l3 3-3 3",
  play: "M5 3.500l7.500 4.500-7.500 4.500z",
  pause: "M5 3v10M11 3v10",
  reset: "M4 6a5 5 0 1 1-.6 4M4 2.500v3.500h3.500",
  link: "M7 9a3 3 0 0 0 4.200 0l1.800-1.800a3 3 0 0 0-4.200-4.200l-.8.8M9 7a3 3 0 0 0-4.200 0L3 8.800a3 3 0 0 0 4.200 4.200l.8-.8",
  dice: "M3 3h10v10H3zM6 6h.01M10 10h.01M10 6h.01M6 10h.01",
  previous: "M10 4L6 8l4 4",
  next: "M6 4l4 4-4 4",
  shut: "M4 4l8 8M12 4l-8 8",
  less: "M4 8h8",
  more: "M4 8h8M8 4v8",
};

/** A button with an icon; its label is read aloud, and shown where `words` is true. */
export function button(icon, label, press, words = false) {
  const element = make(
    "button",
    words ? "bp-button bp-words" : "bp-button",
    drawIcon(icon),
    ...(words ? [make("span", "", label)] : []),
  );
  element.type = "button";
  const name = (text, drawn) => {
    element.setAttribute("aria-label", text);
    element.title = text;
    if (drawn) element.querySelector("path").setAttribute("d", ICONS[drawn]);
  };
  name(label);
  element.addEventListener("click", press);
  return Object.assign(element, { rename: name });
}

function drawIcon(name) {
  const svg = document.createElementNS(SVG, "svg"),
    path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A slider with its name and value; `read` and `write` translate between its position and its value. */
export function slider(name, { min, max, step, read = Number, write = Number, show = String }, change) {
  const input = Object.assign(make("input"), { type: "range", min, max, step });
  const output = make("span", "bp-value bp-figures");
  const label = make("label", "bp-field bp-slider", make("span", "bp-name", name), output, input);
  input.addEventListener("input", () => change(read(Number(input.value))));
  return {
    element: label,
    rename(text) {
      label.firstChild.textContent = text;
    },
    set(value) {
      const place = String(write(value));
      if (document.activeElement !== input || Math.abs(Number(input.value) - place) > step / 2) input.value = place;
      output.textContent = show(value);
      input.setAttribute("aria-valuetext", show(value));
    },
  };
}

/** A chooser; `set` may also replace its options, given as [value, words] pairs. */
export function chooser(name, options, change) {
  const select = make("select");
  let values = [];
  const fill = (pairs) => {
    if (pairs.map(String).join() === values.map(String).join()) return;
    values = pairs;
    select.replaceChildren(...pairs.map(([, words]) => make("option", "", words)));
  };
  fill(options);
  select.addEventListener("change", () => change(values[select.selectedIndex][0]));
  return {
    element: make("label", "bp-field", make("span", "bp-name", name), select),
    set(value, pairs = values) {
      fill(pairs);
      select.selectedIndex = values.findIndex(([v]) => v === value);
    },
  };
}

/** A switch that is on or off. */
export function toggle(name, change) {
  const input = Object.assign(make("input"), { type: "checkbox" });
  input.addEventListener("change", () => change(input.checked));
  return {
    element: make("label", "bp-field bp-toggle", input, make("span", "bp-name", name)),
    set(value) {
      input.checked = value;
    },
  };
}

/** The cost over the passes of the run, with a mark at the present one. */
export function curve() {
  const svg = document.createElementNS(SVG, "svg");
  const [line, mark] = ["path", "line"].map((tag) => svg.appendChild(document.createElementNS(SVG, tag)));
  svg.setAttribute("class", "bp-curve");
  svg.setAttribute("viewBox", "0 0 1000 40");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  return {
    element: svg,
    draw(costs, pass, words) {
      const most = costs.reduce((a, b) => (b > a ? b : a), 1e-300);
      const stride = 4;
      let d = "";
      for (let n = 0; n < costs.length; n += stride)
        d += `${n ? "L" : "M"}${n} ${(38 - (36 * costs[n]) / most).toFixed(2)}`;
      line.setAttribute("d", d);
      for (const [name, value] of [
        ["x1", pass],
        ["x2", pass],
        ["y1", 0],
        ["y2", 40],
      ])
        mark.setAttribute(name, value);
      mark.setAttribute("class", "bp-now");
      svg.setAttribute("aria-label", words);
    },
  };
}
