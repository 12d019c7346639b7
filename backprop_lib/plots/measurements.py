"""Draw measured numbers on logarithmic axes, beside the power law that they should follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from .explosions import power_of_ten
from .runs import LOOKS
from .style import INK, LINE, MUTED, Picture, picture, style


def log_log(
    measured: Mapping[str, tuple[Any, Any]],
    laws: Mapping[str, tuple[Any, Any]] = {},
    *,
    axes: tuple[str, str],
    counted: bool = False,
    alt: str,
    caption: str,
) -> Picture:
    """Draw measurements as marked curves and laws as thin dotted ones.

    Parameters
    ----------
    measured, laws : mappings from a name to (x, y), positive numbers
        At most three measurements.
    axes : pair of strs
        What the axes are called.
    counted : bool
        Whether x is a small count, which stands on an ordinary axis.

    Raises
    ------
    ValueError
        If a number is not positive.
    """
    with style():
        figure, ax = plt.subplots(figsize=(4.0, 3.0))
        for (name, (x, y)), (color, stroke), mark in zip(measured.items(), LOOKS, "os^", strict=False):
            if not (np.min(x) > 0 and np.min(y) > 0):
                raise ValueError(f"{name!r} must be positive numbers to stand on a logarithmic axis")
            ax.plot(x, y, color=color, linestyle=stroke, marker=mark, label=name)
        for name, (x, y) in laws.items():
            ax.plot(x, y, color=MUTED, alpha=0.35, linewidth=7, zorder=1, label=name)
        ax.set_yscale("log")
        logarithmic = [(ax.yaxis, ax.get_ylim())]
        if not counted:
            ax.set_xscale("log")
            logarithmic.append((ax.xaxis, ax.get_xlim()))
        for axis, limits in logarithmic:
            low, high = np.ceil(np.log10(limits[0])), np.floor(np.log10(limits[1]))
            powers = [int(n) for n in np.arange(low, high + 1)]
            shown = powers[:: max(1, (len(powers) + 3) // 5)]
            axis.set_ticks([10.0**n for n in shown], labels=[power_of_ten(n) for n in shown])
        ax.minorticks_off()
        ax.grid(color=LINE)
        ax.set(xlabel=axes[0], ylabel=axes[1])
        ax.legend(handlelength=1.8, labelcolor=INK, loc="best")
        return picture(figure, alt=alt, caption=caption)
