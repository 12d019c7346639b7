// Paint what a network says everywhere in the plane, the line where it changes its mind, and the points it learns.

import { sizeOf } from "../parts/canvas.js";
import { crossings } from "../parts/contours.js";
import { make } from "../parts/formula.js";

const EDGES = { left: 30, right: 8, top: 8, bottom: 24 };
const MANY = 40; // points, from which on they are drawn small

/** The color of a property as red, green and blue. */
export function rgb(pen, style, name) {
  pen.fillStyle = style.getPropertyValue(name).trim() || "#808080";
  return [1, 3, 5].map((i) => parseInt(pen.fillStyle.slice(i, i + 2), 16));
}

/** The pixels of a color from clear to solid, as an ImageData's 32-bit words: place 255 is solid. */
export function shades([r, g, b]) {
  const bytes = new Uint8ClampedArray(4 * 256);
  for (let alpha = 0; alpha < 256; alpha++) bytes.set([r, g, b, alpha], 4 * alpha);
  return new Uint32Array(bytes.buffer);
}

/** A canvas that is read aloud by its label, as sharp as the screen; `paint` takes its pen, width and height. */
export function painting(className) {
  const element = make("canvas", className);
  element.setAttribute("role", "img");
  const size = sizeOf(element);
  return {
    element,
    draw(label, paint) {
      const [width, height] = size().map((length) => length || 300);
      const ratio = Math.min(2, window.devicePixelRatio || 1);
      if (element.width !== Math.round(width * ratio)) element.width = Math.round(width * ratio);
      if (element.height !== Math.round(height * ratio)) element.height = Math.round(height * ratio);
      const pen = element.getContext("2d");
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, width, height);
      paint(pen, width, height, getComputedStyle(element));
      element.setAttribute("aria-label", label);
    },
  };
}

/** The map of a network; `draw` takes its surface, a pinned one or null, the points, and which of them are right. */
export function boundary() {
  const { element, draw } = painting("bp-boundary");
  const small = document.createElement("canvas");

  function shade(pen, { n, values }, color, x, y, side) {
    small.width = small.height = n;
    const inner = small.getContext("2d"),
      image = inner.createImageData(n, n);
    const pixels = new Uint32Array(image.data.buffer),
      tones = shades(color);
    for (let row = 0, k = 0; row < n; row++)
      for (let at = (n - 1 - row) * n; at < (n - row) * n; at++, k++) pixels[at] = tones[Math.round(150 * values[k])]; // from below
    inner.putImageData(image, 0, 0);
    const cell = side / (n - 1);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(small, x - cell / 2, y - cell / 2, side + cell, side + cell);
  }
  function line(pen, surface, at, color, width) {
    pen.strokeStyle = color;
    pen.lineWidth = width;
    pen.beginPath();
    for (const [x1, y1, x2, y2] of crossings(surface, 0.5)) {
      pen.moveTo(...at(x1 / (surface.n - 1), y1 / (surface.n - 1)));
      pen.lineTo(...at(x2 / (surface.n - 1), y2 / (surface.n - 1)));
    }
    pen.stroke();
  }
  function point(pen, x, y, size, one, right, colors) {
    pen.beginPath();
    pen.arc(x, y, size, 0, 7);
    pen.fillStyle = one ? colors.target : colors.ground;
    pen.fill();
    pen.lineWidth = one ? 1 : size / 3;
    pen.strokeStyle = one ? colors.ground : colors.target;
    pen.stroke();
    if (right) return;
    pen.lineWidth = 2;
    pen.strokeStyle = colors.wrong;
    pen.beginPath();
    for (const way of [1, -1]) {
      pen.moveTo(x - size, y - way * size);
      pen.lineTo(x + size, y + way * size);
    }
    pen.stroke();
  }

  return {
    element,
    draw(label, surface, pinned, { x, y, m, outputs }, right, reach) {
      draw(label, (pen, width, height, style) => {
        const side = Math.min(width - EDGES.left - EDGES.right, height - EDGES.top - EDGES.bottom);
        const left = EDGES.left + (width - EDGES.left - EDGES.right - side) / 2;
        const at = (u, v) => [left + u * side, EDGES.top + (1 - v) * side];
        const color = (name) => style.getPropertyValue(name).trim();
        pen.save();
        pen.beginPath();
        pen.rect(left, EDGES.top, side, side);
        pen.clip();
        shade(pen, surface, rgb(pen, style, "--fwd"), left, EDGES.top, side);
        if (pinned) line(pen, pinned, at, color("--mut"), 1.5);
        line(pen, surface, at, color("--fwd"), 2);
        const colors = { target: color("--tgt"), ground: color("--gnd"), wrong: color("--grd") };
        const part = (value) => (value - reach[0]) / (reach[1] - reach[0]);
        for (let r = 0; r < m; r++)
          point(pen, ...at(part(x[r]), part(x[m + r])), m > MANY ? 3 : 6, y[(outputs - 1) * m + r] === 1, right(r), colors);
        pen.restore();
        pen.strokeStyle = color("--lin");
        pen.lineWidth = 1;
        pen.strokeRect(left + 0.5, EDGES.top + 0.5, side - 1, side - 1);
        pen.fillStyle = color("--mut");
        pen.font = `11px ${style.fontFamily}`;
        const words = (value) => String(value).replace("-", "−");
        const write = (text, align, px, py) => ((pen.textAlign = align), pen.fillText(text, px, py));
        for (const [k, value] of reach.entries()) {
          write(words(value), k ? "right" : "left", left + k * side, EDGES.top + side + 15);
          write(words(value), "right", left - 5, EDGES.top + (k ? 9 : side));
        }
        write("x₁", "center", left + side / 2, EDGES.top + side + 15);
        write("x₂", "right", left - 5, EDGES.top + side / 2 + 4);
      });
    },
  };
}
