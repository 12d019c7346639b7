"""The figures of source 002's errata, «the matrix form», most on example 1 of ``datasets.three_layers``."""

from __future__ import annotations

import numpy as np

from ..activations import Array
from ..datasets import three_layers
from ..network import Network, step
from ..parameters import Parameters
from .record import Erratum, number, plain, refused, row, size

NET, P, X, Y = three_layers()
x, y = X[:, :1], Y[:, :1]
T = NET.forward(P, x)
G = NET.backward(P, T, y)


def index_order() -> str:
    """Row = target, column = origin; the other way around the index lies outside the matrix."""
    w, i, j = np.arange(6).reshape(2, 3), 0, 2
    error = refused(lambda: w[j, i])
    return f"w of {size(w)}, from j = {j} to i = {i}: w[j,i] is an {error}, w[i,j] = {w[i, j]}"


def widths() -> str:
    """Each layer has its own width."""
    return f"the layers of the example are {', '.join(str(n) for n in NET.sizes)} wide"


def slope_of_the_wrong_layer() -> str:
    """σ′ belongs to the layer of δ."""
    felt = P.W[3].T @ G.delta[3]
    wrong = felt * NET.phi[2].prime(T.z[3][: len(felt)])
    return f"δ² = {row(G.delta[2].T)}; with the slopes of zᴸ {row(wrong.T)}"


def tensor() -> str:
    """∂z/∂w has three indices; summed with δ over the first it is δaᵀ."""
    delta, a = np.array([0.3, -0.2]), np.array([1.0, 2.0, 3.0])
    slope = np.einsum("ki,j->kij", np.eye(2), a)
    summed = np.einsum("k,kij->ij", delta, slope)
    assert np.allclose(summed, np.outer(delta, a))
    rows = "; ".join(plain(r.round(12)).strip("[]") for r in summed)
    return f"∂z/∂w is {size(slope)}; with δ = {plain(delta)} it becomes δaᵀ = [{rows}]"


def early_update() -> str:
    """The gradient of W² needs the old W³."""
    h, old = 1e-6, P.W[2]

    def cost(by: float) -> float:
        nudged = old + by * np.outer([1, 0], [1, 0, 0, 0])
        return NET.cost(Parameters({**P.W, 2: nudged}, P.b), x, y)

    def slope(W3: Array) -> float:
        delta2 = (W3.T @ G.delta[3]) * NET.phi[2].prime(T.z[2])
        return float((delta2 @ T.a[1].T)[0, 0])

    right, early = slope(P.W[3]), slope(step(P, G, 1.0).W[3])
    return (
        f"α = 1: ∂C/∂w²₁₁ by differences {number((cost(h) - cost(-h)) / (2 * h))}, "
        f"with the old W³ {number(right)}, with the new {number(early)}, "
        f"{100 * abs(early - right) / right:.1f}% off"
    )


def elementwise_only() -> str:
    """With softmax and cross-entropy, δᴸ by the Jacobian and by its diagonal."""
    net = Network(NET.sizes, ["sigmoid", "sigmoid", "softmax"], "cross_entropy")
    t = net.forward(P, x)
    right, a = net.backward(P, t, y).delta[3], t.a[3]
    entries = -y / a * a * (1 - a) + 0.0
    return f"softmax with cross-entropy: δᴸ = {row(right.T)}, by ⊙ {row(entries.T)}"


def reuse() -> str:
    """Each δ from the last layer anew, or each from the one above."""
    L, anew, once = 10, 0, 0
    for l in range(L - 1, 0, -1):
        once += 1
        anew += len(range(l, L))
    return f"L = {L}: {anew} layer products without reuse, {once} with it"


def mean_of_examples() -> str:
    """A batch's gradient is the mean of its examples' δaᵀ."""
    each = [NET.backward(P, NET.forward(P, X[:, [r]]), Y[:, [r]]).dW[1] for r in range(2)]
    apart = abs(sum(each) / 2 - NET.backward(P, NET.forward(P, X), Y).dW[1]).max()
    return f"∂C/∂W¹ and the mean over the {len(each)} examples are {apart:.1e} apart".replace("e-", "e−")


def no_error() -> str:
    """δ is a slope; only a matched pair makes it the error a − y."""
    return f"a − y = {row((T.a[3] - y).T)}, δᴸ = {row(G.delta[3].T)}"


ERRATA = (
    Erratum("E002.01", "notation", "index clash", index_order),
    Erratum("E002.02", "notation", "one m for all", widths),
    Erratum("E002.03", "error", "typo with a result", slope_of_the_wrong_layer),
    Erratum("E002.04", "notation", "made exact", tensor),
    Erratum("E002.05", "pitfall", "order of updates", early_update),
    Erratum("E002.06", "omission", "hidden assumption", elementwise_only),
    Erratum("E002.07", "wording", "from where", reuse),
    Erratum("E002.08", "omission", "y, a⁰, the batch", mean_of_examples),
    Erratum("E002.09", "wording", "δ is no error", no_error),
)
