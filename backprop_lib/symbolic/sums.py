"""Work sums out under conditions: what Kronecker's δ leaves, what is constant, what can be one sum.

The one convention: a sum of unknown numbers xᵢ stays a sum; inside it, its own range is known.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import (
    Add,
    Basic,
    Expr,
    Ge,
    Gt,
    Indexed,
    Integer,
    KroneckerDelta,
    Le,
    Lt,
    Mul,
    Sum,
    Symbol,
    expand,
    true,
)
from sympy.core.function import AppliedUndef
from sympy.logic.boolalg import Boolean

from .definitions import is_leaf
from .unknowns import is_zero_fraction


def contracted(e: Expr, where: Sequence[Boolean]) -> Expr:
    """Work out every sum, innermost first: Σⱼ δⱼₚ xⱼ is xₚ where p is known to be in range."""
    if is_leaf(e):
        return e
    if not isinstance(e, Sum):
        return e.func(*(contracted(argument, where) for argument in e.args))
    ranges = [c for index, low, high in e.limits for c in (index >= low, index <= high)]
    body = contracted(e.function, [*where, *ranges]).expand()
    return Add(*(_added_up(term, e.limits, where) for term in Add.make_args(body)))


def _added_up(term: Expr, limits: Sequence[Basic], where: Sequence[Boolean]) -> Expr:
    """Σ term over one range after the other, as far as it can be said; what is constant stands before Σ."""
    for n, limit in enumerate(limits):
        if _is_open(term, limit[0]):
            outside, inside = term.as_independent(*(index for index, _, _ in limits[n:]), as_Add=False)
            return outside * Sum(inside, *limits[n:])
        one = _sifted(term, limit, where)
        term = under(where, Sum(term, limit).doit(deep=False)) if one is None else one
    return term


def _sifted(term: Expr, limit: Basic, where: Sequence[Boolean]) -> Expr | None:
    """What δᵢₚ leaves of Σᵢ, if p is known to be in range; SymPy finds it too, after many cases."""
    index, low, high = limit
    for delta in Mul.make_args(term):
        if isinstance(delta, KroneckerDelta) and index in delta.args:
            (chosen,) = {*delta.args} - {index}
            if {expand(chosen - low), expand(high - chosen)} <= _known(where):
                return (term / delta).xreplace({index: chosen})
    return None


def _is_open(term: Expr, index: Symbol) -> bool:
    """Whether Σ term can only be left as it is: unknown numbers xᵢ, and no δᵢₚ that chooses one."""
    unknown = any(index in x.free_symbols for x in term.atoms(Indexed, AppliedUndef))
    return unknown and not any(index in d.free_symbols for d in term.atoms(KroneckerDelta))


def under(where: Sequence[Boolean], e: Expr) -> Expr:
    """Drop the branches of a Piecewise that the conditions rule out."""
    known = [c for c in e.atoms(Ge, Le) if _surplus(c) in _known(where)]
    return e.xreplace(dict.fromkeys(known + [c for c in e.atoms(Gt, Lt) if c in where], true))


def _known(where: Sequence[Boolean]) -> set[Expr]:
    """What is at least 0 under the conditions."""
    return {_surplus(c) for c in where if isinstance(c, Ge | Le | Gt | Lt)}


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
