"""Draw what an update does to two weights at once: an arrow at every place of their plane."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from ..activations import Array
from .style import GRADIENT, LINE, Picture, picture, style


def arrows(
    fields: Mapping[str, Callable[[Array], Any]], *, reach: float = 1.0, grid: int = 7, alt: str, caption: str
) -> Picture:
    """Draw one panel a field: at each of grid × grid places the arrow of the step taken there.

    Parameters
    ----------
    fields : mapping from a title to a function
        The function takes weights of shape (2, k) and returns the steps taken there, of the same shape.
    reach : float
        The picture shows −reach … reach for both weights.

    Raises
    ------
    ValueError
        If a field returns another shape, or a number that is not finite.
    """
    ticks = np.linspace(-reach, reach, grid)
    places = np.stack(np.meshgrid(ticks, ticks)).reshape(2, -1)
    figures = []
    with style():
        for title, field in fields.items():
            steps = np.asarray(field(places), dtype=float)
            if steps.shape != places.shape or not np.isfinite(steps).all():
                raise ValueError(f"{title!r} must return {places.shape} finite numbers, not {steps.shape}")
            longest = np.hypot(*steps).max() or 1.0
            drawn = 0.3 * reach * steps / longest
            figure, ax = plt.subplots(figsize=(2.5, 2.7))
            ax.axhline(0, color=LINE, linewidth=0.8, zorder=0)
            ax.axvline(0, color=LINE, linewidth=0.8, zorder=0)
            ax.quiver(
                *places, *drawn, color=GRADIENT, angles="xy", scale_units="xy", scale=1, width=0.011,
                headwidth=4, minlength=0.5,
            )  # fmt: skip
            limits = (-1.45 * reach, 1.2 * reach)
            ax.set(xlim=limits, ylim=limits, xticks=[-reach, 0, reach], yticks=[-reach, 0, reach])
            ax.set(xlabel="w₀", ylabel="w₁", aspect="equal", title=title)
            figures.append(figure)
        return picture(*figures, alt=alt, caption=caption)
