"""Sweep the networks of the atlas, from the weights that the page's seeds give, and say how each run ended.

The one convention: every network is swept several times, its examples in other orders.  That changes nothing
but the rounding of sums, so where the ends differ, rounding decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..datasets import xor_corners
from ..outcomes import Sweep
from ..sweep import sweep

WIDTHS, SEEDS, EPOCHS = range(1, 9), range(16), 1000
NETWORKS: dict[str, dict[str, Any]] = {
    "sigmoid": {
        "activations": ["sigmoid", "sigmoid"],
        "loss": "half_squared_error",
        "learning_rates": [0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0, 10.0],
    },
    "relu": {
        "activations": ["relu", "sigmoid"],
        "loss": "binary_cross_entropy",
        "learning_rates": [0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0],
    },
    "straight": {
        "activations": ["tanh", "identity"],
        "loss": "half_squared_error",
        "learning_rates": [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0],
    },
}
ORDERS = ([0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1], [0, 2, 1, 3], [3, 1, 2, 0])


def charted(name: str, orders: int = 2, epochs: int = EPOCHS) -> list[Sweep]:
    """Return as many sweeps of a network as orders of the examples are asked for, 1 to 6.

    Raises
    ------
    KeyError, ValueError
        If there is no network of that name, or not so many orders.
    """
    if not 1 <= orders <= len(ORDERS):
        raise ValueError(f"orders is {orders}; 1 to {len(ORDERS)} are there")
    x, y = xor_corners()
    start = {"epochs": epochs, "generator": np.random.RandomState}
    how = {"seeds": SEEDS, **start, **NETWORKS[name]}
    return [sweep(WIDTHS, x=x[:, order], y=y[:, order], **how) for order in ORDERS[:orders]]


def ends(runs: Sequence[Sweep]) -> np.ndarray[Any, np.dtype[Any]]:
    """Return how each run ended, or ``undecided`` where the order of the examples has a say in it.

    Returns
    -------
    array of strs with the axes (sizes, learning_rates, seeds)
    """
    first, *others = runs
    same = np.full(first.outcome.shape, True)
    for other in others:
        same &= other.outcome == first.outcome
        same &= (np.isnan(other.cost) == np.isnan(first.cost)).all(axis=-1)  # diverged at the same epoch
    return np.where(same, first.outcome, "undecided")
