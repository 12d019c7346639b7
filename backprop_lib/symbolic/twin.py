"""The network of the book in SymPy: every weight a symbol, every gradient taken by ``diff``.

The one convention: ``s.z``, ``s.a`` and ``s.C`` are written out in the weights and the data; ``s.names`` has
a symbol for each of them, and ``s.given`` says what each symbol stands for, one stage at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sympy import (
    Add,
    Basic,
    Derivative,
    Expr,
    Integer,
    Matrix,
    Piecewise,
    Symbol,
    exp,
    log,
    sympify,
    tanh,
    true,
)

from . import chain, numbers
from .definitions import write_out
from .derivation import Derivation

Layers = dict[int, Matrix]

ACTIVATIONS: dict[str, Callable[[Expr], Expr]] = {
    "identity": lambda z: z,  # (A1)
    "sigmoid": lambda z: 1 / (1 + exp(-z)),  # (A2)
    "tanh": tanh,  # (A3)
    "relu": lambda z: Piecewise((z, z > 0), (0, true)),  # (A4)
}
LOSSES: dict[str, Callable[[Expr, Expr], Expr]] = {
    "half_squared_error": lambda a, y: (a - y) ** 2 / 2,  # (C1)
    "squared_error": lambda a, y: (a - y) ** 2,  # (C2)
    "binary_cross_entropy": lambda a, y: -(y * log(a) + (1 - y) * log(1 - a)),  # (C3)
    "cross_entropy": lambda a, y: -y * log(a),  # (C4)
}


@dataclass(frozen=True)
class Names:
    """A symbol for every value on the way forward and back: z⁽ˡ⁾, a⁽ˡ⁾, δ⁽ˡ⁾ (keyed by layer) and C."""

    z: Layers
    a: Layers
    delta: Layers
    C: Symbol


@dataclass(frozen=True, eq=False)
class SymbolicNetwork:
    """The network in SymPy, as ``network`` makes it. Matrices are keyed by layer, one example a column.

    ``x``, ``y``, ``W``, ``b``, ``l2`` are symbols, and ``z``, ``a``, ``C`` are written out in them.
    ``dW``, ``db`` and ``delta`` come from ``diff`` alone and know nothing of backpropagation. ``chain_rule``
    gives the same gradients in named intermediates, and ``prove`` shows them equal, element by element.
    """

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    l2: Expr
    x: Matrix
    y: Matrix
    W: Layers
    b: Layers
    names: Names

    @property
    def L(self) -> int:
        """The number of layers."""
        return len(self.sizes) - 1

    @property
    def m(self) -> int:
        """The number of examples."""
        return int(self.x.cols)

    @cached_property
    def given(self) -> dict[Basic, Basic]:
        """What each name stands for, one stage at a time: z by a, a by z, C by a⁽ᴸ⁾, δ by C."""
        names = self.names
        stages: dict[Basic, Basic] = {}
        for layer in self.W:
            z = self.pre_activation(layer, names.a[layer - 1])
            a = activation(self.activations[layer - 1], names.z[layer])
            stages |= dict(zip(names.z[layer], z, strict=True)) | dict(zip(names.a[layer], a, strict=True))
            stages |= {
                d: Derivative(names.C, z) for d, z in zip(names.delta[layer], names.z[layer], strict=True)
            }
        return stages | {names.C: self.cost(names.a[self.L])}

    @cached_property
    def z(self) -> Layers:
        """z⁽ˡ⁾ written out in the weights and the data; shapes (n_l, m)."""
        return {layer: self.pre_activation(layer, self.a[layer - 1]) for layer in self.W}

    @cached_property
    def a(self) -> Layers:
        """a⁽ˡ⁾ written out in the weights and the data, with a⁽⁰⁾ = x; shapes (n_l, m)."""
        a = {0: self.x}
        for layer in self.W:
            a[layer] = activation(
                self.activations[layer - 1], self.pre_activation(layer, a[layer - 1])
            )  # (F2)
        return a

    @cached_property
    def C(self) -> Expr:
        """The cost written out in the weights and the data (C0)."""
        return self.cost(self.a[self.L])

    @cached_property
    def dW(self) -> Layers:
        """∂C/∂W⁽ˡ⁾ by ``C.diff`` alone; shapes as W."""
        return {layer: W.applyfunc(self.C.diff) for layer, W in self.W.items()}

    @cached_property
    def db(self) -> Layers:
        """∂C/∂b⁽ˡ⁾ by ``C.diff`` alone; shapes as b, empty without biases."""
        return {layer: b.applyfunc(self.C.diff) for layer, b in self.b.items()}

    @cached_property
    def delta(self) -> Layers:
        """∂C/∂z⁽ˡ⁾ by ``diff``, with C written out only as far as z⁽ˡ⁾ and then the rest of the way."""
        return {
            layer: z.applyfunc(lambda z: self.write_out(Derivative(self.names.C, z)))
            for layer, z in self.names.z.items()
        }

    def pre_activation(self, layer: int, a: Matrix) -> Matrix:
        """W⁽ˡ⁾a + b⁽ˡ⁾, the bias added to every column."""
        z = self.W[layer] * a  # (F1)
        return z if layer not in self.b else z + self.b[layer] * Matrix.ones(1, self.m)

    def cost(self, a: Matrix) -> Expr:
        """(1/m) Σ Cʳ + λ/(2m) Σ W² (C0), for outputs ``a``."""
        data = Add(*(LOSSES[self.loss](a_k, y_k) for a_k, y_k in zip(a, self.y, strict=True))) / self.m
        squares = Add(*(w**2 for W in self.W.values() for w in W))
        return data + self.l2 / (2 * self.m) * squares  # (C0)

    def write_out(self, expression: Expr) -> Expr:
        """``expression`` with every name replaced by what it stands for, down to the weights and the data."""
        return write_out(expression, self.given)

    def chain_rule(self) -> chain.Gradients:
        """The gradients by the chain rule, (BP1) to (BP4), in named intermediates."""
        return chain.gradients(self)

    def derive(self, gradient: str, layer: int, row: int, column: int = 1) -> Derivation:
        """The derivation of one element of "delta", "dW" or "db", counted from 1 as in the book.

        For "delta" and "db" ``column`` is the example and 1.
        """
        return chain.derive(self, gradient, layer, row, column)

    def prove(self) -> dict[tuple[str, int, int, int], Derivation]:
        """Every gradient's derivation, each link checked: {(gradient, layer, row, column): derivation}."""
        return chain.prove(self)

    def substitute(self, values: Mapping[str, Any], digits: int = 30) -> numbers.Numbers:
        """Every quantity as numbers: ``values`` has x, y, W, b and, with a symbol for it, l2.

        Raises
        ------
        ValueError : a name is missing or unknown, a shape is wrong, or a value is not a finite real number
        """
        return numbers.Numbers(self, values, digits)


