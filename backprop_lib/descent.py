"""Take steps of gradient descent in memory that is allocated once: the formulas of ``network``, written over.

All numbers of a network stand in one vector θ.  The matrix [W⁽ˡ⁾ | b⁽ˡ⁾] of each layer is a view of it, and
every a⁽ˡ⁾ ends in a row of ones: one product yields W⁽ˡ⁾a⁽ˡ⁻¹⁾ + b⁽ˡ⁾, and one, δ⁽ˡ⁾a⁽ˡ⁻¹⁾ᵀ, both gradients.
The rate, with the 1/m, multiplies δ⁽ᴸ⁾, the smallest array, and reaches every gradient from there.

``A.dot(B, out=C)`` is ``A @ B`` without a new array, at the least that NumPy takes for a call.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from .activations import Array
from .inplace import InPlace
from .network import Network
from .weights import Weights


class Descent:
    """One pass forward and one step downhill for B examples, on weights that several of these may share.

    Parameters
    ----------
    net : Network
    weights : Weights
    B : int
        How many examples; ``x`` and ``y`` are then filled by the caller.
    decay : float
        λ/m of the whole data, the factor of W in the gradient.
    longest : float
        The length to which a longer gradient is shortened.

    Attributes
    ----------
    x, y : arrays of shape (n_0, B) and (n_L, B)
        Examples follow each other in memory as the columns of x do: each is one piece.
    """

    def __init__(
        self, net: Network, weights: Weights, B: int, decay: float = 0.0, longest: float = math.inf
    ) -> None:
        n, L, dtype = net.sizes, net.L, weights.theta.dtype
        phi = InPlace(B, dtype)
        self.net, self.weights, self.B, self.decay, self.longest = net, weights, B, decay, longest
        # Every layer but the last ends in a row of ones.
        rows = {l: np.ones((n[l] + (weights.biases and l < L), B), dtype) for l in range(1, L + 1)}
        rows[0] = np.ones((B, n[0] + weights.biases), dtype).T
        self.a = {l: rows[l][: n[l]] for l in rows}
        self.delta = {l: np.empty((n[l], B), dtype) for l in range(1, L + 1)}
        self.z, self.y = np.empty((n[L], B), dtype), np.empty((n[L], B), dtype)
        self.x = self.a[0]
        self._rate, self._alpha = np.zeros((), dtype), 0.0
        write = {l: getattr(phi, name) for l, name in enumerate(net.activations, start=1)}
        slope = {l: getattr(phi, f"{name}_slope") for l, name in enumerate(net.activations, start=1)}
        # What a step needs of each layer, in the order in which it needs it.
        self._up = [(weights.Wb[l], rows[l - 1], self.a[l], write[l]) for l in range(1, L)]
        self._top = weights.Wb[L], rows[L - 1], self.a[L], write[L]
        self._last = self.delta[L], rows[L - 1].T, weights.dWb[L]
        self._down = [
            (weights.Wb[l + 1][:, : n[l]].T, self.delta[l + 1], self.delta[l], self.a[l], slope[l],
             rows[l - 1].T, weights.dWb[l])
            for l in range(L - 1, 0, -1)
        ]  # fmt: skip
        self._error, self._factor = self._choose_error(slope[L])

    def _choose_error(self, slope: Any) -> tuple[Callable[[], None], float]:
        """Return what writes ∂Cʳ/∂z⁽ᴸ⁾ into δ⁽ᴸ⁾ for this loss and output, but for a constant factor."""
        net, loss, a, y, delta = self.net, self.net._loss, self.a[self.net.L], self.y, self.delta[self.net.L]

        def matched() -> None:
            np.subtract(a, y, out=delta)

        def squared() -> None:
            np.subtract(a, y, out=delta)
            slope(delta, a)

        def any_other() -> None:
            np.copyto(delta, loss.delta(net.phi[net.L], self.z, a, y))

        if loss.match == net.activations[-1]:
            return matched, 1.0
        factor = {"half_squared_error": 1.0, "squared_error": 2.0}.get(loss.name)
        return (squared, factor) if factor else (any_other, 1.0)

    def forward(self, z: Array | None = None) -> None:
        """(F1, F2) Write every a⁽ˡ⁾, and z⁽ᴸ⁾ into ``z`` if it is given."""
        # fmt: off
        for Wb, below, a, phi in self._up:
            Wb.dot(below, out=a)                                                # (F1)
            phi(a, a)                                                           # (F2)
        Wb, below, a, phi = self._top
        self.z = Wb.dot(below, out=self.z if z is None else z)                  # (F1)
        phi(self.z, a)                                                          # (F2)
        # fmt: on

    def step(self, alpha: float) -> None:
        """(BP1–BP4, GD) Move θ by −α times the gradient; the arrays of ``forward`` are used up."""
        if alpha != self._alpha:
            self._alpha, self._rate[...] = alpha, self._factor * alpha / self.B
        # fmt: off
        self._error()
        delta, belowT, dWb = self._last
        np.multiply(delta, self._rate, out=delta)                               # (BP1), α times
        delta.dot(belowT, out=dWb)                                              # (BP3), (BP4), α times
        for WT, above, delta, a, slope, belowT, dWb in self._down:
            WT.dot(above, out=delta)
            slope(delta, a)                                                     # (BP2), α times
            delta.dot(belowT, out=dWb)                                          # (BP3), (BP4), α times
        # fmt: on
        w = self.weights
        if self.decay:
            w.punish(alpha * self.decay)
        if self.longest < math.inf and alpha:
            w.shorten(self.longest * alpha)
        np.subtract(w.theta, w.change, out=w.theta)  # (GD)
