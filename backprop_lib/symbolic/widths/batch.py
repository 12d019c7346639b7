"""The mean over m examples, one a column: where the 1/m of (BP1) comes from, and the sums of (BP3) and (BP4).

The one convention: δ_{pr} = ∂C/∂z_{pr} belongs to neuron p and example r and carries the 1/m, since C does.
"""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Derivative, Expr, Sum

from ..derivation import Derivation
from .letters import COLUMNS, EXAMPLES, ROWS, C, W, a, b, delta, i, j, k, m, n, p, phi, q, r, s, y, z

LAYER: Mapping[Expr, Expr] = {z[i, r]: Sum(W[i, j] * a[j, r], (j, 1, k)) + b[i]}  # (F1)
COST: Mapping[Expr, Expr] = {
    a[i, r]: phi(z[i, r]),  # (F2)
    C: Sum((a[i, s] - y[i, s]) ** 2 / 2, (i, 1, n), (s, 1, m)) / m,  # (C0), (C1)
}


def outputs() -> Derivation:
    """∂C/∂z_{pr} = (1/m) (a_{pr} − y_{pr}) φ′(z_{pr}) (BP1): only example r stands in the slope."""
    slope = Derivative(phi(z[p, r]), z[p, r])
    return (
        Derivation(Derivative(C, z[p, r]), given=COST, where=ROWS + EXAMPLES)
        .then(Derivative(C, a[p, r]) * slope, "$z_{pr}$ stands in $a_{pr} = \\varphi(z_{pr})$ alone")
        .then((a[p, r] - y[p, r]) * slope / m, "one term of the mean contains $a_{pr}$")
    )


def weights() -> Derivation:
    """∂C/∂W_{pq} = Σᵣ δ_{pr} a_{qr} (BP3): the sum over the examples is the matrix product δ aᵀ."""
    return (
        Derivation(
            Sum(delta[i, r] * Derivative(z[i, r], W[p, q]), (i, 1, n), (r, 1, m)),
            given=LAYER,
            where=ROWS + COLUMNS,
        )
        .then(Sum(delta[p, r] * Derivative(z[p, r], W[p, q]), (r, 1, m)), "$W_{pq}$ stands in row $p$ alone")
        .then(Sum(delta[p, r] * a[q, r], (r, 1, m)), "times $a_{qr}$, in every example")
    )


def biases() -> Derivation:
    """∂C/∂b_p = Σᵣ δ_{pr} (BP4): the bias is added to every column, so the columns' slopes add up."""
    return (
        Derivation(
            Sum(delta[i, r] * Derivative(z[i, r], b[p]), (i, 1, n), (r, 1, m)), given=LAYER, where=ROWS
        )
        .then(Sum(delta[p, r] * Derivative(z[p, r], b[p]), (r, 1, m)), "$b_p$ stands in row $p$ alone")
        .then(Sum(delta[p, r], (r, 1, m)), "with slope 1, in every example")
    )
