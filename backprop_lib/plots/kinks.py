"""Draw a cost that has a kink, with the chord of a central difference across it."""

from __future__ import annotations

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np

from .style import FORWARD, GRADIENT, GROUND, INK, Picture, picture, style


def kink(cost: Callable[[float], float], h: float, *, alt: str, caption: str) -> Picture:
    """Draw ``cost`` from −2h to 2h, both slopes at 0 and the chord from −h to h, each named.

    Parameters
    ----------
    cost : function of how far a parameter is moved
        With at most a kink at 0.
    h : float
        The step of the difference, above 0.

    Raises
    ------
    ValueError
        If h is not a positive number.
    """
    if not (np.isfinite(h) and h > 0):
        raise ValueError(f"h is {h}; a positive number is needed")
    steps = np.linspace(-2 * h, 2 * h, 81)
    values = np.array([cost(step) for step in steps])
    here, before, after = (cost(step) for step in (0.0, -h, h))
    small = 1e-6 * h
    left, right = (here - cost(-small)) / small, (cost(small) - here) / small
    chord = (after - before) / (2 * h)
    with style():
        figure, ax = plt.subplots(figsize=(4.2, 2.6))
        ax.plot(steps, values, color=FORWARD)
        for slope, end in ((left, -2 * h), (right, 2 * h)):
            ax.plot([0, end], [here, here + slope * end], color=GRADIENT, linestyle="--", linewidth=1.3)
        ax.plot([-h, h], [before, after], color=INK, linewidth=1.3, marker="o", markeredgecolor=GROUND)
        marks = (
            (left, -1.4 * h, here - 1.4 * h * left, (0, 8), "center"),
            (right, 0.5 * h, here + 0.5 * h * right, (10, 4), "left"),
            (chord, 0.0, (before + after) / 2, (-6, -12), "right"),
        )
        for slope, step, value, offset, side in marks:
            words = f"slope {slope:.4f}".replace("-", "−")
            ax.annotate(words, (step, value), offset, textcoords="offset points", ha=side, color=INK)
        ax.set(xlabel="weight moved by", ylabel="cost", xticks=[-h, 0, h])
        ax.set_xticklabels(["−h", "0", "h"])
        return picture(figure, alt=alt, caption=caption)
