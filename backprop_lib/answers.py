"""Count right answers; an output exactly on the fence, as all of a network of zeros are, counts as wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .activations import Array


def accuracy(a: Any, y: Any) -> float:
    """Return the fraction of examples that are answered right; NaN where ``y`` holds no labels.

    Parameters
    ----------
    a, y : arrays of shape (n_L, m)
        Outputs and targets.  Labels are 0 and 1, or −1 and 1.

    Notes
    -----
    Where every column of ``y`` has one 1 among n_L > 1 entries, that output must be strictly the largest.
    Otherwise every output of the column must lie on its target's side of the middle.

    Examples
    --------
    >>> accuracy([[0.2, 0.6, 0.5]], [[0, 1, 1]])
    0.6666666666666666
    """
    a, y = np.asarray(a), np.asarray(y)
    if a.shape != y.shape or a.ndim != 2:
        raise ValueError(f"a has shape {a.shape} and y {y.shape}; both need (n_L, m)")
    judge = right(y)
    return float(judge(a).mean()) if judge else float("nan")


def right(y: Array) -> Callable[..., Array] | None:
    """Return a function from outputs, or a stack of them, to m booleans; None without labels in ``y``.

    Its second argument picks columns of ``y``, where the outputs are of those alone.
    """
    labels = set(np.unique(y).tolist())
    if not (labels <= {0.0, 1.0} or labels <= {-1.0, 1.0}):
        return None
    high = y == 1
    if len(y) > 1 and (high.sum(axis=0) == 1).all():
        place = high.argmax(axis=0)

        def largest(a: Array, columns: slice = slice(None)) -> Array:
            own = a[..., place[columns], np.arange(a.shape[-1])]
            return np.asarray(np.where(high[:, columns], -np.inf, a).max(axis=-2) < own)

        return largest
    middle = 0.5 if labels <= {0.0, 1.0} else 0.0

    def on_its_side(a: Array, columns: slice = slice(None)) -> Array:
        return np.asarray(np.where(high[:, columns], a > middle, a < middle).all(axis=-2))

    return on_its_side
