"""Draw counts and shares as bars, each with its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from .style import FORWARD, INK, LINE, MUTED, Picture, picture, style


def bars(counts: Mapping[str, int], *, alt: str, caption: str) -> Picture:
    """Draw one bar a name, from the top down, its length proportional to the count.

    Parameters
    ----------
    counts : mapping from a name to a whole number, at least 0

    Raises
    ------
    ValueError
        If there is nothing to count, or a count is negative.
    """
    if not counts or min(counts.values()) < 0 or not max(counts.values()):
        raise ValueError("counts must hold numbers of at least 0, and not zeros alone")
    names, most = list(counts), max(counts.values())
    with style():
        figure, ax = plt.subplots(figsize=(4.2, 0.27 * len(names) + 0.1))
        ax.barh(range(len(names)), [counts[name] for name in names], height=0.62, color=FORWARD)
        for i, name in enumerate(names):
            ax.annotate(
                f"{counts[name]:,}", (counts[name], i), (5, 0), textcoords="offset points",
                va="center", fontsize=9, color=INK,
            )  # fmt: skip
        ax.set(xlim=(0, 1.38 * most), ylim=(len(names) - 0.4, -0.6), xticks=[])
        ax.set_yticks(range(len(names)), names)
        ax.tick_params(axis="y", length=0, labelcolor=MUTED)
        ax.spines[["bottom", "left"]].set_visible(False)
        return picture(figure, alt=alt, caption=caption)


def before_and_after(shares: Mapping[str, Any], *, names: Sequence[str], alt: str, caption: str) -> Picture:
    """Draw one panel a state, and in each the same shares of 1 as bars; the last state stands on the first.

    Parameters
    ----------
    shares : mapping from a title to an array of shape (n,)
        Each adds up to 1.
    names : sequence of n strings
        What the bars are called.

    Raises
    ------
    ValueError
        If a state has another number of shares, or they do not add up to 1.
    """
    figures, first = [], None
    with style():
        for title, values in shares.items():
            values = np.asarray(values, dtype=float)
            if values.shape != (len(names),) or abs(values.sum() - 1) > 1e-9 or (values < 0).any():
                raise ValueError(f"{title!r} must have {len(names)} shares that add up to 1")
            figure, ax = plt.subplots(figsize=(2.3, 2.0))
            if first is not None:
                ax.bar(range(len(names)), first, width=0.78, color="none", edgecolor=MUTED, linestyle=":")
            ax.bar(range(len(names)), values, width=0.6, color=FORWARD)
            for i, value in enumerate(values):
                ax.annotate(
                    f"{value:.2f}", (i, max(value, 0 if first is None else first[i])), (0, 4),
                    textcoords="offset points", ha="center", fontsize=9, color=INK,
                )  # fmt: skip
            ax.axhline(0, color=LINE, linewidth=0.8)
            ax.set(title=title, ylim=(0, 1.08), xticks=range(len(names)), yticks=[0, 1])
            ax.set_xticklabels(names)
            first = values if first is None else first
            figures.append(figure)
        return picture(*figures, alt=alt, caption=caption)
