"""(BP2), (BP3) and (BP4) for a layer of any width: sums and Kronecker deltas in the place of a small example.

The one convention: δᵢ = ∂C/∂zᵢ is given, so each gradient is Σᵢ δᵢ ∂zᵢ/∂…, and ∂zᵢ/∂… is left to derive.
"""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Derivative, Expr, Function, IndexedBase, KroneckerDelta, Sum, Symbol, symbols

from .derivation import Derivation

n, k = symbols("n k", integer=True, positive=True)
i, j, p, q = symbols("i j p q", integer=True)
W, a, b, z, delta = (IndexedBase(letter, real=True) for letter in ("W", "a", "b", "z", r"\delta"))
zeta = IndexedBase("s", real=True)  # the pre-activation of the layer before, so that a_q = φ(s_q)
phi = Function("phi", real=True)
u = Symbol("u", real=True)

LAYER: Mapping[Expr, Expr] = {z[i]: Sum(W[i, j] * a[j], (j, 1, k)) + b[i]}  # (F1)
ROWS, COLUMNS = [1 <= p, p <= n], [1 <= q, q <= k]  # noqa: SIM300


def weights() -> Derivation:
    """∂C/∂W_pq = δ_p a_q (BP3)."""
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
    """∂C/∂s_q = φ′(s_q) Σᵢ W_iq δᵢ (BP2): the sum runs over the rows of column q, hence the transpose."""
    slope = Derivative(phi(zeta[q]), zeta[q])
    return Derivation(
        Sum(delta[i] * Derivative(z[i], a[q]), (i, 1, n)) * slope, given=LAYER, where=COLUMNS
    ).then(Sum(W[i, q] * delta[i], (i, 1, n)) * slope, "$a_q$ stands in every $z_i$, times $W_{iq}$")
