"""Prove that an expression is zero, by algebra alone.

The one convention: an answer "not proved" says nothing; the numeric witness in ``witness.py`` speaks next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from sympy import (
    Basic,
    Eq,
    Expr,
    Ge,
    Gt,
    Integral,
    Le,
    Lt,
    Ne,
    Piecewise,
    Product,
    Q,
    Sum,
    exp,
    expand,
    simplify,
    true,
)
from sympy.assumptions.lra_satask import lra_satask
from sympy.core.relational import Relational
from sympy.functions.elementary.hyperbolic import HyperbolicFunction
from sympy.functions.elementary.trigonometric import TrigonometricFunction
from sympy.logic.boolalg import Boolean, Equivalent, simplify_logic

from .definitions import standard_names
from .sums import contracted, one_sum, under
from .unknowns import is_zero_fraction

PREDICATES = {Gt: Q.gt, Ge: Q.ge, Lt: Q.lt, Le: Q.le, Eq: Q.eq, Ne: Q.ne}
LONG = 400  # operations; beyond that ``simplify`` may take minutes and is not asked


def proves_zero(difference: Expr, where: Sequence[Boolean] = ()) -> bool:
    """Whether algebra shows ``difference`` = 0 (under the conditions ``where``)."""
    if not difference.is_commutative:
        return bool(expand(difference) == 0)
    return any(form == 0 or is_zero_fraction(form) for form in _forms(difference, where))


def proves_simplified(difference: Expr) -> bool:
    """Whether SymPy's ``simplify`` shows ``difference`` = 0; slower, and asked last."""
    if not difference.is_commutative or difference.count_ops() > LONG:
        return False
    forms = (difference, difference.rewrite(exp))
    return any(_quietly(partial(simplify, form)) == 0 for form in forms)


def proves_equivalent(left: Boolean, right: Boolean) -> bool:
    """Whether logic shows that two conditions are the same."""
    claim = Equivalent(left, right)
    return bool(
        left == right
        or _quietly(lambda: simplify_logic(claim)) == true
        or _quietly(lambda: lra_satask(claim.replace(lambda e: isinstance(e, Relational), _predicate), True))
        is True
    )


def _predicate(r: Relational) -> Basic:
    """A comparison in the form that SymPy's solver for linear inequalities takes."""
    return PREDICATES[r.func](r.lhs, r.rhs)


def _forms(e: Expr, where: Sequence[Boolean]) -> Iterator[Expr]:
    """The same expression in forms that are more and more worked out."""
    yield e
    if e.has(TrigonometricFunction, HyperbolicFunction):  # what holds among them follows from eⁱˣ and eˣ
        yield e.rewrite(exp)
    if e.has(Sum, Piecewise):
        shorter = _quietly(lambda: standard_names(contracted(expand(e), where).expand()))
        if shorter is not None:
            yield shorter
            yield one_sum(shorter)
    done = e if e.has(Sum) and not e.has(Integral, Product) else _quietly(e.doit)  # sums have been worked out
    if done is not None and done != e:
        yield under(where, done)


def _quietly(attempt: Callable[[], Basic]) -> Basic | None:
    """The result, or None where SymPy gives up with an error: an attempt that fails proves nothing."""
    try:
        return attempt()
    except Exception:  # SymPy raises many kinds here; none of them may be taken for a proof
        return None
