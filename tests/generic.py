"""Make generic inputs: no zeros, random biases, widths and m all different, every z well off the kink."""

import numpy as np

from backprop_lib import Network, Parameters

OUTPUTS = [
    (activation, loss)
    for loss in ("half_squared_error", "squared_error")
    for activation in ("identity", "sigmoid", "tanh", "relu", "softmax")
] + [
    (activation, loss)
    for loss in ("binary_cross_entropy", "cross_entropy")
    for activation in ("sigmoid", "softmax")
]
HIDDEN = ("identity", "sigmoid", "tanh", "relu")


def generic(net, m=5, seed=0):
    """Return (p, x, y) for a network; the first seed whose z all lie at least 1e-3 off zero."""
    while True:
        rng = np.random.default_rng(seed)
        p = Parameters(
            {l: rng.normal(size=(net.sizes[l], net.sizes[l - 1])) for l in range(1, net.L + 1)},
            {l: rng.normal(size=(net.sizes[l], 1)) for l in range(1, net.L + 1)} if net.biases else {},
        )
        x = rng.normal(size=(net.sizes[0], m))
        y = rng.uniform(0.1, 0.9, size=(net.sizes[-1], m))
        if net.loss == "cross_entropy":
            y = y / y.sum(axis=0)
        if min(abs(z).min() for z in net.forward(p, x).z.values()) > 1e-3:
            return p, x, y
        seed += 1


def network(*args, **kwargs):
    """Return a network with generic inputs."""
    net = Network(*args, **kwargs)
    return net, *generic(net)
