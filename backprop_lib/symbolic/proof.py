"""Prove that an expression is zero, by algebra alone.

The one convention: every function is treated as an unknown (exp(−z) as a variable E, so σ as 1/(1 + E)). What
is left is a fraction of polynomials, and those can be decided for certain. An answer "not proved" says
nothing: the numeric witness in ``witness.py`` speaks next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from sympy import (
    Add,
    Basic,
    Dummy,
    Eq,
    Expr,
    Function,
    Ge,
    Gt,
    I,
    Idx,
    Integer,
    Le,
    Lt,
    Mul,
    Ne,
    Number,
    Piecewise,
    Pow,
    Q,
    Sum,
    Symbol,
    exp,
    expand,
    fraction,
    simplify,
    together,
    true,
)
from sympy.assumptions.lra_satask import lra_satask
from sympy.core.relational import Relational
from sympy.functions.elementary.hyperbolic import HyperbolicFunction
from sympy.functions.elementary.trigonometric import TrigonometricFunction
from sympy.logic.boolalg import Boolean, Equivalent, simplify_logic

from .definitions import is_leaf, standard_names

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


def _forms(e: Expr, where: Sequence[Boolean]) -> Iterator[Expr]:
    """The same expression in forms that are more and more worked out."""
    yield e
    if e.has(TrigonometricFunction, HyperbolicFunction):  # what holds among them follows from eⁱˣ and eˣ
        yield e.rewrite(exp)
    if e.has(Sum, Piecewise):
        contracted = _quietly(lambda: standard_names(_contracted(expand(e), where).expand()))
        if contracted is not None:
            yield contracted
            yield one_sum(contracted)
    done = _quietly(e.doit)
    if done is not None and done != e:
        yield _under(where, done)


def _contracted(e: Expr, where: Sequence[Boolean]) -> Expr:
    """Work out every sum, innermost first: Σⱼ δⱼₚ xⱼ is xₚ where ``where`` says that p is in range."""
    if is_leaf(e):
        return e
    e = e.func(*(_contracted(argument, where) for argument in e.args))
    return _under(where, e.expand().doit(deep=False)) if isinstance(e, Sum) else e


def _under(where: Sequence[Boolean], e: Expr) -> Expr:
    """Drop the branches of a Piecewise that the conditions rule out."""
    holds = {_surplus(c) for c in where if isinstance(c, Ge | Le | Gt | Lt)}
    known = [c for c in e.atoms(Ge, Le) if _surplus(c) in holds]
    return e.xreplace(dict.fromkeys(known + [c for c in e.atoms(Gt, Lt) if c in where], true))


def _surplus(c: Basic) -> Expr:
    """What is at least 0 if the comparison holds."""
    return expand(c.gts - c.lts)


def one_sum(e: Expr) -> Expr:
    """Σ f + Σ g over the same range as Σ (f + g), constants taken inside."""
    bodies: dict[tuple[Basic, ...], Expr] = {}
    rest: list[Expr] = []
    for term in Add.make_args(e):
        outside, sums = term.as_independent(Sum, as_Add=False)
        if isinstance(sums, Sum):
            bodies[sums.limits] = bodies.get(sums.limits, Integer(0)) + outside * sums.function
        else:
            rest.append(term)
    total = [Integer(0) if is_zero_fraction(body) else Sum(body, *limits) for limits, body in bodies.items()]
    return Add(*rest, *total)


def _quietly(attempt: Callable[[], Basic]) -> Basic | None:
    """The result, or None where SymPy gives up with an error: an attempt that fails proves nothing."""
    try:
        return attempt()
    except Exception:  # SymPy raises many kinds here; none of them may be taken for a proof
        return None
