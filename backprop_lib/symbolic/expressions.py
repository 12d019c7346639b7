"""Take what a reader typed as a SymPy expression, or say what it was instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Expr, ImmutableMatrix, Indexed, MatrixBase, MatrixExpr, Symbol, nan, oo, sympify, zoo
from sympy.logic.boolalg import Boolean


def as_expression(value: Any, what: str) -> Any:
    """Return ``value`` as a SymPy expression, explicit matrix or condition.

    Raises
    ------
    TypeError : a string or another kind of object; ``what`` says where it stood
    ValueError : NaN or an infinity
    """
    if isinstance(value, str):
        raise TypeError(f"{what} is the string {value!r}; write it without quotes, with the symbols you made")
    wrong_type = TypeError(
        f"{what} is a {type(value).__name__}; a derivation holds SymPy expressions, matrices and conditions"
    )
    try:
        e = sympify(value, strict=True)
        e = e.as_explicit() if isinstance(e, MatrixExpr) else e
    except (
        TypeError,
        ValueError,
        AttributeError,
    ):  # what sympify raises on a stranger, SympifyError included
        raise wrong_type from None
    if isinstance(e, MatrixBase):
        e = ImmutableMatrix(e)
    elif not isinstance(e, Expr | Boolean):
        raise wrong_type
    elements = list(e) if isinstance(e, MatrixBase) else [e]
    if any(element.has(nan, zoo) or element in (oo, -oo) for element in elements):
        raise ValueError(f"{what} is {e}, which is not a number")
    return e


def check_names(expressions: Iterable[Any]) -> None:
    """Raise ValueError if two different symbols share a name: they would print alike and not be equal."""
    seen: dict[str, Symbol] = {}
    for e in expressions:
        for s in e.atoms(Symbol) - {x.base.label for x in e.atoms(Indexed)}:
            if seen.setdefault(s.name, s) != s:
                raise ValueError(
                    f"two different symbols are called {s.name}: they were made with other assumptions"
                )
