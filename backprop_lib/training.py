"""Train a network by full-batch or mini-batch gradient descent.

An epoch is one pass over all examples.  Nothing is random unless ``rng`` is given.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from . import arguments
from .activations import Array
from .curves import Curves
from .epochs import AllAtOnce, Walk, prepared
from .history import History
from .network import Network
from .parameters import Parameters
from .progress import progress_bar
from .run import Run
from .weights import Weights


def train(
    net: Network,
    p: Parameters,
    x: Any,
    y: Any,
    learning_rate: float | Callable[[int], float] = 1.0,
    epochs: int = 1000,
    batch_size: int | None = None,
    rng: Any = None,
    clip: float | None = None,
    record: int | Iterable[int] = (),
    measure: int | None = None,
    progress: bool | None = None,
) -> History:
    """Repeat the step W⁽ˡ⁾ − α ∂C/∂W⁽ˡ⁾, b⁽ˡ⁾ − α ∂C/∂b⁽ˡ⁾ (GD) and return how it went; ``p`` is unchanged.

    Parameters
    ----------
    net : Network
    p : Parameters
        Where to start.
    x, y : arrays of shape (n_0, m) and (n_L, m)
    learning_rate : float or callable
        α, or a function of the epoch (0, 1, …) such as those of ``backprop_lib.schedules``.
    epochs : int
    batch_size : int, optional
        Examples in a mini-batch, drawn anew each epoch (the last one may be smaller); None for all at once.
    rng : int or numpy Generator
        Needed to draw mini-batches, unused otherwise.
    clip : float, optional
        A gradient longer than this, all entries taken as one vector, is shortened to this length.
    record : int or iterable of ints
        Keep the parameters of these epochs, or of every ``record``-th.
    measure : int, optional
        Measure cost and accuracy on the first ``measure`` examples; None for all.  With mini-batches each
        epoch is measured by a pass forward of its own, which many examples make long.
    progress : bool, optional
        Show a bar; None for after two seconds where someone is watching (see ``backprop_lib.progress``).

    Raises
    ------
    TypeError, ValueError
        Before the first epoch, if an argument is not as above.

    Notes
    -----
    A run that overflows stops without a warning; what it had until then is kept, and ``diagnosis`` says so.
    ``x`` is copied only where its columns are scattered in memory; those of ``rows.T`` are not.

    Examples
    --------
    >>> from backprop_lib.datasets import xor_corners
    >>> net = Network((2, 3, 1))
    >>> history = train(net, net.initialize(rng=1), *xor_corners(), learning_rate=10.0, epochs=500)
    >>> history.diagnosis
    'solved: all 4 points are right'
    """
    if not isinstance(net, Network):
        raise TypeError(f"net is a {type(net).__name__}; a Network is needed")
    net._check(p)
    x = arguments.examples("x", x, net.sizes[0], f"layer 0 of sizes {net.sizes}").astype(p.dtype, copy=False)
    m = x.shape[1]
    y = net._targets(y, m).astype(p.dtype, copy=False)
    epochs = arguments.integer("epochs", epochs, least=0)
    alphas = _rates(learning_rate, epochs)
    size, rng = _batches(batch_size, m, rng)
    longest = math.inf if clip is None else arguments.number("clip", clip, above=0.0)
    record = _epochs_to_record(record, epochs)
    shown = _measured(measure, size, m)

    weights = Weights(p)
    curves = Curves(net, y[:, shown], epochs)
    decay = net.l2 / m  # a batch sees the same λ/m · W as the whole
    walk = prepared(weights, x, y, size, rng, curves, epochs, decay=decay, longest=longest)
    snapshots: dict[int, Parameters] = {}
    overflowed, last = False, epochs
    good, at = weights.theta.copy(), 0  # θ as it was after epoch ``at``, when all was finite

    with np.errstate(all="ignore"):  # overflow is reported once, by the diagnosis
        for epoch in progress_bar(range(epochs + 1), "epochs", progress):
            known = walk.look(epoch)
            if decay:
                curves.l2[epoch] = decay / 2 * weights.squares()  # (C0)
            if epoch in record:
                snapshots[epoch] = weights.parameters()
            if known:
                bad = curves.first_bad(at, epoch)
                if overflowed := bad >= 0 or not weights.finite():
                    last = _last_finite(walk, weights, good, at, bad if bad >= 0 else epoch, alphas)
                    break
                np.copyto(good, weights.theta)
                at = epoch
            if epoch < epochs:
                walk.walk(alphas[epoch])

    done = slice(last + 1)
    data, l2, right = curves.data[done], curves.l2[done], curves.right[done]
    kept = weights.parameters()
    kept_snapshots = {k: q for k, q in snapshots.items() if k <= last}
    begun = np.array(alphas[: last + overflowed], dtype=float)
    run = Run(net, p, kept, x[:, shown], y[:, shown], data + l2, right, begun, overflowed)
    return History(kept, run.cost, data, l2, right, begun, kept_snapshots, run)


def _last_finite(
    walk: Walk, weights: Weights, good: Array, at: int, first_bad: int, alphas: Sequence[float]
) -> int:
    """Walk again from the last θ known to be finite; return the last epoch that was, with its θ."""
    np.copyto(weights.theta, good)
    while isinstance(walk, AllAtOnce) and at + 1 < first_bad:  # mini-batches are measured every epoch
        walk.whole.forward()
        walk.walk(alphas[at])
        if not weights.finite():
            break
        np.copyto(good, weights.theta)
        at += 1
    np.copyto(weights.theta, good)
    return at


def _rates(learning_rate: float | Callable[[int], float], epochs: int) -> Sequence[float]:
    if not callable(learning_rate):
        return [arguments.number("learning_rate", learning_rate, least=0.0)] * epochs
    return [
        arguments.number(f"learning_rate of epoch {epoch}", learning_rate(epoch), least=0.0)
        for epoch in range(epochs)
    ]


def _batches(batch_size: int | None, m: int, rng: Any) -> tuple[int, Any]:
    size = m if batch_size is None else arguments.integer("batch_size", batch_size, least=1)
    if size > m:
        raise ValueError(f"batch_size is {size}; there are {m} examples")
    if size < m and rng is None:
        raise ValueError("rng is None; a seed or a numpy Generator is needed to draw mini-batches")
    return size, arguments.generator(rng) if size < m else None


def _measured(measure: int | None, size: int, m: int) -> slice:
    count = m if measure is None else arguments.integer("measure", measure, least=1)
    if count > m:
        raise ValueError(f"measure is {count}; there are {m} examples")
    if count < m and size == m:
        raise ValueError(f"measure is {count}; without mini-batches all {m} examples are measured at no cost")
    return slice(count)


def _epochs_to_record(record: int | Iterable[int], epochs: int) -> frozenset[int]:
    if isinstance(record, Iterable):
        wanted = frozenset(arguments.integer("record", epoch, least=0) for epoch in record)
        if wanted and max(wanted) > epochs:
            raise ValueError(f"record asks for epoch {max(wanted)}; the run ends after {epochs}")
        return wanted
    return frozenset(range(0, epochs + 1, arguments.integer("record", record, least=1)))
