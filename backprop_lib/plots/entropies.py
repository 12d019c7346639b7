"""Draw what a confident wrong answer costs, and how steeply: cross-entropy beside squared error."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from ..activations import SIGMOID
from ..losses import BINARY_CROSS_ENTROPY, HALF_SQUARED_ERROR
from .style import FORWARD, GRADIENT, GROUND, LINE, MUTED, Picture, picture, style

AXIS = np.linspace(-6, 8, 113)  # z; the right answer lies on the left


def surprises(a: Any, y: Any, *, alt: str, caption: str) -> Picture:
    """Draw −log a for the examples labeled 1 and −log(1 − a) for those labeled 0, with each one marked.

    Parameters
    ----------
    a, y : arrays of shape (1, m)
        Outputs between 0 and 1, and labels 0 or 1.

    Raises
    ------
    ValueError
        If a label is neither 0 nor 1, or an output is not between them: its cost would be infinite.

    References
    ----------
    (C3), 8-11 of source 003.
    """
    a, y = np.asarray(a, dtype=float), np.asarray(y, dtype=float)
    if a.shape != y.shape or not set(y.ravel().tolist()) <= {0.0, 1.0} or not ((a > 0) & (a < 1)).all():
        raise ValueError("each output must lie between 0 and 1, and have a label that is 0 or 1")
    outputs = np.linspace(0.02, 0.98, 97)
    figures = []
    with style():
        for label, title in ((1.0, "label 1: −log a"), (0.0, "label 0: −log(1 − a)")):
            figure, ax = plt.subplots(figsize=(2.6, 2.4))
            ax.plot(outputs, BINARY_CROSS_ENTROPY.f(outputs[None], np.array(label)), color=MUTED)
            for r in np.flatnonzero(y[0] == label):
                height = BINARY_CROSS_ENTROPY.f(a[:, [r]], y[:, [r]]).item()
                ax.plot([a[0, r]] * 2, [0, height], color=LINE, zorder=1)
                ax.plot(a[0, r], height, "o", markersize=7, color=FORWARD, markeredgecolor=GROUND)
            ax.set(title=title, xlabel="output a", xlim=(0, 1), ylim=(0, 3.2), xticks=[0, 0.5, 1])
            figures.append(figure)
        return picture(*figures, alt=alt, caption=caption)


def two_costs(z: float, *, alt: str, caption: str) -> Picture:
    """Draw Cʳ and δ = ∂Cʳ/∂z of a sigmoid output with target 0, by half squared error and by cross-entropy.

    Parameters
    ----------
    z : float
        The pre-activation that is marked, from −6 to 8.

    Raises
    ------
    ValueError
        If ``z`` lies outside the picture.

    References
    ----------
    (M1) and E003.09.
    """
    if not AXIS[0] <= z <= AXIS[-1]:
        raise ValueError(f"z is {z:g}; the picture goes from {AXIS[0]:g} to {AXIS[-1]:g}")
    looks = (
        (BINARY_CROSS_ENTROPY, "cross-entropy", "-"),
        (HALF_SQUARED_ERROR, "half squared error", (0, (4, 2))),
    )
    figures = []
    with style():
        for title, color, top in (("cost Cʳ", FORWARD, 8.0), ("slope δ = ∂Cʳ/∂z", GRADIENT, 1.04)):
            figure, ax = plt.subplots(figsize=(2.8, 2.6))
            for loss, name, stroke in looks:
                values, (mark,) = (
                    _of_z(loss, np.asarray(at), color == GRADIENT) for at in (AXIS, np.array([z]))
                )
                ax.plot(AXIS, values, color=color, linestyle=stroke, label=name)
                ax.plot(z, mark, "o", markersize=7, color=color, markeredgecolor=GROUND, clip_on=False)
            ax.axvline(z, color=LINE, linewidth=0.8, zorder=0)
            ax.set(title=title, xlabel="z (target 0)", xlim=(AXIS[0], AXIS[-1]), ylim=(0, top))
            ax.set_xticks([-4, 0, 4, 8])
            if color == FORWARD:
                ax.legend(handlelength=1.8, loc="upper left")
            figures.append(figure)
        return picture(*figures, alt=alt, caption=caption)


def _of_z(loss: Any, z: Any, slope: bool) -> Any:
    """Return the cost, or its slope, of each z as an example of its own with target 0."""
    z, y = z[None], np.zeros((1, z.size))
    a = SIGMOID.f(z)
    return loss.delta(SIGMOID, z, a, y)[0] if slope else loss.cost(SIGMOID, z, a, y)
