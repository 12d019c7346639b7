"""Draw a network as circles and lines: its numbers on them, and the path under discussion lit.

Neurons are counted from 1, as in the formulas: the edge (l, k, j) carries w⁽ˡ⁾ₖⱼ, from neuron j of layer
l − 1 to neuron k of layer l.  Lengths are in inches, so that type keeps its size with any number of neurons.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from .style import FORWARD, GROUND, INK, LINE, MUTED, Picture, picture, style

Edge = tuple[int, int, int]
COLUMN, ROW, RADIUS, MARGIN = 1.9, 0.86, 0.19, 0.34


def topology(
    sizes: Sequence[int],
    *,
    alt: str,
    caption: str,
    weights: Mapping[int, Any] | None = None,
    values: Mapping[int, Sequence[Any]] | None = None,
    names: Mapping[int, Sequence[str]] | None = None,
    titles: Mapping[int, str] | None = None,
    lit: Collection[Edge] = (),
    color: str = FORWARD,
    backward: bool = False,
) -> Picture:
    """Draw a fully connected network.

    Parameters
    ----------
    sizes : sequence of ints
        (n_0, …, n_L), the width of every layer.
    weights : mapping from l to arrays of shape (n_l, n_{l−1}), optional
        What stands on the edges: ``p.W``, or an array of words.  A number is shown to three decimals.
    values : mapping from l to sequences of n_l numbers or words, optional
        What stands beneath the neurons: for one example, ``{l: t.a[l][:, 0] for l in t.a}``.
    names : mapping from l to sequences of n_l strings, optional
        What stands in the circles; by default x₁, x₂ … for the inputs and a₁, a₂ … elsewhere.
    titles : mapping from l to strings, optional
        What stands above a layer.
    lit : collection of edges (l, k, j)
        The path under discussion; its edges are drawn heavy and in ``color``, its neurons are ringed.
    color : str
        One of the named colors of ``plots.style``.
    backward : bool
        Whether arrows on the lit edges point from target to origin.

    Raises
    ------
    ValueError
        If an array does not fit ``sizes``, or a lit edge does not exist.

    References
    ----------
    Source 001, its pictures of the network and of the paths to W₂ and W₁.
    """
    sizes = tuple(int(n) for n in sizes)
    weights, values, names = dict(weights or {}), dict(values or {}), dict(names or {})
    _require_fit(sizes, weights, values, names, lit)
    at = positions(sizes)
    ends = {(l - 1, j) for l, k, j in lit} | {(l, k) for l, k, j in lit}
    with style():
        figure, ax = _canvas(sizes, at, bool(titles), bool(values))
        for l in range(1, len(sizes)):
            for k in range(1, sizes[l] + 1):
                for j in range(1, sizes[l - 1] + 1):
                    start, end, on = at[l - 1, j], at[l, k], (l, k, j) in lit
                    _edge(ax, start, end, color if on else LINE, on, backward)
                    if l in weights:
                        where = label_position(start, end, sizes[l - 1], sizes[l])
                        label = shown(np.asarray(weights[l])[k - 1, j - 1])
                        ax.text(*where, label, color=color if on or not lit else MUTED, zorder=3, **_BACKED)
        for (l, k), (x, y) in at.items():
            rim = color if (l, k) in ends else MUTED
            width = 2.2 if (l, k) in ends else 1.0
            look = {"facecolor": GROUND, "edgecolor": rim, "linewidth": width, "zorder": 4}
            ax.add_patch(plt.Circle((x, y), RADIUS, **look))
            ax.text(x, y, names[l][k - 1] if l in names else _name(l, k), color=INK, zorder=5, **_CENTERED)
            if l in values:
                text = shown(values[l][k - 1])
                ax.text(x, y - RADIUS - 0.11, text, color=INK, zorder=5, **_BACKED)
        for l, title in (titles or {}).items():
            top = max(y for _, y in at.values())
            ax.text(at[l, 1][0], top + RADIUS + 0.2, title, color=MUTED, **_CENTERED)
        return picture(figure, alt=alt, caption=caption)


def positions(sizes: Sequence[int]) -> dict[tuple[int, int], tuple[float, float]]:
    """Return the center of every neuron (l, k) in inches, layers left to right, neurons top to bottom."""
    return {
        (l, k): (l * COLUMN, ((n - 1) / 2 - (k - 1)) * ROW)
        for l, n in enumerate(sizes)
        for k in range(1, n + 1)
    }


def label_position(
    start: tuple[float, float], end: tuple[float, float], origins: int, targets: int
) -> tuple[float, float]:
    """Return the place on an edge where no two labels meet.

    With labels 1/(k + 1) of the way from the wider layer to one of k neurons, all heights are equally spaced.
    """
    t = 1 - 1 / (origins + 1) if targets >= origins else 1 / (targets + 1)
    return start[0] + t * (end[0] - start[0]), start[1] + t * (end[1] - start[1])


def shown(value: Any) -> str:
    """Return a number to three decimals with a true minus sign; words stay as they are."""
    return value if isinstance(value, str) else f"{float(value):.3f}".replace("-", "−")


_CENTERED: dict[str, Any] = {"ha": "center", "va": "center"}
_BACKED: dict[str, Any] = {**_CENTERED, "bbox": {"facecolor": GROUND, "edgecolor": "none", "pad": 1.0}}


def _name(l: int, k: int) -> str:
    return ("x" if l == 0 else "a") + "".join("₀₁₂₃₄₅₆₇₈₉"[int(digit)] for digit in str(k))


def _edge(
    ax: Any, start: tuple[float, float], end: tuple[float, float], color: str, on: bool, backward: bool
) -> None:
    """Draw one edge; a lit one carries an arrowhead, so that color is not its only mark."""
    if not on:
        ax.plot(*zip(start, end, strict=True), color=color, linewidth=1.0, zorder=1)
        return
    (x0, y0), (x1, y1) = (end, start) if backward else (start, end)
    gap = RADIUS / np.hypot(x1 - x0, y1 - y0)
    tip = (x1 - 1.1 * gap * (x1 - x0), y1 - 1.1 * gap * (y1 - y0))
    arrow = {"arrowstyle": "-|>", "color": color, "linewidth": 2.2, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", tip, (x0, y0), arrowprops=arrow, zorder=2)


def _canvas(sizes: Sequence[int], at: Mapping[Any, tuple[float, float]], titled: bool, valued: bool) -> Any:
    """Return a figure whose data coordinates are inches."""
    heights = [y for _, y in at.values()]
    top = max(heights) + RADIUS + (0.34 if titled else 0.06)
    bottom = min(heights) - RADIUS - (0.24 if valued else 0.06)
    width = (len(sizes) - 1) * COLUMN + 2 * MARGIN
    figure = plt.figure(figsize=(width, top - bottom), layout="none")
    ax = figure.add_axes((0, 0, 1, 1), xlim=(-MARGIN, width - MARGIN), ylim=(bottom, top))
    ax.set_axis_off()
    return figure, ax


def _require_fit(
    sizes: tuple[int, ...],
    weights: Mapping[int, Any],
    values: Mapping[int, Any],
    names: Mapping[int, Any],
    lit: Collection[Edge],
) -> None:
    for l, W in weights.items():
        if not 0 < l < len(sizes) or np.shape(W) != (sizes[l], sizes[l - 1]):
            raise ValueError(f"weights[{l}] has shape {np.shape(W)}, which does not fit sizes {sizes}")
    for word, given in (("values", values), ("names", names)):
        for l, entries in given.items():
            if not 0 <= l < len(sizes) or len(entries) != sizes[l]:
                raise ValueError(f"{word}[{l}] has {len(entries)} entries, which do not fit sizes {sizes}")
    for l, k, j in lit:
        if not (0 < l < len(sizes) and 0 < k <= sizes[l] and 0 < j <= sizes[l - 1]):
            raise ValueError(f"there is no edge {(l, k, j)} in a network of sizes {sizes}")
