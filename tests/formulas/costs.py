"""The cost of one example by each loss: what (C1) to (C4) hold of, wherever they are printed."""

import numpy as np

from backprop_lib.losses import LOSSES

from .ingredients import slopes

RNG = np.random.default_rng(1)


def one_example(name):
    """Return the names in the cost of one example, for each output k."""
    a, y, f = RNG.uniform(0.2, 0.7, size=3), np.array([0.1, 0.3, 0.6]), LOSSES[name].f
    column = y[:, None]
    names = {"y": y, "C^r": f(a[:, None], column), "∂C^r/∂a": slopes(lambda a: f(a, column), a)}
    names |= {"r": 1, "n": {1: 3}, "L": 1, "last": {"k": 3}, "a": {1: a} if name.startswith("half") else a}
    return [{**names, "k": k} for k in (1, 2, 3)]
