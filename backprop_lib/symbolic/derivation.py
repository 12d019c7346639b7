"""A chain expression = expression = …, in which every link is checked when it is added.

The one convention: a ``Derivation`` is a value. ``then`` returns a new, longer one and leaves the old one as it was,
so a derivation that exists is a derivation that holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sympy import (
    Basic,
    Expr,
    Idx,
    ImmutableMatrix,
    Indexed,
    MatrixBase,
    MatrixExpr,
    Symbol,
    nan,
    oo,
    sympify,
    zoo,
)
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from . import errors, latex
from .definitions import check_definitions, is_condition, write_out
from .errors import DerivationError
from .points import RANDOM
from .proof import proves_equivalent, proves_simplified, proves_zero
from .witness import try_points

ENOUGH = 12  # random points at which both sides must be defined before a numeric check counts


@dataclass(frozen=True)
class Link:
    """One checked equality: its right side, the reason given, and how it was checked ("symbolic" or "numeric")."""

    right: Any
    reason: str
    how: str
    points: int = 0


@dataclass(frozen=True)
class Derivation:
    """A chain of equalities, each checked when it is added.

    Parameters
    ----------
    start : a SymPy expression, an explicit Matrix, or a condition (then = means ⇔); nothing in it need be evaluated
    name : LaTeX for what is being derived, shown as the first left side
    given : {name: what it stands for}; a name is a symbol, an ``x[i]`` or an ``f(x)``. Names are shown, never expanded,
        and stand for their definitions in every check; ∂C/∂a holds a as a variable (see ``definitions.py``)
    where : conditions that hold throughout, such as ``[1 <= p, p <= n]`` or ``[a < 1]``
    reasons : "beside" the formula, "below" the equals sign, or "auto": beside where a phone has room

    Raises
    ------
    DerivationError : a line does not follow, or could not be decided; an unchecked line is never accepted
    TypeError, ValueError : something that is no expression (a string, NaN, infinity), or two symbols of one name

    Examples
    --------
    >>> from sympy import Derivative, Function, Symbol, exp
    >>> from backprop_lib.symbolic import Derivation
    >>> z = Symbol("z", real=True)
    >>> sigma = Function("sigma")
    >>> d = Derivation(Derivative(sigma(z), z), given={sigma(z): 1 / (1 + exp(-z))})
    >>> d = d.then(exp(-z) / (1 + exp(-z)) ** 2, "quotient rule").then(sigma(z) * (1 - sigma(z)), "1 − σ(z) is what is left")
    >>> [link.how for link in d.links]
    ['symbolic', 'symbolic']
    """

    start: Any
    name: str = ""
    given: Mapping[Basic, Any] = field(default_factory=dict, kw_only=True)
    where: Iterable[Any] = field(default=(), kw_only=True)
    reasons: str = field(default="auto", kw_only=True)
    links: tuple[Link, ...] = field(default=(), init=False)

    def __post_init__(self) -> None:
        given = {_as_expression(k, "given"): _as_expression(v, f"given: {k}") for k, v in self.given.items()}
        where = tuple(_as_expression(condition, "where") for condition in self.where)
        if not all(is_condition(condition) for condition in where):
            raise TypeError("where takes conditions, such as [1 <= p, p <= n]")
        if self.reasons not in latex.LAYOUTS:
            raise ValueError(
                f"reasons is {self.reasons!r}; it takes one of {', '.join(map(repr, latex.LAYOUTS))}"
            )
        check_definitions(given)
        latex.check_balanced(self.name, "name")
        _set(self, start=_as_expression(self.start, "the start"), given=given, where=where)
        _check_names((self.start, *given, *given.values(), *where))

    @property
    def end(self) -> Any:
        """The last line."""
        return self.links[-1].right if self.links else self.start

    def then(self, right: Any, reason: str = "", *, given: Mapping[Basic, Any] | None = None) -> Derivation:
        """Return the derivation with the line "= ``right``" added, or raise DerivationError.

        ``given`` adds definitions from this line on; a name cannot be defined anew.
        """
        step = len(self.links) + 1
        if not isinstance(reason, str):
            raise TypeError(f"step {step}: the reason is {reason!r}; it takes a string")
        expression = _as_expression(right, f"step {step}")
        definitions = dict(self.given)
        for key, value in (given or {}).items():
            if definitions.setdefault(key, value) != value:
                raise ValueError(f"step {step}: {key} already stands for {definitions[key]}")
        longer = Derivation(self.start, self.name, given=definitions, where=self.where, reasons=self.reasons)
        _check_names((self.start, expression, *longer.given, *longer.given.values()))
        link = _checked(step, self.end, expression, reason, longer.given, tuple(longer.where))
        _set(longer, links=(*self.links, link))
        return longer

    def latex(self, reasons: str | None = None) -> str:
        """The chain as an ``aligned`` block, without dollar signs."""
        return latex.aligned(self, reasons or self.reasons)

    def _repr_latex_(self) -> str:
        return f"$${self.latex()}$$"

    def __str__(self) -> str:
        return latex.plain(self)

    __repr__ = __str__


def _set(derivation: Derivation, **values: Any) -> None:
    """Fill the fields of a value that is being made; afterwards it is frozen."""
    for key, value in values.items():
        object.__setattr__(derivation, key, value)


def _checked(
    step: int, left: Any, right: Any, reason: str, given: Mapping[Basic, Any], where: tuple[Any, ...]
) -> Link:
    """The link, if every element of ``left`` equals that of ``right``; else the error that says where it does not."""
    if isinstance(left, MatrixBase) != isinstance(right, MatrixBase) or getattr(left, "shape", 0) != getattr(
        right, "shape", 0
    ):
        raise errors.shape_mismatch(step, left, right, reason)
    if is_condition(left) != is_condition(right):
        raise TypeError(f"step {step}: a condition cannot equal a number: {left} and {right}")
    if not isinstance(left, MatrixBase):
        how, count = _check_one(step, left, right, left, right, reason, "", given, where)
        return Link(right, reason, how, count)
    results = [
        _check_one(
            step,
            left[i, j],
            right[i, j],
            left,
            right,
            reason,
            f" in element [{i}, {j}] (counted from 0)",
            given,
            where,
        )
        for i in range(left.rows)
        for j in range(left.cols)
    ]
    numeric = [count for how, count in results if how == "numeric"]
    return Link(right, reason, "numeric" if numeric else "symbolic", min(numeric, default=0))


def _check_one(
    step: int,
    l: Any,
    r: Any,
    left: Any,
    right: Any,
    reason: str,
    place: str,
    given: Mapping[Basic, Any],
    where: tuple[Any, ...],
) -> tuple[str, int]:
    l, r = write_out(l, given), write_out(r, given)
    where = tuple(write_out(c, given) for c in where) + _ranges((l, r))
    logical = is_condition(l)
    if proves_equivalent(l, r) if logical else proves_zero(l - r, where):
        return "symbolic", 0
    equal, failures = try_points(l, r, where)
    difference = l if logical else l - r
    if failures:
        raise errors.wrong(step, left, right, reason, place, difference, failures)
    if not logical and proves_simplified(difference):
        return "symbolic", 0
    if equal < min(ENOUGH, RANDOM) and (difference.free_symbols or not equal):
        raise errors.undecided(step, left, right, reason, place, difference, equal)
    return "numeric", equal


def _ranges(sides: Iterable[Basic]) -> tuple[Boolean, ...]:
    """The conditions that an Idx with a range brings along."""
    indices = {i for e in sides for i in e.atoms(Idx) if i.lower is not None and i.upper is not None}
    return tuple(c for i in indices for c in (i >= i.lower, i <= i.upper) if isinstance(c, Relational))


def _as_expression(value: Any, what: str) -> Any:
    """``value`` as a SymPy expression, matrix or condition, or an error that says what it was."""
    if isinstance(value, str):
        raise TypeError(
            f"{what} is the string {value!r}; write it without quotes, so that its symbols are the ones you made"
        )
    try:
        e = sympify(value, strict=True)
    except Exception:
        raise TypeError(f"{what} is a {type(value).__name__}; a derivation holds SymPy expressions") from None
    if isinstance(e, MatrixExpr):
        e = e.as_explicit()
    if isinstance(e, MatrixBase):
        e = ImmutableMatrix(e)
    elif not isinstance(e, Expr | Boolean):
        raise TypeError(
            f"{what} is a {type(value).__name__}; a derivation holds SymPy expressions, matrices and conditions"
        )
    elements = list(e) if isinstance(e, MatrixBase) else [e]
    if any(element.has(nan, zoo) or element in (oo, -oo) for element in elements):
        raise ValueError(f"{what} is {e}, which is not a number")
    return e


def _check_names(expressions: Iterable[Any]) -> None:
    """Raise if two different symbols share a name: they would print alike and be unequal."""
    seen: dict[str, Symbol] = {}
    for e in expressions:
        bases = {x.base.label for x in e.atoms(Indexed)}
        for s in e.atoms(Symbol) - bases:
            if seen.setdefault(s.name, s) != s:
                raise ValueError(
                    f"two different symbols are called {s.name}: their assumptions differ, so they are not equal"
                )


__all__ = ["Derivation", "DerivationError", "Link"]
