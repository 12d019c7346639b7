"""The ridge term's gradient, and the proof that source 001's code adds something that is no gradient at all.

The one convention: two weights w₀, w₁ stand for all, since any two of them make the same contradiction.
"""

from __future__ import annotations

from sympy import Derivative, IndexedBase, KroneckerDelta, Matrix, Sum, Symbol, symbols

from .derivation import Derivation

lam = Symbol("lambda", real=True)
m = Symbol("m", positive=True)
n = Symbol("n", integer=True, positive=True)
i, k = symbols("i k", integer=True)
w = IndexedBase("w", real=True)
w0, w1 = symbols("w_0 w_1", real=True)


def ridge() -> Derivation:
    """∂/∂wₖ of λ/(2m) Σ wᵢ² is λwₖ/m, for any number of weights (E001.25)."""
    return (
        Derivation(Derivative(lam / (2 * m) * Sum(w[i] ** 2, (i, 1, n)), w[k]), where=[k >= 1, k <= n])
        .then(lam / (2 * m) * Sum(2 * w[i] * KroneckerDelta(i, k), (i, 1, n)), "only $w_k$ depends on $w_k$")
        .then(lam / m * w[k], "one term of the sum is left")
    )


def repository_term() -> Matrix:
    """What the source's code adds to the gradients of w₀ and w₁: the one number λΣw², twice (E001.23)."""
    return Matrix([lam * (w0**2 + w1**2), lam * (w0**2 + w1**2)])


def curl(field: Matrix | None = None) -> Derivation:
    """∂F₀/∂w₁ − ∂F₁/∂w₀ = −2λ(w₀ − w₁) ≠ 0 for the code's term F; every gradient has curl 0.

    If F were the gradient of some R, both terms would be ∂²R/∂w₀∂w₁ and cancel.
    """
    F = repository_term() if field is None else field
    return (
        Derivation(Derivative(F[0], w1) - Derivative(F[1], w0), r"\operatorname{curl} F")
        .then(2 * lam * w1 - 2 * lam * w0, "each slope")
        .then(-2 * lam * (w0 - w1), "not 0 unless $w_0 = w_1$")
    )


def curl_of_ridge() -> Derivation:
    """The same test on λw/m: the curl is 0, as it must be."""
    R = lam / (2 * m) * (w0**2 + w1**2)
    return Derivation(
        Derivative(Derivative(R, w0), w1) - Derivative(Derivative(R, w1), w0), r"\operatorname{curl} \nabla R"
    ).then(0, "the order of slopes does not matter")
