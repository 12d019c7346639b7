"""Keep the curves of a run, and measure many passes forwards at once."""

from __future__ import annotations

import numpy as np

from . import answers
from .activations import Array
from .network import Network


class Curves:
    """Data cost, L2 cost and accuracy of every epoch.

    Parameters
    ----------
    net : Network
    y : array of shape (n_L, m)
        The targets of the examples that are measured.
    epochs : int

    Attributes
    ----------
    data, l2, right : arrays of length epochs + 1
        The two terms of (C0), and the fraction of the examples that are answered right; NaN without labels.
    """

    def __init__(self, net: Network, y: Array, epochs: int) -> None:
        self.net, self.y = net, y
        self.data, self.l2, self.right = np.zeros((3, epochs + 1))
        self._judge = answers.right(y)
        if not self._judge:
            self.right[:] = np.nan

    def measure(self, epochs: slice, z: Array, a: Array | None = None, columns: slice = slice(None)) -> None:
        """(C0) Add what these columns of the examples contribute to each of these epochs.

        Parameters
        ----------
        epochs, columns : slices
        z, a : arrays of shape (epochs, n_L, columns)
            z⁽ᴸ⁾ of each, and a⁽ᴸ⁾ where it is known.
        """
        net, phi, y, m = self.net, self.net.phi[self.net.L], self.y[:, columns], self.y.shape[1]
        a = phi.f(z) if a is None else a
        self.data[epochs] += net._loss.cost(phi, z, a, y).sum(axis=-1) / m  # (C0)
        if self._judge:
            self.right[epochs] += np.count_nonzero(self._judge(a, columns), axis=-1) / m

    def first_bad(self, begin: int, end: int) -> int:
        """Return the first epoch of these, both included, whose cost is not finite, or −1."""
        bad = ~np.isfinite(self.data[begin : end + 1] + self.l2[begin : end + 1])
        return begin + int(bad.argmax()) if bad.any() else -1
