"""Get points to learn: ``x`` holds one example a column, ``y`` its target in the same column.

With ``outputs=2`` a target is one-hot: class 0 is (1, 0) and class 1 is (0, 1), as in source 001's numbers
(E001.08).  Random points come from the generator that the source used: its stream never changes, and the page
draws the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from . import arguments
from .activations import Array
from .network import Network
from .parameters import Parameters


def xor_corners(low: float = 0.0, outputs: int = 1) -> tuple[Array, Array]:
    """Return the corners of XOR: x of shape (2, 4) with entries ``low`` and 1, y of shape (outputs, 4).

    Examples
    --------
    >>> x, y = xor_corners()
    >>> y
    array([[0., 1., 1., 0.]])
    """
    low = arguments.number("low", low)
    x = np.array([[low, low, 1.0, 1.0], [low, 1.0, low, 1.0]])
    return x, targets(x[0] != x[1], outputs)


def xor_quadrants(
    seed: int = 0, points: int = 300, first: int | None = None, outputs: int = 1
) -> tuple[Array, Array]:
    """Return normal points labelled XOR(x₁ > 0, x₂ > 0): source 001's for seed 0, fresh ones for another.

    Parameters
    ----------
    seed : int
        Of the generator.
    points, first : int
        How many points are drawn, and how many of them are kept; the source trains on the first 50 of 300.
    """
    points = arguments.integer("points", points, least=1)
    first = points if first is None else arguments.integer("first", first, least=1)
    if first > points:
        raise ValueError(f"first is {first}; only {points} points are drawn")
    x = np.random.RandomState(arguments.integer("seed", seed, least=0)).randn(points, 2)[:first].T.copy()
    return x, targets((x[0] > 0) != (x[1] > 0), outputs)


def circles(seed: int = 0, points: int = 200, noise: float = 0.1, outputs: int = 1) -> tuple[Array, Array]:
    """Return a circle of radius ½ (class 1) within one of radius 1 (class 0), both blurred by ``noise``."""
    rng, inner = _rng_and_classes(seed, points)
    angle = rng.uniform(0, 2 * np.pi, points)
    return _blurred(rng, np.where(inner, 0.5, 1.0), angle, noise), targets(inner, outputs)


def spirals(seed: int = 0, points: int = 200, noise: float = 0.05, outputs: int = 1) -> tuple[Array, Array]:
    """Return two spiral arms of one and a half turns, half a turn apart, blurred by ``noise``."""
    rng, second = _rng_and_classes(seed, points)
    radius = np.sqrt(rng.uniform(0.01, 1, points))  # the root spreads the points evenly along the arm
    return _blurred(rng, radius, 3 * np.pi * radius + np.pi * second, noise), targets(second, outputs)


def digits() -> tuple[Array, Array]:
    """Return 1,797 handwritten digits, 8 × 8 pixels from 0 to 1: x (64, 1797), and one-hot y (10, 1797).

    The examples follow each other in memory, as mini-batches want them.  They come with the library; nothing
    is downloaded.

    References
    ----------
    E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits (1998), UCI Machine Learning
    Repository, https://archive.ics.uci.edu/dataset/80, under CC BY 4.0: its test set in its order, as in
    scikit-learn.  A pixel was a count from 0 to 16 and is divided by 16; nothing else is changed.

    Examples
    --------
    >>> x, y = digits()
    >>> x.shape, y.argmax(axis=0)[:5]
    ((64, 1797), array([0, 1, 2, 3, 4]))
    """
    with np.load(Path(__file__).with_name("digits.npz")) as stored:
        return (stored["x"] / 16).T, np.eye(10)[stored["y"]].T


def source_001() -> tuple[Network, Parameters, Array, Array]:
    """Return source 001's worked point: its 2-3-2 network without biases, weights, one input and its target.

    The weights are those its generator makes, not the 8 digits it prints (E001.28).

    Examples
    --------
    >>> net, p, x, y = source_001()
    >>> net.cost(p, x, y)
    0.3005246039012915
    """
    net = Network((2, 3, 2), activations="sigmoid", loss="half_squared_error", biases=False)
    x, y = xor_quadrants(first=1, outputs=2)
    return net, net.initialize(np.random.RandomState(2017)), x, y


def three_layers() -> tuple[Network, Parameters, Array, Array]:
    """Return a 3-4-2-3 network with biases and squared error, two examples, and their targets.

    Its short numbers are those of the chapters on sources 000 and 002 and of their errata; a hidden layer
    narrower than the others shows what a square example would hide.

    Examples
    --------
    >>> net, p, x, y = three_layers()
    >>> net.sizes, x.shape, net.cost(p, x, y)
    ((3, 4, 2, 3), (3, 2), 0.7542642437292438)
    """
    net = Network((3, 4, 2, 3), activations="sigmoid", loss="squared_error")
    W = {
        1: np.array([[-0.8, 0.6, -0.1], [0.4, 1.0, 0.1], [0.3, -0.9, -0.5], [0.3, 0.4, 0.6]]),
        2: np.array([[-0.2, -0.9, -0.4, 0.8], [-0.6, -0.1, 0.9, -1.0]]),
        3: np.array([[0.2, 0.9], [-0.5, 0.1], [0.8, -0.7]]),
    }
    b = {
        1: np.array([[0.2], [0.3], [0.2], [0.2]]),
        2: np.array([[-0.3], [0.2]]),
        3: np.array([[-0.1], [0.2], [-0.1]]),
    }
    x = np.array([[0.5, -1.0], [-0.3, 0.8], [0.9, 0.4]])
    y = np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 1.0]])
    return net, Parameters(W, b), x, y


def two_layers() -> tuple[Network, Parameters, Array, Array]:
    """Return source 003's network, 2-3-1 with biases and cross-entropy, with five examples and their labels.

    The source gives no numbers.  The weights are short; the inputs are those for which the outputs, and with
    them the cost, are the figures in the record of its errata (E003.02 to E003.07).

    Examples
    --------
    >>> net, p, x, y = two_layers()
    >>> net.sizes, x.shape, round(net.cost(p, x, y), 15)
    ((2, 3, 1), (2, 5), 0.671470399626691)
    """
    net = Network((2, 3, 1), activations="sigmoid", loss="binary_cross_entropy")
    W = {1: np.array([[0.4, -0.7], [-0.5, 0.9], [0.8, 0.3]]), 2: np.array([[0.6, -0.4, 0.5]])}
    b = {1: np.array([[0.1], [-0.2], [0.3]]), 2: np.array([[-0.1]])}
    x = np.array(
        [[0.22665, 0.69664, -0.04127, 0.35486, 1.15139], [-0.53185, -1.29885, -1.02033, 0.34803, -0.20027]]
    )
    return net, Parameters(W, b), x, np.array([[1.0, 0.0, 1.0, 0.0, 1.0]])


def targets(is_one: Any, outputs: int) -> Array:
    """Return 0s and 1s of shape (1, m), or with two ``outputs`` one-hot columns of shape (2, m)."""
    if arguments.integer("outputs", outputs, least=1) > 2:
        raise ValueError(f"outputs is {outputs}; two classes need 1 or 2")
    one = np.asarray(is_one, dtype=float)
    return one[None] if outputs == 1 else np.stack([1 - one, one])


def _rng_and_classes(seed: int, points: int) -> tuple[np.random.RandomState, Array]:
    rng = np.random.RandomState(arguments.integer("seed", seed, least=0))
    return rng, np.arange(arguments.integer("points", points, least=2)) % 2 == 1


def _blurred(rng: np.random.RandomState, radius: Array, angle: Array, noise: float) -> Array:
    blur = arguments.number("noise", noise, least=0.0) * rng.standard_normal((2, len(radius)))
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)]) + blur
