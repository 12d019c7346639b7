"""The figures of source 003's errata, «two layers and cross-entropy», on ``datasets.two_layers``: m = 5."""

from __future__ import annotations

from functools import partial

import numpy as np
import sympy as sp

from ..activations import SIGMOID
from ..datasets import two_layers
from ..losses import BINARY_CROSS_ENTROPY, HALF_SQUARED_ERROR, binary_cross_entropy_of_z
from ..parameters import Parameters
from .record import Erratum, number, refused, row, size

NET, P, X, Y = two_layers()
T = NET.forward(P, X)
G = NET.backward(P, T, Y)
W2, Z1, A1, Z2, A2, m = P.W[2], T.z[1], T.a[1], T.z[2], T.a[2], X.shape[1]
L = BINARY_CROSS_ENTROPY


def wrong_input() -> str:
    """The second layer reads the first, not x."""
    return f"w₂ ({size(W2)}) times x ({size(X)}) is a {refused(lambda: W2 @ X)}; w₂a₁ is {size(W2 @ A1)}"


def one_m_in_six() -> str:
    """Without its 1/m a layer learns m times too fast."""
    h = 1e-6

    def cost(by: float) -> float:
        return NET.cost(Parameters(P.W, {**P.b, 2: P.b[2] + by}), X, Y)

    printed = (A2 - Y).sum()
    return (
        f"m = {m}: ∂J/∂b₂ by differences {number((cost(h) - cost(-h)) / (2 * h), 9)}, "
        f"with 1/m {number(G.db[2][0, 0], 9)}, "
        f"8-15 summed as printed {number(printed, 9)}, {printed / G.db[2][0, 0]:.0f} times as much"
    )


def transposes() -> str:
    """Three products that do not exist, and the three that do."""
    D2, D1 = A2 - Y, (W2.T @ (A2 - Y)) * SIGMOID.prime(Z1)
    printed = ((D2, A1), (D2, W2), (D1, X))
    errors = [refused(partial(np.matmul, *pair)) for pair in printed]
    return (
        ", ".join(f"({size(a)})({size(b)})" for a, b in printed)
        + f": {', '.join(errors)}; with transposes {size(D2 @ A1.T)}, {size(W2.T @ D2)}, {size(D1 @ X.T)}"
    )


def missing_sum() -> str:
    """A bias has one slope, not one an example."""
    db2 = (A2 - Y).sum(axis=1, keepdims=True) / m
    return (
        f"a₂ − y is {size(A2 - Y)}, b₂ is {size(P.b[2])}, ∂J/∂b₂ = {number(db2[0, 0], 12)}; "
        f"∂L/∂Z₁ is {size(G.delta[1])}, b₁ is {size(P.b[1])}"
    )


def missing_hadamard() -> str:
    """A slope an entry is multiplied entry by entry."""
    felt, slopes = W2.T @ (A2 - Y), SIGMOID.prime(Z1)
    error = refused(lambda: felt @ slopes)
    return f"({size(felt)})({size(slopes)}) is a {error}; with ⊙ it is {size(felt * slopes)}"


def many_samples() -> str:
    """One loss a sample; the cost is their mean."""
    return f"Lᵢ = {row(L.f(A2, Y))}, J = {number(NET.cost(P, X, Y), 15)}"


def not_an_activation() -> str:
    """Z₂ is what goes into the sigmoid, A₂ what comes out."""
    return f"Z₂ = {row(Z2)}, any number; A₂ = {row(A2)}, between 0 and 1"


def saturated() -> str:
    """8-12 divides by zero where 8-13 has the answer."""
    z, y = np.array([[40.0]]), np.array([[0.0]])
    a = SIGMOID.f(z)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope_a = L.prime(a, y)
        chain, naive = slope_a * (a * (1 - a)), -np.log(1 - a)
    return (
        f"z = {z[0, 0]:.0f}, y = {y[0, 0]:.0f}: a = {a[0, 0]}, 8-12 = {slope_a[0, 0]}, "
        f"times σ′ {chain[0, 0]}, 8-13 = {(a - y)[0, 0]}; "
        f"−log(1 − a) = {naive[0, 0]}, from z {binary_cross_entropy_of_z(z, y)[0]}"
    )


def matched_pairs_only() -> str:
    """a − y belongs to a pair; half squared error keeps the slope of the sigmoid."""
    z, y = np.array([[2.0]]), np.array([[0.0]])
    pair, other = (loss.delta(SIGMOID, z, SIGMOID.f(z), y)[0, 0] for loss in (L, HALF_SQUARED_ERROR))
    return f"z = {z[0, 0]:.0f}, y = {y[0, 0]:.0f}: cross-entropy {pair:.6f}, half squared error {other:.6f}"


def order_of_arguments() -> str:
    """L(y, a) is not L(a, y), and neither are its slopes."""
    y, a, h = np.array([[0.25]]), np.array([[0.8]]), 1e-6
    by_y = (L.f(a, y + h) - L.f(a, y - h))[0] / (2 * h)
    return (
        f"y = {y[0, 0]}, a = {a[0, 0]}: ∂L/∂a = {L.prime(a, y)[0, 0]:.4f}, ∂L/∂y = {number(by_y, 4)}; "
        f"L(y, a) = {L.f(a, y)[0]:.4f}, L(a, y) = {L.f(y, a)[0]:.4f}"
    )


def the_slope_itself() -> str:
    """σ′ and σ(1 − σ) are one function."""
    z = sp.Symbol("z", real=True)
    sigma = 1 / (1 + sp.exp(-z))
    return f"σ′ − σ(1 − σ) = {sp.simplify(sp.diff(sigma, z) - sigma * (1 - sigma))}"


ERRATA = (
    Erratum("E003.01", "error", "wrong input", wrong_input),
    Erratum("E003.02", "error", "1/m in one of six", one_m_in_six),
    Erratum("E003.03", "shape", "missing transposes", transposes),
    Erratum("E003.04", "shape", "missing sum", missing_sum),
    Erratum("E003.05", "shape", "missing ⊙", missing_hadamard),
    Erratum("E003.06", "omission", "many samples", many_samples),
    Erratum("E003.07", "wording", "term", not_an_activation),
    Erratum("E003.08", "pitfall", "division by zero", saturated),
    Erratum("E003.09", "omission", "scope", matched_pairs_only),
    Erratum("E003.10", "notation", "arguments, ∂, letters", order_of_arguments),
    Erratum("E003.11", "omission", "derivations", the_slope_itself),
)
