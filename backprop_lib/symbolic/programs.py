"""Write the calculation of all slopes down line by line, in five ways, and count its operations.

The one convention: an operation is what SymPy's ``count_ops`` counts, a +, −, ×, ÷, power or exponential;
naming a result costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Basic, Dummy, Expr, Float, Symbol, count_ops, cse, diff, lambdify

from .twin import Layers, SymbolicNetwork

Lines = list[tuple[Basic, Expr]]


@dataclass(frozen=True, eq=False)
class Program:
    """Lines ``name = expression``, each using the names of lines above it, and the slopes that are wanted.

    Attributes
    ----------
    lines : tuple of (symbol, expression) pairs
    slopes : tuple of expressions
        ∂C/∂w for every weight (and bias), layer by layer and row by row.
    given : tuple of symbols
        What is known before: inputs, targets and parameters.
    """

    lines: tuple[tuple[Basic, Expr], ...]
    slopes: tuple[Expr, ...]
    given: tuple[Symbol, ...]

    @property
    def operations(self) -> int:
        """How many operations all lines and slopes take together."""
        return sum(int(count_ops(e)) for e in (*(e for _, e in self.lines), *self.slopes))

    def function(self) -> Callable[..., list[float]]:
        """Return the program as a Python function of the numbers for ``given``, for timing and comparing."""
        short = {name: Symbol(f"v{i}") for i, name in enumerate((*self.given, *(n for n, _ in self.lines)))}
        lines = [(short[name], e.xreplace(short)) for name, e in self.lines]
        slopes = [e.xreplace(short) for e in self.slopes]
        arguments = [short[name] for name in self.given]
        made: Callable[..., list[float]] = lambdify(arguments, slopes, "math", cse=lambda _: (lines, slopes))
        return made


def direct(s: SymbolicNetwork) -> Program:
    """Return every slope written out in the weights and the data, as ``diff`` gives it."""
    return _program(s, [], _by_layer(s, s.dW, s.db))


def shared(s: SymbolicNetwork) -> Program:
    """Return what ``cse`` makes of the same slopes and the cost: each repeated subexpression has one line."""
    lines, (C, *slopes) = cse([s.C, *direct(s).slopes])
    return _program(s, [*lines, (s.names.C, C)], slopes)


def differences(s: SymbolicNetwork, h: float = 1e-5) -> Program:
    """(D1) Return, for every weight, the cost a step h further on and a step before, and their quotient."""
    step = Dummy("h")
    lines: Lines = [(step, Float(h))]
    slopes = []
    for w in weights(s):
        ends = []
        for moved in (w + step, w - step):
            names = {name: Dummy() for name, _ in _forward(s)} | {w: Dummy()}
            lines += [(names[w], moved), *((names[name], e.xreplace(names)) for name, e in _forward(s))]
            ends.append(names[s.names.C])
        slopes.append((ends[0] - ends[1]) / (2 * step))  # (D1)
    return _program(s, lines, slopes)


def forward_mode(s: SymbolicNetwork) -> Program:
    """Return, for every weight, how fast each value on the way forward changes with it; zeros are skipped."""
    lines, slopes = list(_forward(s)), []
    for w in weights(s):
        speed: dict[Basic, Any] = {w: 1}
        for name, e in _forward(s):
            known = [v for v in e.free_symbols if v in speed]
            if known:
                speed[name] = Dummy()
                lines.append(
                    (speed[name], sum(_slope(s, name, v) * speed[v] for v in sorted(known, key=str)))
                )
        slopes.append(speed[s.names.C])
    return _program(s, lines, slopes)


def backpropagation(s: SymbolicNetwork) -> Program:
    """Return the way forward, the cost, and the way back with (BP1) to (BP4)."""
    g = s.chain_rule()
    lines = list(_forward(s))
    for layer in reversed(s.W):
        lines += zip(s.names.delta[layer], g.delta[layer], strict=True)
    return _program(s, lines, _by_layer(s, g.dW, g.db))


PROGRAMS: Mapping[str, Callable[[SymbolicNetwork], Program]] = {
    "direct": direct,
    "shared": shared,
    "differences": differences,
    "forward_mode": forward_mode,
    "backpropagation": backpropagation,
}


def program(s: SymbolicNetwork, name: str) -> Program:
    """Return one of the five programs that calculate all slopes of a network.

    Parameters
    ----------
    s : SymbolicNetwork
    name : str
        direct: every slope written out, as ``diff`` gives it.  shared: these and the cost, after ``cse``.
        differences: (D1) for every weight.  forward_mode: for every weight, how fast each value on the way
        forward changes with it.  backpropagation: (F1), (F2), the cost, (BP1) to (BP4).

    Raises
    ------
    ValueError
        If ``name`` is none of these.

    Examples
    --------
    >>> from backprop_lib.symbolic import network
    >>> s = network((2, 3, 2), biases=False)
    >>> program(s, "direct").operations, program(s, "backpropagation").operations
    (1716, 84)
    """
    if name not in PROGRAMS:
        raise ValueError(f"name {name!r} is not one of {', '.join(PROGRAMS)}")
    return PROGRAMS[name](s)


def weights(s: SymbolicNetwork) -> list[Symbol]:
    """Return every weight and bias, layer by layer."""
    return _by_layer(s, s.W, s.b)


def _by_layer(s: SymbolicNetwork, *tables: Layers) -> list[Any]:
    """Return all elements, layer by layer, those of the weights before those of the biases."""
    return [e for layer in s.W for table in tables if layer in table for e in table[layer]]


def _forward(s: SymbolicNetwork) -> Iterator[tuple[Basic, Expr]]:
    """Yield the lines of the way forward and of the cost."""
    for layer in s.W:
        for name in (*s.names.z[layer], *s.names.a[layer]):
            yield name, s.given[name]
    yield s.names.C, s.given[s.names.C]


def _slope(s: SymbolicNetwork, name: Basic, v: Basic) -> Expr:
    """Return ∂name/∂v, by the output where that is shorter, as on the way back."""
    for layer, z in s.names.z.items():
        if v in list(z):
            a = s.names.a[layer][list(z).index(v)]
            if name == a and s.activations[layer - 1] == "sigmoid":
                return a * (1 - a)
    return diff(s.given[name], v)


def _program(s: SymbolicNetwork, lines: Lines, slopes: list[Any]) -> Program:
    return Program(tuple(lines), tuple(slopes), (*s.x, *s.y, *weights(s)))
