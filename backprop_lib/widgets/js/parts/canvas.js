// Hold a picture that is drawn again and again at the width it has, and is read aloud by its label.

import { drawing } from "./drawing.js";

const SVG = "http://www.w3.org/2000/svg";

/** What tells the size of an element, measured when it has another: to ask at every picture is to lay out at every picture. */
export function sizeOf(element) {
  let size = null;
  new ResizeObserver(() => (size = null)).observe(element);
  return () => (size ??= [element.clientWidth, element.clientHeight]);
}

/** An SVG whose size its style says; `draw` takes what to read aloud, and a painter of its pens, width and height. */
export function canvas(className) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `bp-canvas ${className}`);
  svg.setAttribute("role", "img");
  const pens = drawing(svg),
    size = sizeOf(svg);
  return {
    svg,
    draw(label, paint) {
      const [width, height] = size().map((length, n) => length || [320, 182][n]); // 0 before it stands on the page
      pens.begin(width, height, 12);
      paint(pens, width, height);
      pens.end();
      svg.setAttribute("aria-label", label);
    },
    /** Tell `hear` where the picture is pressed or dragged: from 0, `left` pixels inside it, to 1, `right` before its end. */
    drag(left, right, hear) {
      function tell(event) {
        const box = svg.getBoundingClientRect();
        hear(Math.max(0, Math.min(1, (event.clientX - box.left - left) / (box.width - left - right))));
      }
      svg.classList.add("bp-drag");
      svg.addEventListener("pointerdown", (event) => {
        svg.setPointerCapture(event.pointerId);
        tell(event);
      });
      svg.addEventListener("pointermove", (event) => event.buttons & 1 && tell(event));
    },
  };
}
