"""Draw what a wrong answer costs: one parabola an output, and the answer on it."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from .style import FORWARD, GRADIENT, GROUND, INK, LINE, MUTED, TARGET, Picture, picture, style


def half_squared_errors(a: Any, y: Any, *, slopes: bool = False, alt: str, caption: str) -> Picture:
    """Draw ½(a − yₖ)² for every output k of one example, with the answer aₖ and the target yₖ marked.

    Parameters
    ----------
    a, y : arrays of shape (n_L, 1)
    slopes : bool
        Whether to draw the tangent at aₖ, whose slope is ∂C/∂aₖ = aₖ − yₖ.

    Raises
    ------
    ValueError
        If ``a`` and ``y`` are not single columns of one shape.

    References
    ----------
    (C1), and (BP1) for the slope.
    """
    a, y = np.asarray(a, dtype=float), np.asarray(y, dtype=float)
    if a.shape != y.shape or a.ndim != 2 or a.shape[1] != 1:
        raise ValueError(f"a has shape {a.shape} and y {y.shape}; one column each, of one length, is needed")
    figures = []
    outputs = np.linspace(0, 1, 41)
    with style():
        for k, (a_k, y_k) in enumerate(zip(a[:, 0], y[:, 0], strict=True), start=1):
            figure, ax = plt.subplots(figsize=(2.6, 2.2))
            cost, slope = 0.5 * (a_k - y_k) ** 2, a_k - y_k
            ax.plot(outputs, 0.5 * (outputs - y_k) ** 2, color=MUTED)
            ax.plot([a_k, y_k], [0, 0], color=LINE, linewidth=3, clip_on=False, zorder=2)
            ax.plot([a_k, a_k], [0, cost], color=LINE)
            if slopes:
                ends = np.clip(a_k + np.array([-0.25, 0.25]), 0, 1)
                ax.plot(ends, cost + slope * (ends - a_k), color=GRADIENT, linewidth=2)
            ax.plot(y_k, 0, marker="D", markersize=7, color=TARGET, clip_on=False, zorder=4)
            ax.plot(a_k, cost, marker="o", markersize=8, color=FORWARD, markeredgecolor=GROUND, zorder=4)
            text = f"slope {slope:.3f}".replace("-", "−") if slopes else f"{cost:.3f}"
            across, ha = (8, "left") if y_k > a_k else (-8, "right")
            color = GRADIENT if slopes else INK
            ax.annotate(text, (a_k, cost), (across, 6), textcoords="offset points", ha=ha, color=color)
            name = "₀₁₂₃₄₅₆₇₈₉"[k % 10]
            ax.set(xlim=(0, 1), ylim=(0, 0.54), xticks=[0, 0.5, 1], yticks=[0, 0.25, 0.5])
            ax.set_title(f"½(a{name} − {y_k:g})²")
            ax.set_xlabel(f"output a{name}")
            figures.append(figure)
    return picture(*figures, alt=alt, caption=caption)
