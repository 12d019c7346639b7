"""Compute the figure of every erratum of the four sources.

``figures()`` does it for all whose figure takes a second at most; the others are runs of many seconds, made
once, in the chapter that teaches them.
"""

from __future__ import annotations

from collections.abc import Mapping

from . import entropy, matrix, pictures, xor_claims, xor_numbers
from .record import KINDS, Erratum

PARTS = (pictures, xor_numbers, xor_claims, matrix, entropy)
ERRATA: Mapping[str, Erratum] = dict(sorted((e.id, e) for part in PARTS for e in part.ERRATA))


def figures() -> dict[str, str]:
    """Return the figures, by id, of the errata that can be computed at once.

    Examples
    --------
    >>> figures()["E000.17"]
    '60,965,224 parameters'
    """
    return {id: erratum.compute() for id, erratum in ERRATA.items() if erratum.compute}


__all__ = ["ERRATA", "KINDS", "Erratum", "figures"]
