"""Decide whether a fraction is zero, with an unknown in the place of every function.

The one convention: exp(−z) becomes a variable E, so σ becomes 1/(1 + E); what is left is a fraction of
polynomials, and those can be decided for certain.
"""

from __future__ import annotations

from sympy import (
    Add,
    Basic,
    Dummy,
    Expr,
    Function,
    I,
    Idx,
    Integer,
    Mul,
    Number,
    Piecewise,
    Pow,
    Symbol,
    exp,
    expand,
    fraction,
    together,
)


def is_zero_fraction(e: Expr) -> bool:
    """Whether ``e``, a fraction of polynomials in its unknown functions, is identically zero."""
    numerator, _ = fraction(together(in_unknowns(e, {})))
    return bool(expand(numerator) == 0)


def in_unknowns(e: Basic, unknowns: dict[Basic, Symbol]) -> Expr:
    """Replace every function in ``e`` by an unknown, innermost first; equal functions by the same unknown."""

    def unknown(key: Basic) -> Symbol:
        return unknowns.setdefault(key, Dummy("E"))

    if isinstance(e, Number | Symbol | Idx) or e == I:
        return e
    if isinstance(e, Add | Mul):
        return e.func(*(in_unknowns(a, unknowns) for a in e.args))
    if isinstance(e, Pow) and isinstance(e.exp, Integer):
        return in_unknowns(e.base, unknowns) ** e.exp
    if isinstance(e, exp):  # exp(2u − v) is E(u)² / E(v)
        factors = []
        for term in Add.make_args(expand(in_unknowns(e.exp, unknowns))):
            count, rest = term.as_coeff_Mul()
            whole = isinstance(count, Integer) and rest != 1
            factors.append(unknown(exp(rest)) ** count if whole else unknown(exp(term)))
        return Mul(*factors)
    if isinstance(e, Pow | Function) and not isinstance(e, Piecewise):
        return unknown(e.func(*(in_unknowns(a, unknowns) for a in e.args)))
    return unknown(e)
