// Paint the response of every hidden neuron: a small map of the plane each, the darker the higher its activation.

import { painting, rgb, shades } from "./boundary.js";

const GAP = 4,
  MOST = 72, // pixels along the side of a tile
  TITLE = 18;

/** The largest tiles of which n fit into a box: their side, and how many stand in a row. */
export function fit(n, width, height) {
  for (let side = MOST; side > 4; side--) {
    const across = Math.floor((width + GAP) / (side + GAP));
    if (across && Math.ceil(n / across) * (side + GAP) - GAP <= height) return { side, across };
  }
  return { side: 4, across: Math.max(1, Math.floor((width + GAP) / (4 + GAP))) };
}

/** From where to where the activations of a layer go; the sigmoid's and tanh's from end to end. */
function range(values, activation) {
  if (activation === "sigmoid") return [0, 1];
  if (activation === "tanh") return [-1, 1];
  const [least, most] = values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [0, 0]);
  return [least, Math.max(most, least + 1e-12)];
}

/** The maps of all hidden layers side by side; `draw` takes the surface and the network. */
export function tiles() {
  const { element, draw } = painting("bp-tiles");
  const small = document.createElement("canvas");

  function layer(pen, tones, values, n, surface, activation, left, width, height) {
    const { side, across } = fit(n, width, height - TITLE);
    const [low, high] = range(values, activation),
      half = surface.n / 2,
      m = surface.n * surface.n;
    small.width = half;
    small.height = half * n;
    const inner = small.getContext("2d"),
      image = inner.createImageData(half, half * n);
    const pixels = new Uint32Array(image.data.buffer),
      dense = 210 / (high - low);
    for (let i = 0, at = 0; i < n; i++)
      for (let row = half - 1; row >= 0; row--)
        for (let k = i * m + 2 * row * surface.n, last = k + surface.n; k < last; k += 2) pixels[at++] = tones[Math.round(dense * (values[k] - low))];
    inner.putImageData(image, 0, 0);
    for (let i = 0; i < n; i++) {
      const x = left + (i % across) * (side + GAP),
        y = TITLE + Math.floor(i / across) * (side + GAP);
      pen.drawImage(small, 0, i * half, half, half, x, y, side, side);
      pen.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1);
    }
  }

  return {
    element,
    draw(label, surface, { sizes, L, names }) {
      draw(label, (pen, width, height, style) => {
        const tones = shades(rgb(pen, style, "--fwd")),
          wide = (width - (L - 2) * 16) / (L - 1);
        pen.strokeStyle = style.getPropertyValue("--lin").trim();
        pen.lineWidth = 1;
        pen.font = `12px ${style.fontFamily}`;
        for (let l = 1; l < L; l++) {
          const left = (l - 1) * (wide + 16);
          pen.fillStyle = style.getPropertyValue("--mut").trim();
          pen.fillText(`a⁽${"⁰¹²"[l]}⁾, neuron by neuron`.slice(0, L > 2 ? 4 : undefined), left, 12);
          layer(pen, tones, surface.a[l], sizes[l], surface, names[l], left, wide, height);
        }
      });
    },
  };
}
