"""Measure the cost of many epochs at once: each leaves its z⁽ᴸ⁾ in a block, measured when it is full."""

from __future__ import annotations

import numpy as np

from . import answers
from .activations import Array
from .network import Network

BLOCK = 2**14  # numbers; 128 kB stay in a processor's cache


class Curves:
    """Data cost, L2 cost and accuracy of every epoch.

    Parameters
    ----------
    net : Network
    y : array of shape (n_L, m)
    epochs : int
    apart : bool
        Whether every epoch is measured by itself.
    """

    def __init__(self, net: Network, y: Array, epochs: int, apart: bool) -> None:
        self.net, self.y, self.epochs = net, y, epochs
        self.depth = 1 if apart else max(1, min(epochs + 1, BLOCK // y.size))
        self.z, self.squares = np.empty((self.depth, *y.shape), y.dtype), np.zeros(self.depth)
        self.data, self.l2, self.right = np.full((3, epochs + 1), np.nan)
        self._judge = answers.right(y)

    def room(self, epoch: int) -> Array:
        """Return where this epoch leaves its z⁽ᴸ⁾, an array of shape (n_L, m)."""
        return np.asarray(self.z[epoch % self.depth])

    def is_full(self, epoch: int) -> bool:
        """Return whether the block ends with this epoch."""
        return (epoch + 1) % self.depth == 0 or epoch == self.epochs

    def measure(self, epoch: int) -> int:
        """(C0) Measure the block that ends here; return the first epoch whose cost is not finite, or −1."""
        count, m, net = epoch % self.depth + 1, self.y.shape[1], self.net
        these, z, phi = slice(epoch + 1 - count, epoch + 1), self.z[:count], net.phi[net.L]
        a = phi.f(z)
        self.data[these] = net._loss.cost(phi, z, a, self.y).sum(axis=-1) / m  # (C0)
        self.l2[these] = net.l2 / (2 * m) * self.squares[:count]  # (C0)
        if self._judge:
            self.right[these] = np.count_nonzero(self._judge(a), axis=-1) / m
        bad = ~np.isfinite(self.data[these] + self.l2[these])
        return epoch + 1 - count + int(bad.argmax()) if bad.any() else -1
