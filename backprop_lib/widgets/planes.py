"""Put a network's weights into one vector θ, lay a plane through it, and see a descent from there."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..activations import Array
from ..datasets import xor_corners
from ..network import Network, step
from ..parameters import Parameters

FAR = 1e6  # a run ends before a weight is larger
LINE = np.array([[0.5, 1.0, 1.5, 2.0]]), np.array([[0.2, 1.1, 1.6, 2.6]])
NEURON = np.array([[-2.0, -1.0, 1.0, 2.0]]), np.array([[0.0, 1.0, 0.0, 1.0]])
PROBLEMS = {
    "line": (Network((1, 1), activations="identity"), *LINE),
    "neuron": (Network((1, 1)), *NEURON),
    "xor": (Network((2, 3, 1)), *xor_corners()),
}


def flat(p: Parameters) -> Array:
    """Return θ: W⁽¹⁾ row after row, b⁽¹⁾, W⁽²⁾, b⁽²⁾, …."""
    return np.concatenate([part.ravel() for l in p.W for part in (p.W[l], p.b[l])])


def shaped(theta: Array, net: Network) -> Parameters:
    """Return the parameters whose θ this is."""
    W, b, at = {}, {}, 0
    for l in range(1, net.L + 1):
        n, k = net.sizes[l], net.sizes[l - 1]
        W[l] = theta[at : at + n * k].reshape(n, k)
        b[l] = theta[at + n * k : at + n * k + n].reshape(n, 1)
        at += n * k + n
    return Parameters(W, b)


def center(problem: str, seed: int) -> Array:
    """Return θ₀: 0 for two parameters, the seed's starting weights for XOR."""
    net = PROBLEMS[problem][0]
    return flat(net.initialize(np.random.RandomState(seed))) if problem == "xor" else np.zeros(2)


def descend(problem: str, start: Array, learning_rate: float, updates: int) -> Array:
    """(GD) Return the points of a descent, one a row; it ends before a weight grows beyond a million."""
    net, x, y = PROBLEMS[problem]
    path = [start]
    for _ in range(updates):
        p = shaped(path[-1], net)
        theta = flat(step(p, net.backward(p, net.forward(p, x), y), learning_rate))
        if not (abs(theta) <= FAR).all():
            break
        path.append(theta)
    return np.array(path)


def along_weights(count: int, weights: list[int]) -> Array:
    """Return the directions of two weights, counted from 1."""
    return np.asarray(np.eye(count)[[k - 1 for k in weights]])


def at_random(count: int, pair: int) -> Array:
    """Return two directions of length 1 at a right angle, drawn from ``numpy.random.RandomState(pair)``."""
    first, second = np.random.RandomState(pair).standard_normal((2, count))
    first = first / np.linalg.norm(first)
    second = second - (second @ first) * first
    return np.stack([first, second / np.linalg.norm(second)])


def of_the_path(path: Array) -> Array:
    """Return the two directions that span the plane through the path's start which is closest to the path."""
    steps: Any = path - path[0]
    found = np.linalg.svd(steps, full_matrices=False)[2][:2]
    along = steps @ found.T
    farthest = along[abs(along).argmax(axis=0), [0, 1]]
    return np.asarray(found * np.where(farthest < 0, -1.0, 1.0)[:, None])
