"""What the book keeps of an erratum, and how the numbers of its figure are written.

What was printed and what is right stands in the chapter that teaches it; here is what a computer must say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

KINDS = ("error", "shape", "notation", "omission", "wording", "pitfall", "true")


@dataclass(frozen=True)
class Erratum:
    """One slip of a source.

    Attributes
    ----------
    id : str
        E, the source, a dot, its number: E001.05.
    kind : str
        What the errata are filtered by, one of ``KINDS``: ``shape`` is what does not multiply as it is
        printed, ``true`` a suspicion that turned out unfounded.
    detail : str
        What exactly it is, in a word or two.
    compute : callable or None
        Returns the figure that shows it, as text; None where that takes a run of many seconds, which a
        chapter makes.
    """

    id: str
    kind: str
    detail: str
    compute: Callable[[], str] | None

    @property
    def source(self) -> str:
        """Which source it is in, such as 001."""
        return self.id[1:4]


def number(value: Any, decimals: int = 8) -> str:
    """Return one number with so many decimals, and with a true minus sign."""
    return f"{float(value):.{decimals}f}".replace("-", "−")


def row(values: Any, decimals: int = 8) -> str:
    """Return all entries in one pair of brackets, a matrix row by row with semicolons between them."""
    rows = np.atleast_2d(np.asarray(values, dtype=float))
    return "[" + "; ".join(" ".join(number(v, decimals) for v in entries) for entries in rows) + "]"


def plain(values: Any) -> str:
    """Return numbers as short as they are: [1 −3 9]."""
    return "[" + " ".join(f"{float(v):.12g}" for v in np.ravel(values)).replace("-", "−") + "]"


def size(array: Any) -> str:
    """Return a shape as it is read: 3 × 2."""
    return " × ".join(str(n) for n in np.shape(array))


def refused(compute: Callable[[], Any]) -> str:
    """Return the name of the error that a computation ends in.

    Raises
    ------
    AssertionError
        If it is not refused: what was printed would then be no erratum.
    """
    try:
        compute()
    except (ValueError, IndexError) as error:
        return type(error).__name__
    raise AssertionError("what is printed can be computed after all")
