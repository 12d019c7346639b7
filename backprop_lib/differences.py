"""Get gradients without backpropagation: move one number, run the network forwards, see how the cost moved.

Central differences (D1) and the complex step (D2) are witnesses that know (F1), (F2) and (C0) only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from .activations import Array
from .network import Network
from .parameters import Gradients, Parameters, Trace, gradients

EPSILON = float(np.finfo(np.float64).eps)
Moved = Callable[[complex], tuple[Array, Trace]]  # by how much θ is moved ↦ the terms of C, and the trace


def central_differences(net: Network, p: Parameters, x: Any, y: Any) -> Gradients:
    """(D1) Return (C(θ + h) − C(θ − h)) / 2h for every θ: each W, each b, and each z (as ``delta``).

    Parameters
    ----------
    net, p, x, y
        As for ``Network.cost``; float32 numbers are taken as float64.

    Notes
    -----
    See ``step_size`` for h.  Expect 8 to 11 right digits.
    """
    p, x, y = in_float64(net, p, x, y)
    h = step_size(net, p, x)
    return _for_every(net, p, x, y, lambda theta, moved: central(theta, moved, h)[0].sum())


def complex_step(net: Network, p: Parameters, x: Any, y: Any) -> Gradients:
    """(D2) Return Im C(θ + ih) / h for every θ, h = 10⁻²⁰: nothing is subtracted, so nothing is lost.

    Parameters
    ----------
    net, p, x, y
        As for ``Network.cost``; float32 numbers are taken as float64.
    """
    p, x, y = in_float64(net, p, x, y)
    return _for_every(net, p, x, y, lambda theta, moved: imaginary(moved).sum())


def central(theta: float, moved: Moved, h: float) -> tuple[Array, Trace, Trace]:
    """(D1) Return the slope of each term of C along θ, and the traces on both sides of θ."""
    h = max(h, 8 * float(np.spacing(abs(theta))))  # θ + h must differ from θ
    (right, after), (left, before) = moved(h), moved(-h)
    return (right - left) / ((theta + h) - (theta - h)), after, before  # (D1)


def imaginary(moved: Moved, h: float = 1e-20) -> Array:
    """(D2) Return the slope of each term of C along θ."""
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
) -> Iterator[tuple[tuple[int, ...], float, Moved]]:
    """Yield, for every entry θ of W[l] or b[l], its index, its value, and what C becomes when it is moved.

    C comes as its terms: one for each example, and last the ridge penalty.  With ``name`` "delta" it is every
    z[l] that is moved, as a bias of its own for each example.
    """
    m = x.shape[1]
    spread = np.broadcast_to(p.b.get(l, 0.0), (net.sizes[l], m))
    values = {"W": p.W, "b": p.b, "delta": {l: spread}}[name][l]

    def moved(index: tuple[int, ...], by: complex) -> tuple[Array, Trace]:
        array = values.astype(np.result_type(values, by))
        array[index] += by
        q = Parameters.computed(
            {**p.W, **({l: array} if name == "W" else {})}, {**p.b, **({l: array} if name != "W" else {})}
        )
        t = net._forward(q, x)
        costs = net._loss.cost(net.phi[net.L], t.z[net.L], t.a[net.L], y)
        return np.append(costs / m, net._l2_cost(q, m)), t  # (C0), its terms not yet added up

    for index in np.ndindex(values.shape):
        yield index, float(values[index]), lambda by, index=index: moved(index, by)  # type: ignore[misc]


def _for_every(net: Network, p: Parameters, x: Array, y: Array, slope: Any) -> Gradients:
    def array(name: str, l: int, shape: tuple[int, ...]) -> Array:
        return np.array([slope(theta, moved) for _, theta, moved in moves(net, p, x, y, name, l)]).reshape(
            shape
        )

    return gradients(
        {l: array("delta", l, (net.sizes[l], x.shape[1])) for l in p.W},
        {l: array("W", l, p.W[l].shape) for l in p.W},
        {l: array("b", l, p.b[l].shape) for l in p.b},
    )
