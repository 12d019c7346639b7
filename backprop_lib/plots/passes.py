"""Draw both passes of one example, one above the other: activations on the way out, sensitivities back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..network import Network
from ..parameters import Parameters
from .chains import SUPER
from .neurons import HALF, pill
from .style import FORWARD, GRADIENT, GROUND, INK, LINE, MUTED, Picture, picture, style

COLUMN, ROW = 1.18, 0.46  # inches from layer to layer, from neuron to neuron
Weight = tuple[int, int, int]


def passes(
    net: Network, p: Parameters, x: Any, y: Any, weight: Weight | None = None, *, alt: str, caption: str
) -> Picture:
    """Draw a⁽ˡ⁾ of every layer with arrows forward, and beneath it δ⁽ˡ⁾ with arrows back, for one example.

    Parameters
    ----------
    x, y : arrays of shape (n_0, 1) and (n_L, 1)
    weight : tuple of ints (l, i, j), optional
        A weight wᵢⱼ⁽ˡ⁾, counted from 1: its edge is drawn heavy in both, and so are its two factors, aⱼ⁽ˡ⁻¹⁾
        in the one and δᵢ⁽ˡ⁾ in the other (BP3).

    Raises
    ------
    ValueError
        If there is more than one example, or no such weight.

    References
    ----------
    Source 000, its picture of the forward and the backward pass.
    """
    t = net.forward(p, x)
    if t.a[0].shape[1] != 1:
        raise ValueError(f"x has {t.a[0].shape[1]} columns; the passes are drawn for one example")
    if weight is not None:
        l, i, j = weight
        if not (1 <= l <= net.L and 1 <= i <= net.sizes[l] and 1 <= j <= net.sizes[l - 1]):
            raise ValueError(f"there is no weight {weight} in a network of sizes {net.sizes}")
    g = net.backward(p, t, y)
    raised = [str(l).translate(SUPER) for l in range(net.L + 1)]
    titles = {0: "x"} | {l: f"a⁽{raised[l]}⁾" for l in p.W}
    figure = layers(t.a, titles, FORWARD, weight, lit=weight and (weight[0] - 1, weight[2]))
    (ax,), apart = figure.axes, 0.16
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    down = top - bottom + apart
    figure.set_size_inches(right - left, down + top - bottom)
    ax.set_ylim(bottom - down, top)
    delta = {l: v[:, 0] for l, v in sorted(g.delta.items())}
    titles = {l: f"δ⁽{raised[l]}⁾" for l in p.W}
    lit = weight and (weight[0], weight[1])
    with style():
        _draw(ax, delta, titles, GRADIENT, weight, lit=lit, back=True, middle=-down, top=top - 0.12 - down)
        return picture(figure, alt=alt, caption=caption)


def forward_pass(net: Network, p: Parameters, x: Any, *, alt: str, caption: str) -> Picture:
    """Draw a⁽ˡ⁾ of every layer, for the first example in ``x``.

    References
    ----------
    Source 000, its picture of a network.
    """
    t = net.forward(p, x)
    titles = {0: "x"} | {l: f"a⁽{str(l).translate(SUPER)}⁾" for l in p.W}
    return picture(layers(t.a, titles, FORWARD, None, lit=None), alt=alt, caption=caption)


def layers(
    values: Mapping[int, Any],
    titles: Mapping[int, str],
    color: str,
    weight: Weight | None,
    *,
    lit: tuple[int, int] | None,
    back: bool = False,
) -> Figure:
    """Return a figure with one column of numbers a layer, joined by the weights between them."""
    columns = {l: np.asarray(v)[:, 0] for l, v in sorted(values.items())}
    widest = max(map(len, columns.values()))
    top, bottom = (widest - 1) / 2 * ROW + 0.46, -(widest - 1) / 2 * ROW - 0.2
    width = (len(columns) - 1) * COLUMN + 2 * HALF + 0.1
    with style():
        figure: Figure = plt.figure(figsize=(width, top - bottom), layout="none")
        first = min(columns) * COLUMN - HALF - 0.05
        ax = figure.add_axes((0, 0, 1, 1), xlim=(first, first + width), ylim=(bottom, top))
        ax.set_axis_off()
        _draw(ax, columns, titles, color, weight, lit=lit, back=back, middle=0.0, top=top - 0.12)
    return figure


def _draw(
    ax: Axes,
    columns: Mapping[int, Any],
    titles: Mapping[int, str],
    color: str,
    weight: Weight | None,
    *,
    lit: tuple[int, int] | None,
    back: bool,
    middle: float,
    top: float,
) -> None:
    """Draw the columns around the height ``middle``, and their titles at the height ``top``."""
    at = {(l, k): (l * COLUMN, middle + y) for l in columns for k, y in _heights(len(columns[l]))}
    for l, k in at:
        for j in range(1, len(columns[l - 1]) + 1) if l - 1 in columns else []:
            on = (l, k, j) == weight
            (x0, y0), (x1, y1) = at[l - 1, j], at[l, k]
            line: dict[str, Any] = {"color": color if on else LINE, "linewidth": 2.6 if on else 1.0}
            ax.plot([x0 + HALF, x1 - HALF], [y0, y1], **line, zorder=2 if on else 1)
    for (l, k), (x, y) in at.items():
        pill(ax, x, y, "", columns[l][k - 1], color=color, lit=(l, k) == lit)
    for l in columns:
        ax.text(l * COLUMN, top, titles[l], ha="center", va="center", color=INK)
        if l - 1 in columns:
            between = (l * COLUMN - 0.36, l * COLUMN - COLUMN + 0.36)
            start, end = between if back else between[::-1]
            arrow = {"arrowstyle": "-|>", "color": color, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
            ax.annotate("", (end, top), (start, top), arrowprops=arrow)


def _heights(n: int) -> list[tuple[int, float]]:
    """Return each neuron's number, from 1 at the top, and how high it stands."""
    return [(k, ((n + 1) / 2 - k) * ROW) for k in range(1, n + 1)]


