"""Activations, losses and first weights, as their page prints them."""

from itertools import product

import numpy as np

from backprop_lib.activations import ACTIVATIONS

from .costs import one_example
from .ingredients import drawn, elementwise, slopes


def softmax():
    """Return the names in softmax and its slopes, for every i and j; δ is Kronecker's."""
    z, f = np.random.default_rng(2).normal(size=4), ACTIVATIONS["softmax"].f
    names = {"a": f(z[:, None])[:, 0], "z": z, "∂a/∂z": slopes(f, z), "delta": np.eye(4), "last": {"j": 4}}
    return [{**names, "i": i, "j": j} for i, j in product(range(1, 5), repeat=2)]


NAMES = {
    "A1": elementwise("identity", (-1.3, 0.4, 2.1)),
    "A3": elementwise("tanh", (-1.3, 0.4, 2.1)),
    "A4": elementwise("relu", (-1.3, 0.0, 0.4, 2.1)),
    "A5": softmax(),
    "C2": one_example("squared_error"),
    "C3": one_example("binary_cross_entropy"),
    "C4": one_example("cross_entropy"),
    "I2": drawn("glorot"),
    "I3": drawn("he"),
}
