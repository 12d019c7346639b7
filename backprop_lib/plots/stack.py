"""Draw a network as a stack of bricks: what each computes on the way up, what comes back down."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.patches import FancyBboxPatch

from .style import FORWARD, GRADIENT, GROUND, INK, MUTED, Picture, picture, style

WIDE, HIGH, GAP, TEXT = 1.0, 0.36, 0.14, 1.62


def stack(bricks: Sequence[tuple[str, str, str]], *, alt: str, caption: str) -> Picture:
    """Draw (brick, forward formula, backward formula) from the bottom up.

    Raises
    ------
    ValueError
        If there is no brick.

    References
    ----------
    Source 001, its overview of all formulas as a stack of toy bricks.
    """
    if not bricks:
        raise ValueError("bricks is empty; at least one is needed")
    top = len(bricks) * (HIGH + GAP)
    with style():
        figure = plt.figure(figsize=(WIDE + 2 * TEXT, top + 0.34), layout="none")
        ax = figure.add_axes((0, 0, 1, 1), xlim=(-TEXT, WIDE + TEXT), ylim=(-0.02, top + 0.32))
        ax.set_axis_off()
        ax.text(-0.12, top + 0.14, "forward ↑", color=FORWARD, ha="right", va="center")
        ax.text(WIDE + 0.12, top + 0.14, "backward ↓", color=GRADIENT, ha="left", va="center")
        for i, (brick, forward, backward) in enumerate(bricks):
            y = i * (HIGH + GAP)
            shape = "round,pad=0,rounding_size=0.06"
            ax.add_patch(FancyBboxPatch((0, y), WIDE, HIGH, shape, facecolor=GROUND, edgecolor=MUTED))
            middle = y + HIGH / 2
            ax.text(WIDE / 2, middle, brick, color=INK, ha="center", va="center")
            ax.text(-0.12, middle, forward, color=FORWARD, ha="right", va="center")
            ax.text(WIDE + 0.12, middle, backward, color=GRADIENT, ha="left", va="center")
            if i:
                for x, color, ends in ((0.42, FORWARD, (-GAP, 0)), (0.58, GRADIENT, (0, -GAP))):
                    arrow = {"arrowstyle": "->", "color": color, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
                    start, end = y + ends[0], y + ends[1]
                    ax.annotate("", (x * WIDE, end), (x * WIDE, start), arrowprops=arrow)
        return picture(figure, alt=alt, caption=caption)
