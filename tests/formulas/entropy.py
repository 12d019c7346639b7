"""Source 003's formulas, made whole: the matched pairs, and two layers' gradients with cross-entropy."""

import numpy as np
from generic import network

from backprop_lib import complex_step
from backprop_lib.activations import ACTIVATIONS
from backprop_lib.losses import LOSSES

from .ingredients import SIGMA, H, slope, slopes

NET, P, X, Y = network((2, 3, 4), loss="binary_cross_entropy")  # three widths and five examples


def matched(activation, loss):
    """Return the names in the slope of one example's cost by each z, through activation and loss."""
    phi, cost = ACTIVATIONS[activation].f, LOSSES[loss].f
    z, y = np.array([0.3, -1.2, 0.8, 2.0]), np.array([0.1, 0.3, 0.4, 0.2])
    by_z = slopes(lambda z: cost(phi(z), y[:, None]), z)
    names = {"∂C^r/∂z": by_z, "a": phi(z[:, None])[:, 0], "y": y, "r": 1}
    return [{**names, "k": k} for k in (1, 2, 3, 4)]


def by_hidden(a1):
    """Return ∂C/∂a⁽¹⁾, by moving one entry at a time and running the second layer."""
    found = np.empty_like(a1)
    for place in np.ndindex(a1.shape):
        moved = a1.astype(complex)
        moved[place] += 1j * H
        a2 = SIGMA(P.W[2] @ moved + P.b[2])
        found[place] = np.imag(LOSSES[NET.loss].f(a2, Y).mean()) / H
    return found


def two_layers():
    """Return the names in 8-14 to 8-19, with slopes by the complex step."""
    t, d = NET.forward(P, X), complex_step(NET, P, X, Y)
    return [
        {
            **{"W": P.W, "b": P.b, "z": t.z, "a": t.a, "x": X, "y": Y, "m": Y.shape[1]},
            **{"n": dict(enumerate(NET.sizes)), "sigma'": lambda z: slope(SIGMA, z)},
            **{"∂C/∂W": d.dW, "∂C/∂b": d.db, "∂C/∂a": {1: by_hidden(t.a[1])}, "delta": d.delta},
        }
    ]


NAMES = {
    "M1": matched("sigmoid", "binary_cross_entropy") + matched("softmax", "cross_entropy"),
    **{f"whole-8-{number}": two_layers() for number in range(14, 20)},
}