def activation(name: str, z: Matrix) -> Matrix:
    """φ(z), elementwise or, for softmax, down each column."""
    if name != "softmax":
        return z.applyfunc(ACTIVATIONS[name])
    return Matrix(
        z.rows, z.cols, lambda i, r: exp(z[i, r]) / Add(*(exp(z[k, r]) for k in range(z.rows)))
    )  # (A5)


def network(
    sizes: Sequence[int],
    activations: str | Sequence[str] = "sigmoid",
    loss: str = "half_squared_error",
    l2: bool | float | Expr = False,
    biases: bool = True,
    examples: int = 1,
) -> SymbolicNetwork:
    """Return the network of ``sizes`` with a symbol for every weight, bias, input and target.

    Parameters
    ----------
    activations : one name for all layers, or one a layer: identity, sigmoid, tanh, relu, softmax (output)
    loss : half_squared_error, squared_error, binary_cross_entropy or cross_entropy
    l2 : False for none, True for the symbol λ, or the λ to use
    examples : the number m of examples; symbols carry the example's number if there are several

    Raises
    ------
    ValueError : a width, a name or a number of names that no network can have
    """
    sizes = tuple(sizes)
    if len(sizes) < 2 or any(not isinstance(n, int) or n < 1 for n in (*sizes, examples)):
        raise ValueError(
            f"sizes {sizes} and examples {examples}: two or more widths and an example are needed, each ≥ 1"
        )
    L = len(sizes) - 1
    phi = (activations,) * L if isinstance(activations, str) else tuple(activations)
    if len(phi) != L or any(name not in (*ACTIVATIONS, "softmax") for name in phi) or "softmax" in phi[:-1]:
        raise ValueError(
            f"activations {phi}: {L} names are needed among {', '.join(ACTIVATIONS)}, softmax (output)"
        )
    if loss not in LOSSES:
        raise ValueError(f"loss {loss!r} is not one of {', '.join(LOSSES)}")
    ridge = Symbol("lambda", real=True) if l2 is True else Integer(0) if l2 is False else sympify(l2)
    layers = range(1, L + 1)

    def column(letter: str, rows: int) -> Matrix:
        return symbols(letter, rows, examples, one_column=examples == 1)

    x, y = column("x", sizes[0]), column("y", sizes[-1])
    names = Names(
        z={layer: column(f"z^{{({layer})}}", sizes[layer]) for layer in layers},
        a={0: x} | {layer: column(f"a^{{({layer})}}", sizes[layer]) for layer in layers},
        delta={layer: column(rf"\delta^{{({layer})}}", sizes[layer]) for layer in layers},
        C=Symbol("C", real=True),
    )
    W = {layer: symbols(f"w^{{({layer})}}", sizes[layer], sizes[layer - 1]) for layer in layers}
    b = {layer: symbols(f"b^{{({layer})}}", sizes[layer], 1, one_column=True) for layer in layers if biases}
    return SymbolicNetwork(sizes, phi, loss, ridge, x, y, W, b, names)


def symbols(letter: str, rows: int, columns: int, one_column: bool = False) -> Matrix:
    """A matrix of real symbols, letter_{1 2} for row 1, column 2; with a comma if an index has two digits."""
    gap = " " if max(rows, columns) < 10 else ","
    return Matrix(
        rows,
        columns,
        lambda i, j: Symbol(
            f"{letter}_{{{i + 1}}}" if one_column else f"{letter}_{{{i + 1}{gap}{j + 1}}}", real=True
        ),
    )