def two_questions(delta: Mapping[int, Any], *, alt: str, caption: str) -> Picture:
    """Draw how each layer's δ⁽ˡ⁾ hangs on the next one's, with the two questions that this raises.

    Parameters
    ----------
    delta : mapping from l = 1 … L to arrays of shape (n_l, 1)

    References
    ----------
    Source 000, the picture that it takes from Lee's lecture.
    """
    raised = {l: str(l).translate(SUPER) for l in sorted(delta)}
    figure = layers(delta, {l: f"δ⁽{raised[l]}⁾" for l in raised}, GRADIENT, None, lit=None, back=True)
    (ax,), last = figure.axes, max(delta)
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    extra, foot = 0.72, 0.52
    figure.set_size_inches(right - left + extra, top - bottom + foot)
    ax.set(xlim=(left, right + extra), ylim=(bottom - foot, top))
    x = last * COLUMN
    with style():
        arrow = {"arrowstyle": "-|>", "color": GRADIENT, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", (x + HALF + 0.02, 0), (x + HALF + 0.34, 0), arrowprops=arrow)
        ax.text(x + HALF + 0.42, 0, "C", ha="left", va="center", color=INK)
        words: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 9, "color": INK}
        badge = {"boxstyle": "circle,pad=0.25", "facecolor": GROUND, "edgecolor": MUTED}
        for l in list(raised)[:-1]:
            ax.text(l * COLUMN + COLUMN / 2, bottom - 0.12, "2", bbox=badge, **words)
        ax.text(x + HALF + 0.2, bottom - 0.12, "1", bbox=badge, **words)
        ax.text(left + 0.05, bottom - 0.4, "2: from δ⁽ˡ⁺¹⁾ to δ⁽ˡ⁾?", **words | {"ha": "left"})
        ax.text(right + extra - 0.05, bottom - 0.4, "1: how does it start?", **words | {"ha": "right"})
        return picture(figure, alt=alt, caption=caption)
