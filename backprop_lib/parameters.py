"""Hold what a network knows: its parameters, and what one pass forwards and one backwards computed.

All three are values: arrays are read-only, and every mapping is keyed by the layer number l.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from . import arguments
from .activations import Array

NONE: Mapping[int, Array] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Parameters:
    """The weights W⁽ˡ⁾ and biases b⁽ˡ⁾ of a network, copied and read-only.

    Parameters
    ----------
    W : mapping from l = 1 … L to arrays of shape (n_l, n_{l−1})
        Row = target, column = origin.
    b : mapping from l = 1 … L to arrays of shape (n_l, 1), optional
        Empty for a network without biases.

    Raises
    ------
    TypeError, ValueError
        If a layer is missing, an entry is not a finite real number, or two shapes do not fit together.

    Notes
    -----
    All arrays share one dtype: float32 if every array given is float32, otherwise float64.  Everything
    computed from these parameters has that dtype.
    """

    W: Mapping[int, Array]
    b: Mapping[int, Array] = field(default_factory=lambda: NONE)

    def __post_init__(self) -> None:
        W, b = arguments.layers("W", self.W), arguments.layers("b", self.b)
        if list(W) != list(range(1, len(W) + 1)) or not W:
            raise ValueError(f"W has the layers {list(W)}; 1, 2, … L without a gap are needed")
        if b and list(b) != list(W):
            raise ValueError(f"b has the layers {list(b)}; W has {list(W)} (an empty b means no biases)")
        for l in W:
            if l > 1 and W[l].shape[1] != W[l - 1].shape[0]:
                raise ValueError(
                    f"W[{l}] has shape {W[l].shape}; W[{l - 1}] of shape {W[l - 1].shape} needs it to have "
                    f"{W[l - 1].shape[0]} columns"
                )
            if b and b[l].shape != (len(W[l]), 1):
                raise ValueError(
                    f"b[{l}] has shape {b[l].shape}; W[{l}] of shape {W[l].shape} needs ({len(W[l])}, 1)"
                )
        dtype = np.result_type(*W.values(), *b.values())
        object.__setattr__(self, "W", arguments.frozen({l: W[l].astype(dtype, copy=False) for l in W}))
        object.__setattr__(self, "b", arguments.frozen({l: b[l].astype(dtype, copy=False) for l in b}))

    @classmethod
    def computed(cls, W: Mapping[int, Array], b: Mapping[int, Array]) -> Parameters:
        """Wrap arrays the library computed itself, unchecked: they may be complex or have overflowed."""
        self = object.__new__(cls)
        object.__setattr__(self, "W", arguments.frozen(W))
        object.__setattr__(self, "b", arguments.frozen(b))
        return self

    @property
    def sizes(self) -> tuple[int, ...]:
        """The widths (n_0, …, n_L) that the weights imply."""
        return (self.W[1].shape[1], *(len(self.W[l]) for l in self.W))

    @property
    def dtype(self) -> np.dtype[Any]:
        """The dtype shared by every array."""
        return self.W[1].dtype

    def __eq__(self, other: object) -> bool:
        """Return whether every entry is equal."""
        if not isinstance(other, Parameters) or self.sizes != other.sizes or self.b.keys() != other.b.keys():
            return False
        return all(np.array_equal(self.W[l], other.W[l]) for l in self.W) and all(
            np.array_equal(self.b[l], other.b[l]) for l in self.b
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        count = sum(v.size for v in (*self.W.values(), *self.b.values()))
        biases = "" if self.b else ", no biases"
        return f"Parameters(sizes={self.sizes}, {count} numbers{biases})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Parameters.computed, (dict(self.W), dict(self.b))


@dataclass(frozen=True, eq=False)
class Trace:
    """What a forward pass computed: ``z[l]`` for l = 1 … L and ``a[l]`` for l = 0 … L, each (n_l, m)."""

    z: Mapping[int, Array]
    a: Mapping[int, Array]

    def __reduce__(self) -> tuple[Any, ...]:
        return trace, (dict(self.z), dict(self.a))


@dataclass(frozen=True, eq=False)
class Gradients:
    """What a backward pass computed: ``delta[l]`` (n_l, m), ``dW[l]`` as ``W[l]``, ``db[l]`` as ``b[l]``."""

    delta: Mapping[int, Array]
    dW: Mapping[int, Array]
    db: Mapping[int, Array]

    def __reduce__(self) -> tuple[Any, ...]:
        return gradients, (dict(self.delta), dict(self.dW), dict(self.db))


def trace(z: dict[int, Array], a: dict[int, Array]) -> Trace:
    """Return the trace of these arrays, made read-only."""
    return Trace(arguments.frozen(z), arguments.frozen(a))


def gradients(delta: dict[int, Array], dW: dict[int, Array], db: dict[int, Array]) -> Gradients:
    """Return the gradients of these arrays, made read-only."""
    return Gradients(arguments.frozen(delta), arguments.frozen(dW), arguments.frozen(db))
