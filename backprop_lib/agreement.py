"""Make witnesses agree on an equation, or be told by how much they do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from . import arguments
from .activations import Array

# Two ways to compute the same numbers differ by rounding: some ε times the largest entry.  Differences (D1)
# lose about half the digits.  The second number is what remains where every entry should be zero.
EXACT = (1e-12, 1e-15)
DIFFERENCES = (1e-6, 1e-9)


class Disagreement(AssertionError):
    """Two witnesses differ; the message names the equation, the entry and the size of the difference."""


@dataclass(frozen=True)
class Agreement:
    """Which witnesses agree on an equation, and the largest difference between any two of them."""

    equation: str
    witnesses: tuple[str, ...]
    worst: float

    def __repr__(self) -> str:
        return f"({self.equation}) {' = '.join(self.witnesses)}, worst difference {self.worst:.1e}"


def agree(equation: str, *, decimals: int = 8, **witnesses: Any) -> Agreement:
    """Return that all witnesses hold the same numbers, or raise ``Disagreement``.

    Parameters
    ----------
    equation : str
        The id, such as BP3.
    decimals : int
        To how many decimals a witness named ``printed…`` is rounded.
    **witnesses
        Two or more numbers, arrays, SymPy matrices, or mappings from layers to such, under the names to
        print.  ``differences…`` and ``central…`` are held to 10⁻⁶ of the largest entry, ``printed…`` to half
        a unit of the last decimal, all others to 10⁻¹².

    Raises
    ------
    Disagreement
        If two of them differ by more, in shape, or by a NaN.
    TypeError, ValueError
        If there are fewer than two witnesses, or one is not made of real numbers.

    Examples
    --------
    >>> agree("BP3", numpy=[[0.25, 0.5]], sympy=[[0.25, 0.5]])
    (BP3) numpy = sympy, worst difference 0.0e+00
    """
    if len(witnesses) < 2:
        raise ValueError(f"({equation}) has {len(witnesses)} witnesses; two or more are needed")
    arguments.integer("decimals", decimals, least=0)
    heard = {name: _arrays(name, value) for name, value in witnesses.items()}
    worst = 0.0
    for one, other in combinations(heard, 2):
        if heard[one].keys() != heard[other].keys():
            raise Disagreement(f"({equation}) {one} has {[*heard[one]]}, {other} has {[*heard[other]]}")
        for key, u in heard[one].items():
            worst = max(worst, _difference(equation, one, u, other, heard[other][key], key, decimals))
    return Agreement(equation, tuple(witnesses), worst)


def _difference(equation: str, one: str, u: Array, other: str, v: Array, key: str, decimals: int) -> float:
    if u.shape != v.shape and not u.size == v.size == 1:
        raise Disagreement(f"({equation}) {one}{key} has shape {u.shape}, {other}{key} has shape {v.shape}")
    v = v.reshape(u.shape)
    relative, absolute = EXACT
    for name in (one, other):
        if name.startswith(("differences", "central")):
            relative, absolute = DIFFERENCES
    if one.startswith("printed") or other.startswith("printed"):
        absolute = max(absolute, 0.500001 * 10.0**-decimals)
    with np.errstate(all="ignore"):  # what is infinite agrees with nothing
        off = abs(u - v)
    allowed = relative * max(abs(u).max(), abs(v).max()) + absolute
    if not (off <= allowed).all():
        index = tuple(
            int(i) for i in np.unravel_index(int(np.where(off <= allowed, 0, off).argmax()), off.shape)
        )
        place = key + (str(list(index)) if index else "")
        raise Disagreement(
            f"({equation}) {one}{place} is {u[index]:.10g}, {other}{place} is {v[index]:.10g}: "
            f"they differ by {off[index]:.2g}, {allowed:.2g} is allowed"
        )
    return float(off.max())


def _arrays(name: str, value: Any) -> dict[str, Array]:
    if isinstance(value, Mapping):
        return {f"[{key}]": _array(f"{name}[{key}]", value[key]) for key in value}
    return {"": _array(name, value)}


def _array(name: str, value: Any) -> Array:
    try:
        array = np.array(value, dtype=float)
    except (TypeError, ValueError) as error:
        raise TypeError(f"{name} is not made of real numbers: {error}") from error
    if array.size == 0:
        raise ValueError(f"{name} is empty; there is nothing to agree on")
    return array
