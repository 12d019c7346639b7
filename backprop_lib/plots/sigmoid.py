"""Draw σ and its slope, with the pre-activations of one layer marked on both."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from ..activations import SIGMOID
from .style import FORWARD, GRADIENT, GROUND, LINE, MUTED, Picture, picture, style


def sigmoid_and_slope(z: Any, *, alt: str, caption: str, reach: float = 6.0) -> Picture:
    """Draw σ(z) beside the clipped line, and σ′(z), for z from −reach to reach; mark the given ``z``.

    Parameters
    ----------
    z : array of any shape
        Pre-activations, each within ±reach.

    Raises
    ------
    ValueError
        If one of them lies outside the picture.

    References
    ----------
    (A2); E001.29 for the difference between squashing and clipping.
    """
    z = np.asarray(z, dtype=float).ravel()
    if not (abs(z) <= reach).all():
        raise ValueError(f"z reaches {abs(z).max():.3g}; the picture ends at ±{reach:g}")
    axis = np.linspace(-reach, reach, 97)
    figures = []
    with style():
        for title, f, color in (("σ(z)", SIGMOID.f, FORWARD), ("slope σ′(z)", SIGMOID.prime, GRADIENT)):
            figure, ax = plt.subplots(figsize=(2.6, 2.2))
            if color == FORWARD:
                ax.plot([-reach, 0, 1, reach], [0, 0, 1, 1], color=MUTED, linewidth=1, linestyle=":")
            ax.axvline(0, color=LINE, linewidth=0.8, zorder=0)
            ax.plot(axis, f(axis), color=color)
            ax.plot(z, f(z), "o", markersize=7, color=color, markeredgecolor=GROUND, clip_on=False)
            ax.set(title=title, xlabel="z", xlim=(-reach, reach), xticks=[-reach, 0, reach])
            ax.set(yticks=[0, 0.5, 1] if color == FORWARD else [0, 0.125, 0.25], ylim=(0, None))
            figures.append(figure)
        return picture(*figures, alt=alt, caption=caption)
