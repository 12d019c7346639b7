"""Draw how a training run went: its curves over the iterations, and the regions it ends with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from ..activations import Array
from .boundaries import decision_regions
from .style import FORWARD, GRADIENT, INK, MUTED, TARGET, Picture, picture, style

LOOKS = ((FORWARD, "-"), (GRADIENT, "--"), (TARGET, "-."), (MUTED, ":"))
MOST = 400  # points of a curve: more cannot be seen, and would only be sent


def triptych(
    iterations: Any,
    accuracy: Mapping[str, Any],
    cost: Mapping[str, Any],
    decide: Callable[[Array], Any],
    x: Any,
    y: Any,
    *,
    alt: str,
    caption: str,
) -> Picture:
    """Draw three panels: accuracy over the iterations, the regions at the end, cost over the iterations.

    Parameters
    ----------
    iterations : array of shape (k,)
    accuracy, cost : mappings from a name to arrays of shape (k,)
        One curve each, with its name at its end.
    decide, x, y
        As for ``decision_regions``.

    Raises
    ------
    ValueError
        If a curve has another length, or is not finite.

    References
    ----------
    Source 001, its animation of three panels.
    """
    regions = decision_regions({"decision": decide}, x, y, alt=alt, caption=caption)
    with style():
        left, right = (
            curves(iterations, named, title) for named, title in ((accuracy, "accuracy"), (cost, "cost"))
        )
        left.axes[0].set_ylim(0.45, 1)
        outer = picture(left, right, alt=alt, caption=caption)
    return Picture((outer.panels[0], *regions.panels, outer.panels[1]), alt, caption)


def fit_and_test(
    iterations: Any, panels: Mapping[str, Mapping[str, Any]], *, alt: str, caption: str
) -> Picture:
    """Draw one panel for each quantity in ``panels``, with one named curve for each set of points.

    Raises
    ------
    ValueError
        If a curve has another length than ``iterations``, or is not finite.
    """
    with style():
        figures = [curves(iterations, named, title) for title, named in panels.items()]
        return picture(*figures, alt=alt, caption=caption)


def curves(iterations: Any, named: Mapping[str, Any], title: str) -> Any:
    """Return a figure of one panel: curves over the iterations, told apart by color, stroke and name."""
    k = np.asarray(iterations, dtype=float)
    figure, ax = plt.subplots(figsize=(2.6, 2.7))
    unit, word = _unit(k.max())
    for (name, values), (color, stroke) in zip(named.items(), LOOKS, strict=False):
        values = np.asarray(values, dtype=float)
        if values.shape != k.shape or not np.isfinite(values).all():
            raise ValueError(f"{name!r} must be {k.size} finite numbers, one for each iteration")
        few = thinned(k.size)
        ax.plot(k[few] / unit, values[few], color=color, linestyle=stroke, label=name)
    ax.set_title(title)
    ax.set_xlabel(word)
    ax.set_xlim(0, k.max() / unit)
    if len(named) > 1:
        ax.legend(handlelength=1.6, labelcolor=INK, loc="best")
    return figure


def thinned(size: int) -> Array:
    """Return at most ``MOST`` indices from 0 to size − 1, evenly spaced, both ends among them."""
    return np.unique(np.linspace(0, size - 1, MOST).round().astype(int))


def _unit(largest: float) -> tuple[float, str]:
    if largest >= 500_000:
        return 1e6, "million iterations"
    return (1e3, "thousand iterations") if largest >= 2_000 else (1.0, "iterations")
