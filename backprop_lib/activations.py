"""Pick an activation by name: a function beside its derivative, one value, and both take z.

Arrays hold one example a column, (n, m); a stack of networks puts one more axis in front.  Every formula is
written so that it neither overflows nor warns for any finite z, and so that it holds for complex z too, as
the complex step (D2) needs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True)
class Activation:
    """An activation φ, its slope φ′, and how a sensitivity passes back through it.

    Attributes
    ----------
    name : str
        The name a ``Network`` is built with.
    f : callable
        a = φ(z), same shape as z.
    prime : callable
        φ′(z), elementwise, same shape as z.  For softmax, whose derivative is a matrix, it raises.
    jacobian : callable or None
        ∂aᵢ/∂zⱼ per example, shape (n, n, m).  ``None`` where φ acts elementwise and ``prime`` says it all.
    """

    name: str
    f: Callable[[Array], Array]
    prime: Callable[[Array], Array]
    jacobian: Callable[[Array], Array] | None = None

    def vjp(self, z: Array, dC_da: Array) -> Array:
        """Return ∂C/∂z = Jᵀ ∂C/∂a for J = ∂a/∂z; for an elementwise φ this is ∂C/∂a ⊙ φ′(z).

        Parameters
        ----------
        z, dC_da : arrays of shape (n, m)

        References
        ----------
        E000.06: the elementwise form is wrong for softmax.
        """
        if self.jacobian is not None:
            return np.asarray(np.einsum("...ijr,...ir->...jr", self.jacobian(z), dC_da))
        return dC_da * self.prime(z)

    def __repr__(self) -> str:
        return f"Activation({self.name!r})"


def sigmoid(z: Array) -> Array:
    """(A2) Return σ(z) = 1 / (1 + e⁻ᶻ), elementwise, exact to the last digits for z from −745 to ∞."""
    e = _decay(z)
    return np.asarray(np.where(z.real >= 0, 1.0, e) / (1.0 + e))  # (A2)


def sigmoid_prime(z: Array) -> Array:
    """(A2) Return σ′ = σ(1 − σ) = e⁻ᶻ / (1 + e⁻ᶻ)², elementwise, without the cancellation in 1 − σ."""
    e = _decay(z)  # σ′ is even, so the sign of z does not matter
    return np.asarray(e / (1.0 + e) ** 2)  # (A2)


def _decay(z: Array) -> Array:
    """Return e^{−|z|}, at most 1, so that nothing overflows; for complex z the real part has the sign."""
    return np.asarray(np.exp(np.where(z.real >= 0, -z, z) if np.iscomplexobj(z) else -np.abs(z)))


def tanh_prime(z: Array) -> Array:
    """(A3) Return tanh′(z) = 1 − tanh²(z), elementwise, same shape as ``z``."""
    return np.asarray(1.0 - np.tanh(z) ** 2)  # (A3)


def relu(z: Array) -> Array:
    """(A4) Return max(0, z), elementwise, same shape as ``z``."""
    return np.asarray(np.where(z.real > 0, z, 0.0))  # (A4)


def relu_prime(z: Array) -> Array:
    """(A4) Return 1 where z > 0, else 0.  At the kink z = 0 the slope is taken as 0 (E000.15)."""
    return np.asarray(np.where(z.real > 0, np.ones_like(z), 0.0))  # (A4)


def softmax(z: Array) -> Array:
    """(A5) Return aᵢ = e^{zᵢ} / Σⱼ e^{zⱼ} down each column; shifting by the largest z leaves it unchanged."""
    e = np.exp(z - z.real.max(axis=-2, keepdims=True))
    return np.asarray(e / e.sum(axis=-2, keepdims=True))  # (A5)


def softmax_prime(z: Array) -> Array:
    """Raise ``TypeError``: softmax mixes the outputs, so it has no slope of one z at a time (E000.06)."""
    raise TypeError("softmax has no elementwise slope; its vjp multiplies by the full Jacobian")


def softmax_jacobian(z: Array) -> Array:
    """(A5) Return ∂aᵢ/∂zⱼ = aᵢ(δᵢⱼ − aⱼ) for every example; ``z`` is (n, m), the result (n, n, m)."""
    a = softmax(z)
    identity = np.eye(a.shape[-2], dtype=a.dtype)[:, :, None]
    return np.asarray(a[..., :, None, :] * (identity - a[..., None, :, :]))  # (A5)


IDENTITY = Activation("identity", f=lambda z: z, prime=lambda z: np.ones_like(z))  # (A1)
SIGMOID = Activation("sigmoid", f=sigmoid, prime=sigmoid_prime)
TANH = Activation("tanh", f=np.tanh, prime=tanh_prime)
RELU = Activation("relu", f=relu, prime=relu_prime)
SOFTMAX = Activation("softmax", f=softmax, prime=softmax_prime, jacobian=softmax_jacobian)

ACTIVATIONS = {phi.name: phi for phi in (IDENTITY, SIGMOID, TANH, RELU, SOFTMAX)}
