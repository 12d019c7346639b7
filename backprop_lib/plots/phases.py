"""Draw which settings solve a task: a square a setting, as large as the share of runs that did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from .explosions import power_of_ten
from .style import GRADIENT, INK, LINE, MUTED, TARGET, Picture, picture, style

FULL = 0.46  # half the side of a square that stands for all runs; settings are 1 apart


def phase_diagram(
    learning_rates: Sequence[float],
    widths: Sequence[Any],
    *,
    solved: Any,
    diverged: Any,
    alt: str,
    caption: str,
) -> Picture:
    """Draw a square for each pair of a rate and a width, with an area in proportion to the share that solved.

    Parameters
    ----------
    learning_rates : sequence of floats above 0, from low to high
        Each has its column; powers of ten are marked between them.
    widths : sequence
        What the rows are called, from the bottom up.
    solved, diverged : arrays of shape (len(widths), len(learning_rates))
        Shares of 1.  A cross as large as the share stands where runs overflowed, a dot where all got stuck.

    Raises
    ------
    ValueError
        If rates do not ascend from above 0, or shares have another shape or do not lie from 0 to 1.
    """
    rates, shares = np.asarray(learning_rates, dtype=float), {}
    if rates.ndim != 1 or not (rates > 0).all() or not (np.diff(rates) > 0).all():
        raise ValueError("learning_rates must ascend from above 0")
    for name, values in (("solved", solved), ("diverged", diverged)):
        shares[name] = np.asarray(values, dtype=float)
        if shares[name].shape != (len(widths), len(rates)):
            raise ValueError(f"{name} has shape {shares[name].shape}; {(len(widths), len(rates))} is needed")
        if not ((shares[name] >= 0) & (shares[name] <= 1)).all():
            raise ValueError(f"{name} must hold shares from 0 to 1")
    cell = min(0.18, 4.1 / len(rates))  # inches
    with style():
        figure, ax = plt.subplots(figsize=(0.5 + cell * len(rates), 0.7 + cell * len(widths)))
        stuck = 1 - shares["solved"] - shares["diverged"] == 1
        marks = (("stuck", stuck * 0.015, MUTED, _square), ("solved", shares["solved"], TARGET, _square),
                 ("diverged", shares["diverged"], GRADIENT, _cross))  # fmt: skip
        for name, areas, color, shape in marks:
            paths = [
                shape(column, row, FULL * np.sqrt(area))
                for (row, column), area in np.ndenumerate(areas)
                if area
            ]
            if paths:
                look = {"edgecolor": color, "fill": False} if name == "diverged" else {"facecolor": color}
                whole = Path.make_compound_path(*paths)
                ax.add_patch(PathPatch(whole, linewidth=1.2 if name == "diverged" else 0, **look))
        ax.set(xlim=(-0.6, len(rates) - 0.4), ylim=(-0.6, len(widths) - 0.4), xlabel="learning rate α")
        ax.set(ylabel="hidden neurons", aspect="equal")
        low, high = np.log10(rates[[0, -1]])
        powers = range(int(np.ceil(low - 1e-9)), int(np.floor(high + 1e-9)) + 1)
        at = np.interp(powers, np.log10(rates), np.arange(len(rates)))
        ax.set_xticks(at, [power_of_ten(n) for n in powers])
        every = 1 if len(widths) <= 8 else 2 if len(widths) <= 16 else 4
        ax.set_yticks(range(0, len(widths), every), [str(n) for n in widths[::every]])
        ax.tick_params(labelcolor=INK, color=LINE)
        return picture(figure, alt=alt, caption=caption)


def _square(x: float, y: float, half: float) -> Path:
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    return Path([(x + half * i, y + half * j) for i, j in corners], closed=True)


def _cross(x: float, y: float, half: float) -> Path:
    ends, half = [(-1, -1), (1, 1), (-1, 1), (1, -1)], 0.75 * half
    return Path([(x + half * i, y + half * j) for i, j in ends], [Path.MOVETO, Path.LINETO] * 2)
