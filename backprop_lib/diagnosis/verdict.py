"""Say how a run ended, from its curves and its last parameters alone."""

from __future__ import annotations

import math

import numpy as np

from ..parameters import Parameters
from ..run import Run

STILL = 0.9  # a cost above this share of its start has hardly fallen
FLAT = 1e-3  # a cost that moved by less than this fraction over the last half of a run is on a plateau


def verdict(run: Run) -> tuple[str, str]:
    """Return a word and the sentence after it; the first that applies.

    diverged
        A number overflowed.
    solved
        Every one of the m points is right, and nothing less.
    rising
        The cost is above its start, or has doubled since its lowest value.
    symmetric
        Two or more neurons of a hidden layer are the same, and descent keeps them so.
    bouncing
        The cost goes up and down, and on the whole no lower.
    plateau
        The cost has all but stopped moving.
    descending
        None of these: the cost still moves.
    """
    cost, right, m = run.cost, float(run.accuracy[-1]), run.x.shape[1]
    epoch, last, lowest = len(cost) - 1, float(cost[-1]), float(cost.min())
    share = 0 if math.isnan(right) else min(round(100 * right), 99)  # all but one of many is not 100%
    count = "" if math.isnan(right) else f"; {round(right * m)} of {m} points are right ({share}%)"
    if run.overflowed:
        return "diverged", f"numbers overflowed in epoch {epoch + 1}, after a cost of {last:.4g}"
    if right == 1.0:
        return "solved", f"all {m} points are right"
    if last > cost[0] or last > 2 * lowest:
        return (
            "rising",
            f"the cost is {last:.4g}, and was {lowest:.4g} after epoch {int(cost.argmin())}{count}",
        )
    if twins := identical_neurons(run.end):
        layer, n = twins
        same = f"{n} neurons of layer {layer} have the same weights, and descent keeps them so"
        return "symmetric", same + count
    if bounces(run):
        return "bouncing", f"the cost goes up and down around {cost[-epoch // 4 :].mean():.4g}{count}"
    if epoch > 1 and abs(cost[epoch // 2] - last) <= FLAT * abs(last):
        return "plateau", f"the cost has stayed near {last:.4g} since epoch {epoch // 2}{count}"
    return "descending", f"the cost is {last:.4g} after {epoch} epochs{count}"


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


def bounces(run: Run) -> bool:
    """Return whether the cost rose in a quarter of the last half's epochs, and fell no lower on the whole."""
    quarter = (len(run.cost) - 1) // 4
    if quarter < 4:
        return False
    third, fourth = run.cost[-2 * quarter : -quarter], run.cost[-quarter:]
    rises = np.diff(run.cost[-2 * quarter :]) > 0
    moved = np.ptp(fourth) > FLAT * abs(fourth.mean())
    return bool(moved and rises.mean() >= 0.25 and fourth.mean() >= (1 - FLAT) * third.mean())


def stuck(run: Run, verdict: str) -> bool:
    """Return whether the run is on a plateau, or descends but has hardly left its start."""
    return verdict == "plateau" or (verdict == "descending" and bool(run.cost[-1] > STILL * run.cost[0]))
