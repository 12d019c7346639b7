"""The figures of those of source 001's errata that its own worked point shows: one input, twelve weights.

The source keeps an example in a row; so do the names here, which are the source's.
"""

from __future__ import annotations

import numpy as np
import sympy as sp

from ..activations import SOFTMAX
from ..datasets import source_001
from ..network import step
from ..parameters import Parameters
from .record import Erratum, number, refused, row, size

NET, P, x, y = source_001()
T = NET.forward(P, x)
G = NET.backward(P, T, y)
X, Y, W1, W2, z1, h1, z2, h2 = (v.T for v in (x, y, P.W[1], P.W[2], T.z[1], T.a[1], T.z[2], T.a[2]))
d2, d1, dW1, dW2 = (v.T for v in (G.delta[2], G.delta[1], G.dW[1], G.dW[2]))
dh1, slope2 = d2 @ W2.T, h2 * (1 - h2)


def label_and_factor() -> str:
    """−(y − h₂) is the slope by h₂, of half the square."""
    t, h = sp.symbols("y h")
    slope = str(sp.expand(sp.diff((t - h) ** 2, h))).replace("*", "").replace("-", "−")
    return (
        f"d(y − h)²/dh = {slope}; −(y − h₂) = {row(h2 - Y)} is {size(h2 - Y)}, "
        f"dLoss/dW₂ is {size(dW2)}; with the factor 2 dLoss/dh₁ would be {row(2 * dh1)}"
    )


def square_of_a_vector() -> str:
    """A square, entry by entry, is not yet a number."""
    squares = (Y - h2) ** 2
    return f"(y − h₂)² = {row(squares)}; the loss is half its sum, {number(squares.sum() / 2, 14)}"


def missing_transpose() -> str:
    """δ₂W₂ does not exist; δ₂W₂ᵀ is what is printed as the result."""
    return f"δ₂W₂ ({size(d2)} times {size(W2)}) is a {refused(lambda: d2 @ W2)}; δ₂W₂ᵀ = {row(dh1)}"


def missing_hadamard() -> str:
    """Three matrices in a row do not multiply."""
    slope1 = h1 * (1 - h1)
    error = refused(lambda: X.T @ dh1 @ slope1)
    return f"({size(X.T)})({size(dh1)})({size(slope1)}) is a {error}; with ⊙ {row(X.T @ (dh1 * slope1))}"


def order_of_factors() -> str:
    """Rows stand on the left of their weights."""
    return f"W₁X ({size(W1)} times {size(X)}) is a {refused(lambda: W1 @ X)}; XW₁ is {size(X @ W1)}"


def row_times_row() -> str:
    """An inner product needs one of its vectors upright."""
    w = W1[:, :1].T
    upright = number((X @ w.T)[0, 0])
    return f"({size(X)})({size(w)}) is a {refused(lambda: X @ w)}; upright {upright}, the first z₁"


def which_label() -> str:
    """The printed slopes belong to y = (1, 0)."""

    def slopes(label: list[list[float]]) -> str:
        return row((P.W[2].T @ NET.backward(P, T, label).delta[2]).T)

    return f"dLoss/dh₁ with y = [0, 1]: {slopes([[0.0], [1.0]])}; with y = [1, 0]: {slopes([[1.0], [0.0]])}"


def no_log_probability() -> str:
    """Two sigmoids: positive, and no sum of 1."""
    return (
        f"h₂ adds up to {number(h2.sum())}; exp h₂ = {row(np.exp(h2))}, log h₂ = {row(np.log(h2))}; "
        f"a softmax of h₂ would be {row(SOFTMAX.f(h2.T).T)}"
    )


def not_linear() -> str:
    """Twice the input is not twice the activation; layers without one collapse."""
    gap = abs((X @ W1) @ W2 - X @ (W1 @ W2)).max()
    return (
        f"h₁(2X) = {row(NET.forward(P, 2 * x).a[1].T)}, 2h₁(X) = {row(2 * h1)}; "
        f"|(XW₁)W₂ − X(W₁W₂)| = {gap:.1e}".replace("e-", "e−")
    )


