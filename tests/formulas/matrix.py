"""The matrix chapter's formulas: the sensitivity of an output layer whose outputs depend on one another."""

import numpy as np

from backprop_lib.activations import ACTIVATIONS
from backprop_lib.losses import LOSSES

from .ingredients import slopes

RNG = np.random.default_rng(3)
MIX = RNG.normal(size=(3, 3))


def mixed(z):
    """Return outputs whose Jacobian is not symmetric: in that of softmax a missing transpose would hide."""
    return np.tanh(MIX @ z)


def any_output(f, loss):
    """Return the names for one example; each slope is the complex step's, through its own function alone."""
    z, y, cost = RNG.normal(size=3), np.array([[0.2], [0.5], [0.3]]), LOSSES[loss].f
    a = f(z[:, None])
    return {
        "delta": {1: slopes(lambda z: cost(f(z), y), z).T},
        "J": slopes(f, z),
        "∂C/∂a": {1: slopes(lambda a: cost(a, y), a[:, 0]).T},
        "L": 1,
    }


NAMES = {
    "sensitivity-of-any-output": [
        any_output(mixed, "squared_error"),
        any_output(ACTIVATIONS["softmax"].f, "cross_entropy"),
        any_output(ACTIVATIONS["sigmoid"].f, "half_squared_error"),
    ]
}
