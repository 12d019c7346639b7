"""Draw runs of gradient descent on a curve: where each step lands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from .style import FORWARD, GRADIENT, GROUND, LINE, Picture, picture, style


def descents(
    f: Callable[[Any], Any], runs: Mapping[str, Sequence[float]], *, alt: str, caption: str
) -> Picture:
    """Draw one panel a run: the curve, and on it the points that the run visits, numbered from 0.

    Parameters
    ----------
    f : callable
        The cost as a function of one weight.
    runs : mapping from a title to the weights visited, in order

    Raises
    ------
    ValueError
        If a run visits no point, or one that is not finite.
    """
    figures = []
    with style():
        for title, run in runs.items():
            w = np.asarray(run, dtype=float)
            if not (w.size and np.isfinite(w).all()):
                raise ValueError(f"{title!r} must visit at least one point, and only finite ones")
            figure, ax = plt.subplots(figsize=(2.5, 2.3))
            reach = 1.15 * max(abs(w).max(), 1e-12)
            axis = np.linspace(-reach, reach, 101)
            ax.axvline(0, color=LINE, linewidth=0.8, zorder=0)
            ax.plot(axis, f(axis), color=FORWARD)
            ax.plot(w, f(w), color=GRADIENT, linewidth=1, linestyle=":", zorder=2)
            ax.plot(w, f(w), "o", color=GRADIENT, markeredgecolor=GROUND, markersize=7, zorder=3)
            for k, place in enumerate(w[:4]):
                side = 1 if place >= 0 else -1
                ax.annotate(
                    str(k), (place, f(place)), (8 * side, -2), textcoords="offset points",
                    ha="left" if side > 0 else "right", color=GRADIENT, fontsize=9,
                )  # fmt: skip
            ax.set(title=title, xlabel="w", xlim=(-reach, reach), ylim=(0, None))
            ax.locator_params(nbins=4)
            figures.append(figure)
        return picture(*figures, alt=alt, caption=caption)
