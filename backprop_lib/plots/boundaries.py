"""Draw what a network decides: its regions in the plane, and how often many networks are right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from ..activations import Array
from .lines import points
from .style import FORWARD, GRADIENT, INK, LINE, MUTED, Picture, picture, style

GRID = 61


def decision_regions(
    deciders: Mapping[str, Callable[[Array], Any]],
    x: Any,
    y: Any,
    *,
    alt: str,
    caption: str,
    reach: float = 3.0,
    drawn: int = 80,
) -> Picture:
    """Draw one panel a network: where it says 1, the border, and some of the points.

    Parameters
    ----------
    deciders : mapping from a title to a function
        The function takes points of shape (2, m) and returns D of shape (m,); the network says 1 where D > 0.
    x, y : arrays of shape (2, m) and (1, m)
        Labelled points; the first ``drawn`` of them are shown.
    reach : float
        The picture shows −reach … reach on both axes.

    Raises
    ------
    ValueError
        If ``x`` and ``y`` do not belong together, or a D is not finite.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 2 or len(x) != 2 or y.shape != (1, x.shape[1]):
        raise ValueError(f"x has shape {x.shape} and y {y.shape}; (2, m) and (1, m) are needed")
    ticks = np.linspace(-reach, reach, GRID)
    plane = np.stack(np.meshgrid(ticks, ticks)).reshape(2, -1)
    inside = (abs(x) < reach).all(axis=0)
    x, y = x[:, inside][:, :drawn], y[:, inside][:, :drawn]
    figures, marks = [], [-2, 0, 2] if reach > 2 else [0, 1]
    with style():
        for title, decide in deciders.items():
            D = np.asarray(decide(plane), dtype=float).reshape(GRID, GRID)
            if not np.isfinite(D).all():
                raise ValueError(f"the network {title!r} returns numbers that are not finite")
            figure, ax = plt.subplots(figsize=(2.5, 2.7))
            ax.set(xlabel="x₁", ylabel="x₂", aspect="equal", xticks=marks, yticks=marks, title=title)
            if D.max() > 0:
                ax.contourf(
                    ticks, ticks, D, levels=[0, max(D.max(), 1e-9) * 1.01], colors=[FORWARD], alpha=0.16
                )
            if D.min() < 0 < D.max():
                ax.contour(ticks, ticks, D, levels=[0], colors=[FORWARD], linewidths=1.6)
            points(ax, x, y)
            figures.append(figure)
        return picture(*figures, alt=alt, caption=caption)


def accuracies_and_ceiling(accuracies: Any, ceiling: float, *, alt: str, caption: str) -> Picture:
    """Draw how many networks reach which accuracy, and the line that none may cross.

    Parameters
    ----------
    accuracies : array of shape (networks,)
        Between 0 and 1.
    ceiling : float

    Raises
    ------
    ValueError
        If an accuracy is not between 0 and 1.
    """
    accuracies = np.asarray(accuracies, dtype=float)
    if not ((accuracies >= 0) & (accuracies <= 1)).all():
        raise ValueError("accuracies must lie between 0 and 1")
    counts, edges = np.histogram(accuracies, bins=np.arange(0.2, 0.9001, 0.0125))
    with style():
        figure, ax = plt.subplots(figsize=(4.6, 2.4))
        ax.stairs(counts, edges, fill=True, color=FORWARD, alpha=0.75)
        ax.axvline(ceiling, color=GRADIENT, linestyle="--", linewidth=1.6)
        ax.annotate(
            f"ceiling {ceiling:.0%}", (ceiling, 0.92), (6, 0), xycoords=("data", "axes fraction"),
            textcoords="offset points", color=GRADIENT,
        )  # fmt: skip
        best = accuracies.max()
        ax.annotate(
            f"best {best:.3f}", (best, 0), (-14, 74), textcoords="offset points", ha="right", color=INK,
            arrowprops={"arrowstyle": "-", "color": MUTED, "linewidth": 0.8},
        )  # fmt: skip
        ax.set(xlim=(0.2, 0.9), xlabel="share of the points that are right", ylabel="networks")
        ax.grid(axis="y", color=LINE)
        return picture(figure, alt=alt, caption=caption)
