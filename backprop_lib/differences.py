"""Get gradients without backpropagation: move one number, run the network forwards, see how the cost moved.

Central differences (D1) and the complex step (D2) are witnesses that know (F1), (F2) and (C0) only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from .activations import Array
from .network import Network
from .parameters import Gradients, Parameters, Trace, gradients

EPSILON = float(np.finfo(np.float64).eps)
Moved = Callable[[Any], tuple[Array, Trace]]  # by how much each θ is moved ↦ the terms of C, and the trace


def central_differences(net: Network, p: Parameters, x: Any, y: Any) -> Gradients:
    """(D1) Return (C(θ + h) − C(θ − h)) / 2h for every θ: each W, each b, and each z (as ``delta``).

    Parameters
    ----------
    net, p, x, y
        As for ``Network.cost``; float32 numbers are taken as float64.

    Raises
    ------
    TypeError, ValueError
        As ``Network.cost``.

    Notes
    -----
    See ``step_size`` for h.  Expect 8 to 11 right digits.
    """
    p, x, y = in_float64(net, p, x, y)
    h = step_size(net, p, x)
    return _for_every(net, p, x, y, lambda theta, moved: central(theta, moved, h)[0])


def complex_step(net: Network, p: Parameters, x: Any, y: Any) -> Gradients:
    """(D2) Return Im C(θ + ih) / h for every θ, h = 10⁻²⁰: nothing is subtracted, so nothing is lost.

    Parameters
    ----------
    net, p, x, y
        As for ``Network.cost``; float32 numbers are taken as float64.

    Raises
    ------
    TypeError, ValueError
        As ``Network.cost``.
    """
    p, x, y = in_float64(net, p, x, y)
    return _for_every(net, p, x, y, lambda theta, moved: imaginary(moved))


def central(theta: Array, moved: Moved, h: float) -> tuple[Array, Trace, Trace]:
    """(D1) Return the slope of each term of C along every θ, (N, m + 1), and the traces on both sides."""
    steps = np.maximum(h, 8 * np.spacing(abs(theta)))  # θ + h must differ from θ
    (right, after), (left, before) = moved(steps), moved(-steps)
    return (right - left) / ((theta + steps) - (theta - steps))[:, None], after, before  # (D1)


def imaginary(moved: Moved, h: float = 1e-20) -> Array:
    """(D2) Return the slope of each term of C along every θ, (N, m + 1)."""
    return np.asarray(moved(1j * h)[0].imag / h)  # (D2)


def step_size(net: Network, p: Parameters, x: Array) -> float:
    """Return h = ε^{1/3}/A, with A the largest weight, input or activation, at least 1.

    The error of (D1) is about h²C‴/6 from the formula and ε|C|/h from rounding; the sum is smallest near
    h = (ε|C|/C‴)^{1/3}.  Dividing by A keeps what h does to any z, and with it C‴, of order one.
    """
    t = net._forward(p, x)
    return float(EPSILON ** (1 / 3) / max(1.0, *(abs(v).max() for v in (*t.a.values(), *p.W.values()))))


def in_float64(net: Network, p: Parameters, x: Any, y: Any) -> tuple[Parameters, Array, Array]:
    """Return checked arguments as float64, so that the witnesses are exact even where the network is not."""
    x = net.forward(p, x).a[0]
    y = net._targets(y, x.shape[1]).astype(p.dtype)
    W, b = ({l: v[l].astype(np.float64) for l in v} for v in (p.W, p.b))
    return Parameters.computed(W, b), x.astype(np.float64), y.astype(np.float64)


def moves(
    net: Network, p: Parameters, x: Array, y: Array, name: str, l: int
) -> Iterator[tuple[Array, Moved]]:
    """Yield the entries θ of W[l] or b[l], some at a time, and what C becomes when each is moved alone.

    C comes as its terms: one for each example, and last the ridge penalty.  With ``name`` "delta" it is every
    z[l] that is moved, as a bias of its own for each example.
    """
    spread = np.broadcast_to(p.b.get(l, 0.0), (net.sizes[l], x.shape[1]))
    values = {"W": p.W, "b": p.b, "delta": {l: spread}}[name][l]
    lanes = max(1, 2**20 // (values.size + sum(net.sizes) * x.shape[1]))  # some tens of megabytes at once
    for start in range(0, values.size, lanes):
        entries = np.arange(start, min(start + lanes, values.size))
        yield values.reshape(-1)[entries], partial(_moved, net, p, x, y, name, l, values, entries)


def _moved(
    net: Network, p: Parameters, x: Array, y: Array, name: str, l: int, values: Array, entries: Array, by: Any
) -> tuple[Array, Trace]:
    """Run a stack of networks, in each of which one entry of ``values`` is moved."""
    stack = np.repeat(values[None].astype(np.result_type(values, by)), len(entries), axis=0)
    stack.reshape(len(entries), -1)[np.arange(len(entries)), entries] += by
    moved = {l: stack}
    q = (
        Parameters.computed({**p.W, **moved}, p.b)
        if name == "W"
        else Parameters.computed(p.W, {**p.b, **moved})
    )
    t, m = net._forward(q, x), x.shape[1]
    costs = net._loss.cost(net.phi[net.L], t.z[net.L], t.a[net.L], y)
    penalty = np.broadcast_to(net._l2_cost(q, m), len(entries))
    return np.column_stack([costs / m, penalty]), t  # (C0), its terms not yet added up


def _for_every(net: Network, p: Parameters, x: Array, y: Array, slope: Any) -> Gradients:
    def array(name: str, l: int, shape: tuple[int, ...]) -> Array:
        terms = [slope(theta, moved) for theta, moved in moves(net, p, x, y, name, l)]
        return np.asarray(np.concatenate(terms).sum(axis=-1).reshape(shape))

    return gradients(
        {l: array("delta", l, (net.sizes[l], x.shape[1])) for l in p.W},
        {l: array("W", l, p.W[l].shape) for l in p.W},
        {l: array("b", l, p.b[l].shape) for l in p.b},
    )
