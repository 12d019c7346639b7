"""The XOR chapter's formulas: the network, its gradients, descent, penalty and checks."""

import numpy as np
from generic import network

from backprop_lib import complex_step, step
from backprop_lib.bugs import BUGS
from backprop_lib.check import relative_error
from backprop_lib.losses import LOSSES
from backprop_lib.parameters import Parameters

from .costs import one_example
from .ingredients import NET, SIGMA, SLOPES, H, P, X, Y, drawn, elementwise, layers, slope


def descent():
    """Return the names before a step, and W and b after it."""
    q = step(P, SLOPES, learning_rate=0.3)
    return [{**names, "alpha": 0.3, "after": {"W": q.W, "b": q.b}} for names in layers()]


def ridge():
    """Return the names in the cost with its penalty."""
    net, p, x, y = network((2, 3, 4), l2=0.7)
    of_example = LOSSES[net.loss].f(net.forward(p, x).a[2], y)
    return [{"C": net.cost(p, x, y), "C^r": of_example, "W": p.W, "m": y.shape[1], "L": 2, "lambda": 0.7}]


def ridge_slope():
    """Return what the penalty adds to each layer's gradient, and what source 001's program adds."""
    net, p, x, y = network((2, 3, 4), l2=0.7)
    plain, _, _, _ = network((2, 3, 4))
    with_penalty, data = complex_step(net, p, x, y), complex_step(plain, p, x, y)
    program = BUGS["scalar penalty"].gradients(net, p, net.forward(p, x), y)
    names = {
        "right": {l: with_penalty.dW[l] - data.dW[l] for l in (1, 2)},
        "written": {l: (program.dW[l] - data.dW[l]).mean() for l in (1, 2)},
        **{"W": p.W, "lambda": 0.7, "m": y.shape[1]},
    }
    return [{**names, "l": l, "last": {"i": net.sizes[l], "j": net.sizes[l - 1]}} for l in (1, 2)]


def chain_of_one():
    """Return every slope along a chain of single neurons, in the article's letters: x, z₁, h₁, z₂, h₂, C."""
    net, p, x, y = network((1, 1, 1))
    x, y = x[:, :1], y[:, :1]
    t, g = net.forward(p, x), complex_step(net, p, x, y)
    W, z, h = (
        [p.W[l].item() for l in (1, 2)],
        [t.z[l].item() for l in (1, 2)],
        [t.a[l].item() for l in (0, 1)],
    )
    step_in = 1j * H
    return [
        {
            "dC/dW": {l: g.dW[l].item() for l in (1, 2)},
            "dC/dh": {2: np.imag(LOSSES[net.loss].f(t.a[2] + step_in, y)).item() / H},
            "dh/dz": np.diag([slope(SIGMA, each) for each in z]),
            "dz/dW": np.diag([np.imag((w + step_in) * a) / H for w, a in zip(W, h, strict=True)]),
            "dz/dh": np.array([[0, 0], [np.imag(W[1] * (h[1] + step_in)) / H, 0]]),
        }
    ]


def lines():
    """Return sums that are right on all four corners of XOR, then sums that are wrong on one of them."""
    right = {(x1, x2): 0.1 if x1 != x2 else -0.1 for x1 in (0, 1) for x2 in (0, 1)}
    found = [{"s": lambda *x: right[x]}]
    for corner in right:
        wrong = right | {corner: -right[corner]}
        found.append({"s": lambda *x, wrong=wrong: wrong[x], "holds": False})
    return found


def decision():
    """Return the names in the difference of the two outputs, for one x and no biases."""
    net, p, x, _ = network((2, 5, 2), biases=False)
    z = net.forward(p, x).z[2][:, 0]
    names = {"D": lambda x: z[1] - z[0], "x": x[:, 0], "z": {2: z}, "v": p.W[2][1] - p.W[2][0]}
    return [{**names, "u": p.W[1] @ x[:, 0], "H": 5, "sigma": SIGMA}]


def ceiling():
    """Return accuracies without biases: of random networks, of one at the ceiling, and one answer above it.

    Three hidden neurons reach it: steps at x₁ = 0 and x₂ = 0, and a constant ½, weighted 1, 1 and −1; what
    they get wrong is the quadrant where both are positive.
    """
    # 32 pairs of mirrored points off the axes, 8 of class 0 (equal signs): shares in 64-bit numbers are exact
    rng = np.random.default_rng(5)
    half = rng.uniform(0.1, 1.0, size=(2, 32)) * np.where(np.arange(32) < 8, 1, [[1], [-1]])
    x = np.hstack([half, -half])
    is_one = x[0] * x[1] < 0
    networks = [(rng.normal(scale=4, size=(20, 2)), rng.normal(size=20)) for _ in range(40)]
    networks.append((1e3 * np.array([[1, 0], [0, 1], [0, 0]]), np.array([1, 1, -1])))
    found = []
    for W, v in networks:
        D = v @ SIGMA(W @ x)
        suffers = ~is_one if v.sum() > 0 else is_one
        found.append({"accuracy": ((D > 0) == is_one).mean(), "p": suffers.mean()})
    best = found[-1]
    return [*found, {**best, "accuracy": best["accuracy"] + 1 / len(is_one), "holds": False}]


def nudged(h, rtol):
    """Return C as a function of W⁽¹⁾₁₂ alone."""
    theta = P.W[1][0, 1]

    def cost(theta):
        W = np.array(P.W[1], dtype=np.result_type(theta))
        W[0, 1] = theta
        return NET._data_cost(NET._forward(Parameters.computed({**P.W, 1: W}, P.b), X), Y)

    slope = NET.backward(P, NET.forward(P, X), Y).dW[1][0, 1]
    return [{"C": cost, "theta": theta, "h": h, "i": 1j, "∂C/∂theta": slope, "rtol": rtol}]


def errors():
    """Return a slope near its witness, and one that is larger than all shares of its witness together."""
    shares = np.array([0.3, -0.5, 0.4])
    names = {"d": shares.sum(), "d_": shares, "last": {"r": 3}}
    return [{**names, "g": g, "error": relative_error(np.array(g), shares)} for g in (0.21, 9.0)]


NAMES = {
    **{"F1": layers(), "F2": layers(), "A2": elementwise("sigmoid", (-1.3, 0.4, 2.1))},
    **{"C0": ridge(), "C1": one_example("half_squared_error")},
    **{"BP1": layers(), "BP2": layers(last=NET.L - 1), "BP3": layers(), "BP4": layers(), "GD": descent()},
    **{"I1": drawn("fan_in"), "D3": errors()},
    "D1": nudged(1e-5, rtol=1e-7),  # no equality: it is off by about 10⁻¹⁰ C, a one-sided one by 10⁻⁵
    "D2": nudged(H, rtol=1e-11),
    "the-slope-of-the-penalty": ridge_slope(),
    "the-shared-box": chain_of_one(),
    "what-a-line-would-need": lines(),
    "the-difference-that-decides": decision(),
    "the-ceiling": ceiling(),
}
