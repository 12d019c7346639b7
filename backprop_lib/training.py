"""Train a network by full-batch or mini-batch gradient descent.

An epoch is one pass over all examples.  Nothing is random unless ``rng`` is given.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain
from typing import Any

import numpy as np

from . import answers, arguments, schedules
from .activations import Array
from .diagnosis import diagnose
from .history import History
from .network import Network, _step
from .parameters import Gradients, Parameters, gradients
from .progress import progress_bar


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
    progress : bool, optional
        Show a bar; None for after two seconds where someone is watching (see ``backprop_lib.progress``).

    Raises
    ------
    TypeError, ValueError
        Before the first epoch, if an argument is not as above.

    Notes
    -----
    A run that overflows stops without a warning; what it had until then is kept, and ``diagnosis`` says so.

    Examples
    --------
    >>> from backprop_lib.datasets import xor_corners
    >>> net = Network((2, 3, 1))
    >>> history = train(net, net.initialize(rng=1), *xor_corners(), learning_rate=10.0, epochs=500)
    >>> history.diagnosis
    'solved: all 4 points are right'
    """
    t = net.forward(p, x)
    x, m = t.a[0], t.a[0].shape[1]
    y = net._targets(y, m).astype(p.dtype)
    if not callable(learning_rate):
        learning_rate = schedules.constant(arguments.number("learning_rate", learning_rate, least=0.0))
    epochs = arguments.integer("epochs", epochs, least=0)
    alphas = [
        arguments.number(f"learning_rate of epoch {epoch}", learning_rate(epoch), least=0.0)
        for epoch in range(epochs)
    ]
    size, rng = _batches(batch_size, m, rng)
    longest = math.inf if clip is None else arguments.number("clip", clip, above=0.0)
    record = _epochs_to_record(record, epochs)
    # The gradient of C has λ/m; so has that of a batch of B examples whose own λ is λB/m, to be divided by B.
    part = {B: replace(net, l2=net.l2 * B / m) for B in {size, m % size or size}}

    judge = answers.right(y)
    curves: list[tuple[float, float, float]] = []
    snapshots: dict[int, Parameters] = {}
    kept, overflowed = p, False
    with np.errstate(all="ignore"):  # overflow is reported once, by the diagnosis
        for epoch in progress_bar(range(epochs + 1), "epochs", progress):
            data_cost, l2_cost = float(net._data_cost(t, y)), float(net._l2_cost(p, m))
            overflowed = not (math.isfinite(data_cost + l2_cost) and _finite(p))
            if epoch == 0 or not overflowed:
                kept = p
                curves.append(
                    (data_cost, l2_cost, np.count_nonzero(judge(t.a[net.L])) / m if judge else math.nan)
                )
            if epoch in record and not overflowed:
                snapshots[epoch] = p
            if overflowed or epoch == epochs:
                break
            if size == m:
                p = _step(p, _clipped(net._backward(p, t, y), longest), alphas[epoch])
            else:
                for columns in np.split(rng.permutation(m), range(size, m, size)):
                    batch, B = part[len(columns)], columns
                    g = batch._backward(p, batch._forward(p, x[:, B]), y[:, B])
                    p = _step(p, _clipped(g, longest), alphas[epoch])
            t = net._forward(p, x)

    data, l2, right = np.array(curves).T
    ending = diagnose(kept, (data + l2).tolist(), float(right[-1]), m, overflowed)
    return History(kept, data + l2, data, l2, right, np.array(alphas[:epoch]), snapshots, ending)


def _batches(batch_size: int | None, m: int, rng: Any) -> tuple[int, Any]:
    size = m if batch_size is None else arguments.integer("batch_size", batch_size, least=1)
    if size > m:
        raise ValueError(f"batch_size is {size}; there are {m} examples")
    if size < m and rng is None:
        raise ValueError("rng is None; a seed or a numpy Generator is needed to draw mini-batches")
    return size, arguments.generator(rng) if size < m else None


def _epochs_to_record(record: int | Iterable[int], epochs: int) -> frozenset[int]:
    if isinstance(record, Iterable):
        wanted = frozenset(arguments.integer("record", epoch, least=0) for epoch in record)
        if wanted and max(wanted) > epochs:
            raise ValueError(f"record asks for epoch {max(wanted)}; the run ends after {epochs}")
        return wanted
    return frozenset(range(0, epochs + 1, arguments.integer("record", record, least=1)))


def _finite(p: Parameters) -> bool:
    return all(math.isfinite(v.sum()) for v in chain(p.W.values(), p.b.values()))


def _clipped(g: Gradients, longest: float) -> Gradients:
    if longest == math.inf:
        return g
    length = math.sqrt(sum(float((v**2).sum()) for v in chain(g.dW.values(), g.db.values())))
    if length <= longest:
        return g
    scale = longest / length

    def shortened(slopes: Any) -> dict[int, Array]:
        return {l: scale * slopes[l] for l in slopes}

    return gradients(dict(g.delta), shortened(g.dW), shortened(g.db))
