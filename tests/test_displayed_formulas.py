r"""Every labeled formula of the book, and two more, are true as it is printed, and no misprint is.

Its TeX is read and computed with (``printed.py``).  What stands on the left comes from elsewhere: derivatives
from the complex step, which knows the forward pass only; the rest from the library.
"""

import re
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from generic import network
from printed import holds, plain

from backprop_lib import step
from backprop_lib.activations import ACTIVATIONS
from backprop_lib.check import relative_error
from backprop_lib.differences import complex_step
from backprop_lib.losses import LOSSES
from backprop_lib.parameters import Parameters

BOOK = Path(__file__).parents[1] / "book"
BLOCK = re.compile(r"^```\{math\}\n:label: eq-(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PAGES = [page.read_text("utf8") for page in sorted(BOOK.rglob("*.md"))]
PRINTED = {label.upper(): tex for page in PAGES for label, tex in BLOCK.findall(page)}
# Displays without a label that are equations too, each found once: what stands before it, and where it is.
UNLABELED = {
    "the slope with a penalty": (
        r"\frac{\partial C}{\partial W^{(l)}} = ",
        r"\\text\{right: \}([^$]*?)\\qquad",
    ),
    "the difference that decides": ("", r"^(D\(x\) = .*),$"),
}
for name, (left, where) in UNLABELED.items():
    (right,) = (tex for page in PAGES for tex in re.findall(where, page, re.MULTILINE))
    PRINTED[name] = left + right
NET, P, X, Y = network((2, 3, 4, 6))  # four widths and five examples, no two alike
SLOPES = complex_step(NET, P, X, Y)
H = 1e-30  # of a complex step; its error is of the order h²
RNG = np.random.default_rng(1)


def slope(f, z):
    """Return f′(z) for an elementwise f, by the complex step."""
    return np.imag(f(np.asarray(z) + 1j * H)) / H


def slopes(f, z):
    """Return ∂f/∂zⱼ for a column z, the entries of f down, j across."""
    moved = [f((z + 1j * H * e)[:, None]).reshape(-1) for e in np.eye(len(z))]
    return np.column_stack(moved).imag / H


def shared():
    """Return every name of the network's formulas; the slopes are the complex step's."""
    t, sigma = NET.forward(P, X), ACTIVATIONS["sigmoid"].f
    return {
        **{"W": P.W, "b": P.b, "z": t.z, "a": t.a, "y": Y, "m": Y.shape[1], "L": NET.L},
        **{"sigma": sigma, "varphi": sigma, "sigma'": lambda z: slope(sigma, z)},
        **{"n": dict(enumerate(NET.sizes))},
        **{"delta": SLOPES.delta, "∂C/∂W": SLOPES.dW, "∂C/∂b": SLOPES.db},
    }


def layers(first=1, last=NET.L):
    return [{**shared(), "l": l} for l in range(first, last + 1)]


def descent():
    q = step(P, SLOPES, learning_rate=0.3)
    return [{**names, "alpha": 0.3, "after": {"W": q.W, "b": q.b}} for names in layers()]


def elementwise(name, points):
    f = ACTIVATIONS[name].f
    found = {"sigma": f, "varphi": f}
    found |= {f"{letter}'": lambda z: slope(f, z) for letter in ("sigma", "varphi")}
    return [{**found, "z": np.float64(z)} for z in points]


def softmax():
    z, f = RNG.normal(size=4), ACTIVATIONS["softmax"].f
    names = {"a": f(z[:, None])[:, 0], "z": z, "∂a/∂z": slopes(f, z), "delta": np.eye(4), "last": {"j": 4}}
    return [{**names, "i": i, "j": j} for i, j in product(range(1, 5), repeat=2)]


def ridge():
    net, p, x, y = network((2, 3, 4), l2=0.7)
    of_example = LOSSES[net.loss].f(net.forward(p, x).a[2], y)
    return [{"C": net.cost(p, x, y), "C^r": of_example, "W": p.W, "m": y.shape[1], "L": 2, "lambda": 0.7}]


def ridge_slope():
    """Return the names in ∂C/∂W with a penalty; its δ is that of the data."""
    net, p, x, y = network((2, 3, 4), l2=0.7)
    g = complex_step(net, p, x, y)
    names = {
        "∂C/∂W": g.dW,
        "delta": g.delta,
        "a": net.forward(p, x).a,
        "W": p.W,
        "lambda": 0.7,
        "m": y.shape[1],
    }
    return [{**names, "l": l} for l in (1, 2)]


def decision():
    """Return the names in the difference of the two outputs, for one x and no biases."""
    net, p, x, _ = network((2, 5, 2), biases=False)
    z = net.forward(p, x).z[2][:, 0]
    names = {"D": lambda x: z[1] - z[0], "x": x[:, 0], "z": {2: z}, "v": p.W[2][1] - p.W[2][0]}
    return [{**names, "u": p.W[1] @ x[:, 0], "H": 5, "sigma": ACTIVATIONS["sigmoid"].f}]


def one_example(name):
    """Return the names in the cost of one example, for each output k."""
    a, y, f = RNG.uniform(0.2, 0.7, size=3), np.array([0.1, 0.3, 0.6]), LOSSES[name].f
    column = y[:, None]
    names = {"y": y, "C^r": f(a[:, None], column), "∂C^r/∂a": slopes(lambda a: f(a, column), a)}
    names |= {"r": 1, "n": {1: 3}, "L": 1, "last": {"k": 3}, "a": {1: a} if name.startswith("half") else a}
    return [{**names, "k": k} for k in (1, 2, 3)]


def drawn(scheme):
    """Return each weight of a layer beside the standard random number that it is made from."""
    W = NET.initialize(rng=7, scheme=scheme).W[1]
    rng, shape = np.random.default_rng(7), W.shape
    even = 2 * rng.random(shape[::-1]).T - 1 if scheme == "fan_in" else 2 * rng.random(shape) - 1
    normal = np.random.default_rng(7).standard_normal(shape)
    names = {"W": {1: W}, "w": {1: W}, "u": even, "n": dict(enumerate(NET.sizes)), "l": 1}
    return [
        {**names, "i": i + 1, "j": j + 1, "uniform": even[i, j], "normal": normal[i, j]}
        for i, j in np.ndindex(shape)
    ]


def nudged(h, theta=P.W[1][0, 1]):
    """Return C as a function of W⁽¹⁾₁₂ alone."""

    def cost(theta):
        W = np.array(P.W[1], dtype=np.result_type(theta))
        W[0, 1] = theta
        return NET._data_cost(NET._forward(Parameters.computed({**P.W, 1: W}, P.b), X), Y)

    slope = NET.backward(P, NET.forward(P, X), Y).dW[1][0, 1]
    return [{"C": cost, "theta": theta, "h": h, "i": 1j, "∂C/∂theta": slope}]


def errors():
    """Return a slope near its witness, and one that is larger than all shares of its witness together."""
    shares = np.array([0.3, -0.5, 0.4])
    return [
        {
            "g": g,
            "d": shares.sum(),
            "d_": shares,
            "last": {"r": 3},
            "error": relative_error(np.array(g), shares),
        }
        for g in (0.21, 9.0)
    ]


LESS = 1e-7  # (D1) alone is no equality: for h = 10⁻⁵ it is off by about 10⁻¹⁰ C, a one-sided one by 10⁻⁵
NAMES = {
    **{"F1": layers(), "F2": layers(), "BP1": layers(), "BP2": layers(last=NET.L - 1), "BP3": layers()},
    **{"BP4": layers(), "GD": descent(), "C0": ridge(), "A5": softmax()},
    "A1": elementwise("identity", (-1.3, 0.4, 2.1)),
    "A2": elementwise("sigmoid", (-1.3, 0.4, 2.1)),
    "A3": elementwise("tanh", (-1.3, 0.4, 2.1)),
    "A4": elementwise("relu", (-1.3, 0.0, 0.4, 2.1)),
    "C1": one_example("half_squared_error"),
    "C2": one_example("squared_error"),
    "C3": one_example("binary_cross_entropy"),
    "C4": one_example("cross_entropy"),
    **{"I1": drawn("fan_in"), "I2": drawn("glorot"), "I3": drawn("he")},
    **{"the slope with a penalty": ridge_slope(), "the difference that decides": decision()},
    **{"D1": nudged(1e-5), "D2": nudged(H), "D3": errors()},
}


def judge(label, tex):
    for names in NAMES[label]:
        holds(tex, names, rtol=LESS if label == "D1" else 1e-11)


# Kronecker's δ_{ij} is the same as δ_{ji}, so exchanging its indices is no slip.
MISPRINTS = [
    (r"\+", "-"), ("-", "+"), (r"\^\{\\mathsf T\}", ""), (r"\\mathsf T", ""), (r"\\odot", ""), ("'", ""),
    (r"l ?\+ ?1", "l"), (r"l ?- ?1", "l"), (r"\(l\)", "(l-1)"), (r"\(L\)", "(L-1)"), ("n_l", "n_L"),
    ("_j", "_i"), ("_k", "_1"), (r"(?<!delta)_\{ij\}", "_{ji}"), (r"\\sum_[a-z]", ""), (r"\\frac1m", ""),
    (r"\\tfrac12", ""), (r"\\alpha", ""), (r"\\lambda", ""), (r"\\sqrt", ""), (r"\\log", ""), (r"\\tanh", ""),
    (r"\\max", ""), (">", r"\\le"), *((str(n), str(n + 1)) for n in range(10)),
]  # fmt: skip


def misprints(tex):
    """Return a formula with one slip at a time: a sign, a transpose, a factor, an index, a digit."""
    tex = plain(tex)
    for pattern, slip in MISPRINTS:
        for found in re.finditer(pattern, tex):
            yield tex[: found.start()] + found.expand(slip) + tex[found.end() :]


def taken_for_true(label, tex):
    try:
        judge(label, tex)
    except (AssertionError, LookupError, TypeError, ValueError):
        return False
    return True


def test_every_labeled_formula_is_judged():
    labels = [label for page in PAGES for label in re.findall(r":label: eq-(\w+)", page)]
    assert sorted([*(label.upper() for label in labels), *UNLABELED]) == sorted(PRINTED) == sorted(NAMES)


@pytest.mark.parametrize("label", NAMES)
def test_the_printed_formula_is_true(label):
    judge(label, PRINTED[label])


@pytest.mark.parametrize("label", NAMES)
def test_no_misprint_of_the_formula_is_true(label):
    tried = list(misprints(PRINTED[label]))
    assert tried
    assert [tex for tex in tried if taken_for_true(label, tex)] == []
