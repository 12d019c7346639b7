"""Hold all numbers of a network in one vector θ, beside the change that is due to it."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from .activations import Array
from .parameters import Parameters


class Weights:
    """θ and its change, each one vector with a view [W⁽ˡ⁾ | b⁽ˡ⁾] per layer.

    Parameters
    ----------
    p : Parameters
        Where to start.

    Attributes
    ----------
    theta, change : vectors of one length
    Wb, dWb : mappings from l = 1 … L to views of shape (n_l, n_{l−1} + 1), or (n_l, n_{l−1}) without biases
    """

    def __init__(self, p: Parameters) -> None:
        self.sizes, self.biases = p.sizes, bool(p.b)
        self.shapes = [(n, before + self.biases) for before, n in zip(p.sizes, p.sizes[1:], strict=False)]
        self.theta, self.change = (np.zeros(sum(map(math.prod, self.shapes)), p.dtype) for _ in range(2))
        self.Wb, self.dWb = self._views(self.theta), self._views(self.change)
        for l, W in p.W.items():
            self.Wb[l][:, : p.sizes[l - 1]] = W
            self.Wb[l][:, p.sizes[l - 1] :] = p.b.get(l, 0)
        self._weight: Array | None = None

    def _views(self, vector: Array) -> Mapping[int, Array]:
        ends = np.cumsum([math.prod(shape) for shape in self.shapes])
        return {
            l: vector[end - math.prod(shape) : end].reshape(shape)
            for l, (shape, end) in enumerate(zip(self.shapes, ends, strict=True), start=1)
        }

    def _weights_alone(self) -> Array:
        """Return θ with a 0 for every bias, which no penalty touches; written over at the next call."""
        if self._weight is None:  # the first call makes room, for those who are punished only
            self._spare, self._weight = np.empty_like(self.theta), np.zeros_like(self.theta)
            for l, view in self._views(self._weight).items():
                view[:, : self.sizes[l - 1]] = 1
        return np.asarray(np.multiply(self.theta, self._weight, out=self._spare))

    def squares(self) -> float:
        """Return Σ ‖W⁽ˡ⁾‖², the biases left out."""
        weights = self._weights_alone()
        return float(np.dot(weights, weights))

    def punish(self, rate: float) -> None:
        """Add ``rate`` times every weight to its change."""
        weights = self._weights_alone()
        np.multiply(weights, rate, out=weights)
        np.add(self.change, weights, out=self.change)

    def shorten(self, longest: float) -> None:
        """Make a change that is longer than this as long as this."""
        length = math.sqrt(float(np.dot(self.change, self.change)))
        if length > longest:
            np.multiply(self.change, longest / length, out=self.change)

    def finite(self) -> bool:
        """Return whether every number of θ is."""
        return math.isfinite(self.theta.sum())

    def parameters(self) -> Parameters:
        """Return a copy of θ as parameters."""
        n = dict(enumerate(self.sizes))
        W = {l: Wb[:, : n[l - 1]].copy() for l, Wb in self.Wb.items()}
        b = {l: Wb[:, n[l - 1] :].copy() for l, Wb in self.Wb.items()} if self.biases else {}
        return Parameters.computed(W, b)
