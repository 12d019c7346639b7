"""Draw starting weights: one function a scheme, each given the widths on both sides of a layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .activations import Array

Scheme = Callable[[Any, int, int, float], Array]


def fan_in(rng: Any, origin: int, target: int, value: float) -> Array:
    """(I1) Return W uniform in ±1/√n_{l−1}, shape (target, origin): the scheme of source 001.

    The numbers are drawn as (origin, target), the source's order, so that its seed gives its weights.
    """
    return np.asarray(((2 * rng.random((origin, target)) - 1) / np.sqrt(origin)).T)  # (I1)


def glorot(rng: Any, origin: int, target: int, value: float) -> Array:
    """(I2) Return W uniform in ±√(6/(n_{l−1} + n_l)), which suits tanh and sigmoid layers."""
    return np.asarray((2 * rng.random((target, origin)) - 1) * np.sqrt(6 / (origin + target)))  # (I2)


def he(rng: Any, origin: int, target: int, value: float) -> Array:
    """(I3) Return W normal with variance 2/n_{l−1}, which suits ReLU layers."""
    return np.asarray(rng.standard_normal((target, origin)) * np.sqrt(2 / origin))  # (I3)


def zeros(rng: Any, origin: int, target: int, value: float) -> Array:
    """Return W = 0: every hidden neuron starts, and stays, the same."""
    return np.zeros((target, origin))


def constant(rng: Any, origin: int, target: int, value: float) -> Array:
    """Return W with ``value`` everywhere: as symmetric as zeros."""
    return np.full((target, origin), value)


SCHEMES: dict[str, Scheme] = {f.__name__: f for f in (fan_in, glorot, he, zeros, constant)}
