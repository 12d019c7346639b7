"""Train many networks of one size together, each from its own start and with its own learning rate.

The cost of many epochs is measured at once.  A lane that overflowed meanwhile is taken out and walked again,
alone, to its last finite epoch; its neighbors go on as if it had never been there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from . import answers
from .activations import Array
from .lanes import Lanes, parameters
from .network import Network
from .parameters import Parameters
from .training import train
from .weights import Weights

BLOCK = 2**15  # numbers of the outputs that wait to be measured
ALONE = 15_000  # multiplications a step, from where on matrix products gain more than lanes do


@dataclass(frozen=True, eq=False)
class Ends:
    """How N runs of one network ended.

    Attributes
    ----------
    cost : array of shape (N, epochs + 1)
        NaN from where a run overflowed.
    theta : array of shape (P, N)
        The last finite parameters, a column each, as in ``Weights``.
    right : array of shape (N,)
        The fraction of examples that they answer right; NaN where ``y`` holds no labels.
    """

    cost: Array
    theta: Array
    right: Array


def train_together(net: Network, theta: Array, alphas: Array, x: Array, y: Array, epochs: int) -> Ends:
    """Return how ``train`` would end from each column of θ at its own rate, full batch."""
    theta, cost = theta.copy(), np.full((len(alphas), epochs + 1), np.nan)
    if products(net, x.shape[1]) > ALONE:
        for n, alpha in enumerate(alphas.tolist()):
            history = train(
                net, parameters(net, theta[:, n]), x, y, learning_rate=alpha, epochs=epochs, progress=False
            )
            cost[n, : len(history.cost)] = history.cost
            theta[:, n] = Weights(history.parameters).theta
    else:
        _descend(net, theta, alphas, x, y, cost)
    return Ends(cost, theta, _right(net, theta, x, y))


def columns(starts: Sequence[Parameters]) -> Array:
    """Return θ of every start as a column, shape (P, N)."""
    return np.stack([Weights(p).theta for p in starts], axis=-1)


def products(net: Network, m: int) -> int:
    """Return how many numbers are multiplied with one another in a pass forward."""
    return m * sum(n * (before + 1) for before, n in pairwise(net.sizes))


def _descend(net: Network, theta: Array, alphas: Array, x: Array, y: Array, cost: Array) -> None:
    """Fill ``cost`` and leave the last finite parameters in ``theta``."""
    epochs, alive = cost.shape[1] - 1, np.arange(len(alphas))
    good, at = theta.copy(), 0  # θ as it was after epoch ``at``, when all was finite
    lanes = Lanes(net, theta, alphas, x, y)
    depth = max(1, min(epochs + 1, BLOCK // lanes.kept.size))
    block, squares = np.empty((depth, *lanes.kept.shape)), np.zeros((depth, lanes.full))
    with np.errstate(all="ignore"):  # overflow is reported by the outcome
        for first in range(0, epochs + 1, depth):
            count = min(depth, epochs + 1 - first)
            for k in range(count):
                if first or k:
                    lanes.step()
                lanes.forward()
                block[k] = lanes.kept
                if net.l2:
                    squares[k] = lanes.squares()
            last = first + count - 1
            cost[alive, first : last + 1] = C = lanes.costs(block[:count], squares[:count])
            bad = ~(np.isfinite(C).all(axis=1) & lanes.finite())
            if bad.any():
                lost, between = alive[bad], slice(at, last + 1)
                walk = Lanes(net, good[:, bad], alphas[lost], x, y)
                theta[:, lost], cost[lost, between] = _last_finite(walk, cost[lost, between])
                alive = alive[~bad]
                if not len(alive):
                    return
                lanes = Lanes(net, lanes.theta[:, ~bad], alphas[alive], x, y)
                lanes.forward()
                block, squares = block[..., : lanes.full].copy(), squares[:, : lanes.full].copy()
            good, at = lanes.theta.copy(), last
    theta[:, alive] = good


def _last_finite(lanes: Lanes, C: Array) -> tuple[Array, Array]:
    """Walk as many epochs as ``C`` has; return each lane's last finite θ, and C with NaN from there on."""
    theta, finite = lanes.theta.copy(), np.isfinite(C[:, 0])
    for epoch in range(C.shape[1]):
        if epoch:
            lanes.forward()
            lanes.step()
            finite &= lanes.finite() & np.isfinite(C[:, epoch])
            theta[:, finite] = lanes.theta[:, finite]
        C[~finite, epoch] = np.nan
    return theta, C


def _right(net: Network, theta: Array, x: Array, y: Array) -> Array:
    """Return the fraction of examples that each lane answers right."""
    lanes = Lanes(net, theta, np.zeros(theta.shape[1]), x, y)
    lanes.forward()
    judge = answers.right(y)
    if judge is None:
        return np.full(lanes.N, np.nan)
    return np.asarray(judge(np.moveaxis(lanes.a[net.L][..., : lanes.N], -1, 0)).mean(axis=-1))
