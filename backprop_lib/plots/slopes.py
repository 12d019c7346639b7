"""Draw curves with their one-sided slopes at a point: where the two differ, there is no derivative."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from .style import FORWARD, GRADIENT, GROUND, LINE, Picture, picture, style

Curve = tuple[Callable[[Any], Any], float, float]


def one_sided(curves: Mapping[str, Curve], *, reach: float = 1.0, alt: str, caption: str) -> Picture:
    """Draw one panel a curve, around 0, with a tangent on either side of it.

    Parameters
    ----------
    curves : mapping from a title to (f, slope on the left, slope on the right)
    reach : float
        The picture shows −reach … reach.

    Raises
    ------
    ValueError
        If a slope is not the one that f has there: the picture would contradict itself.
    """
    figures, axis, h = [], np.linspace(-reach, reach, 101), 1e-7
    with style():
        for title, (f, left, right) in curves.items():
            for side, slope in ((-h, left), (h, right)):
                found = (f(np.float64(side)) - f(np.float64(0))) / side
                if abs(found - slope) > 1e-5:
                    raise ValueError(f"{title!r} has the slope {found:.3g} on one side of 0, not {slope:.3g}")
            figure, ax = plt.subplots(figsize=(2.5, 2.1))
            ax.axvline(0, color=LINE, linewidth=0.8, zorder=0)
            ax.plot(axis, f(axis), color=FORWARD)
            for side, slope, ha in ((-1, left, "right"), (1, right, "left")):
                ends = np.array([0, side * 0.5 * reach])
                ax.plot(ends, f(0.0) + slope * ends, color=GRADIENT, linewidth=2.6, linestyle=(0, (2, 1)))
                text = f"{slope:g}".replace("-", "−")
                place = (ends[1], f(0.0) + slope * ends[1])
                ax.annotate(
                    text,
                    place,
                    (9 * side, -6 if side * slope > 0 else 5),  # beneath a curve that rises outward
                    textcoords="offset points",
                    ha=ha,
                    color=GRADIENT,
                )
            ax.plot(0, f(0.0), "o", color=GRADIENT, markeredgecolor=GROUND, markersize=7, clip_on=False)
            ax.set(title=title, xlim=(-reach, reach), xticks=[-reach, 0, reach], yticks=[0, 1])
            figures.append(figure)
        return picture(*figures, alt=alt, caption=caption)
