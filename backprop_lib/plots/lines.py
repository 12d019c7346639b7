"""Draw labelled points in a plane and straight lines that try to part them.

A line is (w₁, w₂, b): it says "1" where w₁x₁ + w₂x₂ + b > 0.  How many points it gets right is counted here,
never passed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from ..activations import Array
from .style import FORWARD, GROUND, TARGET, Picture, picture, style

STROKES = ("-", "--", ":")


def straight_lines(
    x: Any,
    y: Any,
    lines: Sequence[Sequence[float]],
    *,
    alt: str,
    caption: str,
    axes: tuple[str, str] = ("x₁", "x₂"),
    margin: float = 0.45,
    drawn: int = 100,
) -> Picture:
    """Draw one panel a line: the points, the line, the side that it calls 1, and its score.

    Parameters
    ----------
    x : array of shape (2, m)
        The points, one a column.
    y : array of shape (1, m)
        Their classes, 0 (drawn hollow) or 1 (drawn full).
    lines : sequence of (w₁, w₂, b)
        At most three.
    axes : pair of strs
        What the axes are called; a hidden layer's plane is h₁, h₂.
    margin : float
        How far the picture reaches beyond the points.
    drawn : int
        How many points are shown, at most; all of them are counted.

    Raises
    ------
    ValueError
        If a shape is not as above, or a line has no direction.

    References
    ----------
    Source 001, its picture of XOR and three lines that fail.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 2 or len(x) != 2 or y.shape != (1, x.shape[1]):
        raise ValueError(f"x has shape {x.shape} and y {y.shape}; (2, m) and (1, m) are needed")
    if not 1 <= len(lines) <= len(STROKES) or any(len(s) != 3 or not (s[0] or s[1]) for s in lines):
        raise ValueError("lines needs one to three (w₁, w₂, b) whose w₁ and w₂ are not both 0")
    box = np.stack([x.min(axis=1) - margin, x.max(axis=1) + margin])
    figures = []
    with style():
        for stroke, (w1, w2, b) in zip(STROKES, lines, strict=False):
            figure, ax = plt.subplots(figsize=(2.4, 2.55))
            ax.set(xlim=box[:, 0], ylim=box[:, 1], xlabel=axes[0], ylabel=axes[1], aspect="equal")
            side, ends = cut(box, w1, w2, b)
            ax.fill(*side.T, facecolor=FORWARD, alpha=0.13, edgecolor="none", zorder=0)
            ax.plot(*ends.T, color=FORWARD, linestyle=stroke, linewidth=2)
            points(ax, x[:, :drawn], y[:, :drawn])
            ax.set_title(f"{right(x, y, w1, w2, b)} of {x.shape[1]} right")
            ticks = np.unique(x.round(2)) if x.shape[1] <= 10 else np.array([-2, 0, 2])
            ax.set_xticks(ticks)
            ax.set_yticks(ticks)
            figures.append(figure)
        return picture(*figures, alt=alt, caption=caption)


def right(x: Array, y: Array, w1: float, w2: float, b: float) -> int:
    """Return how many points lie on the side of the line that their class asks for."""
    return int(((w1 * x[0] + w2 * x[1] + b > 0) == (y[0] > 0.5)).sum())


def points(ax: Any, x: Array, y: Array) -> None:
    """Draw class 0 hollow and class 1 full: the shape tells them apart, not the color alone."""
    size = 9 if x.shape[1] <= 10 else 4
    for is_one, fill in ((False, GROUND), (True, TARGET)):
        of = (y[0] > 0.5) == is_one
        look = {
            "markersize": size,
            "markerfacecolor": fill,
            "markeredgecolor": TARGET,
            "markeredgewidth": 1.6,
        }
        ax.plot(
            *x[:, of], "o", zorder=3, clip_on=False, **look | ({"markeredgewidth": 1.0} if size < 9 else {})
        )


def cut(box: Array, w1: float, w2: float, b: float) -> tuple[Array, Array]:
    """Return the corners of the part of the box where w₁x₁ + w₂x₂ + b > 0, and where the line meets its rim.

    ``box`` is ((left, bottom), (right, top)); both results have one point a row, and may have none.
    """
    (left, bottom), (far, top) = box
    corners = np.array([[left, bottom], [far, bottom], [far, top], [left, top]])
    s = corners @ (w1, w2) + b
    side, rim = [], []
    for i, j in ((0, 1), (1, 2), (2, 3), (3, 0)):
        if s[i] > 0:
            side.append(corners[i])
        if (s[i] > 0) != (s[j] > 0):
            rim.append(corners[i] + s[i] / (s[i] - s[j]) * (corners[j] - corners[i]))
            side.append(rim[-1])
    return np.array(side).reshape(-1, 2), np.array(rim).reshape(-1, 2)
