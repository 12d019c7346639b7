"""Train a stack of networks of one size together, each from its own start and with its own learning rate.

A network is a lane: every array has one more axis in front, and ``@`` multiplies lane by lane.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from . import answers
from .activations import Array
from .network import Network, _step
from .parameters import Gradients, Parameters, Trace, gradients


def train_lanes(
    net: Network, starts: Sequence[Parameters], alphas: Sequence[float], x: Array, y: Array, epochs: int
) -> tuple[Array, list[float], list[bool], list[Parameters]]:
    """Return cost, accuracy, whether it diverged, and the last finite parameters, of every lane.

    A lane that overflows leaves the stack: it costs nothing more, and its neighbors never notice.
    """
    p = previous = stack(starts)
    alpha = np.array(alphas)[:, None, None]
    alive = np.arange(len(starts))
    cost = np.full((len(starts), epochs + 1), np.nan)
    ends = dict(enumerate(starts))
    with np.errstate(all="ignore"):
        for epoch in range(epochs + 1):
            t = net._forward(p, x)
            C = net._data_cost(t, y) + net._l2_cost(p, y.shape[1])
            finite = np.isfinite(C + total(p))
            if not finite.all():
                ends.update({int(alive[i]): lane(previous, i) for i in np.flatnonzero(~finite)})
                p, alpha, alive, C = lane(p, finite), alpha[finite], alive[finite], C[finite]
                t = net._forward(p, x)
            cost[alive, epoch] = C
            if epoch == epochs or not len(alive):
                break
            previous, p = p, _step(p, backward(net, p, t, y), alpha)  # type: ignore[arg-type]
    diverged = [i not in alive for i in range(len(starts))]
    ends.update({int(i): lane(p, place) for place, i in enumerate(alive)})
    judge = answers.right(y)
    right = [
        float(judge(net._forward(ends[i], x).a[net.L]).mean()) if judge else np.nan for i in sorted(ends)
    ]
    return cost, right, diverged, [ends[i] for i in sorted(ends)]


def backward(net: Network, p: Parameters, t: Trace, y: Array) -> Gradients:
    """(BP1–BP4) Return the gradients of every lane; a transpose swaps the last two axes only."""
    phi, L, m = net.phi, net.L, y.shape[-1]
    delta, dW, db = {}, {}, {}
    # fmt: off
    delta[L] = net._loss.delta(phi[L], t.z[L], t.a[L], y) / m                        # (BP1)
    for l in range(L - 1, 0, -1):
        delta[l] = (T(p.W[l + 1]) @ delta[l + 1]) * phi[l].prime(t.z[l])             # (BP2)
    for l in p.W:
        dW[l] = delta[l] @ T(t.a[l - 1]) + net.l2 / m * p.W[l]                       # (BP3)
    for l in p.b:
        db[l] = delta[l].sum(axis=-1, keepdims=True)                                 # (BP4)
    # fmt: on
    return gradients(delta, dW, db)


def T(array: Array) -> Array:
    """Return the transpose of every lane."""
    return array.swapaxes(-2, -1)


def stack(starts: Sequence[Parameters]) -> Parameters:
    """Return parameters whose lanes are these."""
    return Parameters.computed(
        {l: np.stack([p.W[l] for p in starts]) for l in starts[0].W},
        {l: np.stack([p.b[l] for p in starts]) for l in starts[0].b},
    )


def lane(p: Parameters, which: Any) -> Parameters:
    """Return one lane of a stack, or the stack of those that a mask picks."""
    return Parameters.computed({l: p.W[l][which].copy() for l in p.W}, {l: p.b[l][which].copy() for l in p.b})


def total(p: Parameters) -> Array:
    """Return the sum of all numbers of each lane, which is finite only if all of them are."""
    return np.asarray(sum(v.sum(axis=(-2, -1)) for v in (*p.W.values(), *p.b.values())))
