"""One layer and one example: ∂z/∂W, and (BP2), (BP3) and (BP4), where δᵢ = ∂C/∂zᵢ is given.

The one convention: each gradient is Σᵢ δᵢ ∂zᵢ/∂…, so ∂zᵢ/∂… is all that is left to derive.
"""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Derivative, Expr, KroneckerDelta, Sum

from ..derivation import Derivation
from .letters import COLUMNS, ROWS, W, a, b, delta, i, j, k, n, p, phi, q, z, zeta

LAYER: Mapping[Expr, Expr] = {z[i]: Sum(W[i, j] * a[j], (j, 1, k)) + b[i]}  # (F1)


def dz_dW() -> Derivation:
    """∂z_i/∂W_{pq} = δ_{ip} a_q, with Kronecker's δ: n × n × k slopes, of which n × k are not 0.

    Contracted with ∂C/∂z_i, the three indices become two: (BP3).
    """
    return (
        Derivation(Derivative(z[i], W[p, q]), given=LAYER, where=COLUMNS)
        .then(Derivative(Sum(W[i, j] * a[j], (j, 1, k)), W[p, q]), "(F1); $b_i$ contains no weight")
        .then(
            Sum(KroneckerDelta(i, p) * KroneckerDelta(j, q) * a[j], (j, 1, k)),
            "$W_{ij}$ is $W_{pq}$ where $i = p$ and $j = q$",
        )
        .then(KroneckerDelta(i, p) * a[q], "one term of the sum is left")
    )


def weights() -> Derivation:
    """∂C/∂W_{pq} = δ_p a_q (BP3), for one example."""
    return (
        Derivation(Sum(delta[i] * Derivative(z[i], W[p, q]), (i, 1, n)), given=LAYER, where=ROWS + COLUMNS)
        .then(
            Sum(delta[i] * KroneckerDelta(i, p) * a[q], (i, 1, n)),
            "$W_{pq}$ stands in $z_p$ alone, times $a_q$",
        )
        .then(delta[p] * a[q], "one term of the sum is left")
    )


def biases() -> Derivation:
    """∂C/∂b_p = δ_p (BP4), for one example."""
    return (
        Derivation(Sum(delta[i] * Derivative(z[i], b[p]), (i, 1, n)), given=LAYER, where=ROWS)
        .then(Sum(delta[i] * KroneckerDelta(i, p), (i, 1, n)), "$b_p$ stands in $z_p$ alone")
        .then(delta[p], "one term of the sum is left")
    )


def origins() -> Derivation:
    """∂C/∂s_q = φ′(s_q) Σᵢ W_{iq} δᵢ (BP2): the sum runs over the rows of column q, hence the transpose."""
    slope = Derivative(phi(zeta[q]), zeta[q])
    return Derivation(
        Sum(delta[i] * Derivative(z[i], a[q]), (i, 1, n)) * slope, given=LAYER, where=COLUMNS
    ).then(Sum(W[i, q] * delta[i], (i, 1, n)) * slope, "$a_q$ stands in every $z_i$, times $W_{iq}$")
