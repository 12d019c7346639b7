"""Check what a caller hands in, before any work.

Every error names the argument, what was found and what is needed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from numbers import Integral, Real
from types import MappingProxyType
from typing import Any

import numpy as np

from .activations import Array


def real_array(name: str, value: object) -> Array:
    """Return ``value`` as a finite, non-empty float array: float32 stays as it is, the rest becomes float64.

    Raises
    ------
    TypeError
        If the entries are not real numbers (objects, strings, complex numbers).
    ValueError
        If ``value`` is ragged, empty, or holds NaN or an infinity.
    """
    if np.ma.is_masked(value):
        raise ValueError(f"{name} has masked entries; fill or remove them first")
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name} is ragged: its rows have different lengths") from error
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{name} has dtype {array.dtype}; real numbers are needed")
    if array.size == 0:
        raise ValueError(f"{name} is empty: shape {array.shape}")
    if array.dtype != np.float32:
        with np.errstate(over="ignore"):  # a long double beyond float64 is an infinity, refused below
            array = array.astype(np.float64, copy=False)
    require_finite(name, array)
    return array


def require_finite(name: str, array: Array) -> None:
    """Raise ``ValueError`` naming the first entry of ``array`` that is NaN or infinite."""
    with np.errstate(all="ignore"):
        if np.isfinite(array.sum()):  # then every entry is; and a sum needs no memory
            return
    if not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"{name} holds {array[where]} at index {where}; finite numbers are needed")


def examples(name: str, value: object, rows: int, layer: str, columns: int | None = None) -> Array:
    """Return ``value`` as a (rows, m) array, one example a column; ``columns`` is m where it is known."""
    array = real_array(name, value)
    needed = f"({rows}, {'m' if columns is None else columns})"
    if array.ndim != 2 or array.shape[0] != rows or columns not in (None, array.shape[1]):
        hint = ""
        if array.ndim == 1 and array.size == rows:
            hint = f"; for one example write {name}.reshape(-1, 1)"
        elif array.ndim == 2 and array.shape[1] == rows and columns in (None, array.shape[0]):
            hint = f"; examples are columns here: write {name}.T"
        raise ValueError(f"{name} has shape {array.shape}; {layer} needs {needed}{hint}")
    return array


def number(name: str, value: object, *, least: float = -math.inf, above: float = -math.inf) -> float:
    """Return ``value`` as a finite float that is at least ``least`` and greater than ``above``."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(f"{name} is {value!r}; a number is needed")
    try:
        finite = math.isfinite(float(value))
    except OverflowError:
        finite = False
    if not finite:
        raise ValueError(f"{name} is {value}; a finite number is needed")
    if float(value) < least:
        raise ValueError(f"{name} is {value}; it must not be below {least:g}")
    if float(value) <= above:
        raise ValueError(f"{name} is {value}; it must be above {above:g}")
    return float(value)


def integer(name: str, value: object, *, least: int) -> int:
    """Return ``value`` as an int that is at least ``least``."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, Integral):
        raise TypeError(f"{name} is {value!r}; a whole number is needed")
    if value < least:
        raise ValueError(f"{name} is {value}; it must not be below {least}")
    return int(value)


def choice(name: str, value: object, known: Sequence[str]) -> str:
    """Return ``value`` if it is one of the ``known`` names."""
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"{name} is {value!r}; known are {', '.join(known)}")
    return value


def layer_sizes(value: object) -> tuple[int, ...]:
    """Return the widths n_0 … n_L as a tuple of at least two positive ints."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, str | bytes) or not isinstance(value, Sequence):
        raise TypeError(f"sizes is {value!r}; a sequence of layer widths such as (2, 3, 1) is needed")
    if len(value) < 2:
        raise ValueError(f"sizes is {tuple(value)}; an input and an output layer are needed, such as (2, 1)")
    return tuple(integer(f"sizes[{layer}]", n, least=1) for layer, n in enumerate(value))


def names(name: str, value: object, count: int, layers: str) -> tuple[str, ...]:
    """Return one name repeated ``count`` times, or a sequence of ``count`` names as a tuple."""
    if isinstance(value, str):
        return (value,) * count
    if not isinstance(value, Sequence):
        raise TypeError(f"{name} is {value!r}; a name, or one name for each layer, is needed")
    if len(value) != count:
        raise ValueError(f"{name} has {len(value)} names; {layers} needs {count}, one for each layer")
    return tuple(value)


def layers(name: str, value: object) -> dict[int, Array]:
    """Return a mapping from layer numbers to arrays as a dict of copies, in the order of the layers."""
    if not isinstance(value, Mapping):
        raise TypeError(f"{name} is a {type(value).__name__}; a mapping from layer number to array is needed")
    arrays = {}
    for key in sorted(value, key=lambda k: (not isinstance(k, Integral), str(k).zfill(9))):
        layer = integer(f"a key of {name}", key, least=1)
        array = real_array(f"{name}[{layer}]", value[key]).copy()
        if array.ndim != 2:
            raise ValueError(f"{name}[{layer}] has shape {array.shape}; two axes are needed")
        arrays[layer] = array
    return arrays


def frozen(arrays: Mapping[int, Array]) -> Mapping[int, Array]:
    """Return a read-only view of a mapping of read-only arrays: what was computed stays as it was."""
    for array in arrays.values():
        array.setflags(write=False)
    return MappingProxyType(arrays)


def generator(rng: Any) -> Any:
    """Return a random generator for an int seed; a ``Generator`` or ``RandomState`` is returned as it is."""
    if isinstance(rng, np.random.Generator | np.random.RandomState):
        return rng
    if isinstance(rng, Integral) and not isinstance(rng, bool):
        return np.random.default_rng(integer("rng", rng, least=0))
    raise TypeError(f"rng is {rng!r}; an int seed or a numpy Generator is needed")
