"""Activations and losses in SymPy, each written once more and derived by ``diff`` alone.

The one convention: a loss is given for one output of one example; the cost adds them up.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Add, Expr, Matrix, Piecewise, exp, log, tanh, true

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


def activation(name: str, z: Matrix) -> Matrix:
    """φ(z), elementwise or, for softmax, down each column."""
    if name != "softmax":
        return z.applyfunc(ACTIVATIONS[name])
    return Matrix(
        z.rows, z.cols, lambda i, r: exp(z[i, r]) / Add(*(exp(z[k, r]) for k in range(z.rows)))
    )  # (A5)
