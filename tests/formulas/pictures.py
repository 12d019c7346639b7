"""The formulas of source 000, one neuron and one example at a time; a slope comes from moving one number."""

from itertools import product

import numpy as np

from backprop_lib.losses import LOSSES

from .ingredients import NET, SIGMA, H, P, X, Y, slope

SIZES, T = dict(enumerate(NET.sizes)), NET.forward(P, X)
COST = LOSSES[NET.loss].f


def onward(layer, z):
    """Return every example's cost when the sums of a layer are z; only the layers behind it are run."""
    for l in range(layer + 1, NET.L + 1):
        z = P.W[l] @ SIGMA(z) + P.b[l]
    return COST(SIGMA(z), Y)


def by_entries(f, shape):
    """Return ∂f/∂v for every entry of an array v of this shape, where f takes what is added to v."""
    found = {place: np.imag(f(_one(shape, place))) / H for place in np.ndindex(shape)}
    values = np.array(list(found.values()))  # entries first
    return np.moveaxis(values, 0, -1).reshape(*values.shape[1:], *shape)


def _one(shape, place):
    moved = np.zeros(shape, dtype=complex)
    moved[place] = 1j * H
    return moved


def each_layer(f, layers):
    return {l: f(l) for l in layers}


# Arrays by layer; the first axis of what belongs to one example is the example r.
LAYERS, HIDDEN = range(1, NET.L + 1), range(1, NET.L)
DC_DZ = each_layer(lambda l: by_entries(lambda v: onward(l, T.z[l] + v[:, None]), (SIZES[l],)), LAYERS)
DC_DW = each_layer(
    lambda l: by_entries(lambda v: onward(l, (P.W[l] + v) @ T.a[l - 1] + P.b[l]), P.W[l].shape), LAYERS
)
DC_DA = each_layer(
    lambda l: by_entries(
        lambda v: onward(l + 1, P.W[l + 1] @ (T.a[l] + v[:, None]) + P.b[l + 1]), (SIZES[l],)
    ),
    HIDDEN,
) | {NET.L: by_entries(lambda v: COST(T.a[NET.L] + v[:, None], Y), (SIZES[NET.L],))}
SIGMAS = {"sigma": SIGMA, "sigma'": lambda z: slope(SIGMA, z), "L": NET.L}


def of_example(r):
    """Return z, a and δ of example r as plain columns, beside W and b."""
    return {
        **SIGMAS,
        **{"w": P.W, "b": {l: P.b[l][:, 0] for l in P.b}, "n": SIZES},
        **{"z": {l: T.z[l][:, r] for l in T.z}, "a": {l: T.a[l][:, r] for l in T.a}},
        **{"delta": {l: DC_DZ[l][r] for l in DC_DZ}},
    }


def neurons(layers=LAYERS):
    """Return the names once for every neuron i of these layers, in the first two examples."""
    return [
        {**of_example(r), "l": l, "i": i} for r, l in product((0, 1), layers) for i in range(1, SIZES[l] + 1)
    ]


def weights():
    """Return a weight's slope and the two that it is made of, for every weight."""
    dz_dw = {
        l: by_entries(lambda v, l=l: (P.W[l] + v) @ T.a[l - 1][:, :1] + P.b[l], P.W[l].shape)[:, 0]
        for l in LAYERS
    }
    # ∂z/∂w belongs to the first example, so only that one is asked about
    names = {"∂C^r/∂w": DC_DW, "∂C^r/∂z": DC_DZ, "∂z/∂w": {(l, l): dz_dw[l] for l in LAYERS}, "r": 1}
    return [
        {**names, "l": l, "i": i, "j": j}
        for l in LAYERS
        for i, j in product(range(1, SIZES[l] + 1), range(1, SIZES[l - 1] + 1))
    ]


def last_layer():
    """Return the names in δ of the last layer, for each output i of each example."""
    return [
        {**of_example(r - 1), "∂C^r/∂a": DC_DA, "r": r, "i": i}
        for r, i in product(range(1, Y.shape[1] + 1), range(1, SIZES[NET.L] + 1))
    ]


def paths():
    """Return an activation's slope, and those of the sums that it reaches."""
    dz_da = {
        l: by_entries(lambda v, l=l: P.W[l + 1] @ (T.a[l][:, 0] + v) + P.b[l + 1][:, 0], (SIZES[l],))
        for l in HIDDEN
    }
    names = {"∂C^r/∂a": DC_DA, "∂C^r/∂z": DC_DZ, "∂z/∂a": {(l + 1, l): dz_da[l] for l in HIDDEN}, "n": SIZES}
    return [
        {**names, "r": r, "l": l, "i": i} for r, l in product((1, 2), HIDDEN) for i in range(1, SIZES[l] + 1)
    ]


NAMES = {
    "one-neuron": neurons(),
    "a-weight-acts-through-its-sum": weights(),
    "the-last-delta": last_layer(),
    "an-activation-acts-through-all-sums": paths(),
    "the-recursion-with-indices": neurons(HIDDEN),
}
