// Paint a grid of costs: the deeper the blue, the higher the cost, with lines of equal cost on it.
//
// The blue is laid over the page's ground, so that the picture needs no other colors in the dark.

import { crossings } from "../parts/contours.js";

const [BLUE, GRAY] = [[0, 114, 178], "rgba(120, 128, 140, 0.85)"];

/** A canvas and what paints a grid on it, in the colors and with the lines of a range of costs. */
export function heat() {
  const element = document.createElement("canvas");
  element.className = "bp-heat";
  element.setAttribute("aria-hidden", "true"); // the readout and the tables say it in numbers
  const small = document.createElement("canvas");

  function shade({ n, values }, { low, ratio }) {
    small.width = small.height = n;
    const pen = small.getContext("2d"), image = pen.createImageData(n, n);
    for (let j = 0; j < n; j++)
      for (let i = 0; i < n; i++) {
        const part = Math.log(values[j * n + i] / low) / Math.log(ratio), at = 4 * ((n - 1 - j) * n + i);
        image.data.set(BLUE, at);
        image.data[at + 3] = 160 * Math.max(0, Math.min(1, part));
      }
    pen.putImageData(image, 0, 0);
  }

  return {
    element,
    paint(of, range, side) {
      const dots = Math.round(side * (window.devicePixelRatio || 1));
      element.width = element.height = dots;
      shade(of, range);
      const pen = element.getContext("2d"), cell = dots / (of.n - 1);
      pen.imageSmoothingQuality = "high";
      pen.drawImage(small, -cell / 2, -cell / 2, dots + cell, dots + cell);
      pen.strokeStyle = GRAY;
      pen.lineWidth = dots / side;
      pen.beginPath();
      for (const level of range.lines)
        for (const [x1, y1, x2, y2] of crossings(of, level)) {
          pen.moveTo(x1 * cell, dots - y1 * cell);
          pen.lineTo(x2 * cell, dots - y2 * cell);
        }
      pen.stroke();
    },
  };
}
