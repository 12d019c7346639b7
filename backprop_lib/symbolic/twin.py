"""The network of the book in SymPy: every weight a symbol, every gradient taken by ``diff``.

The one convention: ``s.z``, ``s.a`` and ``s.C`` are written out in the weights and the data; ``s.names`` has
a symbol for each of them, and ``s.given`` says what each symbol stands for, one stage at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sympy import Add, Basic, Derivative, Expr, Matrix, Symbol

from . import chain, numbers
from .definitions import write_out
from .derivation import Derivation
from .functions import LOSSES, activation

Layers = dict[int, Matrix]


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
        """What each name stands for, stage by stage (z by a, a by z, C by a⁽ᴸ⁾, δ by C)."""
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
        ValueError
            If a name is missing or unknown, a shape is wrong, or a value is not a finite real number.
        """
        return numbers.Numbers(self, values, digits)
