"""Read what a gradient check found: it prints as a table, in a terminal and in a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from .activations import Array


@dataclass(frozen=True, eq=False)
class Block:
    """One array of gradients beside its witnesses; every array has the shape of the parameters ``name``.

    Attributes
    ----------
    name : str
        As in the code: ``W[1]``, ``b[2]``.
    given, differences, complex_step : arrays
        The gradients judged, by (D1), and by (D2).
    error, error_of_differences : arrays
        (D3) against the complex step and against central differences.
    kinked : array of bools
        Where moving the parameter takes a z across a ReLU kink, so that (D1) says nothing.
    """

    name: str
    given: Array
    differences: Array
    complex_step: Array
    error: Array
    error_of_differences: Array
    kinked: Array
    ok: bool


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """What ``gradient_check`` found; it prints as a table.

    Attributes
    ----------
    blocks : dict from name to Block
        ``blocks["W[2]"].error`` holds the relative error of every entry of W⁽²⁾.
    kinks : tuple of strs
        The z that sit on, or within reach of, a ReLU kink, such as ``z[1][0, 2]``.
    tolerance, tolerance_of_differences : float
        The largest relative errors that pass.
    """

    blocks: dict[str, Block]
    kinks: tuple[str, ...]
    tolerance: float
    tolerance_of_differences: float

    @property
    def ok(self) -> bool:
        """Whether every entry agrees with both witnesses."""
        return all(block.ok for block in self.blocks.values())

    @property
    def worst(self) -> float:
        """The largest relative error (D3) against the complex step."""
        return max(float(block.error.max()) for block in self.blocks.values())

    @property
    def where(self) -> str:
        """The parameter with the largest relative error, such as ``W[2][0, 1]``."""
        block = max(self.blocks.values(), key=lambda block: float(block.error.max()))
        return block.name + _place(block.error)

    @property
    def summary(self) -> str:
        """One sentence with the verdict."""
        count = sum(block.error.size for block in self.blocks.values())
        wrong = sum(int((block.error > self.tolerance).sum()) for block in self.blocks.values())
        found = f"worst relative error {self.worst:.1e} at {self.where}"
        if self.ok:
            return f"All {count} gradients agree with both witnesses: {found}."
        if not wrong:
            return f"All {count} gradients agree with the complex step ({found}), some not with differences."
        return f"{wrong} of {count} gradients are wrong: {found}."

    @property
    def warning(self) -> str:
        """A sentence about ReLU kinks, or nothing."""
        if not self.kinks:
            return ""
        named = ", ".join(self.kinks[:3]) + (
            f" and {len(self.kinks) - 3} more" if len(self.kinks) > 3 else ""
        )
        return f"On or near a ReLU kink: {named}. Differences are not asked about what reaches across it."

    @property
    def rows(self) -> Sequence[tuple[str, ...]]:
        """The table, a row for each array of parameters."""
        head = ("gradient of", "shape", "error against differences", "error against complex step", "verdict")
        return [head] + [
            (
                block.name,
                "×".join(map(str, block.error.shape)),
                _worst(block.error_of_differences),
                _worst(block.error),
                "agrees" if block.ok else "DIFFERS",
            )
            for block in self.blocks.values()
        ]

    def __repr__(self) -> str:
        widths = [max(map(len, column)) for column in zip(*self.rows, strict=True)]
        lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in self.rows]
        return "\n".join([self.summary, *lines, *filter(None, [self.warning])])

    def _repr_html_(self) -> str:
        head, *body = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in self.rows)
        rows = "".join(f"<tr>{cells}</tr>" for cells in body)
        head = head.replace("td>", "th>")
        warning = f"<p>{escape(self.warning)}</p>" if self.warning else ""
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        table = f'<div style="overflow-x: auto">{table}</div>'  # a phone scrolls the table, not the page
        return f"<p>{escape(self.summary)}</p>{table}{warning}"


def _worst(error: Array) -> str:
    return f"{error.max():.1e} at {_place(error)}"


def _place(error: Array) -> str:
    return str([int(i) for i in np.unravel_index(int(error.argmax()), error.shape)])
