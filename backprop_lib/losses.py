"""Pick a loss by name: the cost of one example beside its derivative with respect to the output a.

Every function takes (n, m) arrays, one example a column, and returns one cost per example, shape (m,), or one
slope per output, shape (n, m).  The mean over the examples, and with it the 1/m, belongs to the network (C0).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .activations import Activation, Array


@dataclass(frozen=True)
class Loss:
    """A cost per example, its slope, and the shortcut it has when paired with one activation.

    Attributes
    ----------
    name : str
        The name a ``Network`` is built with.
    f : callable
        Cʳ from (a, y), shape (m,).
    prime : callable
        ∂Cʳ/∂a from (a, y), shape (n, m).
    match : str
        The output activation that cancels against this loss, so that ∂Cʳ/∂z = a − y; empty if there is none.
    f_of_z : callable or None
        Cʳ from (z, y) for that activation, finite where ``f`` meets log 0.
    """

    name: str
    f: Callable[[Array, Array], Array]
    prime: Callable[[Array, Array], Array]
    match: str = ""
    f_of_z: Callable[[Array, Array], Array] | None = None

    def cost(self, phi: Activation, z: Array, a: Array, y: Array) -> Array:
        """Return Cʳ for every example, shape (m,), from z where the pair has a form that cannot overflow."""
        if phi.name == self.match and self.f_of_z is not None:
            return self.f_of_z(z, y)
        return self.f(a, y)

    def delta(self, phi: Activation, z: Array, a: Array, y: Array) -> Array:
        """(M1) Return ∂Cʳ/∂z, shape (n, m): a − y for a matched pair, else Jᵀ ∂Cʳ/∂a (E003.08, E003.09)."""
        if phi.name == self.match:
            return a - y  # (M1)
        return phi.vjp(z, self.prime(a, y))

    def __repr__(self) -> str:
        return f"Loss({self.name!r})"


def half_squared_error(a: Array, y: Array) -> Array:
    """(C1) Return Cʳ = ½ Σₖ (aₖ − yₖ)²; the ½ cancels the 2 of the derivative (E001.01)."""
    return np.asarray(0.5 * ((a - y) ** 2).sum(axis=-2))  # (C1)


def squared_error(a: Array, y: Array) -> Array:
    """(C2) Return Cʳ = Σₖ (aₖ − yₖ)², whose derivative keeps its factor 2 (E000.02)."""
    return np.asarray(((a - y) ** 2).sum(axis=-2))  # (C2)


def binary_cross_entropy(a: Array, y: Array) -> Array:
    """(C3) Return Cʳ = −Σₖ (yₖ log aₖ + (1 − yₖ) log(1 − aₖ)), with 0·log 0 = 0 (003, 8-11)."""
    return np.asarray(-(_times_log(y, a) + _times_log(1.0 - y, 1.0 - a)).sum(axis=-2))  # (C3)


def binary_cross_entropy_prime(a: Array, y: Array) -> Array:
    """(C3) Return ∂Cʳ/∂a = (a − y) / (a(1 − a)), infinite where a is 0 or 1 and y is not (003, 8-12)."""
    return _ratio(1.0 - y, 1.0 - a) - _ratio(y, a)  # (C3), over two denominators so that 0/0 counts as 0


def binary_cross_entropy_of_z(z: Array, y: Array) -> Array:
    """(C3) Return the same cost from z when a = σ(z): Σₖ log(1 + e^{zₖ}) − yₖ zₖ, finite for every z."""
    e = np.exp(np.where(z.real > 0, -z, z))  # at most 1, so nothing overflows
    return np.asarray((np.where(z.real > 0, (1.0 - y) * z, -y * z) + np.log1p(e)).sum(axis=-2))  # (C3)


def cross_entropy(a: Array, y: Array) -> Array:
    """(C4) Return Cʳ = −Σₖ yₖ log aₖ, with 0·log 0 = 0."""
    return np.asarray(-_times_log(y, a).sum(axis=-2))  # (C4)


def cross_entropy_of_z(z: Array, y: Array) -> Array:
    """(C4) Return the same cost from z when a = softmax(z): Σₖ yₖ (log Σⱼ e^{zⱼ} − zₖ), always finite."""
    shifted = z - z.real.max(axis=-2, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=-2, keepdims=True))
    return np.asarray((y * (log_sum - shifted)).sum(axis=-2))  # (C4)


def _times_log(y: Array, a: Array) -> Array:
    return np.asarray(y * np.log(np.where(y == 0, 1.0, a)))


def _ratio(y: Array, a: Array) -> Array:
    return np.asarray(y / np.where(y == 0, 1.0, a))


HALF_SQUARED_ERROR = Loss("half_squared_error", f=half_squared_error, prime=lambda a, y: a - y)  # (C1)
SQUARED_ERROR = Loss("squared_error", f=squared_error, prime=lambda a, y: 2.0 * (a - y))  # (C2)
BINARY_CROSS_ENTROPY = Loss(
    "binary_cross_entropy",
    f=binary_cross_entropy,
    prime=binary_cross_entropy_prime,
    match="sigmoid",
    f_of_z=binary_cross_entropy_of_z,
)
CROSS_ENTROPY = Loss(
    "cross_entropy",
    f=cross_entropy,
    prime=lambda a, y: -_ratio(y, a),  # (C4)
    match="softmax",
    f_of_z=cross_entropy_of_z,
)

LOSSES = {c.name: c for c in (HALF_SQUARED_ERROR, SQUARED_ERROR, BINARY_CROSS_ENTROPY, CROSS_ENTROPY)}
