"""The figures of source 000's errata, «backpropagation in pictures»."""

from __future__ import annotations

import numpy as np
import sympy as sp

from ..activations import RELU, SOFTMAX
from ..datasets import source_001
from ..losses import CROSS_ENTROPY, SQUARED_ERROR, Loss
from ..network import Network
from ..parameters import Parameters
from ..shapes import ALEXNET, ALEXNET_INPUT, ledger
from .record import Erratum, number, plain, refused, row, size


def missing_square() -> str:
    """‖v‖ has a unit vector for a gradient, and none at v = 0; ‖v‖² has 2v."""
    v = sp.symbols("v_1 v_2", real=True)
    norm, t = sp.sqrt(v[0] ** 2 + v[1] ** 2), sp.Symbol("t", real=True)
    at = dict(zip(v, (3, 4), strict=True))
    slopes = [[sp.diff(f, u).subs(at) for u in v] for f in (norm, norm**2)]
    sides = [[sp.limit(f / t, t, 0, side) for side in "+-"] for f in (abs(t), t**2)]
    return (
        f"f − ŷ = {tuple(at.values())}: ∇‖·‖ = {slopes[0]}, ∇‖·‖² = {slopes[1]}; at f = ŷ the slopes to the "
        f"right and to the left are {sides[0]} for the norm, {sides[1]} for the square"
    ).replace("-", "−")


def lost_sign() -> str:
    """A step along |2(y − ŷ)| moves an output that is too low still lower."""
    y, target, rate, h = np.array([[0.2]]), np.array([[0.9]]), 0.1, 1e-5
    cost, true = SQUARED_ERROR.f, SQUARED_ERROR.prime(y, target)[0, 0]
    central = (cost(y + h, target) - cost(y - h, target))[0] / (2 * h)
    before, right, wrong = (cost(y - step, target)[0] for step in (0, rate * true, rate * abs(true)))
    return (
        f"y = {y[0, 0]}, ŷ = {target[0, 0]}: slope {number(true, 1)} (difference {number(central, 6)}), "
        f"printed {abs(true):.1f}; a step with η = {rate} takes the loss from {before:.2f} to {right:.4f}, "
        f"the printed one to {wrong:.4f}"
    )


def divided_twice() -> str:
    """The mean over N examples stands in C; one more 1/N in the slope makes the gradient too small."""
    y, target = np.array([[0.1, 0.8, 0.2, 0.9]]), np.array([[0.9, 0.2, 0.8, 0.0]])
    N = y.shape[1]
    true = SQUARED_ERROR.prime(y, target) / N
    printed = 2 / N * (y - target) / N
    ratio = (true / printed).mean()
    return f"N = {N}: ∇C = {plain(true)}, with the printed 2/N {plain(printed)} = ∇C/{ratio:.0f}"


def lost_index() -> str:
    """ŷ − yₙ subtracts one number from a vector."""
    target, y = np.array([1.0, 0.0]), np.array([0.2, 0.6])
    return f"ŷ − y₁ = {plain(target - y[0])}, a vector; ŷ₁ − y₁ = {target[0] - y[0]:.1f}"


def other_layer() -> str:
    """δᴸ is ∂C/∂z of the last layer; with a small l it is that of another."""
    net = Network((1, 1, 1), loss="squared_error")
    p = Parameters({1: np.array([[0.4]]), 2: np.array([[0.5]])}, {1: np.array([[0.1]]), 2: np.array([[0.1]])})
    delta = net.backward(p, net.forward(p, [[0.5]]), [[1.0]]).delta
    return f"one neuron a layer: ∂C/∂z² = {number(delta[2][0, 0], 6)}, ∂C/∂z¹ = {number(delta[1][0, 0], 6)}"


def softmax_by_entries() -> str:
    """δ = Jᵀ ∂C/∂a; the diagonal of J alone is not enough."""
    z, y = np.array([[1.0], [2.0], [3.0]]), np.array([[0.0], [0.0], [1.0]])
    a = SOFTMAX.f(z)

    def both(loss: Loss) -> str:
        right, entries = SOFTMAX.vjp(z, loss.prime(a, y)), loss.prime(a, y) * a * (1 - a)
        return f"{row(right.T)}, entry by entry {row(entries.T + 0.0)}"

    return f"z = (1, 2, 3), y = e₃: cross-entropy {both(CROSS_ENTROPY)}; squared error {both(SQUARED_ERROR)}"


def bias_in_the_sum() -> str:
    """With the bias inside the sum z is wrong, and its slope by aᵢ is right all the same."""
    w, b, k, a = (1, 2), (0.1, 0.2, 0.4), 3, sp.symbols("a_1:3")
    right = w[0] * a[0] + w[1] * a[1] + b[k - 1]
    printed = (w[0] * a[0] + b[0]) + (w[1] * a[1] + b[1])
    z = [f.subs(dict(zip(a, (0.2, 0.4), strict=True))) for f in (printed, right)]
    (slopes,) = {tuple(sp.diff(f, u) for u in a) for f in (printed, right)}
    return f"k = {k}: printed z = {z[0]:.2f}, right z = {z[1]:.2f}; both give ∂z/∂aᵢ = wₖᵢ = {plain(slopes)}"


def one_letter_twice() -> str:
    """Σᵢ wᵢaᵢ differentiated by «aᵢ», the i of the sum taken at its word."""
    w, a = sp.symbols("w₀ w₁"), sp.symbols("a₀ a₁")
    total = sum(w[i] * a[i] for i in range(2))
    right, literal = sp.diff(total, a[0]), sum(sp.diff(total, u) for u in a)
    return f"∂(Σₚ wₚaₚ)/∂a₀ = {right}; each term by its own aᵢ: {literal}"


