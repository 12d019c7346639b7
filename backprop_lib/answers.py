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


def right(y: Array) -> Callable[[Array], Array] | None:
    """Return a function from outputs, or a stack of them, to m booleans; None without labels in ``y``."""
    labels = set(np.unique(y).tolist())
    if not (labels <= {0.0, 1.0} or labels <= {-1.0, 1.0}):
        return None
    high = y == 1
    if len(y) > 1 and (high.sum(axis=0) == 1).all():
        others, place = np.where(high, np.inf, 0.0), (high.argmax(axis=0), np.arange(y.shape[1]))
        return lambda a: np.asarray((a - others).max(axis=-2) < a[..., *place])
    middle = 0.5 if labels <= {0.0, 1.0} else 0.0
    side = np.where(high, 1.0, -1.0)
    return lambda a: np.asarray(((a - middle) * side > 0).all(axis=-2))
