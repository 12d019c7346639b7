"""Write an expression out: definitions put in, derivatives taken, bound variables given standard names.

The one convention: in ∂C/∂a the variable a is held as a variable, even where a definition of a is known.
C is written out with a left standing, then SymPy's ``diff`` is applied, and only then is a written out.
So with ``{C: (a - y)**2 / 2, a: sigmoid(z)}`` both ∂C/∂a = a − y and ∂C/∂z mean what they mean on paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sympy import (
    Add,
    Basic,
    Derivative,
    Dummy,
    Expr,
    Idx,
    Indexed,
    IndexedBase,
    Integer,
    Mul,
    Product,
    Sum,
    Symbol,
)
from sympy.core.function import AppliedUndef
from sympy.logic.boolalg import Boolean

Given = Mapping[Basic, Basic]


def is_condition(e: Any) -> bool:
    """Whether ``e`` is true or false rather than a number (SymPy counts a bare symbol as both)."""
    return isinstance(e, Boolean) and not isinstance(e, Expr)


def check_definitions(given: Given) -> None:
    """Raise unless every key is a name (symbol, x[i] or f(x)) and no name is defined through itself."""
    for name in given:
        if not isinstance(name, Symbol | Indexed | AppliedUndef):
            raise TypeError(f"given: {name} is no name; define a symbol, an x[i] or an f(x)")
        if any(not isinstance(argument, Symbol | Integer | IndexedBase) for argument in name.args):
            raise TypeError(f"given: write {name} with plain symbols as its arguments")

    def visit(name: Basic, path: tuple[Basic, ...]) -> None:
        if name in path:
            circle = " → ".join(str(n) for n in (*path[path.index(name) :], name))
            raise ValueError(f"given: a definition leads back to itself: {circle}")
        for used in given[name].free_symbols:
            if isinstance(used, Symbol) and used in given:
                visit(used, (*path, name))

    for name in given:
        if isinstance(name, Symbol):
            visit(name, ())


def write_out(expression: Expr, given: Given) -> Expr:
    """Return ``expression`` with every definition of ``given`` put in and every derivative taken."""
    try:
        return standard_names(_written_out(expression, tuple(given.items()), frozenset()))
    except RecursionError:
        raise ValueError("given: a definition leads back to itself") from None


def is_leaf(e: Basic) -> bool:
    """Whether ``e`` is not looked into: a symbol, an index or a number."""
    return not e.args or isinstance(e, Symbol | Idx)


def _head(name: object) -> object:
    """What a name is known by: a symbol by itself, x[i] by its base x, f(x) by f."""
    return name.base if isinstance(name, Indexed) else name.func if isinstance(name, AppliedUndef) else name


@lru_cache(maxsize=20_000)
def _written_out(e: Basic, given: tuple[tuple[Basic, Basic], ...], held: frozenset[object]) -> Basic:
    if isinstance(e, Derivative):
        inside = _written_out(e.expr, given, held | {_head(v) for v in e.variables})
        for v in e.variables:
            inside = inside.diff(v)
        if isinstance(inside, Derivative):  # of an undefined function: nothing more is known
            return inside
        return _written_out(inside, given, held)
    if isinstance(e, Symbol | Indexed | AppliedUndef) and _head(e) not in held:
        for name, body in given:
            if _head(name) == _head(e) and (arguments := _match(name, e)) is not None:
                fresh = unique_names(body).xreplace(arguments)
                return _written_out(fresh, given, held)
    if is_leaf(e):
        return e
    if isinstance(e, Sum | Product):
        e = unique_names(e)
    elif bound := getattr(e, "bound_symbols", None):  # an integral or a substitution keeps its own variables
        held |= frozenset(bound)
    return e.func(*(_written_out(argument, given, held) for argument in e.args))


def _match(name: Basic, e: Basic) -> dict[Basic, Basic] | None:
    """The replacement that turns the definition's left side ``name`` into ``e``, or None."""
    if isinstance(name, Symbol):
        return {}
    wanted, found = (name.indices, e.indices) if isinstance(name, Indexed) else (name.args, e.args)
    if len(wanted) != len(found) or any(
        isinstance(w, Integer) and w != f for w, f in zip(wanted, found, strict=True)
    ):
        return None
    return {w: f for w, f in zip(wanted, found, strict=True) if isinstance(w, Symbol)}


def unique_names(e: Basic) -> Basic:
    """Rename every bound variable of a sum or product to a fresh one, so that nothing put in is captured."""
    if is_leaf(e):
        return e
    e = e.func(*(unique_names(argument) for argument in e.args))
    if isinstance(e, Sum | Product):
        return e.xreplace({limit[0]: Dummy(limit[0].name, integer=True) for limit in e.limits})
    return e


def standard_names(e: Basic) -> Basic:
    """Name bound variables by how deep their sum reaches, so that equal sums are equal expressions."""
    return _standard_names(e)[0]


@lru_cache(maxsize=20_000)
def _standard_names(e: Basic) -> tuple[Basic, int]:
    if is_leaf(e):
        return e, 0
    done = [_standard_names(argument) for argument in e.args]
    height = max(h for _, h in done)
    e = e.func(*(argument for argument, _ in done))
    if isinstance(e, Sum | Product):
        names = {}
        for limit in e.limits:
            height += 1
            names[limit[0]] = _bound(height)
        e = e.xreplace(names)
    return e, height


@lru_cache(maxsize=20_000)
def _bound(height: int) -> Dummy:
    return Dummy(f"k_{height}", integer=True)


@lru_cache(maxsize=20_000)
def unrolled(e: Basic) -> Basic:
    """Write sums and products between whole numbers term by term."""
    if is_leaf(e):
        return e
    if isinstance(e, Sum | Product):
        variable, low, high = e.limits[-1]
        body = e.func(e.function, *e.limits[:-1]) if len(e.limits) > 1 else e.function
        if isinstance(low, Integer) and isinstance(high, Integer):
            terms = [unrolled(body.xreplace({variable: Integer(k)})) for k in range(int(low), int(high) + 1)]
            return Add(*terms) if isinstance(e, Sum) else Mul(*terms)
    return e.func(*(unrolled(argument) for argument in e.args))
