"""The sigmoid's two identities, derived line by line: its slope by its value, and its symmetry.

The one convention: σ is a name here, and ``SIGMOID`` says what it stands for.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Function, Symbol, exp

from .derivation import Derivation

sigma = Function("sigma", real=True)
z = Symbol("z", real=True)
SIGMOID: dict[Expr, Expr] = {sigma(z): 1 / (1 + exp(-z))}  # (A2)


def slope() -> Derivation:
    """σ′ = σ(1 − σ) (A2), from the quotient rule."""
    return (
        Derivation(Derivative(sigma(z), z), given=SIGMOID)
        .then(Derivative(1 / (1 + exp(-z)), z), "definition of σ")
        .then(exp(-z) / (1 + exp(-z)) ** 2, "chain rule")
        .then(1 / (1 + exp(-z)) * (1 - 1 / (1 + exp(-z))), "$e^{-z} = (1 + e^{-z}) - 1$")
        .then(sigma(z) * (1 - sigma(z)), "definition of σ")
    )


def symmetry() -> Derivation:
    """σ(z) + σ(−z) = 1: the curve turned half around (0, ½) is itself."""
    return (
        Derivation(sigma(z) + sigma(-z), given=SIGMOID)
        .then(1 / (1 + exp(-z)) + 1 / (1 + exp(z)), "definition of σ")
        .then(1 / (1 + exp(-z)) + exp(-z) / (exp(-z) + 1), "second fraction times $e^{-z}/e^{-z}$")
        .then(1, "one denominator, equal to the numerator")
    )
