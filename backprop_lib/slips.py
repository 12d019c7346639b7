"""Write the four equations of backpropagation down so that one can be exchanged, and each in a wrong version.

A wrong version has the arguments of the right one; ``backward_with(…, bp2=slope_at_a)`` goes by it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .activations import Array
from .network import Network
from .parameters import Gradients, Parameters, Trace, gradients

Layers = dict[int, Array]


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


def plus(g: Gradients, h: Gradients) -> Gradients:
    """Return the sum of two gradients."""
    pairs = ((g.delta, h.delta), (g.dW, h.dW), (g.db, h.db))
    return gradients(*({l: u[l] + v[l] for l in u} for u, v in pairs))


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
