"""Take steps of gradient descent with many networks of one size at once: each is a lane, the last axis.

``descent`` has a matrix a layer; here stands one a lane, ``Wb[l][i, j, n]``, and ``einsum`` names the axes:
i the target neuron, j the origin, m the example, n the lane.  Every lane sees the same x, so the first layer
needs no more than a matrix product.  No operation mixes lanes: what becomes of one does not depend on others.
"""

from __future__ import annotations

import math
from itertools import accumulate, pairwise

import numpy as np

from .activations import Array
from .inplace import InPlace
from .network import Network
from .parameters import Parameters
from .weights import Weights

PACK = 8  # lanes are filled up to a multiple, so that every lane is computed by the same instructions


class Lanes:
    """One pass forward and one step downhill for N networks, in memory that is allocated once.

    Parameters
    ----------
    net : Network
    theta : array of shape (P, N)
        A column a lane, each the ``Weights.theta`` of its parameters.
    alphas : array of shape (N,)
        The learning rate of each lane.
    x, y : arrays of shape (n_0, m) and (n_L, m)

    Attributes
    ----------
    theta : array of shape (P, N)
        A view, as all that follow; its last axis is filled up to a multiple of ``PACK``.
    a : mapping from l = 1 … L to arrays of shape (n_l, m, N)
    z : the same; a hidden z is written over by its a
    kept : array of shape (n_L, m, N)
        What C is a function of: z⁽ᴸ⁾ where the loss has a form of it that cannot overflow, else a⁽ᴸ⁾.
    """

    def __init__(self, net: Network, theta: Array, alphas: Array, x: Array, y: Array) -> None:
        n, L, m, N = net.sizes, net.L, x.shape[1], len(alphas)
        self.net, self.N, self.full = net, N, -(-N // PACK) * PACK
        fill = np.minimum(np.arange(self.full), N - 1)  # the last lane again and again
        self._theta, self._factor = np.take(theta, fill, axis=1), alphas[fill] / m
        self._change, self._spare = np.empty_like(self._theta), np.empty_like(self._theta)
        self.theta = self._theta[:, :N]
        self.y = y[:, :, None]
        self.Wb, self.dWb = layers(net, self._theta), layers(net, self._change)
        self.W = {l: self.Wb[l][:, : n[l - 1]] for l in self.Wb}
        # Every layer but the last ends in a row of ones: [W⁽ˡ⁾ | b⁽ˡ⁾] meets it as one matrix.
        self.x = np.concatenate([x, np.ones((int(net.biases), m))])
        self.rows = {l: np.ones((n[l] + (net.biases and l < L), m, self.full)) for l in range(1, L + 1)}
        self.a = {l: self.rows[l][: n[l]] for l in self.rows}
        self.z = self.a | {L: np.empty_like(self.a[L])}
        self.delta = {l: np.empty_like(self.a[l]) for l in self.a}
        self._weights = _weights(net)
        self._decay = net.l2 * self._weights * self._factor if net.l2 else None
        written = InPlace((m, self.full), float)
        self.phi = {l: getattr(written, name) for l, name in enumerate(net.activations, start=1)}
        self.slope = {l: getattr(written, f"{name}_slope") for l, name in enumerate(net.activations, start=1)}
        self.matched = net._loss.match == net.activations[-1]
        self.kept = self.z[L] if self.matched else self.a[L]

    def forward(self) -> None:
        """(F1, F2) Write every a⁽ˡ⁾, and z⁽ᴸ⁾."""
        z, a = self.z, self.a
        # fmt: off
        np.matmul(self.x.T, self.Wb[1], out=z[1])                               # (F1)
        self.phi[1](z[1], a[1])                                                 # (F2)
        for l in range(2, self.net.L + 1):
            np.einsum("ijn,jmn->imn", self.Wb[l], self.rows[l - 1], out=z[l])   # (F1)
            self.phi[l](z[l], a[l])                                             # (F2)
        # fmt: on

    def step(self) -> None:
        """(BP1–BP4, GD) Move every lane by −α times its gradient; the arrays of ``forward`` are used up."""
        loss, L, a, delta, dWb = self.net._loss, self.net.L, self.a, self.delta, self.dWb
        # fmt: off
        np.subtract(a[L], self.y, out=delta[L])
        if not self.matched:
            if loss.name != "half_squared_error":  # whose derivative is the difference, too
                np.copyto(delta[L], loss.prime(a[L], self.y))
            self.slope[L](delta[L], a[L])
        np.multiply(delta[L], self._factor, out=delta[L])                       # (BP1), α times
        for l in range(L, 1, -1):
            np.einsum("imn,jmn->ijn", delta[l], self.rows[l - 1], out=dWb[l])   # (BP3), (BP4), α times
            np.einsum("ijn,imn->jmn", self.W[l], delta[l], out=delta[l - 1])
            self.slope[l - 1](delta[l - 1], a[l - 1])                           # (BP2), α times
        np.matmul(self.x, delta[1], out=dWb[1])                                 # (BP3), (BP4), α times
        # fmt: on
        if self._decay is not None:
            np.multiply(self._theta, self._decay, out=self._spare)
            np.add(self._change, self._spare, out=self._change)
        np.subtract(self._theta, self._change, out=self._theta)  # (GD)

    def costs(self, kept: Array, squares: Array) -> Array:
        """(C0) Return C of each lane, shape (N, count), from as many ``kept`` and ``squares``."""
        loss, m, y = self.net._loss, self.y.shape[1], self.y[:, :, 0]
        Cr = loss.f_of_z if self.matched and loss.f_of_z else loss.f
        C = Cr(np.moveaxis(kept, -1, 0), y).sum(axis=-1) / m  # (C0)
        return np.asarray(C + self.net.l2 / (2 * m) * squares.T)[: self.N]  # (C0)

    def finite(self) -> Array:
        """Return, for each lane, whether all its numbers are finite."""
        return np.asarray(np.isfinite(self.theta.sum(axis=0)))

    def squares(self) -> Array:
        """Return Σ ‖W⁽ˡ⁾‖² of each lane, the biases left out."""
        np.multiply(self._theta, self._weights, out=self._spare)
        return np.asarray(np.einsum("pn,pn->n", self._spare, self._spare))


def how_many(net: Network) -> int:
    """Return P, the number of weights and biases."""
    return sum(n * (before + net.biases) for before, n in pairwise(net.sizes))


def layers(net: Network, theta: Array) -> dict[int, Array]:
    """Return views [W⁽ˡ⁾ | b⁽ˡ⁾] of θ, or of one column of it, shape (n_l, n_{l−1} + 1, …)."""
    shapes = [(n, before + net.biases) for before, n in pairwise(net.sizes)]
    ends = accumulate(map(math.prod, shapes))
    return {
        l: theta[end - math.prod(shape) : end].reshape(*shape, *theta.shape[1:])
        for l, (shape, end) in enumerate(zip(shapes, ends, strict=True), start=1)
    }


def parameters(net: Network, column: Array) -> Parameters:
    """Return one column of θ as parameters."""
    Wb, n = layers(net, column), net.sizes
    W = {l: Wb[l][:, : n[l - 1]].copy() for l in Wb}
    return Parameters.computed(W, {l: Wb[l][:, n[l - 1] :].copy() for l in Wb} if net.biases else {})


def _weights(net: Network) -> Array:
    """Return a column with 1 for every weight of θ and 0 for every bias, which no penalty touches."""
    p = net.initialize(0, "constant", 1.0)  # the biases start at 0
    return Weights(p).theta[:, None]
