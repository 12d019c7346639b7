"""Say how a run of gradient descent ended, from its curves and its last parameters."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from .parameters import Parameters

FLAT = 1e-3  # a cost that moved by less than this fraction over the last half of a run is on a plateau


def diagnose(p: Parameters, cost: Sequence[float], right: float, m: int, overflowed: bool) -> str:
    """Return one sentence that opens with a verdict; the first that applies.

    diverged
        A number overflowed.
    solved
        Every one of the m points is right, and nothing less.
    rising
        The cost is above its start, or has doubled since its lowest value.
    symmetric
        Two or more neurons of a hidden layer are the same, and descent keeps them so.
    plateau
        The cost has all but stopped moving.
    descending
        None of these: the cost still moves.

    Parameters
    ----------
    p : Parameters
        The last finite ones.
    cost : sequence of floats
        C at the start and after every epoch that ended with a finite cost.
    right : float
        The fraction of points answered right; NaN if the targets are no labels.
    m : int
        The number of points.
    overflowed : bool
        Whether the run stopped early because a number was not finite.
    """
    epoch, last, lowest = len(cost) - 1, cost[-1], min(cost)
    count = "" if math.isnan(right) else f"; {round(right * m)} of {m} points are right ({right:.0%})"
    twins = identical_neurons(p)
    if overflowed:
        return f"diverged: numbers overflowed in epoch {epoch + 1}, after a cost of {last:.4g}"
    if right == 1.0:
        return f"solved: all {m} points are right"
    if last > cost[0] or last > 2 * lowest:
        return (
            f"rising: the cost is {last:.4g}, and was {lowest:.4g} after epoch {int(np.argmin(cost))}{count}"
        )
    if twins:
        layer, n = twins
        return (
            f"symmetric: {n} neurons of layer {layer} have the same weights, and descent keeps them so{count}"
        )
    if epoch > 1 and abs(cost[epoch // 2] - last) <= FLAT * abs(last):
        return f"plateau: the cost has stayed near {last:.4g} since epoch {epoch // 2}{count}"
    return f"descending: the cost is {last:.4g} after {epoch} epochs{count}"


def identical_neurons(p: Parameters) -> tuple[int, int] | None:
    """Return (layer, how many) for the first hidden layer whose neurons are not all different, or None.

    Two neurons are the same if their incoming weights, biases and outgoing weights are: then so are all their
    gradients.
    """
    for l in range(1, len(p.W)):
        neurons = np.hstack([p.W[l], p.W[l + 1].T, *([p.b[l]] if p.b else [])])
        _, counts = np.unique(neurons, axis=0, return_counts=True)
        if counts.max() > 1:
            return l, int(counts.max())
    return None
