"""Lines that look true, or are true almost everywhere: each is rejected, or accepted for the right reason."""

import pytest
from sympy import (
    Abs,
    Eq,
    Float,
    Function,
    IndexedBase,
    Max,
    Min,
    Piecewise,
    Rational,
    Sum,
    Symbol,
    asin,
    atan,
    ceiling,
    cos,
    exp,
    floor,
    log,
    pi,
    sign,
    sin,
    sqrt,
    symbols,
)

from backprop_lib.symbolic import Derivation, DerivationError

x, y = symbols("x y", real=True)
s = Symbol("s")
k = Symbol("k", integer=True)
n = Symbol("n", integer=True, positive=True)
j = Symbol("j", integer=True)
v = IndexedBase("v", real=True)
f = Function("f")
A, B = symbols("A B", commutative=False)

ALMOST = {
    "√x² = x fails for x < 0": (sqrt(x**2), x),
    "√x² = |x| fails for complex x": (sqrt(s**2), Abs(s)),
    "√(xy) = √x√y fails for two negatives": (sqrt(x * y), sqrt(x) * sqrt(y)),
    "log x² = 2 log x fails for x < 0": (log(x**2), 2 * log(x)),
    "log xy = log x + log y fails for negatives": (log(x * y), log(x) + log(y)),
    "log eˢ = s fails far from the real axis": (log(exp(s)), s),
    "atan x + atan 1/x changes sign with x": (atan(x) + atan(1 / x), pi / 2),
    "arcsin sin x = x fails beyond π/2": (asin(sin(x)), x),
    "sin πx = 0 holds for whole x alone": (sin(pi * x), 0),
    "cos πk = 1 holds for even k alone": (cos(pi * k), 1),
    "⌊x⌋ = ⌈x⌉ − 1 fails for whole x": (floor(x), ceiling(x) - 1),
    "one point of a Piecewise": (Piecewise((1, Eq(x, 0)), (x, True)), x),
    "sign 0": (sign(x) ** 2, 1),
    "|x − 1000| far out": (Abs(x - 1000), 1000 - x),
    "max far out": (Max(x, -50_000), x),
    "min of two": (Min(x, y), x),
    "x = y": (x, y),
    "an added nothing": (x, x + Rational(1, 10**30)),
    "lost in rounding": (x + 10**40 - 10**40 + Rational(1, 10**40), x),
    "a tenth as a binary fraction": (x / 10, x * Rational(Float(0.1))),
    "matrices do not commute": (A * B, B * A),
    "a function of another name": (f(x), f(y)),
    "a bound variable is not free": (Sum(v[j], (j, 1, n)), n * v[1]),
    "two terms only": (Sum(v[j], (j, 1, n)), v[1] + v[2]),
}


@pytest.mark.parametrize("name", ALMOST)
def test_a_line_that_is_almost_true_is_rejected(name):
    left, right = ALMOST[name]
    with pytest.raises(DerivationError):
        Derivation(left).then(right)


TRUE = {
    "√x² = |x| for real x": (sqrt(x**2), Abs(x)),
    "log eˣ = x for real x": (log(exp(x)), x),
    "cos πk = (−1)ᵏ for whole k": (cos(pi * k), (-1) ** k),
    "max and min": (Max(x, y) + Min(x, y), x + y),
    "a symbol on one side only": (sin(x) ** 2 + cos(x) ** 2, sin(y) ** 2 + cos(y) ** 2),
    "equal where both are numbers": ((x**2 - 1) / (x - 1), x + 1),
    "multiplying out keeps the order": ((A + B) ** 2, A**2 + A * B + B * A + B**2),
    "a large cancellation": ((x + 10**40) ** 2 - x**2 - 10**80, 2 * 10**40 * x),
}


@pytest.mark.parametrize("name", TRUE)
def test_its_true_neighbor_is_accepted(name):
    left, right = TRUE[name]
    assert len(Derivation(left).then(right).links) == 1


def test_dividing_by_what_is_zero_everywhere_proves_nothing():
    zero = Function("g")(x) - Function("g")(x) + sin(x) ** 2 + cos(x) ** 2 - 1
    with pytest.raises(DerivationError):
        Derivation(x / zero).then(y / zero)


def test_two_symbols_of_one_name_are_told_apart():
    with pytest.raises(ValueError, match="two different symbols"):
        Derivation(Symbol("x") - x)
