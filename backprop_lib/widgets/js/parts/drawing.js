// Draw lines, shapes and labelled numbers into an SVG, again and again, with as few changes as a picture needs.

import { three } from "./formula.js";

const SVG = "http://www.w3.org/2000/svg";

/** Return the pens of one SVG.  Between `begin` and `end` a picture is drawn; what it does not draw again goes. */
export function drawing(svg) {
  const parts = new Map();
  const [lines, shapes, texts] = [0, 1, 2].map(() => svg.appendChild(document.createElementNS(SVG, "g")));
  const groups = { line: lines, polyline: lines, circle: shapes, rect: shapes, text: texts };
  let used = new Set(),
    font = 12;

  /** The element of this key, made once; attributes and text are set, and elements not asked for again go. */
  function part(key, tag, attributes, text) {
    let element = parts.get(key);
    if (!element) {
      element = groups[tag].appendChild(document.createElementNS(SVG, tag));
      parts.set(key, element);
    }
    for (const [name, value] of Object.entries(attributes))
      if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
    if (text !== undefined && element.textContent !== text) element.textContent = text;
    used.add(element);
    return element;
  }

  const lineTo = (key, className, x1, y1, x2, y2, width = 1.5) =>
    part(key, "line", {
      class: className,
      x1: x1.toFixed(1),
      y1: y1.toFixed(1),
      x2: x2.toFixed(1),
      y2: y2.toFixed(1),
      "stroke-width": width.toFixed(2),
    });

  /** A short arrowhead at a point, showing which way numbers flow. */
  function arrow(key, className, x, y, ux, uy) {
    const [bx, by, s] = [x - ux * 5, y - uy * 5, 4];
    const points = `${bx - uy * s},${by + ux * s} ${x + ux * 2},${y + uy * 2} ${bx + uy * s},${by - ux * s}`;
    part(key, "polyline", { class: `bp-arrow ${className}`, points });
  }

  /** A letter with index and superscript key, and a number after it if there is one. */
  function tag(key, className, x, y, letter, value) {
    const { base, index = "", layer } = letter;
    const content = [
      base,
      index,
      layer === undefined ? "" : `(${layer})`,
      value === undefined ? "" : font < 11 ? short(value) : three(value),
    ];
    const text = part(key, "text", {
      class: `bp-tag ${className}`,
      x: x.toFixed(1),
      y: y.toFixed(1),
      "font-size": font,
    });
    if (text.dataset.content === content.join("|")) return;
    text.dataset.content = content.join("|");
    const span = (name, string, dy) => {
      const element = document.createElementNS(SVG, "tspan");
      element.setAttribute("class", name);
      element.setAttribute("dy", dy);
      element.textContent = string;
      return element;
    };
    const spans = [
      span("bp-base", content[0], 0),
      span("bp-script", content[1], "0.28em"),
      span("bp-script", content[2], content[1] ? "-0.75em" : "-0.45em"),
    ];
    if (!content[2]) spans.pop();
    const back = content[2] ? "0.45em" : content[1] ? "-0.2em" : 0;
    if (value !== undefined) spans.push(span("bp-figures", ` ${content[3]}`, back));
    text.replaceChildren(...spans);
  }

  function begin(width, height, size) {
    [used, font] = [new Set(), size];
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }
  function end() {
    for (const [key, element] of parts) if (!used.has(element)) (element.remove(), parts.delete(key));
    inOrder();
  }

  /** Put the elements in the order they were asked for, so that a picture does not depend on the one before it. */
  function inOrder() {
    const next = new Map([lines, shapes, texts].map((group) => [group, group.firstChild]));
    for (const element of used) {
      const group = element.parentNode,
        place = next.get(group);
      if (element === place) next.set(group, place.nextSibling);
      else group.insertBefore(element, place);
    }
  }

  return { begin, end, part, lineTo, arrow, tag };
}

/** A number short enough for a neuron. */
export function short(value) {
  const size = Math.abs(value),
    text = three(value);
  if (size >= 1e-4 && size < 0.01) return value.toPrecision(2).replace("-", "−");
  return text.length <= 7 ? text : value.toExponential(0).replaceAll("-", "−").replace("+", "");
}
