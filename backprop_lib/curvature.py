"""Measure how the cost bends: the ends of its Hessian's spectrum, from differences of gradients.

Along an eigenvector of eigenvalue λ a step of gradient descent multiplies the distance to the bottom by
1 − αλ: beyond α = 2/λ it grows.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .activations import Array
from .differences import step_size
from .network import Network
from .parameters import Parameters

STEPS = 30  # of Lanczos; a network of so few parameters is measured exactly


class Bend(NamedTuple):
    """λmin and λmax of the Hessian of C, and the direction of λmax, a unit vector as ``to_vector`` is."""

    least: float
    most: float
    direction: Array


def sharpest(net: Network, p: Parameters, x: Array, y: Array, steps: int = STEPS) -> Bend:
    """Return how the cost bends along the directions in which it bends least and most.

    Parameters
    ----------
    net, p, x, y
        As for ``Network.cost``; arrays of float64.
    steps : int
        How many products Hv are taken; each costs two gradients.

    Returns
    -------
    Bend
        Of NaN, and a direction that means nothing, where a gradient is not finite.

    Notes
    -----
    Lanczos' method with every new direction made orthogonal to all before it.

    References
    ----------
    Golub and Van Loan, Matrix Computations, chapter 10; LeCun, Simard and Pearlmutter (1993) for 2/λmax.

    Examples
    --------
    The cost ½(w − 1)² bends by 1 everywhere:

    >>> net = Network((1, 1), "identity", biases=False)
    >>> round(sharpest(net, Parameters({1: [[3.0]]}), np.ones((1, 1)), np.ones((1, 1))).most, 9)
    1.0
    """
    p = to_parameters(p, to_vector(p).astype(np.float64))
    theta = to_vector(p)

    def product(v: Array) -> Array:
        right, left = (gradient(net, to_parameters(p, theta + s * h * v), x, y) for s in (1, -1))
        return np.asarray((right - left) / (2 * h))

    basis: list[Array] = []
    diagonal: list[float] = []
    beside: list[float] = []
    v = np.sin(1.0 + np.arange(theta.size))
    v /= np.linalg.norm(v)
    with np.errstate(all="ignore"):
        h = step_size(net, p, x)
        for _ in range(min(steps, theta.size)):
            w = product(v)
            if not np.isfinite(w).all():
                return Bend(float("nan"), float("nan"), v)
            basis.append(v)
            diagonal.append(float(v @ w))
            for _ in range(2):  # once leaves rounding behind
                for u in basis:
                    w = w - (u @ w) * u
            length = float(np.linalg.norm(w))
            if (
                length <= 1e-7 * max(map(abs, diagonal)) or length == 0
            ):  # below are the differences' own errors
                break
            beside.append(length)
            v = w / length
    k = len(diagonal)
    T = np.diag(diagonal) + np.diag(beside[: k - 1], 1) + np.diag(beside[: k - 1], -1)
    values, vectors = np.linalg.eigh(T)
    return Bend(float(values[0]), float(values[-1]), np.asarray(vectors[:, -1] @ np.array(basis)))


def gradient(net: Network, p: Parameters, x: Array, y: Array) -> Array:
    """Return every ∂C/∂W and ∂C/∂b (BP3, BP4) as one vector, unchecked."""
    g = net._backward(p, net._forward(p, x), y)
    return np.concatenate([*(g.dW[l].ravel() for l in g.dW), *(g.db[l].ravel() for l in g.db)])


def to_vector(p: Parameters) -> Array:
    """Return all weights, layer after layer and row after row, then all biases."""
    return np.concatenate([a.ravel() for part in (p.W, p.b) for a in part.values()])


def to_parameters(p: Parameters, theta: Array) -> Parameters:
    """Return the parameters of the shape of ``p`` that ``to_vector`` turns into ``theta``."""
    parts: list[dict[int, Array]] = []
    at = 0
    for part in (p.W, p.b):
        parts.append({})
        for l, a in part.items():
            parts[-1][l] = theta[at : at + a.size].reshape(a.shape)
            at += a.size
    return Parameters.computed(*parts)
