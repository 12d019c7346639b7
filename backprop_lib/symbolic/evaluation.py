"""Put numbers in the place of the letters of a proof for any width, so that another witness can be asked.

The one convention: indices count from 1, as in the formulas; ``x[i]`` is row i − 1 of the array given for x.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Expr, Float, FunctionClass, Indexed, IndexedBase


def entries(expression: Expr, over: Mapping[Expr, int], given: Mapping[Any, Any]) -> Any:
    """Return the numbers of an expression for every value of its free indices, as nested lists.

    Parameters
    ----------
    expression : SymPy expression
        Such as the last line of a ``Derivation``.
    over : mapping from an index to its largest value, in the order of the axes
        ``{p: 2, q: 4}`` gives 2 rows of 4; an empty one gives a single number.
    given : mapping
        From a symbol to a number, an ``IndexedBase`` to its array, a ``Function`` to what it makes of
        a SymPy expression.

    Raises
    ------
    TypeError
        If a letter has no number.
    IndexError
        If an index runs beyond its array.

    Examples
    --------
    >>> from sympy import IndexedBase, Sum, symbols
    >>> n, i, p = symbols("n i p", integer=True)
    >>> W, d = IndexedBase("W"), IndexedBase("d")
    >>> back = Sum(W[i, p] * d[i], (i, 1, n))
    >>> entries(back, {p: 2}, {n: 2, W: [[1, 2], [3, 4]], d: [10, 100]})
    [310.0, 420.0]
    """
    for name, rule in given.items():
        if isinstance(name, FunctionClass):
            expression = expression.replace(name, rule)
    arrays = {name: value for name, value in given.items() if isinstance(name, IndexedBase)}
    numbers = {name: value for name, value in given.items() if name.is_Symbol}
    return _table(expression.subs(numbers), list(over.items()), arrays)


def _table(expression: Expr, over: list[tuple[Expr, int]], arrays: Mapping[Any, Any]) -> Any:
    if over:
        (index, last), *rest = over
        return [_table(expression.subs(index, value), rest, arrays) for value in range(1, last + 1)]
    value = expression.doit().replace(
        lambda e: isinstance(e, Indexed) and e.base in arrays, lambda e: _entry(arrays[e.base], e)
    )
    if not value.is_number:
        raise TypeError(
            f"{value} is no number yet: {', '.join(sorted(map(str, value.free_symbols)))} is not given"
        )
    return float(value)


def _entry(array: Any, indexed: Indexed) -> Float:
    for index in indexed.indices:
        if not 1 <= index <= len(array):
            raise IndexError(f"{indexed} is asked for; this axis of {indexed.base} has {len(array)} entries")
        array = array[int(index) - 1]
    return Float(float(array), 17)
