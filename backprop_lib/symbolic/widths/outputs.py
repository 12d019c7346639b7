"""The output layer and one example: (BP1) for any elementwise activation, softmax, the matched pairs (M1).

The one convention: in ∂C/∂a the outputs are variables, in ∂C/∂z they depend on z.
"""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Derivative, Expr, IndexedBase, KroneckerDelta, Sum, exp, log

from ..derivation import Derivation
from .letters import ROWS, C, a, i, j, n, p, phi, total, y, z

ELEMENTWISE: Mapping[Expr, Expr] = {
    a[i]: phi(z[i]),  # (F2)
    C: Sum((a[i] - y[i]) ** 2, (i, 1, n)) / 2,  # (C1)
}
SOFTMAX: Mapping[Expr, Expr] = {a[i]: exp(z[i]) / total, total: Sum(exp(z[j]), (j, 1, n))}  # (A5)
BINARY: Mapping[Expr, Expr] = {
    a[i]: 1 / (1 + exp(-z[i])),  # (A2)
    C: -Sum(y[i] * log(a[i]) + (1 - y[i]) * log(1 - a[i]), (i, 1, n)),  # (C3)
}
# Targets that add up to 1, whatever numbers t they are made from.
t = IndexedBase("t", real=True)
SHARES: Mapping[Expr, Expr] = {y[i]: t[i] / Sum(t[j], (j, 1, n))}
CROSS_ENTROPY: Mapping[Expr, Expr] = {C: -Sum(y[i] * log(a[i]), (i, 1, n))}  # (C4)


def outputs() -> Derivation:
    """∂C/∂z_p = (a_p − y_p) φ′(z_p) (BP1), for one example, half squared error and any elementwise φ."""
    slope = Derivative(phi(z[p]), z[p])
    return (
        Derivation(Derivative(C, z[p]), given=ELEMENTWISE, where=ROWS)
        .then(Sum(Derivative(C, a[i]) * Derivative(a[i], z[p]), (i, 1, n)), "a path through each output")
        .then(
            Sum(Derivative(C, a[i]) * KroneckerDelta(i, p) * slope, (i, 1, n)),
            "$z_p$ stands in $a_p = \\varphi(z_p)$ alone",
        )
        .then(Derivative(C, a[p]) * slope, "one term of the sum is left")
        .then((a[p] - y[p]) * slope, "slope of half a square")
    )


def softmax_jacobian() -> Derivation:
    """∂a_i/∂z_p = a_i (δ_{ip} − a_p) (A5), with Kronecker's δ: every output depends on every z."""
    return (
        Derivation(Derivative(a[i], z[p]), given=SOFTMAX, where=ROWS)
        .then(
            Derivative(exp(z[i]), z[p]) / total - exp(z[i]) / total**2 * Derivative(total, z[p]),
            "quotient rule, with $S = \\sum_j e^{z_j}$",
        )
        .then(
            KroneckerDelta(i, p) * exp(z[i]) / total - exp(z[i]) * exp(z[p]) / total**2,
            "$z_p$ stands in one term of $S$",
        )
        .then(KroneckerDelta(i, p) * a[i] - a[i] * a[p], "$e^{z_i} / S = a_i$")
        .then(a[i] * (KroneckerDelta(i, p) - a[p]), "$a_i$ in front")
    )


def softmax_with_cross_entropy() -> Derivation:
    """∂C/∂z_p = a_p − y_p (M1) for softmax with cross-entropy, where the targets add up to 1."""
    return (
        Derivation(Derivative(C, z[p]), given={**SOFTMAX, **CROSS_ENTROPY, **SHARES}, where=ROWS)
        .then(Sum(Derivative(C, a[i]) * Derivative(a[i], z[p]), (i, 1, n)), "a path through each output")
        .then(
            Sum(-y[i] * (KroneckerDelta(i, p) - a[p]), (i, 1, n)),
            "$-y_i/a_i$ times $a_i(\\delta_{ip} - a_p)$",
        )
        .then(a[p] * Sum(y[i], (i, 1, n)) - y[p], "one term holds $\\delta_{ip}$")
        .then(a[p] - y[p], "the targets add up to 1")
    )


def sigmoid_with_cross_entropy() -> Derivation:
    """∂C/∂z_p = a_p − y_p (M1) for sigmoids with binary cross-entropy, whatever the targets."""
    return (
        Derivation(Derivative(C, z[p]), given=BINARY, where=ROWS)
        .then(Derivative(C, a[p]) * Derivative(a[p], z[p]), "$z_p$ stands in $a_p$ alone")
        .then(
            ((1 - y[p]) / (1 - a[p]) - y[p] / a[p]) * Derivative(a[p], z[p]),
            "slope of the loss",
        )
        .then((a[p] - y[p]) / (a[p] * (1 - a[p])) * Derivative(a[p], z[p]), "one denominator")
        .then(a[p] - y[p], "the slope $a_p' = a_p (1 - a_p)$ cancels it")
    )
