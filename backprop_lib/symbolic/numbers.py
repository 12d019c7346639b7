"""Put numbers into the symbolic network and work out every quantity to 30 digits.

The one convention: a Python float means exactly the binary number it is, a string such as "0.1" the decimal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, Any

from sympy import Basic, Float, Integer, Matrix, Rational, Symbol, sympify

from .points import Point, rebuild

if TYPE_CHECKING:
    from .twin import SymbolicNetwork

GUARD = 30  # extra digits worked with, for cancellation on the way


class Numbers:
    """The values of one substitution, worked out when asked for: C, and z, a, delta, dW, db keyed by layer.

    Every gradient is ``C.diff`` of one variable with numbers in the place of all others.
    """

    def __init__(self, s: SymbolicNetwork, values: Mapping[str, Any], digits: int) -> None:
        self._s, self._digits = s, digits
        self._point: Point = {
            symbol: value.evalf(digits + GUARD) for symbol, value in assignment(s, values).items()
        }

    def _with(self, numbers: Point) -> SymbolicNetwork:
        """The same network with numbers in the place of its symbols, which shortens every expression."""
        s = self._s
        W = {layer: W.xreplace(numbers) for layer, W in s.W.items()}
        b = {layer: b.xreplace(numbers) for layer, b in s.b.items()}
        x, y, l2 = s.x.xreplace(numbers), s.y.xreplace(numbers), s.l2.xreplace(numbers)
        names = replace(s.names, a=s.names.a | {0: x})
        return replace(s, x=x, y=y, W=W, b=b, l2=l2, names=names)

    @cached_property
    def _all(self) -> SymbolicNetwork:
        return self._with(self._point)

    @cached_property
    def C(self) -> Float:
        """The cost."""
        return self._all.C.evalf(self._digits)

    @cached_property
    def z(self) -> dict[int, Matrix]:
        """Pre-activations, shapes (n_l, m)."""
        return {layer: z.evalf(self._digits) for layer, z in self._all.z.items()}

    @cached_property
    def a(self) -> dict[int, Matrix]:
        """Activations, with a[0] = x, shapes (n_l, m)."""
        return {layer: a.evalf(self._digits) for layer, a in self._all.a.items()}

    @cached_property
    def delta(self) -> dict[int, Matrix]:
        """∂C/∂z⁽ˡ⁾, shapes (n_l, m)."""
        return {layer: delta.evalf(self._digits) for layer, delta in self._all.delta.items()}

    @cached_property
    def dW(self) -> dict[int, Matrix]:
        """∂C/∂W⁽ˡ⁾, shapes as W."""
        return {layer: W.applyfunc(self._slope) for layer, W in self._s.W.items()}

    @cached_property
    def db(self) -> dict[int, Matrix]:
        """∂C/∂b⁽ˡ⁾, shapes as b; empty without biases."""
        return {layer: b.applyfunc(self._slope) for layer, b in self._s.b.items()}

    def _slope(self, variable: Symbol) -> Float:
        others = {symbol: value for symbol, value in self._point.items() if symbol != variable}
        return rebuild(self._with(others).C.diff(variable), dict(self._point)).evalf(self._digits)


def assignment(s: SymbolicNetwork, values: Mapping[str, Any]) -> Point:
    """{symbol: number} for the mapping {"x": …, "y": …, "W": {1: …}, "b": {1: …}, "l2": …}."""
    wanted: dict[str, Any] = {"x": s.x, "y": s.y, "W": s.W}
    if s.b:
        wanted["b"] = s.b
    if isinstance(s.l2, Symbol):
        wanted["l2"] = Matrix([[s.l2]])
    if set(values) != set(wanted):
        raise ValueError(
            f"values has {', '.join(sorted(values))}; this network needs {', '.join(sorted(wanted))}"
        )
    point: Point = {}
    for name, table in wanted.items():
        if isinstance(table, Matrix):
            point |= _entries(name, table, [[values[name]]] if name == "l2" else values[name])
            continue
        if set(values[name]) != set(table):
            raise ValueError(f"{name} has layers {sorted(values[name])}; this network has {sorted(table)}")
        for layer, matrix in table.items():
            point |= _entries(f"{name}[{layer}]", matrix, values[name][layer])
    return point


def _entries(name: str, table: Matrix, values: Any) -> Point:
    rows = values.tolist() if hasattr(values, "tolist") else values
    if len(rows) != table.rows or any(not hasattr(row, "__len__") or len(row) != table.cols for row in rows):
        raise ValueError(
            f"{name} needs {table.rows} rows of {table.cols}, an example or an origin a column; found {rows}"
        )
    return {table[i, j]: exact(name, rows[i][j]) for i in range(table.rows) for j in range(table.cols)}


def exact(name: str, value: Any) -> Basic:
    """``value`` as an exact number: a float is the binary fraction it is, a string the decimal it shows."""
    try:
        number = Rational(value) if isinstance(value, str | int | float) else sympify(value, strict=True)
    except (TypeError, ValueError, OverflowError):
        number = None
    if isinstance(value, float) and not isfinite(value):
        number = None  # SymPy would take NaN for 0
    if number is None or not number.is_real or not number.is_finite:
        raise ValueError(f"{name} holds {value!r}, which is not a finite real number")
    return Integer(number) if number.is_Integer else number
