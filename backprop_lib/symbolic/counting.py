"""Say how many operations the programs take, without writing them down; where SymPy can, it is asked, too.

The one convention: the network is source 001's, with sigmoids, half squared error, one example and no biases,
and every layer has two neurons or more (with one, SymPy's sums collapse into products).
"""

from __future__ import annotations

from collections.abc import Sequence

from .networks import network
from .programs import PROGRAMS, program

ACTIVATION = 4  # in 1/(1 + exp(−z)): −, exp, +, ÷
SLOPE = 3  # in … · a · (1 − a)


def operations(sizes: Sequence[int]) -> dict[str, int]:
    """Return what the cost alone takes, and every program but ``shared``, for which there is no formula here.

    Parameters
    ----------
    sizes : sequence of ints
        (n_0, …, n_L), each 2 or more.

    Raises
    ------
    ValueError
        If a width is below 2, or there are fewer than two of them.

    Examples
    --------
    >>> operations((2, 3, 2))
    {'cost': 46, 'direct': 1716, 'differences': 1164, 'forward_mode': 172, 'backpropagation': 84}
    """
    n, L = tuple(sizes), len(sizes) - 1
    if L < 1 or any(not isinstance(width, int) or width < 2 for width in n):
        raise ValueError(f"sizes {n}: two or more widths are needed, each of them 2 or more")
    layers = range(1, L + 1)
    parameters = sum(n[l] * n[l - 1] for l in layers)
    sums = {l: n[l] * (2 * n[l - 1] - 1) for l in layers}  # n products each, and n − 1 additions
    forward = sum(sums[l] + n[l] * ACTIVATION for l in layers) + 4 * n[L] - 1
    back = n[L] * (1 + SLOPE) + sum(n[l] * (2 * n[l + 1] - 1 + SLOPE) for l in range(1, L)) + parameters
    speeds = sum(n[l] * n[l - 1] * _speeds(n, sums, l) for l in layers)
    return {
        "cost": forward,
        "direct": sum(_written_out(n)),
        "differences": parameters * (2 * (forward + 1) + 3),
        "forward_mode": forward + speeds,
        "backpropagation": forward + back,
    }


def _speeds(n: Sequence[int], sums: dict[int, int], l: int) -> int:
    """Operations for the speeds of all values after one weight of layer l."""
    L = len(n) - 1
    if l == L:
        return SLOPE + 2
    onward = sum(sums[m] + n[m] * SLOPE for m in range(l + 2, L + 1))
    return SLOPE + n[l + 1] * (1 + SLOPE) + onward + 3 * n[L] - 1


def _written_out(n: Sequence[int]) -> list[int]:
    """Operations of all slopes of each layer's weights, as ``diff`` writes them.

    A slope is a product along a path as long as there is one path, e⁻ᶻ/(1 + e⁻ᶻ)² for every neuron on it.
    From the second layer after the weight's own on, a sum over the neurons before stands among its factors.
    """
    L, activation, power, square = len(n) - 1, {0: 1}, {}, {}
    for l in range(1, L + 1):
        power[l] = 1 + n[l - 1] * (1 + activation[l - 1])  # e⁻ᶻ: n terms, as many signs, exp
        activation[l] = square[l] = power[l] + 2  # 1/(1 + e⁻ᶻ) and (1 + e⁻ᶻ)²
    found = []
    for l in range(1, L + 1):
        above = [power[l]] if l > 1 else [0, power[l]]
        below = [square[l], *([power[l - 1] + 1] if l > 1 else [])]
        minus = 0
        for m in range(l + 1, L + 1):
            if m == l + 1:
                above, below = [*above, 0, power[m]], [*below, square[m]]
                continue
            paths = n[m - 1] * _product([*above, 0], below) + n[m - 1] - minus
            above, below, minus = [paths, power[m]], [square[m]], 1
        outputs = 1 if l == L else n[L]
        slope = outputs * _product([*above, activation[L] + 1], below) + outputs - 1 + minus
        found.append(n[l] * n[l - 1] * slope)
    return found


def _product(above: Sequence[int], below: Sequence[int]) -> int:
    """Operations of a fraction whose factors take this many each."""
    return sum(above) + len(above) - 1 + sum(below) + len(below)


def operations_table(
    widths: Sequence[int], depths: Sequence[int], most: int = 75_000
) -> dict[str, list[list[int | None]]]:
    """Return the operations of every program for 2-H-…-H-2 networks: a row a depth, a column a width.

    SymPy counts where the slopes written out take ``most`` operations or fewer; there the formulas have to
    agree with it.  ``shared`` is None where SymPy did not count.

    Parameters
    ----------
    widths, depths : sequences of ints
        H, and how many hidden layers there are.
    most : int
        A network of 75,000 takes SymPy some three seconds.

    Raises
    ------
    ArithmeticError
        If SymPy counts otherwise.
    """
    found: dict[str, list[list[int | None]]] = {name: [] for name in ("cost", *PROGRAMS)}
    for depth in depths:
        for row in found.values():
            row.append([])
        for width in widths:
            sizes = (2, *[width] * depth, 2)
            said: dict[str, int | None] = {"shared": None, **operations(sizes)}
            if (said["direct"] or 0) <= most:
                said["shared"] = _confirmed(sizes, operations(sizes))
            for name, row in found.items():
                row[-1].append(said[name])
    return found


def _confirmed(sizes: Sequence[int], said: dict[str, int]) -> int:
    """Have SymPy count what ``operations`` said; return its count of the shared subexpressions."""
    s = network(sizes, biases=False)
    for name in ("direct", "backpropagation"):
        counted = program(s, name).operations
        if counted != said[name]:
            raise ArithmeticError(f"{name} of {tuple(sizes)}: SymPy counts {counted}, not {said[name]}")
    return program(s, "shared").operations
