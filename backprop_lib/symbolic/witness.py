"""Look for numbers at which a claimed equality fails.

The one convention: a difference is real when it stays the same as the number of digits grows, and rounding
when it shrinks; no tolerance is chosen. A point at which a side is undefined is no evidence either way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Add, Basic, Expr, Float, Mul, Rational, exp, sin
from sympy.core.function import AppliedUndef, Derivative, Subs
from sympy.logic.boolalg import Boolean, BooleanAtom

from .definitions import is_condition
from .points import Point, points, work_out

DIGITS = (60, 120, 240)


@dataclass(frozen=True)
class Counterexample:
    """Numbers at which two expressions differ: the values of the symbols, of both sides, and
    left − right (None for conditions)."""

    values: Point
    left: Basic
    right: Basic
    difference: Basic | None


def try_points(left: Basic, right: Basic, where: Sequence[Boolean]) -> tuple[int, list[Counterexample]]:
    """Return (random points at which both sides were defined and equal, counterexamples)."""
    left, right = concrete(left), concrete(right)
    equal = 0
    failures: list[Counterexample] = []
    for point, is_random in points((left, right), where):
        found = compare(left, right, point)
        if isinstance(found, Counterexample):
            failures.append(found)
            if len(failures) == 3:
                break
        elif found:
            equal += is_random or not point
    return equal, failures


def compare(left: Basic, right: Basic, point: Point) -> Counterexample | bool | None:
    """True if both sides agree at ``point``, a counterexample if they differ, None if that cannot be said."""
    if is_condition(left):
        l, r = (work_out(side, point, DIGITS[0]) for side in (left, right))
        if not (isinstance(l, BooleanAtom) and isinstance(r, BooleanAtom)):
            return None
        return True if l == r else Counterexample(point, l, r, None)
    l, r = (work_out(side, point, DIGITS[0]) for side in (left, right))
    if l is None or r is None:
        return None
    d = l - r
    if left.has(Float) or right.has(Float):  # decimals are known to about 15 digits
        return True if abs(d) <= Float("1e-12") * max(abs(l), abs(r)) else Counterexample(point, l, r, d)
    for digits in DIGITS[1:]:
        l, r = (work_out(side, point, digits) for side in (left, right))
        if l is None or r is None:
            return None
        finer = l - r
        if (finer == 0 and d == 0) or abs(finer) < abs(d) * Float("1e-40"):
            return True
        if abs(finer - d) < abs(finer) * Float("1e-15"):
            return Counterexample(point, l, r, finer)
        d = finer
    return None


def concrete(e: Basic) -> Basic:
    """Put a sample function in the place of each undefined one, and take its derivatives."""
    functions = sorted({f.func for f in e.atoms(AppliedUndef)}, key=str)
    for f in functions:
        positive = any(a.is_positive for a in e.atoms(AppliedUndef) if a.func == f)
        seed = sum(map(ord, str(f))) % 7 + 2

        def body(*arguments: Expr, seed: int = seed, positive: bool = positive) -> Expr:
            terms = [
                sin(a + Rational(seed + k, 3)) / (k + 1) + a**2 / (seed + k) for k, a in enumerate(arguments)
            ]
            value = Add(Rational(1, seed), Mul(*terms), *terms)
            return exp(value) if positive else value

        e = e.replace(f, body)
    # The derivatives alone: doit() on all of e would try to add up its sums.
    return (
        e.replace(lambda part: isinstance(part, Derivative | Subs), lambda part: part.doit())
        if functions
        else e
    )
