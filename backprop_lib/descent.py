"""Take steps of gradient descent in memory that is allocated once: the formulas of ``network``, written over.

All numbers of a network stand in one vector θ.  The matrix [W⁽ˡ⁾ | b⁽ˡ⁾] of each layer is a view of it, and
every a⁽ˡ⁾ ends in a row of ones: one product yields W⁽ˡ⁾a⁽ˡ⁻¹⁾ + b⁽ˡ⁾, and one, δ⁽ˡ⁾a⁽ˡ⁻¹⁾ᵀ, both gradients.
The rate, with the 1/m, multiplies δ⁽ᴸ⁾, the smallest array, and reaches every gradient from there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .activations import Array
from .inplace import InPlace
from .network import Network
from .parameters import Parameters


class Weights:
    """θ and the change that is due to it, each one vector with a view [W⁽ˡ⁾ | b⁽ˡ⁾] per layer.

    Attributes
    ----------
    theta, change, spare : vectors of one length
    Wb, dWb : mappings from l = 1 … L to views of shape (n_l, n_{l−1} + 1), or (n_l, n_{l−1}) without biases
    """

    def __init__(self, p: Parameters) -> None:
        self.sizes, self.biases = p.sizes, bool(p.b)
        shapes = [(n, before + self.biases) for before, n in zip(p.sizes, p.sizes[1:], strict=False)]
        self.theta, self.change, self.spare = (
            np.zeros(sum(map(math.prod, shapes)), p.dtype) for _ in range(3)
        )
        self.Wb, self.dWb = self._views(self.theta, shapes), self._views(self.change, shapes)
        for l, W in p.W.items():
            self.Wb[l][:, : p.sizes[l - 1]] = W
            self.Wb[l][:, p.sizes[l - 1] :] = p.b.get(l, 0)
        weight = self._views(self.spare, shapes)  # 1 at a weight, 0 at a bias, which no penalty touches
        for l, n in enumerate(p.sizes[:-1], start=1):
            weight[l][:, :n] = 1
        self.is_weight = self.spare.copy()

    @staticmethod
    def _views(vector: Array, shapes: list[tuple[int, int]]) -> Mapping[int, Array]:
        ends = np.cumsum([math.prod(shape) for shape in shapes])
        return {
            l: vector[end - math.prod(shape) : end].reshape(shape)
            for l, (shape, end) in enumerate(zip(shapes, ends, strict=True), start=1)
        }

    def squares(self) -> float:
        """Return Σ ‖W⁽ˡ⁾‖², the biases left out."""
        np.multiply(self.theta, self.is_weight, out=self.spare)
        return float(np.dot(self.spare, self.spare))

    def finite(self) -> bool:
        """Return whether every number of θ is."""
        return math.isfinite(self.theta.sum())

    def parameters(self) -> Parameters:
        """Return a copy of θ as parameters."""
        n = dict(enumerate(self.sizes))
        W = {l: Wb[:, : n[l - 1]].copy() for l, Wb in self.Wb.items()}
        b = {l: Wb[:, n[l - 1] :].copy() for l, Wb in self.Wb.items()} if self.biases else {}
        return Parameters.computed(W, b)


class Descent:
    """One pass forward and one step downhill for B examples, on weights that several of these may share.

    Parameters
    ----------
    net : Network
    weights : Weights
    B : int
        How many examples; ``x`` and ``y`` are then filled by the caller.

    Attributes
    ----------
    x, y : arrays of shape (n_0, B) and (n_L, B)
    """

    def __init__(self, net: Network, weights: Weights, B: int) -> None:
        n, L, dtype = net.sizes, net.L, weights.theta.dtype
        phi = InPlace(B, dtype)
        self.net, self.weights, self.B = net, weights, B
        # The input ends in a row of ones, as every layer but the last does.
        rows = {l: np.ones((n[l] + (weights.biases and l < L), B), dtype) for l in range(L + 1)}
        self.a = {l: rows[l][: n[l]] for l in rows}
        self.delta = {l: np.empty((n[l], B), dtype) for l in range(1, L + 1)}
        self.z, self.y = np.empty((n[L], B), dtype), np.empty((n[L], B), dtype)
        self.x = self.a[0]
        apply = {l: getattr(phi, name) for l, name in enumerate(net.activations, start=1)}
        slope = {l: getattr(phi, f"{name}_slope") for l, name in enumerate(net.activations, start=1)}
        self._up = [(weights.Wb[l], rows[l - 1], self.a[l], apply[l]) for l in range(1, L)]
        self._top = weights.Wb[L], rows[L - 1], self.a[L], apply[L]
        self._down = [
            (self.delta[l], rows[l - 1].T, weights.dWb[l], weights.Wb[l][:, : n[l - 1]].T, l - 1)
            for l in range(L, 0, -1)
        ]
        self._slope = slope
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
            np.dot(Wb, below, out=a)                                            # (F1)
            phi(a, a)                                                           # (F2)
        Wb, below, a, phi = self._top
        self.z = np.dot(Wb, below, out=self.z if z is None else z)              # (F1)
        phi(self.z, a)                                                          # (F2)
        # fmt: on

    def step(self, alpha: float, l2: float, longest: float) -> None:
        """(BP1–BP4, GD) Move θ by −α times the gradient; the arrays of ``forward`` are used up.

        Parameters
        ----------
        alpha, longest : floats
            The rate, and the length to which a longer gradient is shortened.
        l2 : float
            λ/m of the whole data, the factor of W in the gradient.
        """
        w, L = self.weights, self.net.L
        # fmt: off
        self._error()
        delta = self.delta[L]
        np.multiply(delta, self._factor * alpha / self.B, out=delta)            # (BP1), α times
        for delta, belowT, dWb, WT, l in self._down:
            np.dot(delta, belowT, out=dWb)                                      # (BP3), (BP4), α times
            if l:
                np.dot(WT, delta, out=self.delta[l])
                self._slope[l](self.delta[l], self.a[l])                        # (BP2), α times
        # fmt: on
        if l2:
            np.multiply(w.theta, w.is_weight, out=w.spare)
            np.multiply(w.spare, alpha * l2, out=w.spare)
            np.add(w.change, w.spare, out=w.change)
        if longest < math.inf and alpha:
            length = math.sqrt(float(np.dot(w.change, w.change))) / alpha
            if length > longest:
                np.multiply(w.change, longest / length, out=w.change)
        np.subtract(w.theta, w.change, out=w.theta)  # (GD)
