"""Put numbers into the symbolic network and work out every quantity to 30 digits.

The one convention: a Python float means exactly the binary number it is, a string such as "0.1" the decimal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sympy import Basic, Expr, Float, Integer, Matrix, Rational, Symbol, sympify

from .definitions import write_out
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

    @cached_property
    def C(self) -> Float:
        """The cost."""
        return rebuild(self._s.C, dict(self._point)).evalf(self._digits)

    @cached_property
    def z(self) -> dict[int, Matrix]:
        """Pre-activations, shapes (n_l, m)."""
        return self._forward(self._s.z, self._digits)

    @cached_property
    def a(self) -> dict[int, Matrix]:
        """Activations, with a[0] = x, shapes (n_l, m)."""
        return self._forward(self._s.a, self._digits)

    @cached_property
    def delta(self) -> dict[int, Matrix]:
        """∂C/∂z⁽ˡ⁾, with C written out only as far as z⁽ˡ⁾; shapes (n_l, m)."""
        return {layer: self._sensitivity(layer) for layer in self._s.W}

    @cached_property
    def dW(self) -> dict[int, Matrix]:
        """∂C/∂W⁽ˡ⁾, shapes as W."""
        return self._gradient(self._s.W)

    @cached_property
    def db(self) -> dict[int, Matrix]:
        """∂C/∂b⁽ˡ⁾, shapes as b; empty without biases."""
        return self._gradient(self._s.b)

    def _forward(self, matrices: Mapping[int, Matrix], digits: int) -> dict[int, Matrix]:
        known = dict(self._point)
        return {
            layer: _each(matrix, lambda e: rebuild(e, known).evalf(digits))
            for layer, matrix in matrices.items()
        }

    def _gradient(self, table: Mapping[int, Matrix]) -> dict[int, Matrix]:
        return {
            layer: _each(matrix, lambda v: self._slope(self._s.C, v, self._point))
            for layer, matrix in table.items()
        }

    def _sensitivity(self, layer: int) -> Matrix:
        names = self._s.names.z[layer]
        cost = write_out(self._s.names.C, {k: v for k, v in self._s.given.items() if k not in names})
        z = self._forward({layer: self._s.z[layer]}, self._digits + GUARD)[layer]
        at = self._point | dict(zip(names, z, strict=True))
        return _each(names, lambda v: self._slope(cost, v, at))

    def _slope(self, cost: Expr, variable: Symbol, at: Point) -> Float:
        others = {symbol: value for symbol, value in at.items() if symbol != variable}
        return rebuild(rebuild(cost, others).diff(variable), dict(at)).evalf(self._digits)


def _each(matrix: Matrix, f: Callable[[Expr], Expr]) -> Matrix:
    return Matrix(matrix.rows, matrix.cols, [f(e) for e in matrix])


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
    if number is None or not number.is_real or not number.is_finite:
        raise ValueError(f"{name} holds {value!r}, which is not a finite real number")
    return Integer(number) if number.is_Integer else number
