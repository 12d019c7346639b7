"""Get wrong gradients on purpose: the classic slips in writing backpropagation, each one changed equation.

``BUGS["sign"].gradients(net, p, t, y)`` returns what a program with that slip computes; a gradient check
finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from .activations import Array
from .answers import accuracy
from .network import Network, step
from .parameters import Gradients, Parameters, Trace
from .run import Run
from .slips import (
    backward_with,
    extra_slope,
    mean_once,
    moved_weights,
    no_transpose,
    once_a_weight,
    plus,
    scalar_penalty,
    slope_at_a,
    slope_of_relu_is_1,
    summed,
    times,
    uphill,
)


@dataclass(frozen=True)
class Bug:
    """A slip: its name, the equation it breaks, what it is, the gradients it gives, and where it can be made.

    Attributes
    ----------
    name, equation, sentence : str
    gradients : callable
        Wrong ``Gradients`` from (net, p, t, y), as ``net.backward`` has right ones.
    applies : callable
        Whether a network is one in which the slip makes a difference.
    carries : bool
        Whether each step's gradients are added to those of the step before.
    """

    name: str
    equation: str
    sentence: str
    gradients: Callable[[Network, Parameters, Trace, Array], Gradients]
    applies: Callable[[Network], bool] = lambda net: True
    carries: bool = False


def _has_square_layer(net: Network) -> bool:
    return any(n == k > 1 for n, k in zip(net.sizes[1:], net.sizes[2:], strict=False))


def _hidden(net: Network, *names: str) -> bool:
    return any(name in names for name in net.activations[:-1])


_BUGS = (
    Bug(
        "missing transpose",
        "BP2",
        "W⁽ˡ⁺¹⁾ instead of its transpose takes δ back through a square layer.",
        partial(backward_with, bp2=no_transpose),
        _has_square_layer,
    ),
    Bug(
        "missing 1/m",
        "BP1",
        "δ⁽ᴸ⁾ is that of the summed cost, so every gradient of the data is m times too long.",
        partial(backward_with, bp1=summed),
    ),
    Bug(
        "slope at a",
        "BP2",
        "φ′ is evaluated at a⁽ˡ⁾ instead of z⁽ˡ⁾.",
        partial(backward_with, bp2=slope_at_a),
        lambda net: _hidden(net, "sigmoid", "tanh"),
    ),
    Bug(
        "sign",
        "BP1",
        "y − a instead of a − y: every step goes uphill.",
        partial(backward_with, bp1=uphill),
    ),
    Bug(
        "bias stepped n times",
        "BP4",
        "b⁽ˡ⁾ is stepped inside the loop over the n_{l−1} incoming weights, once for each.",
        partial(backward_with, bp4=once_a_weight),
        lambda net: net.biases and max(net.sizes[:-1]) > 1,
    ),
    Bug(
        "scalar penalty",
        "BP3",
        "The penalty's gradient is λΣW²/m, one number for every entry, instead of λW/m.",
        partial(backward_with, bp3=scalar_penalty),
        lambda net: net.l2 > 0,
    ),
    Bug(
        "moved weights",
        "BP2",
        "W⁽ˡ⁺¹⁾ takes its step before δ⁽ˡ⁾ is computed from it.",
        partial(backward_with, bp2=moved_weights),
        lambda net: net.L > 1,
    ),
    Bug(
        "extra slope",
        "BP1",
        "Cross-entropy's δ⁽ᴸ⁾ = a − y is multiplied by σ′ once more.",
        partial(backward_with, bp1=extra_slope),
        lambda net: net._loss.match == net.activations[-1],
    ),
    Bug(
        "slope of ReLU is 1",
        "BP2",
        "δ⁽ˡ⁾ passes through inactive ReLU neurons as if they were active.",
        partial(backward_with, bp2=slope_of_relu_is_1),
        lambda net: _hidden(net, "relu"),
    ),
    Bug(
        "sum for mean",
        "C0",
        "The gradient of the sum over the examples, penalty included, is used as that of the mean (E001.32).",
        lambda net, p, t, y: times(backward_with(net, p, t, y), y.shape[1]),
    ),
    Bug(
        "mean in one place",
        "C0",
        "Only ∂C/∂W⁽ᴸ⁾ carries the 1/m; every other gradient is that of the sum (E003.02).",
        mean_once,
        lambda net: net.L > 1 or net.biases,
    ),
    Bug(
        "not reset",
        "GD",
        "The gradients of the step before, here at the same p, are still in the arrays added to.",
        lambda net, p, t, y: times(backward_with(net, p, t, y), 2),
        carries=True,
    ),
)
BUGS = {bug.name: bug for bug in _BUGS}


def descend(
    net: Network, p: Parameters, x: Array, y: Array, learning_rate: float, epochs: int, bug: Bug | None = None
) -> Run:
    """Take steps (GD) by a slip's gradients, or by the right ones; return the run, for a diagnosis.

    Parameters
    ----------
    net, p, x, y
        As for ``train``; arrays of float64.
    learning_rate : float
    epochs : int
        Of one step each, with all examples; fewer are taken if a number overflows.
    bug : Bug, optional
        One that ``carries`` starts right, and adds the gradients of all steps up.

    Examples
    --------
    >>> from backprop_lib.datasets import xor_corners
    >>> from backprop_lib.diagnosis import diagnose
    >>> net = Network((2, 3, 1))
    >>> run = descend(net, net.initialize(0), *xor_corners(), 1.0, 100, BUGS["sign"])
    >>> diagnose(run).verdict, diagnose(run).cause
    ('rising', 'gradient')
    """
    wrong = bug is not None and not bug.carries
    backward = bug.gradients if bug and wrong else type(net).backward
    first, carried = p, None
    costs, right = [], []
    overflowed = False
    with np.errstate(all="ignore"):
        for epoch in range(epochs + 1):
            t = net._forward(p, x)
            C = float(net._data_cost(t, y) + net._l2_cost(p, y.shape[1]))
            finite = all(np.isfinite(a).all() for part in (p.W, p.b) for a in part.values())
            if overflowed := not (finite and np.isfinite(C)):
                break
            last = p
            costs.append(C)
            right.append(accuracy(t.a[net.L], y))
            if epoch < epochs:
                g = backward(net, p, t, y)
                carried = plus(g, carried) if bug and bug.carries and carried else g
                p = step(p, carried, learning_rate)
    rates = np.full(len(costs) - 1 + overflowed, float(learning_rate))
    judged = bug.gradients if bug else None
    return Run(net, first, last, x, y, np.array(costs), np.array(right), rates, overflowed, judged)
