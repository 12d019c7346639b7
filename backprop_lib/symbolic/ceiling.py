"""Why a 2-H-2 network without biases cannot score above 75 % on the quadrant XOR, for any width H.

Hypotheses: a sigmoid hidden layer, no biases anywhere, the class is the larger output (an increasing output
activation does not change which is larger), and the data are antipodal: x and −x are equally likely and have
the same class.
"""

from __future__ import annotations

from sympy import And, Expr, IndexedBase, Min, Rational, Sum, Symbol, false

from .derivation import Derivation
from .sigmoid import SIGMOID, sigma

H = Symbol("H", integer=True, positive=True)
j = Symbol("j", integer=True)
v, s = IndexedBase("v", real=True), IndexedBase("s", real=True)
S, D, share = Symbol("S", real=True), Symbol("D", real=True), Symbol("p", real=True)


def antipodes() -> Derivation:
    """D(x) + D(−x) = Σ v, the same for every x.

    D = z⁽²⁾₁ − z⁽²⁾₂ = Σⱼ vⱼ σ(sⱼ) decides the class; vⱼ = w⁽²⁾₁ⱼ − w⁽²⁾₂ⱼ, and sⱼ = w⁽¹⁾ⱼ₁x₁ + w⁽¹⁾ⱼ₂x₂
    changes sign with x because no bias is added to it.
    """
    at_x, at_minus_x = Sum(v[j] * sigma(s[j]), (j, 1, H)), Sum(v[j] * sigma(-s[j]), (j, 1, H))
    return (
        Derivation(at_x + at_minus_x, r"D(x) + D(-x)", given=SIGMOID)
        .then(Sum(v[j] * (sigma(s[j]) + sigma(-s[j])), (j, 1, H)), "one sum")
        .then(Sum(v[j], (j, 1, H)), "σ(z) + σ(−z) = 1")
    )


def never_both() -> Derivation:
    """If S = Σ v ≥ 0, x and −x cannot both be put in the second class: D(x) < 0 and D(−x) = S − D(x) < 0.

    If S ≤ 0, exchange the classes.
    """
    return Derivation(And(S >= 0, D < 0, S - D < 0)).then(false, "the last two add up to S < 0, not to S ≥ 0")


def accuracy(p: Expr | float = share) -> Expr:
    """The ceiling 1 − min(p, 1 − p)/2, where p is the share of the first class: 3/4 for balanced classes.

    If S ≥ 0, at most one of each antipodal pair of the second class is right, so at least (1 − p)/2 of all
    is wrong; if S ≤ 0, at least p/2. Training may choose the sign of S, so the smaller loss is the bound.
    """
    return 1 - Min(p, 1 - p) * Rational(1, 2)
