"""Choose a learning rate for each epoch: every function here returns a rule α(epoch), counted from 0.

``train`` takes a number, one of these, or any callable of the epoch.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from . import arguments

Schedule = Callable[[int], float]


def constant(alpha: float) -> Schedule:
    """Return α(k) = α."""
    alpha = arguments.number("alpha", alpha, least=0.0)
    return lambda epoch: alpha


def step(alpha: float, every: int, factor: float = 0.5) -> Schedule:
    """Return α(k) = α · factor^⌊k / every⌋: constant, then cut after ``every`` epochs."""
    alpha, factor = arguments.number("alpha", alpha, least=0.0), arguments.number("factor", factor, least=0.0)
    every = arguments.integer("every", every, least=1)
    return lambda epoch: alpha * factor ** (epoch // every)


def exponential(alpha: float, half_life: float) -> Schedule:
    """Return α(k) = α · 2^{−k / half_life}."""
    alpha, half_life = (
        arguments.number("alpha", alpha, least=0.0),
        arguments.number("half_life", half_life, above=0),
    )
    return lambda epoch: alpha * 2.0 ** (-epoch / half_life)


def cosine(alpha: float, epochs: int, last: float = 0.0) -> Schedule:
    """Return α(k) falling from α to ``last`` along half a cosine wave of ``epochs`` epochs, then constant."""
    alpha, last = arguments.number("alpha", alpha, least=0.0), arguments.number("last", last, least=0.0)
    epochs = arguments.integer("epochs", epochs, least=1)
    return lambda epoch: last + (alpha - last) * (1 + math.cos(math.pi * min(epoch / epochs, 1.0))) / 2
