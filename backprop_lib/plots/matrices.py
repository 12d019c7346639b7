"""Draw matrices cell by cell: their numbers, their shapes, and the cells under discussion lit.

Rows and columns are counted from 1, as in the formulas.  Lengths are in inches, so that type keeps its size.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .style import INK, MUTED, Picture, picture, style

ROOM, HIGH, GAP, LIP = 0.09, 0.27, 0.13, 0.05  # beside a number, of a row, between parts, of a bracket
LETTER = 0.078  # the width of one letter at 9 points
TITLE, SHAPE = 0.3, 0.26  # above the brackets and beneath them


@dataclass(frozen=True)
class Block:
    """A matrix to draw.

    Attributes
    ----------
    name : str
        What stands above it.
    values : array of shape (rows, columns)
        Numbers, shown to ``digits`` decimals, or words.
    color : str
        Of its name and its lit cells: one of the named colors of ``plots.style``.
    lit : collection of (row, column)
        The cells under discussion, shaded and in bold.
    digits : int
    """

    name: str
    values: Any
    color: str = INK
    lit: Collection[tuple[int, int]] = field(default=())
    digits: int = 2

    @property
    def cells(self) -> list[list[str]]:
        """The text of every cell, row after row; a zero is short, so that what is not zero stands out."""
        return [[_text(value, self.digits) for value in row] for row in np.asarray(self.values)]

    @property
    def cell(self) -> float:
        """The width of a cell."""
        return LETTER * max(len(text) for row in self.cells for text in row) + ROOM

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, columns = np.shape(self.values)
        return rows, columns

    @property
    def width(self) -> float:
        """The width between its brackets, or of its name if that is longer."""
        return max(self.shape[1] * self.cell, LETTER * len(self.name), 0.5)


def matrices(*rows: Sequence[Block | str], alt: str, caption: str) -> Picture:
    """Draw one panel for each row of blocks, with signs such as "=" or "⊙" between them.

    Raises
    ------
    ValueError
        If a block is no matrix, or a lit cell is not in it.

    Examples
    --------
    >>> matrices([Block("a", [[1.0], [0.5]])], alt="a column", caption="An activation.")
    Picture: a column
    """
    for part in (part for row in rows for part in row if isinstance(part, Block)):
        if np.ndim(part.values) != 2:
            raise ValueError(f"{part.name} has {np.ndim(part.values)} dimensions; a matrix has 2")
        n, k = part.shape
        for i, j in part.lit:
            if not (1 <= i <= n and 1 <= j <= k):
                raise ValueError(f"there is no cell {(i, j)} in {part.name}, whose shape is {part.shape}")
    return picture(*map(_panel, rows), alt=alt, caption=caption)


def _text(value: Any, digits: int) -> str:
    if isinstance(value, str):
        return value
    return "0" if value == 0 else f"{float(value):.{digits}f}".replace("-", "−")


def _panel(parts: Sequence[Block | str]) -> Figure:
    widths = [part.width + 2 * LIP if isinstance(part, Block) else LETTER * len(part) for part in parts]
    tall = HIGH * max(part.shape[0] for part in parts if isinstance(part, Block))
    width, top, bottom = sum(widths) + GAP * len(parts), tall / 2 + TITLE, -tall / 2 - SHAPE
    with style():
        figure: Figure = plt.figure(figsize=(width, top - bottom), layout="none")
        ax = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(bottom, top))
        ax.set_axis_off()
        x = GAP / 2
        for part, wide in zip(parts, widths, strict=True):
            if isinstance(part, Block):
                _block(ax, part, x + wide / 2)
            else:
                ax.text(x + wide / 2, 0, part, color=INK, ha="center", va="center")
            x += wide + GAP
    return figure


def _block(ax: Axes, block: Block, middle: float) -> None:
    """Draw one matrix around the point (``middle``, 0)."""
    n, k = block.shape
    left, top = middle - k * block.cell / 2, n * HIGH / 2
    for i, row in enumerate(block.cells):
        for j, text in enumerate(row):
            x, y, on = left + j * block.cell, top - (i + 1) * HIGH, (i + 1, j + 1) in block.lit
            if on:
                ax.add_patch(
                    Rectangle((x, y), block.cell, HIGH, facecolor=block.color, alpha=0.16, edgecolor="none")
                )
            color = block.color if on else MUTED if text == "0" else INK
            weight = "bold" if on else "normal"
            look: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 9, "fontweight": weight}
            ax.text(x + block.cell / 2, y + HIGH / 2, text, color=color, **look)
    for edge, inward in ((left - LIP, LIP), (left + k * block.cell + LIP, -LIP)):
        ax.plot([edge + inward, edge, edge, edge + inward], [top, top, -top, -top], color=MUTED, linewidth=1)
    ax.text(middle, top + 0.15, block.name, color=block.color, ha="center", va="center")
    ax.text(middle, -top - 0.14, f"({n}, {k})", color=MUTED, ha="center", va="center", fontsize=9)
