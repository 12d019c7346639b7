"""Make a symbolic network: a symbol for every weight, bias, input and target, and for all between.

The one convention: a symbol is called as in the book, w^{(1)}_{1 2} for row 1, column 2 of layer 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, Integer, Matrix, Symbol, sympify

from .functions import ACTIVATIONS, LOSSES
from .twin import Names, SymbolicNetwork


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
    sizes : sequence of ints
        (n_0, …, n_L), the width of every layer.
    activations : str or sequence of L strs
        One name for all layers, or one a layer: identity, sigmoid, tanh, relu, softmax (output layer only).
    loss : str
        half_squared_error, squared_error, binary_cross_entropy or cross_entropy.
    l2 : bool, float or SymPy expression
        False for none, True for the symbol λ, or the λ to use.
    biases : bool
        Whether z⁽ˡ⁾ contains b⁽ˡ⁾.
    examples : int
        m; symbols carry the example's number if there are several.

    Raises
    ------
    ValueError
        If a width, a name or a number of names is one that no network can have.
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
