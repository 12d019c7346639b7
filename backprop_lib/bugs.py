"""Get wrong gradients on purpose: the classic slips in writing backpropagation, each one changed equation.

``BUGS["sign"].gradients(net, p, t, y)`` returns what a program with that slip computes; a gradient check
finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from .activations import Array
from .network import Network
from .parameters import Gradients, Parameters, Trace, gradients

Layers = dict[int, Array]


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
    """

    name: str
    equation: str
    sentence: str
    gradients: Callable[[Network, Parameters, Trace, Array], Gradients]
    applies: Callable[[Network], bool] = lambda net: True


def bp1(net: Network, p: Parameters, t: Trace, y: Array) -> Array:
    """Return δ⁽ᴸ⁾, rightly."""
    return np.asarray(net._loss.delta(net.phi[net.L], t.z[net.L], t.a[net.L], y) / y.shape[1])


def bp2(net: Network, p: Parameters, t: Trace, delta: Layers, l: int) -> Array:
    """Return δ⁽ˡ⁾ from δ⁽ˡ⁺¹⁾, rightly."""
    return (p.W[l + 1].T @ delta[l + 1]) * net.phi[l].prime(t.z[l])


def bp3(net: Network, p: Parameters, t: Trace, delta: Layers, l: int) -> Array:
    """Return ∂C/∂W⁽ˡ⁾, rightly."""
    return np.asarray(delta[l] @ t.a[l - 1].T + net.l2 / t.a[0].shape[1] * p.W[l])


def bp4(net: Network, p: Parameters, t: Trace, delta: Layers, l: int) -> Array:
    """Return ∂C/∂b⁽ˡ⁾, rightly."""
    return np.asarray(delta[l].sum(axis=1, keepdims=True))


def backward_with(
    net: Network,
    p: Parameters,
    t: Trace,
    y: Array,
    bp1: Any = bp1,
    bp2: Any = bp2,
    bp3: Any = bp3,
    bp4: Any = bp4,
) -> Gradients:
    """Return the gradients that these four equations give, each right unless another is passed."""
    delta = {net.L: bp1(net, p, t, y)}
    for l in range(net.L - 1, 0, -1):
        delta[l] = bp2(net, p, t, delta, l)
    dW = {l: bp3(net, p, t, delta, l) for l in p.W}
    return gradients(delta, dW, {l: bp4(net, p, t, delta, l) for l in p.b})


def times(g: Gradients, factor: float) -> Gradients:
    """Return every gradient times ``factor``."""
    return gradients(*({l: factor * v[l] for l in v} for v in (g.delta, g.dW, g.db)))


def summed(net: Network, p: Parameters, t: Trace, y: Array) -> Array:
    """(a − y) of every example, not divided by m."""
    return np.asarray(bp1(net, p, t, y) * y.shape[1])


def uphill(net: Network, p: Parameters, t: Trace, y: Array) -> Array:
    """The δ of y − a."""
    return -bp1(net, p, t, y)


def no_transpose(net: Network, p: Parameters, t: Trace, delta: Layers, l: int) -> Array:
    """(W⁽ˡ⁺¹⁾δ⁽ˡ⁺¹⁾) ⊙ φ′: NumPy objects unless the layer is square, and there this stays unseen."""
    W = p.W[l + 1] if p.W[l + 1].shape[0] == p.W[l + 1].shape[1] else p.W[l + 1].T
    return (W @ delta[l + 1]) * net.phi[l].prime(t.z[l])


def slope_at_a(net: Network, p: Parameters, t: Trace, delta: Layers, l: int) -> Array:
    """(Wᵀδ) ⊙ φ′(a), φ applied twice."""
    return (p.W[l + 1].T @ delta[l + 1]) * net.phi[l].prime(t.a[l])


def slope_of_relu_is_1(net: Network, p: Parameters, t: Trace, delta: Layers, l: int) -> Array:
    """Wᵀδ without its mask, in ReLU layers."""
    right = bp2(net, p, t, delta, l)
    return p.W[l + 1].T @ delta[l + 1] if net.phi[l].name == "relu" else right


def moved_weights(net: Network, p: Parameters, t: Trace, delta: Layers, l: int) -> Array:
    """(BP2) with a W⁽ˡ⁺¹⁾ that has taken its step, α = 1, already."""
    W = p.W[l + 1] - bp3(net, p, t, delta, l + 1)
    return (W.T @ delta[l + 1]) * net.phi[l].prime(t.z[l])


def extra_slope(net: Network, p: Parameters, t: Trace, y: Array) -> Array:
    """(a − y) ⊙ a(1 − a): the σ′ that cross-entropy had cancelled is multiplied in again."""
    a, right = t.a[net.L], bp1(net, p, t, y)
    return np.asarray(right * a * (1 - a)) if net._loss.match == net.activations[-1] else right


def scalar_penalty(net: Network, p: Parameters, t: Trace, delta: Layers, l: int) -> Array:
    """δaᵀ + (λ/m) ΣW²: one number added to every entry, the gradient of nothing (E001.23)."""
    return np.asarray(delta[l] @ t.a[l - 1].T + net.l2 / t.a[0].shape[1] * (p.W[l] ** 2).sum())


def once_a_weight(net: Network, p: Parameters, t: Trace, delta: Layers, l: int) -> Array:
    """n_{l−1} Σᵣδ: the line stands inside the loop over the incoming weights."""
    return np.asarray(net.sizes[l - 1] * bp4(net, p, t, delta, l))


def mean_once(net: Network, p: Parameters, t: Trace, y: Array) -> Gradients:
    """Every gradient of the summed cost, except ∂C/∂W⁽ᴸ⁾, which is that of the mean (E003.02)."""
    right = backward_with(net, p, t, y)
    summed = times(right, y.shape[1])
    return gradients(dict(summed.delta), {**summed.dW, net.L: right.dW[net.L]}, dict(summed.db))


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
    ),
)
BUGS = {bug.name: bug for bug in _BUGS}
