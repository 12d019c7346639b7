"""Draw a run that overflows: where the cost turns, what drives it, and when it must end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from .runs import LOOKS, MOST
from .style import FORWARD, GRADIENT, INK, LINE, MUTED, Picture, picture, style

THOUSAND = 1e3


def turning_cost(cost: Any, *, first: int = 1, ceiling: float = 1.0, alt: str, caption: str) -> Picture:
    """Draw the cost of every iteration from ``first`` on, cut off at ``ceiling``, its lowest point marked.

    Parameters
    ----------
    cost : array of shape (iterations,)
    first : int
        The first iteration drawn.
    ceiling : float
        Where the picture ends.

    References
    ----------
    E001.22.
    """
    cost = np.asarray(cost, dtype=float)
    lowest = int(cost.argmin()) + 1
    with style():
        figure, ax = plt.subplots(figsize=(4.0, 2.6))
        k, values = _until(cost, ceiling, first)
        ax.plot(k / THOUSAND, values, color=FORWARD)
        ax.plot(lowest / THOUSAND, cost[lowest - 1], "o", color=GRADIENT, markersize=6)
        ax.annotate(
            f"lowest at iteration {lowest:,}", (lowest / THOUSAND, cost[lowest - 1]), (-10, 26),
            textcoords="offset points", ha="right", color=INK,
            arrowprops={"arrowstyle": "-", "color": MUTED, "linewidth": 0.8},
        )  # fmt: skip
        ax.set(xlim=(first / THOUSAND, 1.02 * len(cost) / THOUSAND), ylim=(0, ceiling))
        ax.set(xlabel="thousand iterations", ylabel="cost")
        return picture(figure, alt=alt, caption=caption)


def on_a_log_axis(
    curves: Mapping[str, tuple[Any, Any]],
    *,
    ylabel: str,
    span: tuple[float, float],
    first: float = 0.0,
    alt: str,
    caption: str,
) -> Picture:
    """Draw named positive curves over the iterations, on a logarithmic axis that shows ``span``.

    Parameters
    ----------
    curves : mapping from a name to (iterations, values)
        At most four.  A curve that leaves ``span`` at the top is cut off there.
    """
    with style():
        figure, ax = plt.subplots(figsize=(4.0, 3.0))
        for (name, (k, values)), (color, stroke) in zip(curves.items(), LOOKS, strict=False):
            k, values = np.asarray(k, dtype=float), np.asarray(values, dtype=float)
            seen = k >= first
            few = _few(k[seen].size)
            ax.plot(k[seen][few] / THOUSAND, values[seen][few], color=color, linestyle=stroke, label=name)
        ax.set_yscale("log")
        ax.set(ylim=span, xlabel="thousand iterations", ylabel=ylabel)
        powers = range(int(np.ceil(np.log10(span[0]))), int(np.floor(np.log10(span[1]))) + 1)
        shown = list(powers)[:: max(1, len(powers) // 5)]
        ax.set_yticks([10.0**n for n in shown], [power_of_ten(n) for n in shown])
        ax.minorticks_off()
        ax.grid(axis="y", color=LINE)
        ax.legend(handlelength=1.8, labelcolor=INK, loc="best")
        return picture(figure, alt=alt, caption=caption)


def straight_to_zero(k: Any, m: Any, k0: float, t_star: float, *, alt: str, caption: str) -> Picture:
    """Draw 1/m over the iterations, and the line from (k0, 1/m(k0)) to its zero at t*.

    Parameters
    ----------
    k, m : arrays of shape (points,)
        Iterations, and m > 0 there.
    k0, t_star : float
        Where the prediction starts, and where it ends.
    """
    k, m = np.asarray(k, dtype=float), np.asarray(m, dtype=float)
    few = _few(k.size)
    with style():
        figure, ax = plt.subplots(figsize=(4.0, 2.6))
        ax.plot(k[few] / THOUSAND, 1 / m[few], color=FORWARD, label="measured")
        start = 1 / np.interp(k0, k, m)
        ax.plot(
            np.array([k0, t_star]) / THOUSAND, [start, 0], color=GRADIENT, linestyle="--",
            linewidth=2.6, label="predicted",
        )  # fmt: skip
        ax.plot(t_star / THOUSAND, 0, "D", color=GRADIENT, clip_on=False)
        ax.set(ylim=(0, None), xlabel="thousand iterations", ylabel="1 / m")
        ax.legend(labelcolor=INK)
        return picture(figure, alt=alt, caption=caption)


def _until(values: Any, ceiling: float, first: int) -> tuple[Any, Any]:
    """Return iterations and values from ``first`` to the first that is above ``ceiling`` after the lowest."""
    lowest = int(values.argmin())
    above = values[lowest:] > ceiling
    end = lowest + (int(above.argmax()) + 1 if above.any() else above.size)
    k = np.arange(first, end + 1)
    few = _few(k.size)
    return k[few], values[first - 1 : end][few]


def _few(size: int) -> Any:
    """Return at most ``MOST`` indices: half evenly spaced, half ever closer together towards the end."""
    even = np.linspace(0, size - 1, MOST // 2)
    late = size - np.geomspace(1, size, MOST // 2)
    return np.unique(np.concatenate([even, late]).round().astype(int).clip(0, size - 1))


def power_of_ten(n: int) -> str:
    """Return "10⁻³" for −3: Unicode, since mathtext would not follow the page's type."""
    return "10" + str(n).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
