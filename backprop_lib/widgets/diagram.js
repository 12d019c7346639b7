// Draw the network with its numbers, and light what the present step uses.

import { full, three } from "./formula.js";
import { edgeOf, hit, layout } from "./layout.js";
import { known } from "./steps.js";

const SVG = "http://www.w3.org/2000/svg";

/** Return an object that draws views into `svg` and tells `choose` and `inspect` what the pointer is on. */
export function diagram(svg, { choose, inspect }) {
  const parts = new Map();
  const [lines, shapes, texts] = [0, 1, 2].map(() => svg.appendChild(document.createElementNS(SVG, "g")));
  const groups = { line: lines, polyline: lines, circle: shapes, rect: shapes, text: texts };
  let used, place;

  /** The element of this key, made once; attributes and text are set, and elements not asked for again go. */
  function part(key, tag, attributes, text) {
    let element = parts.get(key);
    if (!element) {
      element = groups[tag].appendChild(document.createElementNS(SVG, tag));
      parts.set(key, element);
    }
    for (const [name, value] of Object.entries(attributes)) if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
    if (text !== undefined && element.textContent !== text) element.textContent = text;
    used.add(element);
    return element;
  }

  const lineTo = (key, className, x1, y1, x2, y2, width = 1.5) =>
    part(key, "line", { class: className, x1: x1.toFixed(1), y1: y1.toFixed(1), x2: x2.toFixed(1), y2: y2.toFixed(1), "stroke-width": width.toFixed(2) });

  /** A short arrowhead at a point, showing which way numbers flow. */
  function arrow(key, className, x, y, ux, uy) {
    const [bx, by, s] = [x - ux * 5, y - uy * 5, 4];
    const points = `${bx - uy * s},${by + ux * s} ${x + ux * 2},${y + uy * 2} ${bx + uy * s},${by - ux * s}`;
    part(key, "polyline", { class: `bp-arrow ${className}`, points });
  }

  /** A letter with index and superscript key, and a number after it if there is one. */
  function tag(key, className, x, y, letter, value) {
    const { base, index = "", layer } = letter;
    const content = [base, index, layer === undefined ? "" : `(${layer})`, value === undefined ? "" : three(value)];
    const text = part(key, "text", { class: `bp-tag ${className}`, x: x.toFixed(1), y: y.toFixed(1), "font-size": place.font });
    if (text.dataset.content === content.join("|")) return;
    text.dataset.content = content.join("|");
    const span = (name, string, dy) => {
      const element = document.createElementNS(SVG, "tspan");
      element.setAttribute("class", name);
      element.setAttribute("dy", dy);
      element.textContent = string;
      return element;
    };
    const spans = [span("bp-base", content[0], 0), span("bp-script", content[1], "0.28em"), span("bp-script", content[2], content[1] ? "-0.75em" : "-0.45em")];
    if (!content[2]) spans.pop();
    const back = content[2] ? "0.45em" : content[1] ? "-0.2em" : 0;
    if (value !== undefined) spans.push(span("bp-figures", ` ${content[3]}`, back));
    text.replaceChildren(...spans);
  }

  function draw(v, steps, item, width, height) {
    place = layout(v.sizes, width, height);
    used = new Set();
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const now = steps[v.step], know = (id, l) => known(steps, v.step, id, l);
    const chosen = (l, i, j) => item.l === l && item.i === i && item.j === j;
    const point = v.selected.map((n) => n - 1);

    for (const l of [1, 2]) edges(v, l, now, chosen, point);
    costLinks(v, now, know);
    for (const l of [1, 2]) edgeNumbers(v, l, now, chosen, point);
    for (const l of [0, 1, 2]) for (const n of place.nodes[l]) neuron(v, n, now, know, chosen(l, n.i), point[l] === n.i);
    targets(v, now, know);
    for (const [key, element] of parts) if (!used.has(element)) (element.remove(), parts.delete(key));
    inOrder();
  }

  /** Put the elements in the order they were asked for, so that a picture does not depend on the one before it. */
  function inOrder() {
    const next = new Map([lines, shapes, texts].map((group) => [group, group.firstChild]));
    for (const element of used) {
      const group = element.parentNode, place = next.get(group);
      if (element === place) next.set(group, place.nextSibling);
      else group.insertBefore(element, place);
    }
  }

  /** How a step uses the edges into layer l: "forward", "gradient" or not at all. */
  const useOfEdges = ({ id, l: layer }, l) =>
    id === "GD" || (id === "F1" && layer === l) ? "forward" : (id === "BP3" && layer === l) || (id === "BP2" && l === 2) ? "gradient" : "";

  function edges(v, l, now, chosen, point) {
    const weights = now.id === "GD" ? v.q.W[l] : v.p.W[l], columns = v.sizes[l - 1];
    const most = Math.max(1, ...[...weights].map(Math.abs));
    const use = useOfEdges(now, l), many = v.sizes[1] > 12;
    for (const { i } of place.nodes[l])
      for (const { i: j } of place.nodes[l - 1]) {
        const w = weights[i * columns + j], { x1, y1, x2, y2, ux, uy } = edgeOf(place, l, i, j);
        const own = chosen(l, i, j) || touches(now, l, i, j, point);
        const classes = ["bp-edge", w < 0 ? "bp-minus" : "", use && `bp-lit bp-${use}`, own ? "bp-own" : "", many ? "bp-many" : ""];
        const width = (many ? 0.4 : 0.8) + ((many ? 1.2 : 2.4) * Math.abs(w)) / most + (own && use && !many ? 0.8 : 0);
        lineTo(`e${l},${i},${j}`, classes.filter(Boolean).join(" "), x1, y1, x2, y2, Number.isFinite(width) ? width : 1);
        if (use && (chosen(l, i, j) || !many) && now.id !== "GD") {
          const back = now.id === "BP2";
          if (back) arrow(`c${l},${i},${j}`, `bp-${use} ${own ? "bp-own" : ""}`, x1 + ux * 7, y1 + uy * 7, -ux, -uy);
          else arrow(`c${l},${i},${j}`, `bp-${use} ${own ? "bp-own" : ""}`, x2 - ux * 3, y2 - uy * 3, ux, uy);
        }
      }
  }

  /** Whether the present step's selected neuron takes this edge into its sum. */
  function touches({ id, l: layer }, l, i, j, point) {
    if (id === "F1") return layer === l && i === point[l];
    return id === "BP2" && l === 2 && j === point[1];
  }

  function edgeNumbers(v, l, now, chosen, point) {
    const columns = v.sizes[l - 1];
    const gradient = now.id === "BP3" && now.l === l;
    const values = gradient ? v.t.dW[l] : now.id === "GD" ? v.q.W[l] : v.p.W[l];
    for (const { i } of place.nodes[l])
      for (const { i: j } of place.nodes[l - 1]) {
        if (!place.labelled && (l === 1 ? i : j) !== point[1]) continue;
        const own = chosen(l, i, j) || touches(now, l, i, j, point);
        const { label } = edgeOf(place, l, i, j), role = gradient ? "gradient" : useOfEdges(now, l) ? "forward" : "quiet";
        part(`w${l},${i},${j}`, "text", { class: `bp-figures bp-weight bp-${role} ${own ? "bp-own" : ""}`, x: label.x.toFixed(1), y: (label.y + place.font / 3).toFixed(1), "font-size": place.font - 0.5 }, short(values[i * columns + j]));
      }
  }

  function neuron(v, { l, i, x, y, r }, now, know, chosen, pointed) {
    const { t, m } = v, at = i * m + v.r;
    const active = l === 0 || know("F2", l), summed = know("F1", l);
    const value = active ? t.a[l][at] : summed ? t.z[l][at] : undefined;
    const lit = now.l === l && ["input", "F1", "F2", "BP1", "BP2", "BP4"].includes(now.id);
    const role = ["BP1", "BP2", "BP4"].includes(now.id) ? "gradient" : "forward";
    part(`n${l},${i}`, "circle", {
      class: `bp-neuron ${lit ? `bp-lit bp-${role}` : ""} ${chosen || (pointed && r < 15) ? "bp-own" : ""}`,
      cx: x.toFixed(1), cy: y.toFixed(1), r: r.toFixed(1),
    });
    // How far the activation has filled its neuron, from empty (0) to full (1).
    const fill = l > 0 && active ? Math.max(0, Math.min(1, value)) : 0;
    part(`f${l},${i}`, "circle", { class: "bp-fill", cx: x.toFixed(1), cy: y.toFixed(1), r: Math.max(0, r - 1).toFixed(1), "fill-opacity": (0.05 + 0.3 * fill).toFixed(3) });

    const spelled = l !== 1 || place.roomy, inside = r >= 15;
    const name = l === 0 ? { base: "x", index: i + 1 } : { base: active || !summed ? "a" : "z", index: i + 1, layer: l };
    if (inside && value !== undefined) part(`v${l},${i}`, "text", { class: "bp-figures bp-inside", x: x.toFixed(1), y: (y + place.font / 3).toFixed(1), "font-size": place.font - 0.5 }, short(value));
    if (!spelled && !pointed) return;
    const top = inside ? y - r - 6 : place.nodes[1][0].y - 26, bottom = inside ? y + r : top - 1;
    tag(`t${l},${i}`, "bp-forward", x, top, name, inside ? undefined : value);
    let row = bottom + place.font + 1;
    if (l && v.biases && (spelled || inside)) {
      const slope = now.id === "BP4" && now.l === l, shift = now.id === "GD";
      tag(`b${l},${i}`, slope ? "bp-gradient" : shift ? "bp-forward" : "bp-quiet", x, row, { base: slope ? "∂C/∂b" : "b" }, slope ? t.db[l][i] : (shift ? v.q : v.p).b[l][i]);
      row += place.font + 2;
    }
    if (l && know(l === 2 ? "BP1" : "BP2")) tag(`d${l},${i}`, "bp-gradient", x, row, { base: "δ" }, t.delta[l][at]);
  }

  function costLinks(v, now, know) {
    const { cost, nodes } = place, lit = now.id === "C0" ? "bp-lit bp-forward" : now.id === "BP1" ? "bp-lit bp-gradient" : "";
    for (const n of nodes[2]) {
      const dx = cost.x - cost.w / 2 - (n.x + n.r), y1 = n.y + (cost.y - n.y) * 0.12, y2 = cost.y + (n.y - cost.y) * 0.16;
      const x1 = n.x + n.r - Math.abs(n.y - y1) * 0.12, x2 = x1 + dx, far = Math.hypot(dx, y2 - y1), [ux, uy] = [dx / far, (y2 - y1) / far];
      lineTo(`k${n.i}`, `bp-edge ${lit}`, x1 + 1, y1, x2, y2, lit ? 2 : 1);
      if (now.id === "C0") arrow(`ka${n.i}`, "bp-forward bp-own", x2 - ux * 3, y2 - uy * 3, ux, uy);
      if (now.id === "BP1") arrow(`ka${n.i}`, "bp-gradient bp-own", x1 + ux * 7, y1 + uy * 7, -ux, -uy);
    }
    for (const g of place.targets) lineTo(`g${g.i}`, "bp-edge bp-goal", g.x, g.y + Math.sign(cost.y - g.y) * 13, cost.x, cost.y - Math.sign(cost.y - g.y) * 17, 1.5);
  }

  function targets(v, now, know) {
    const { cost } = place, have = know("C0"), value = now.id === "GD" ? v.costAfter : v.cost.total;
    for (const g of place.targets) {
      part(`q${g.i}`, "rect", { class: "bp-target-box", x: g.x - 13, y: g.y - 13, width: 26, height: 26, rx: 4 });
      part(`qv${g.i}`, "text", { class: "bp-figures bp-inside", x: g.x, y: g.y + place.font / 3, "font-size": place.font }, short(v.y[g.i * v.m + v.r]));
      tag(`qn${g.i}`, "bp-target", g.x, g.y < cost.y || v.outputs === 1 ? g.y - 20 : g.y + 28, { base: "y", index: v.outputs > 1 ? g.i + 1 : "" });
    }
    const lit = now.id === "C0" ? "bp-lit bp-forward" : "";
    part("C", "rect", { class: `bp-cost-box ${lit}`, x: (cost.x - cost.w / 2).toFixed(1), y: cost.y - cost.h / 2, width: cost.w, height: cost.h, rx: 6 });
    if (have) part("Cv", "text", { class: "bp-figures bp-inside", x: cost.x.toFixed(1), y: cost.y + 11, "font-size": place.font - 0.5 }, short(value));
    tag("Cn", "bp-plain", cost.x, have ? cost.y - 4 : cost.y + 4, { base: "C" });
  }

  const under = (event) => {
    const box = svg.getBoundingClientRect();
    return place && hit(place, ((event.clientX - box.left) * place.width) / box.width, ((event.clientY - box.top) * place.height) / box.height);
  };
  svg.addEventListener("click", (event) => choose(under(event)));
  svg.addEventListener("pointermove", (event) => inspect(under(event)));
  svg.addEventListener("pointerleave", () => inspect(null));
  return { draw };
}

/** A number short enough for a neuron. */
function short(value) {
  const size = Math.abs(value), text = three(value);
  if (size >= 1e-4 && size < 0.01) return value.toPrecision(2).replace("-", "−");
  return text.length <= 7 ? text : value.toExponential(0).replaceAll("-", "−").replace("+", "");
}
