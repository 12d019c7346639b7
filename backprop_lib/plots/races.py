"""Draw measured times as bars, and how many times faster than others something is, on a logarithmic axis."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np

from .style import FORWARD, GRADIENT, INK, LINE, MUTED, TARGET, Picture, picture, style


def times(
    measured: Mapping[str, float], *, unit: str, gains: bool = False, alt: str, caption: str
) -> Picture:
    """Draw one bar a name, from the top down, its length proportional to the time.

    Parameters
    ----------
    measured : mapping from a name to a positive number
    unit : str
    gains : bool
        Whether each bar says by which factor it is shorter than the one above.

    Raises
    ------
    ValueError
        If there is nothing to draw, or a time is not positive.
    """
    if not measured or not all(0 < time < np.inf for time in measured.values()):
        raise ValueError("measured must hold positive times")
    with style():
        figure, ax = plt.subplots(figsize=(4.6, 0.32 * len(measured) + 0.2))
        ax.barh(range(len(measured)), list(measured.values()), height=0.62, color=FORWARD)
        above = [0.0, *measured.values()]
        for i, time in enumerate(measured.values()):
            gain = f"  (÷ {above[i] / time:.2f})" if gains and i else ""
            number = f"{time:,.0f}" if time >= 100 else f"{time:.3g}"
            ax.annotate(
                f"{number} {unit}{gain}", (time, i), (5, 0), textcoords="offset points", va="center",
                fontsize=9, color=INK,
            )  # fmt: skip
        ax.set(xlim=(0, 1.5 * max(measured.values())), ylim=(len(measured) - 0.4, -0.6), xticks=[])
        _names(ax, list(measured))
        return picture(figure, alt=alt, caption=caption)


def lead(factors: Mapping[str, tuple[float, float | None]], *, alt: str, caption: str) -> Picture:
    """Draw how many times faster than each other one we are: bars to the right of 1 where we are, else left.

    Parameters
    ----------
    factors : mapping from a name to (factor, goal)
        Our lead, above 1 where we are faster, and the lead that was wanted, or None.  A lead below its goal
        is hatched and says so.

    Raises
    ------
    ValueError
        If there is nothing to draw, or a number is not positive.
    """
    numbers = [value for pair in factors.values() for value in pair if value is not None]
    if not numbers or not all(0 < value < np.inf for value in numbers):
        raise ValueError("factors must be positive, and at least one")
    low, high = min(*numbers, 1.0) / 1.5, max(*numbers, 1.0) * 6
    with style():
        figure, ax = plt.subplots(figsize=(4.6, 0.34 * len(factors) + 0.5))
        for i, (factor, goal) in enumerate(factors.values()):
            missed = goal is not None and factor < goal
            look = {"color": "none", "edgecolor": GRADIENT, "hatch": "////"} if missed else {"color": FORWARD}
            ax.barh(i, factor - 1, left=1, height=0.62, **look)
            words = f"{_times(factor)}, goal {_times(goal)} missed" if missed and goal else _times(factor)
            ax.annotate(
                words, (max(factor, goal or 0, 1), i), (6, 0), textcoords="offset points",
                va="center", fontsize=9, color=INK,
            )  # fmt: skip
            if goal is not None:
                ax.plot([goal, goal], [i - 0.42, i + 0.42], color=TARGET, linewidth=2.4)
        ax.axvline(1, color=INK, linewidth=0.9)
        ax.set(xscale="log", xlim=(low, high), ylim=(len(factors) - 0.4, -0.6))
        ticks = [v for v in (1e-3, 1e-2, 0.1, 0.5, 1, 2, 10, 100, 1000) if low <= v <= high]
        ticks = [v for v in ticks if v not in (0.5, 2)] if high > 30 * low else ticks
        ax.set_xticks(ticks, [f"{v:,.0f}" if v >= 1 else f"1/{1 / v:,.0f}" for v in ticks])
        ax.minorticks_off()
        ax.grid(axis="x", color=LINE, zorder=0)
        ax.set_axisbelow(True)
        ax.set_xlabel("times faster")
        _names(ax, list(factors))
        return picture(figure, alt=alt, caption=caption)


def _times(factor: float) -> str:
    return f"{factor:.3g} ×" if factor >= 1 else f"1/{1 / factor:.3g}"


def _names(ax: plt.Axes, names: list[str]) -> None:
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(axis="y", length=0, labelcolor=MUTED)
    ax.spines[["bottom", "left"]].set_visible(False)
