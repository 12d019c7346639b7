"""A chain expression = expression = …, in which every link is checked when it is added.

The one convention: a ``Derivation`` is a value. ``then`` returns a new, longer one and leaves the old one as
it was, so a derivation that exists is a derivation that holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sympy import Basic

from . import latex
from .definitions import check_definitions, is_condition
from .errors import Claim
from .expressions import as_expression, check_names
from .judgement import judge


@dataclass(frozen=True)
class Link:
    """One checked equality: its right side, the reason given, and how it was checked.

    ``how`` is "symbolic" (proved) or "numeric" (both sides equal at ``points`` random points, to 60 digits).
    """

    right: Any
    reason: str
    how: str
    points: int = 0


@dataclass(frozen=True)
class Derivation:
    """A chain of equalities, each checked when it is added.

    Parameters
    ----------
    start : SymPy expression, explicit Matrix, or condition
        The first line, shown as it is; between conditions, = means ⇔.
    name : str
        LaTeX for what is being derived, shown as the first left side.
    given : mapping from a name to what it stands for
        A name is a symbol, an ``x[i]`` or an ``f(x)``.  Names are shown as names and written out in every
        check; ∂C/∂a holds a as a variable (see ``definitions.py``).
    where : iterable of conditions
        What holds throughout, such as ``[1 <= p, p <= n]`` or ``[a < 1]``.
    reasons : str
        "beside" the formula, "below" the equals sign, "none", or "auto": beside where a phone has room.

    Raises
    ------
    DerivationError
        From ``then``, if a line does not follow or could not be decided: no line is accepted unchecked.
    TypeError, ValueError
        If something is no expression (a string, NaN), or two symbols have one name.

    Examples
    --------
    >>> from sympy import Derivative, Function, Symbol, exp
    >>> from backprop_lib.symbolic import Derivation
    >>> z = Symbol("z", real=True)
    >>> sigma = Function("sigma")
    >>> d = Derivation(Derivative(sigma(z), z), given={sigma(z): 1 / (1 + exp(-z))})
    >>> d = d.then(exp(-z) / (1 + exp(-z)) ** 2, "quotient rule")
    >>> d = d.then(sigma(z) * (1 - sigma(z)), "what is left is 1 − σ(z)")
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
        given = {as_expression(k, "given"): as_expression(v, f"given: {k}") for k, v in self.given.items()}
        where = tuple(as_expression(condition, "where") for condition in self.where)
        if not all(is_condition(condition) for condition in where):
            raise TypeError("where takes conditions, such as [1 <= p, p <= n]")
        if self.reasons not in latex.LAYOUTS:
            raise ValueError(
                f"reasons is {self.reasons!r}; it takes one of {', '.join(map(repr, latex.LAYOUTS))}"
            )
        check_definitions(given)
        latex.check_balanced(self.name, "name")
        _set(self, start=as_expression(self.start, "the start"), given=MappingProxyType(given), where=where)
        check_names((self.start, *given, *given.values(), *where))

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
        expression = as_expression(right, f"step {step}")
        definitions = dict(self.given)
        for key, value in (given or {}).items():
            if definitions.setdefault(key, value) != value:
                raise ValueError(f"step {step}: {key} already stands for {definitions[key]}")
        longer = Derivation(self.start, self.name, given=definitions, where=self.where, reasons=self.reasons)
        lines = (self.start, *(link.right for link in self.links), expression)
        check_names((*lines, *longer.given, *longer.given.values(), *longer.where))
        how, points = judge(Claim(step, self.end, expression, reason), longer.given, tuple(longer.where))
        _set(longer, links=(*self.links, Link(expression, reason, how, points)))
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
