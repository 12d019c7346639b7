"""Walk through the examples, all at once or in mini-batches, and measure the cost on the way."""

from __future__ import annotations

from typing import Any

import numpy as np

from .activations import Array
from .curves import Curves
from .descent import Descent
from .weights import Weights

BLOCK = 2**12  # numbers; 32 kB stay in a processor's nearest cache
CHUNK = 256  # examples: enough for a matrix product at full speed


class AllAtOnce:
    """Full-batch descent: the pass forward that measures an epoch is the one that its step continues.

    Each epoch leaves its z⁽ᴸ⁾ in a block, which is measured when it is full.

    Parameters
    ----------
    whole : Descent
        Of all examples.
    curves : Curves
    epochs : int
    """

    def __init__(self, whole: Descent, curves: Curves, epochs: int) -> None:
        depth = max(1, min(epochs + 1, BLOCK // whole.y.size))
        self.z = np.empty((depth, *whole.y.shape), whole.y.dtype)
        self.whole, self.curves, self.depth, self.epochs = whole, curves, depth, epochs
        self.walk = whole.step

    def look(self, epoch: int) -> bool:
        """Pass forward; return whether the curves are known up to this epoch."""
        k = epoch % self.depth
        self.whole.forward(self.z[k])
        if k + 1 < self.depth and epoch < self.epochs:
            return False
        self.curves.measure(slice(epoch - k, epoch + 1), self.z[: k + 1])
        return True


class InBatches:
    """Mini-batch descent: an epoch draws every example once, and is measured by a pass of its own.

    Parameters
    ----------
    parts : mapping from a size to the Descent of a batch of that size
    chunk : Descent
        Of the examples that are measured at a time.
    curves : Curves
        Of the first examples, or of all.
    x, y : arrays of shape (n_0, m) and (n_L, m)
        Copied only if the examples (the columns of x) are scattered in memory.
    size : int
        Examples in a batch; the last one may be smaller.
    rng : numpy Generator
    """

    def __init__(
        self,
        parts: dict[int, Descent],
        chunk: Descent,
        curves: Curves,
        x: Array,
        y: Array,
        size: int,
        rng: Any,
    ) -> None:
        self.rows, self.targets = np.ascontiguousarray(x.T), np.ascontiguousarray(y.T)
        # What is drawn comes in whole rows, one example after the other.
        self.parts = {
            B: (part, np.empty((B, len(x)), x.dtype), np.empty((B, len(y)), y.dtype))
            for B, part in parts.items()
        }
        self.chunk, self.curves, self.size, self.rng = chunk, curves, size, rng

    def look(self, epoch: int) -> bool:
        """Pass all measured examples forward; the curves are then known up to this epoch."""
        chunk, B, m = self.chunk, self.chunk.B, self.curves.y.shape[1]
        for first in range(0, m, B):
            begin = min(first, m - B)  # the last chunk reaches back, so that all have one size
            np.copyto(chunk.x, self.rows[begin : begin + B].T)
            chunk.forward()
            z, a = (v[None, :, first - begin :] for v in (chunk.z, chunk.a[chunk.net.L]))
            self.curves.measure(slice(epoch, epoch + 1), z, a, slice(first, begin + B))
        return True

    def walk(self, alpha: float) -> None:
        """Take one step for each batch of an order drawn anew."""
        order = self.rng.permutation(len(self.rows))
        for first in range(0, len(order), self.size):
            columns = order[first : first + self.size]
            part, rows, targets = self.parts[len(columns)]
            self.rows.take(columns, axis=0, out=rows, mode="clip")
            self.targets.take(columns, axis=0, out=targets, mode="clip")
            np.copyto(part.x, rows.T)
            np.copyto(part.y, targets.T)
            part.forward()
            part.step(alpha)


Walk = AllAtOnce | InBatches


def prepared(
    weights: Weights, x: Array, y: Array, size: int, rng: Any, curves: Curves, epochs: int, **terms: float
) -> Walk:
    """Return the walk through these examples; ``terms`` are those of ``Descent``: decay and longest."""
    net, m = curves.net, x.shape[1]
    if size == m:
        whole = Descent(net, weights, m, **terms)
        whole.x[:], whole.y[:] = x, y
        return AllAtOnce(whole, curves, epochs)
    parts = {B: Descent(net, weights, B, **terms) for B in {size, m % size or size}}
    chunk = Descent(net, weights, min(curves.y.shape[1], max(size, CHUNK)))
    return InBatches(parts, chunk, curves, x, y, size, rng)