def no_rate() -> str:
    """C = 2w² has the curvature 4, so a step of 1 leaves 1 − 4 = −3 times the weight."""

    def descend(rate: float) -> str:
        w = [1.0]
        for _ in range(4):
            w.append(w[-1] - rate * 4 * w[-1])
        return plain(w)

    return f"C = 2w²: without a rate (η = 1) {descend(1.0)}; with η = 0.1 {descend(0.1)}"


def sum_for_mean() -> str:
    """The sum of the examples' gradients is N times the gradient of their mean."""
    net, N, rng = Network((2, 3, 1)), 5, np.random.default_rng(0)
    p, x, y = net.initialize(1), rng.normal(size=(2, N)), rng.uniform(size=(1, N))

    def slope(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return np.asarray(net.backward(p, net.forward(p, x), y).dW[1])

    ratio = sum(slope(x[:, [r]], y[:, [r]]) for r in range(N)) / slope(x, y)
    assert np.ptp(ratio) < 1e-9
    return f"N = {N}: Σ ∇Cʳ / ∇C = {ratio.mean():.0f}"


def sum_of_inputs() -> str:
    """z is a weighted sum of the outputs below, not the sum of the inputs below."""
    net, p, x, _ = source_001()
    t = net.forward(p, x)
    return (
        f"source 001's numbers: Σ z₁ = {number(t.z[1].sum())}, Σ h₁ = {number(t.a[1].sum())}, "
        f"and z₂ = {row(t.z[2].T)}"
    )


def beyond_the_models() -> str:
    """p(x) = 4x(1 − x) is a Bernoulli share for every x, but no monotone function of a + bx."""
    x, a, b = sp.symbols("x a b")
    share = 4 * x * (1 - x)
    at = {u: share.subs(x, u) for u in sp.Matrix([1, 3, 2]) / 4}
    quarter, three, half = at
    (slope,) = sp.solve(a + b * quarter - (a + b * three), b)
    assert at[quarter] == at[three] != at[half]
    return (
        f"p(x) = 4x(1 − x) is Bernoulli for every x; p({quarter}) = p({three}) = {at[three]} and "
        f"p({half}) = {at[half]}: a link that keeps them apart needs b = {slope}, and so a constant p"
    )


def conditional() -> str:
    """What logistic regression maximizes is log p(y|x), the negative cross-entropy; p(x) is not in it."""
    y, p = sp.symbols("y p", positive=True)
    likelihood = sp.expand_log(sp.log(p**y * (1 - p) ** (1 - y)), force=True)
    entropy = -(y * sp.log(p) + (1 - y) * sp.log(1 - p))
    return f"log[pʸ(1 − p)¹⁻ʸ] + cross-entropy = {sp.simplify(likelihood + entropy)}"


def lost_k() -> str:
    """Σₖ wₖ times the whole vector is a vector, where a number is needed."""
    w, g = np.array([0.5, -1.0]), np.array([0.2, 0.3])
    return f"Σₖ wₖ · (vector) = {plain(sum(w) * g)}, a vector; Σₖ wₖ gₖ = {number(w @ g, 2)}"


def kink() -> str:
    """ReLU has two slopes at 0, and the central difference takes their mean."""
    z, h = np.zeros(1), 1e-3
    f = [RELU.f(z + step)[0] for step in (-h, 0, h)]
    left, right, central = (f[1] - f[0]) / h, (f[2] - f[1]) / h, (f[2] - f[0]) / (2 * h)
    return f"slopes at 0: {left:g} to the left, {right:g} to the right; central difference {central:g}"


def delta_as_a_row() -> str:
    """(Wᴸ)ᵀδ needs a column."""
    W, delta = np.ones((2, 3)), np.ones((1, 2))
    return f"δ as a row: {size(W.T)} times {size(delta)} is a {refused(lambda: W.T @ delta)}"


def alexnet() -> str:
    """AlexNet's parameters, counted from the shapes of its layers."""
    return f"{sum(layer.parameters for layer in ledger(ALEXNET_INPUT, ALEXNET)):,} parameters"


ERRATA = (
    Erratum("E000.01", "error", "missing square", missing_square),
    Erratum("E000.02", "error", "lost sign", lost_sign),
    Erratum("E000.03", "error", "symbol clash", divided_twice),
    Erratum("E000.04", "notation", "missing index", lost_index),
    Erratum("E000.05", "notation", "typo", other_layer),
    Erratum("E000.06", "error", "wrong for softmax", softmax_by_entries),
    Erratum("E000.07", "error", "harmless here", bias_in_the_sum),
    Erratum("E000.08", "notation", "one index for two", one_letter_twice),
    Erratum("E000.09", "error", "no learning rate", no_rate),
    Erratum("E000.10", "error", "sum for mean", sum_for_mean),
    Erratum("E000.11", "wording", "wrong words", sum_of_inputs),
    Erratum("E000.12", "error", "wrong concept", beyond_the_models),
    Erratum("E000.13", "wording", "imprecise", conditional),
    Erratum("E000.14", "notation", "missing index", lost_k),
    Erratum("E000.15", "omission", "the kink at 0", kink),
    Erratum("E000.16", "notation", "symbols", delta_as_a_row),
    Erratum("E000.17", "true", "verified", alexnet),
)
