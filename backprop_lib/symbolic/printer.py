"""Set an expression as the book writes it: σ′(z), ∂C/∂w, W_pq, a (1 − a), and slopes along their chain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Add, Derivative, Expr, Function, Indexed, Integer, Mul, Pow, Sum, Symbol, default_sort_key
from sympy.core.function import AppliedUndef
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import PRECEDENCE


def formula(e: Any) -> str:
    """LaTeX of an expression."""
    return str(_Printer({"mul_symbol": None}).doprint(e))


class _Printer(LatexPrinter):  # type: ignore[misc]  # SymPy is not typed
    """SymPy's printer, with derivatives, indices and products in another form."""

    def _print_Derivative(self, e: Derivative) -> str:
        """φ′(z) for a function of one name, ∂C/∂w as one fraction where C is a single name."""
        inside, variable = e.expr, e.variables[0]
        if len(e.variables) > 1 or isinstance(inside, Add | Mul | Pow | Sum):
            return str(super()._print_Derivative(e))
        if isinstance(inside, AppliedUndef) and inside.args == (variable,):
            return rf"{self._print(Symbol(inside.func.__name__))}'({self._print(variable)})"
        if isinstance(inside, Function) and len(inside.free_symbols) == 1:
            return str(super()._print_Derivative(e))
        return rf"\frac{{\partial {self._print(inside)}}}{{\partial {self._print(variable)}}}"

    def _print_Indexed(self, e: Indexed) -> str:
        """W_{pq}, with a comma only where an index has several signs."""
        indices = [self._print(index) for index in e.indices]
        comma = "" if all(len(index) == 1 for index in indices) else ","
        return rf"{self._print(e.base)}_{{{comma.join(indices)}}}"

    def _print_Mul(self, e: Mul) -> str:
        """a (1 − a) ∂a/∂z: names, then sums, then slopes."""
        if not e.is_Mul:  # SymPy sends a reciprocal this way too
            return str(super()._print_Mul(e))
        return str(super()._print_Mul(Mul(*_in_order(e.args), evaluate=False)))

    def _print__Behind(self, e: _Behind) -> str:
        return str(self._print(e.args[0]))

    def _needs_mul_brackets(self, e: Expr, first: bool = False, last: bool = False) -> bool:
        inside = e.args[0] if isinstance(e, _Behind) else e
        return bool(super()._needs_mul_brackets(inside, first, last))


class _Behind(Expr):  # type: ignore[misc]
    """A factor that is set behind those of lower rank, and behind all others."""

    is_commutative = True
    precedence = PRECEDENCE["Add"]

    def sort_key(self, order: str | None = None) -> tuple[object, ...]:
        return ((9, int(self.args[1]), ""), (0, ()), Integer(1).sort_key(), Integer(1))


def _in_order(factors: Iterable[Expr]) -> list[Expr]:
    slopes = _chain(f for f in factors if isinstance(f, Derivative))
    placed = []
    for f in factors:
        if f.is_Add:
            f = _Behind(f, Integer(0))
        elif f in slopes:
            f = _Behind(f, Integer(1 + slopes.index(f)))
        elif isinstance(f, Pow) and f.exp == -1 and f.base.is_Add:
            f = 1 / _Behind(f.base, Integer(0))
        placed.append(f)
    return placed


def _chain(slopes: Iterable[Derivative]) -> list[Derivative]:
    """∂C/∂z ∂z/∂a ∂a/∂w: each slope after the one that it continues."""
    left = sorted(slopes, key=default_sort_key)
    path: list[Derivative] = []
    while left:
        reached = {variable for slope in left for variable in slope.variables}
        first = [f for f in left if f.expr not in reached]
        after = [f for f in left if path and f.expr == path[-1].variables[0]]
        path.append((after or first or left)[0])
        left.remove(path[-1])
    return path
