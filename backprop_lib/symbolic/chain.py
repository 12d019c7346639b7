"""The chain rule on the symbolic network: (BP1) to (BP4), with a name for every intermediate.

The one convention: no formula is believed; ``prove`` checks every element against ``diff``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sympy import Add, Derivative, Expr, KroneckerDelta, Matrix, diff

from .derivation import Derivation

if TYPE_CHECKING:
    from .twin import SymbolicNetwork


@dataclass(frozen=True, eq=False)
class Gradients:
    """Gradients in named intermediates, keyed by layer: shapes as z, W and b."""

    delta: dict[int, Matrix]
    dW: dict[int, Matrix]
    db: dict[int, Matrix]


def gradients(s: SymbolicNetwork) -> Gradients:
    """Return δ by (BP1) and (BP2), ∂C/∂W by (BP3) and ∂C/∂b by (BP4), with δ, a and z as symbols."""
    n, delta, dW, db = s.names, {}, {}, {}
    for layer in s.W:
        d = n.delta[layer]
        if layer == s.L:
            dC_da = n.a[layer].applyfunc(lambda a: diff(s.given[n.C], a))
            delta[layer] = through_activation(s, layer, dC_da)  # (BP1)
        else:
            delta[layer] = through_activation(s, layer, s.W[layer + 1].T * n.delta[layer + 1])  # (BP2)
        dW[layer] = d * n.a[layer - 1].T + s.l2 / s.m * s.W[layer]  # (BP3)
        if layer in s.b:
            db[layer] = d * Matrix.ones(s.m, 1)  # (BP4)
    return Gradients(delta, dW, db)


def through_activation(s: SymbolicNetwork, layer: int, dC_da: Matrix) -> Matrix:
    """Σₖ ∂C/∂aₖ ∂aₖ/∂zᵢ for every neuron i and example; one term is left where φ acts elementwise."""
    n = s.sizes[layer]
    return Matrix(n, s.m, lambda i, r: Add(*(dC_da[k, r] * slope(s, layer, k, i, r) for k in range(n))))


def slope(s: SymbolicNetwork, layer: int, k: int, i: int, r: int) -> Expr:
    """∂aₖ/∂zᵢ, by its output a where that is shorter."""
    name, a, z = s.activations[layer - 1], s.names.a[layer], s.names.z[layer]
    if name == "softmax":
        return a[k, r] * (KroneckerDelta(k, i) - a[i, r])  # (A5)
    if k != i:
        return 0 * a[i, r]
    if name == "sigmoid":
        return a[i, r] * (1 - a[i, r])  # (A2)
    if name == "tanh":
        return 1 - a[i, r] ** 2  # (A3)
    return diff(s.given[a[i, r]], z[i, r])


def derive(s: SymbolicNetwork, gradient: str, layer: int, row: int, column: int = 1) -> Derivation:
    """The derivation of one element: ∂C/∂… = the chain rule = its value; see ``SymbolicNetwork.derive``."""
    elements = {"delta": s.names.z, "dW": s.W, "db": s.b}
    if gradient not in elements:
        raise ValueError(f"gradient {gradient!r} is not one of {', '.join(elements)}")
    if layer not in elements[gradient] or not (
        0 < row <= elements[gradient][layer].rows and 0 < column <= elements[gradient][layer].cols
    ):
        raise ValueError(
            f"{gradient}[{layer}] of sizes {s.sizes} has no element ({row}, {column}), counted from 1"
        )
    variable = elements[gradient][layer][row - 1, column - 1]
    value = getattr(gradients(s), gradient)[layer][row - 1, column - 1]
    start = Derivation(Derivative(s.names.C, variable), given=s.given)
    if gradient == "delta":
        return start.then(_paths(s, layer, row - 1, column - 1), _why(s, layer)).then(
            value, "each slope worked out"
        )
    C, z = s.names.C, [s.names.z[layer][row - 1, r] for r in range(s.m)]
    chain = Add(*(Derivative(C, z_r) * Derivative(z_r, variable) for z_r in z))
    if gradient == "dW":
        chain += s.l2 / s.m * variable
    reason = "through its own $z$" + (" in every example" if s.m > 1 else "")
    if gradient == "dW" and s.l2 != 0:
        reason += ", and through the ridge term"
    return start.then(chain, reason).then(value, r"$\delta = \partial C/\partial z$")


def _paths(s: SymbolicNetwork, layer: int, i: int, r: int) -> Expr:
    """∂C/∂z as a sum over all paths from z to C that pass through one next quantity each."""
    n, z = s.names, s.names.z[layer][i, r]
    a = n.a[layer][i, r]
    if layer == s.L:
        reached = n.a[layer][:, r] if s.activations[-1] == "softmax" else [a]
        return Add(*(Derivative(n.C, a_k) * Derivative(a_k, z) for a_k in reached))
    onward = n.z[layer + 1][:, r]
    return Add(*(Derivative(n.C, z_k) * Derivative(z_k, a) * Derivative(a, z) for z_k in onward))


def _why(s: SymbolicNetwork, layer: int) -> str:
    if layer == s.L:
        return "chain rule" + (": every output depends on this $z$" if s.activations[-1] == "softmax" else "")
    return f"chain rule: one path through each neuron of layer {layer + 1}"


def prove(s: SymbolicNetwork) -> dict[tuple[str, int, int, int], Derivation]:
    """Derive every element of every gradient; raises DerivationError at the first that is wrong."""
    tables = {"delta": s.names.z, "dW": s.W, "db": s.b}
    return {
        (gradient, layer, i, j): derive(s, gradient, layer, i, j)
        for gradient, table in tables.items()
        for layer, matrix in table.items()
        for i in range(1, matrix.rows + 1)
        for j in range(1, matrix.cols + 1)
    }