def uphill() -> str:
    """Along the gradient the loss rises."""

    def loss(rate: float, decimals: int) -> str:
        moved = Parameters({l: P.W[l] - rate * G.dW[l] for l in P.W})
        return number(NET.cost(moved, x, y), decimals)

    return (
        f"loss at W − 0.1 g {loss(0.1, 8)}, at W {loss(0, 8)}, at W + 0.1 g {loss(-0.1, 8)}; "
        f"after the source's step of 0.001 {loss(0.001, 10)}"
    )


def two_uses() -> str:
    """One gradient serves any optimizer."""
    g = dW1[0, 0]
    plain, signs = number(-0.001 * g), number(-0.001 * np.sign(g), 3)
    return f"dW₁[0,0] = {number(g)} moves w by {plain} in plain descent, by {signs} where only signs count"


def slope_below_zero() -> str:
    """A sigmoid's slope lies between 0 and ¼; the first product is made of the picture's digits."""
    shown = [v.round(8)[0, 0] for v in (h1, h2 - Y, -slope2)]
    there, here = number(np.prod(shown)), number(dW2[0, 0])
    return f"with the minus sign dW₂[0,0] = {there}, printed {here}; the slopes are {row(slope2)}"


def wrong_factors() -> str:
    """The shown factors do not give the shown result."""
    return f"from the factors shown {row(slope2 @ W2.T)}; from δ₂ = {row(d2)} the printed {row(dh1)}"


def eight_decimals() -> str:
    """Results of unrounded weights, beside weights rounded to eight decimals."""
    rounded = Parameters({l: P.W[l].round(8) for l in P.W})
    t = NET.forward(rounded, x.round(8))
    again = rounded.W[2].T @ NET.backward(rounded, t, y).delta[2]
    pairs = {"z₁": (t.z[1], T.z[1]), "z₂": (t.z[2], T.z[2]), "dLoss/dh₁": (again, dh1.T)}
    return "from the printed digits " + "; ".join(
        f"{name}: {(v.round(8) != exact.round(8)).sum()} of {v.size} off, "
        f"by at most {abs(v - exact.round(8)).max():.1e}"
        for name, (v, exact) in pairs.items()
    ).replace("e-", "e−")


def squashed() -> str:
    """Squashing keeps what clipping throws away; only rounding reaches 1."""
    z = np.arange(100.0)
    first = z[NET.phi[1].f(z) == 1.0][0]
    clipped = row(np.clip(z1, 0, 1))
    return f"clipped z₁ = {clipped}, squashed {row(h1)}; σ(z) is rounded to 1 from z = {first:.0f} on"


def old_weights() -> str:
    """Both gradients belong to the old weights."""
    early = d2 @ step(P, G, 0.001).W[2]
    return (
        f"dLoss/dh₁ with the new W₂ {row(early)}, with the old {row(dh1)}: "
        f"{abs(early - dh1).max():.1e} apart".replace("e-", "e−")
    )


def difference_for_square() -> str:
    """Differences cancel, squares do not."""
    return f"Σ(y − h₂) = {number((Y - h2).sum())}; the loss is {number(NET.cost(P, x, y))}"


ERRATA = (
    Erratum("E001.01", "error", "label and factor", label_and_factor),
    Erratum("E001.03", "notation", "square of a vector", square_of_a_vector),
    Erratum("E001.04", "shape", "missing transpose", missing_transpose),
    Erratum("E001.05", "shape", "missing ⊙", missing_hadamard),
    Erratum("E001.06", "shape", "order", order_of_factors),
    Erratum("E001.07", "shape", "missing transpose", row_times_row),
    Erratum("E001.08", "error", "labels exchanged", which_label),
    Erratum("E001.09", "error", "no log-probability", no_log_probability),
    Erratum("E001.10", "error", "already non-linear", not_linear),
    Erratum("E001.13", "error", "sign of the direction", uphill),
    Erratum("E001.14", "wording", "terminology", two_uses),
    Erratum("E001.26", "error", "sign in a picture", slope_below_zero),
    Erratum("E001.27", "error", "numbers in a picture", wrong_factors),
    Erratum("E001.28", "pitfall", "rounding", eight_decimals),
    Erratum("E001.29", "wording", "imprecise, not wrong", squashed),
    Erratum("E001.30", "pitfall", "old weights", old_weights),
    Erratum("E001.33", "wording", "imprecise", difference_for_square),
)
