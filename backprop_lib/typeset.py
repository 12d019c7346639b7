"""Set a formula with its numbers in it: arrays become matrices, in the book's three colors.

Pieces of TeX are strings; everything else is a number or an array, and is rounded only for showing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Formula:
    """A displayed formula; a notebook sets it from its TeX."""

    tex: str

    def _repr_latex_(self) -> str:
        return rf"$$\begin{{aligned}}{self.tex}\end{{aligned}}$$"


@dataclass(frozen=True)
class Colored:
    """A number or an array together with the color it is set in."""

    value: Any
    name: str


def forward(value: Any) -> Colored:
    """Mark ``value`` as a quantity of the forward pass."""
    return Colored(value, "bp-forward")


def gradient(value: Any) -> Colored:
    """Mark ``value`` as a gradient."""
    return Colored(value, "bp-gradient")


def target(value: Any) -> Colored:
    """Mark ``value`` as a target."""
    return Colored(value, "bp-target")


def formula(*parts: Any, digits: int = 4) -> Formula:
    r"""Return the parts side by side as one formula.

    Parameters
    ----------
    *parts : str, number, array of at most two dimensions, or one of these colored
        A string is TeX and goes in as it is; ``r"\\ &="`` starts a new line.
    digits : int
        Decimals of every number.

    Raises
    ------
    ValueError
        If an array has more than two dimensions.

    Examples
    --------
    >>> formula("2 x =", 2, r"\cdot", 0.25, "=", 0.5, digits=2).tex
    '2 x = 2.00 \\cdot 0.25 = 0.50'
    """
    return Formula(" ".join(_set(part, digits) for part in parts))


def _set(part: Any, digits: int) -> str:
    if isinstance(part, Colored):
        return rf"\class{{{part.name}}}{{{_set(part.value, digits)}}}"
    if isinstance(part, str):
        return part
    array = np.asarray(part, dtype=float)
    if array.ndim == 0:
        return f"{array:.{digits}f}"
    if array.ndim > 2:
        raise ValueError(f"an array of shape {array.shape} is no matrix; two dimensions are the most")
    rows = (" & ".join(f"{value:.{digits}f}" for value in row) for row in np.atleast_2d(array))
    return r"\begin{bmatrix}" + r" \\ ".join(rows) + r"\end{bmatrix}"
