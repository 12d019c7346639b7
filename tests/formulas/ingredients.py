"""What several formulas need: a network, and slopes by the complex step, which knows no formula of ours."""

import numpy as np
from generic import network

from backprop_lib import complex_step
from backprop_lib.activations import ACTIVATIONS

NET, P, X, Y = network((2, 3, 4, 6))  # four widths and five examples, no two alike
SLOPES = complex_step(NET, P, X, Y)
SIGMA = ACTIVATIONS["sigmoid"].f
H = 1e-30  # of a complex step; its error is of the order h²


def slope(f, z):
    """Return f′(z) for an elementwise f, by the complex step."""
    return np.imag(f(np.asarray(z) + 1j * H)) / H


def slopes(f, z):
    """Return ∂fᵢ/∂zⱼ for a function f of a column z: the entries of f down, j across."""
    moved = [f((z + 1j * H * e)[:, None]).reshape(-1) for e in np.eye(len(z))]
    return np.column_stack(moved).imag / H


def shared():
    """Return every name of the network's formulas; the slopes are the complex step's."""
    t = NET.forward(P, X)
    return {
        **{"W": P.W, "b": P.b, "z": t.z, "a": t.a, "y": Y, "m": Y.shape[1], "L": NET.L},
        **{"sigma": SIGMA, "varphi": SIGMA, "sigma'": lambda z: slope(SIGMA, z)},
        **{"n": dict(enumerate(NET.sizes))},
        **{"delta": SLOPES.delta, "∂C/∂W": SLOPES.dW, "∂C/∂b": SLOPES.db},
    }


def layers(first=1, last=NET.L):
    """Return the shared names once for each layer l."""
    return [{**shared(), "l": l} for l in range(first, last + 1)]


def elementwise(name, points):
    """Return the names in an activation and its slope, for each z of ``points``."""
    f = ACTIVATIONS[name].f
    found = {"sigma": f, "varphi": f}
    found |= {f"{letter}'": lambda z: slope(f, z) for letter in ("sigma", "varphi")}
    return [{**found, "z": np.float64(z)} for z in points]


def drawn(scheme):
    """Return each weight of a layer beside the standard random number that it is made from."""
    W = NET.initialize(rng=7, scheme=scheme).W[1]
    rng, shape = np.random.default_rng(7), W.shape
    even = 2 * rng.random(shape[::-1]).T - 1 if scheme == "fan_in" else 2 * rng.random(shape) - 1
    normal = np.random.default_rng(7).standard_normal(shape)
    names = {"W": {1: W}, "w": {1: W}, "u": even, "n": dict(enumerate(NET.sizes)), "l": 1}
    return [
        {**names, "i": i + 1, "j": j + 1, "uniform": even[i, j], "normal": normal[i, j]}
        for i, j in np.ndindex(shape)
    ]
