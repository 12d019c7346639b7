"""Draw where a program learns: the cost at the end of a run, over the learning rate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from .explosions import power_of_ten
from .runs import LOOKS
from .style import INK, LINE, MUTED, Picture, picture, style

Runs = Mapping[str, tuple[Any, Any]]


def cost_by_rate(
    programs: Mapping[str, Runs], *, floor: float, ceiling: float, guess: float, alt: str, caption: str
) -> Picture:
    """Draw one panel a program, and in it one curve for each set of runs.

    Parameters
    ----------
    programs : mapping from a title to a mapping from a name to (learning rates, costs at the end)
    floor, ceiling : float
        The costs that the picture reaches; what lies above is drawn at the top edge.
    guess : float
        The cost of answering always the same; a thin line.

    Raises
    ------
    ValueError
        If a rate is not positive, or a curve has not as many costs as rates.
    """
    figures = []
    with style():
        for title, runs in programs.items():
            figure, ax = plt.subplots(figsize=(2.8, 2.8))
            for (name, (rates, costs)), (color, stroke), mark in zip(
                runs.items(), LOOKS, "os^", strict=False
            ):
                rates, costs = np.asarray(rates, dtype=float), np.asarray(costs, dtype=float)
                if rates.shape != costs.shape or not (rates > 0).all():
                    raise ValueError(f"{name!r} needs one cost for each of its rates, and rates above 0")
                drawn = np.where(np.isfinite(costs), np.clip(costs, floor, ceiling), ceiling)
                ax.plot(rates, drawn, color=color, linestyle=stroke, marker=mark, label=name, clip_on=False)
            ax.axhline(guess, color=MUTED, linewidth=0.8, zorder=0)
            ax.set(xscale="log", yscale="log", title=title, xlabel="learning rate α", ylim=(floor, ceiling))
            for axis in (ax.xaxis, ax.yaxis):
                low, high = (round(float(np.log10(v)), 6) for v in axis.get_view_interval())
                powers = range(int(np.ceil(low)), int(np.floor(high)) + 1)
                axis.set_ticks([10.0**n for n in powers], labels=[power_of_ten(n) for n in powers])
            ax.minorticks_off()
            ax.grid(color=LINE)
            ax.legend(handlelength=1.8, labelcolor=INK, loc="best")
            figures.append(figure)
        figures[0].axes[0].set_ylabel("cost after the run")
        return picture(*figures, alt=alt, caption=caption)
