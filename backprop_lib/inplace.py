"""Write over arrays what ``activations`` computes anew: an activation into a, and δ times its slope into δ.

Slopes are made from a, which saves computing e⁻ᶻ twice, and which they use up.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .activations import Array


class InPlace:
    """The activations, written into a, and their slopes, multiplied into δ and made from a, which is used."""

    def __init__(self, B: int | tuple[int, ...], dtype: Any) -> None:
        # NumPy would make these anew at each call.
        self.zero, self.one = np.array(0, dtype), np.array(1, dtype)
        self.row = np.empty(B, dtype)

    def identity(self, z: Array, a: Array) -> None:
        """(A1) a = z."""
        np.copyto(a, z)

    def identity_slope(self, delta: Array, a: Array) -> None:
        """(A1) φ′ = 1."""

    def sigmoid(self, z: Array, a: Array) -> None:
        """(A2) a = 1/(1 + e⁻ᶻ); where e⁻ᶻ overflows to ∞ the result is 0, rightly."""
        np.negative(z, out=a)
        np.exp(a, out=a)
        np.add(a, self.one, out=a)
        np.reciprocal(a, out=a)

    def sigmoid_slope(self, delta: Array, a: Array) -> None:
        """(A2) φ′ = a(1 − a)."""
        np.multiply(delta, a, out=delta)
        np.subtract(self.one, a, out=a)
        np.multiply(delta, a, out=delta)

    def tanh(self, z: Array, a: Array) -> None:
        """(A3) a = tanh z."""
        np.tanh(z, out=a)

    def tanh_slope(self, delta: Array, a: Array) -> None:
        """(A3) φ′ = 1 − a²."""
        np.multiply(a, a, out=a)
        np.subtract(self.one, a, out=a)
        np.multiply(delta, a, out=delta)

    def relu(self, z: Array, a: Array) -> None:
        """(A4) a = max(0, z)."""
        np.maximum(z, self.zero, out=a)

    def relu_slope(self, delta: Array, a: Array) -> None:
        """(A4) φ′ is 1 where a is above 0, else 0."""
        np.greater(a, self.zero, out=a)
        np.multiply(delta, a, out=delta)

    def softmax(self, z: Array, a: Array) -> None:
        """(A5) a = eᶻ/Σeᶻ down each column, shifted by the largest z."""
        np.subtract(z, np.maximum.reduce(z, axis=0, out=self.row), out=a)
        np.exp(a, out=a)
        np.divide(a, np.add.reduce(a, axis=0, out=self.row), out=a)

    def softmax_slope(self, delta: Array, a: Array) -> None:
        """(A5) Jᵀδ = a ⊙ (δ − Σ a ⊙ δ): the full Jacobian, though it is never written down."""
        np.multiply(delta, a, out=delta)
        np.multiply(a, np.add.reduce(delta, axis=0, out=self.row), out=a)
        np.subtract(delta, a, out=delta)
