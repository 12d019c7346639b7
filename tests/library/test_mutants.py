"""Tests of the judges: one equation at a time is made wrong in the source, and they must reject it.

The judges are a network in plain Python loops, differences taken by the unchanged library, worked numbers, and
for random weights the bounds and spreads of their distributions.
"""

# ruff: noqa: E501  (a mutant is a line)

import importlib.util
import json
import math
import re
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from generic import network as generic_network

import backprop_lib
from backprop_lib import agree, complex_step

SOURCE = Path(backprop_lib.__file__).parent
WORKED = json.loads((Path(__file__).parents[1] / "reference_values.json").read_text(encoding="utf-8"))[
    "source_001"
]["values"]

MUTANTS = {
    "F1": [
        ("network", "p.W[l] @ a[l - 1] + p.b.get(l, 0) ", "p.W[l] @ a[l - 1] "),
        ("network", "p.W[l] @ a[l - 1] + p.b.get(l, 0) ", "p.W[l] @ a[l - 1] - p.b.get(l, 0) "),
        ("network", "p.W[l] @ a[l - 1] + p.b.get(l, 0) ", "p.W[l].T @ a[l - 1] + p.b.get(l, 0) "),
    ],
    "F2": [
        ("network", "a[l] = phi[l].f(z[l])", "a[l] = phi[1].f(z[l])"),
        ("network", "a[l] = phi[l].f(z[l])", "a[l] = phi[l].f(phi[l].f(z[l]))"),
    ],
    "BP1": [
        ("network", "t.z[L], t.a[L], y) / m", "t.z[L], t.a[L], y)"),
        ("network", "delta[L] = self._loss", "delta[L] = -self._loss"),
        ("losses", "return phi.vjp(z, self.prime(a, y))", "return self.prime(a, y)"),
    ],
    "M1": [
        ("losses", "            return a - y", "            return y - a"),
        ("losses", "            return a - y", "            return (a - y) * a * (1 - a)"),
        ("losses", "            return a - y", "            return np.exp(z) - y"),
    ],
    "BP2": [
        ("network", "(p.W[l + 1].T @ delta[l + 1])", "(p.W[l + 1] @ delta[l + 1])"),
        ("network", "* phi[l].prime(t.z[l])", "* phi[l].prime(t.a[l])"),
        ("network", "* phi[l].prime(t.z[l])", "* phi[1].prime(t.z[l])"),
        ("network", "* phi[l].prime(t.z[l])", ""),
        ("network", "delta[l] = (p.W[l + 1]", "delta[l] = -(p.W[l + 1]"),
    ],
    "BP3": [
        ("network", "delta[l] @ t.a[l - 1].T +", "delta[l] @ t.a[l - 1].T -"),
        ("network", "delta[l] @ t.a[l - 1].T +", "delta[l] @ phi[l].f(t.a[l - 1]).T +"),
        ("network", "self.l2 / m * p.W[l] ", "self.l2 * p.W[l] "),
        ("network", "self.l2 / m * p.W[l] ", "self.l2 / m * (p.W[l] ** 2).sum() "),
        ("network", "+ self.l2 / m * p.W[l] ", ""),
    ],
    "BP4": [
        ("network", "delta[l].sum(axis=1, keepdims=True)", "delta[l].mean(axis=1, keepdims=True)"),
        ("network", "delta[l].sum(axis=1, keepdims=True)", "delta[l][:, :1]"),
        ("network", "delta[l].sum(axis=1, keepdims=True)", "-delta[l].sum(axis=1, keepdims=True)"),
    ],
    "GD": [
        ("network", "p.W[l] - alpha * g.dW[l]", "p.W[l] + alpha * g.dW[l]"),
        ("network", "p.W[l] - alpha * g.dW[l]", "p.W[l] - g.dW[l]"),
        ("network", "p.b[l] - alpha * g.db[l]", "p.b[l] + alpha * g.db[l]"),
    ],
    "C0": [
        ("network", "t.a[self.L], y).sum(axis=-1) / y.shape[1]", "t.a[self.L], y).sum(axis=-1)"),
        ("network", "self.l2 / (2 * m)", "self.l2 / m"),
        ("network", "(W**2).sum(axis=(-2, -1)) for W in p.W.values()", "abs(W).sum(axis=(-2, -1)) for W in p.W.values()"),
        ("network", "for W in p.W.values()] if self.l2", "for W in [*p.W.values(), *p.b.values()]] if self.l2"),
    ],
    "C1": [
        ("losses", "0.5 * ((a - y) ** 2)", "((a - y) ** 2)"),
        ("losses", "prime=lambda a, y: a - y)", "prime=lambda a, y: y - a)"),
    ],
    "C2": [
        ("losses", "np.asarray(((a - y) ** 2).sum(axis=-2))", "np.asarray(np.sqrt(((a - y) ** 2).sum(axis=-2)))"),
        ("losses", "2.0 * (a - y)", "(a - y)"),
        ("losses", "2.0 * (a - y)", "2.0 * abs(a - y)"),
    ],
    "C3": [
        ("losses", "_times_log(y, a) + _times_log(1.0 - y, 1.0 - a)", "_times_log(y, a) - _times_log(1.0 - y, 1.0 - a)"),
        ("losses", "_times_log(y, a) + _times_log(1.0 - y, 1.0 - a)", "_times_log(y, a)"),
        ("losses", "_ratio(1.0 - y, 1.0 - a) - _ratio(y, a)", "_ratio(1.0 - y, 1.0 - a) + _ratio(y, a)"),
        ("losses", "(1.0 - y) * z, -y * z)", "(1.0 - y) * z, y * z)"),
        ("losses", "np.log1p(e)).sum", "np.log(e)).sum"),
    ],
    "C4": [
        ("losses", "np.asarray(-_times_log(y, a)", "np.asarray(_times_log(y, a)"),
        ("losses", "prime=lambda a, y: -_ratio(y, a)", "prime=lambda a, y: _ratio(y, a)"),
        ("losses", "(y * (log_sum - shifted))", "(y * (log_sum + shifted))"),
    ],
    "A1": [
        ("activations", "f=lambda z: z, ", "f=lambda z: 2 * z, "),
        ("activations", "prime=lambda z: np.ones_like(z)", "prime=lambda z: z"),
    ],
    "A2": [
        ("activations", "z.real >= 0, 1.0, e) / (1.0 + e)", "z.real >= 0, 1.0, e) / (2.0 + e)"),
        ("activations", "z.real >= 0, 1.0, e) / (1.0 + e)", "z.real < 0, 1.0, e) / (1.0 + e)"),
        ("activations", "e / (1.0 + e) ** 2", "e / (1.0 + e)"),
        ("activations", "e / (1.0 + e) ** 2", "np.sign(z.real) * e / (1.0 + e) ** 2"),
    ],
    "A3": [
        ("activations", "1.0 - np.tanh(z) ** 2", "1.0 + np.tanh(z) ** 2"),
        ("activations", "1.0 - np.tanh(z) ** 2", "1.0 - np.tanh(z)"),
        ("activations", 'Activation("tanh", f=np.tanh,', 'Activation("tanh", f=np.sin,'),
    ],
    "A4": [
        ("activations", "np.where(z.real > 0, z, 0.0)", "np.where(z.real > 0, z, 0.01 * z)"),
        ("activations", "np.where(z.real > 0, np.ones_like(z), 0.0)", "np.ones_like(z)"),
        ("activations", "np.where(z.real > 0, np.ones_like(z), 0.0)", "np.where(z.real >= 0, np.ones_like(z), 0.0)"),
    ],
    "A5": [
        ("activations", "e / e.sum(axis=-2, keepdims=True)", "e / e.sum(axis=-1, keepdims=True)"),
        ("activations", "(identity - a[..., None, :, :])", "identity"),
        ("activations", "(identity - a[..., None, :, :])", "(identity - 1)"),
        ("activations", "...ijr,...ir->...jr", "...iir,...ir->...ir"),
    ],
    "D1": [
        ("differences", "((theta + steps) - (theta - steps))[:, None]", "steps[:, None]"),
        ("differences", "(right - left) /", "(left - right) /"),
        ("differences", "EPSILON ** (1 / 3) / max", "EPSILON / max"),
    ],
    "D2": [
        ("differences", "moved(1j * h)[0].imag / h", "moved(1j * h)[0].real / h"),
        ("differences", "moved(1j * h)[0].imag / h", "moved(h)[0] / h"),
        ("differences", "moved(1j * h)[0].imag / h", "-moved(1j * h)[0].imag / h"),
    ],
    "D3": [
        ("check", "error = abs(g - d) / scale", "error = (g - d) / scale"),
        ("check", "error = abs(g - d) / scale", "error = abs(abs(g) - abs(d)) / scale"),
        ("check", "error = abs(g - d) / scale", "error = abs(g - d) / scale**0.01 * 1e-9"),
        ("check", "error = abs(g - d) / scale", "error = abs(g - d) / max(abs(d).min(), 1e-300)"),
    ],
    "I1": [
        ("initialization", "np.sqrt(origin)).T", "np.sqrt(target)).T"),
        ("initialization", "((2 * rng.random((origin, target)) - 1)", "((2 * rng.random((origin, target)) - 0)"),
        ("initialization", "((2 * rng.random((origin, target)) - 1) / np.sqrt(origin)).T", "(2 * rng.random((target, origin)) - 1) / np.sqrt(origin)"),
    ],
    "I2": [
        ("initialization", "np.sqrt(6 / (origin + target))", "np.sqrt(6 / origin)"),
        ("initialization", "np.sqrt(6 / (origin + target))", "6 / (origin + target)"),
        ("initialization", "(2 * rng.random((target, origin)) - 1) * np.sqrt(6", "rng.random((target, origin)) * np.sqrt(6"),
    ],
    "I3": [
        ("initialization", "np.sqrt(2 / origin)", "np.sqrt(2 / target)"),
        ("initialization", "np.sqrt(2 / origin)", "(2 / origin)"),
        ("initialization", "rng.standard_normal", "rng.random"),
    ],
}  # fmt: skip
CASES = [(id, *mutant) for id, mutants in MUTANTS.items() for mutant in mutants]


@cache
def compiled(stem, source):
    """Return the code of a module; most modules are the same in every mutant."""
    return compile(source, f"mutant/{stem}.py", "exec")


def home(name):
    """Return the file of a module: ``mutant.x`` is x.py or x/__init__.py."""
    place = SOURCE.joinpath(*name.split(".")[1:])
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


class Mutants:
    """Import ``mutant.x`` from the source of ``backprop_lib.x``, with one passage of one module replaced."""

    def __init__(self, module=None, old="", new=""):
        self.module, self.old, self.new = module, old, new

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "mutant":
            return importlib.util.spec_from_loader(name, self, is_package=home(name).name == "__init__.py")
        return None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        stem = module.__name__.partition(".")[2] or "__init__"
        source = home(module.__name__).read_text(encoding="utf-8")
        if stem == self.module:
            assert source.count(self.old) == 1, (
                f"{self.old!r} stands {source.count(self.old)} times in {stem}.py"
            )
            source = source.replace(self.old, self.new)
        exec(compiled(stem, source), module.__dict__)


def library(*mutant):
    """Return the library, imported anew with this mutation."""
    finder = Mutants(*mutant)
    sys.meta_path.insert(0, finder)
    try:
        mutated = importlib.import_module("mutant")
        for name in mutated.__all__:
            getattr(mutated, name)  # what is loaded when it is asked for has to be asked for here
        return mutated
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if name.split(".")[0] == "mutant"]:
            del sys.modules[name]


# The judges

PHI = {
    "identity": lambda z: z,
    "sigmoid": lambda z: [1 / (1 + math.exp(-v)) for v in z],
    "tanh": lambda z: [(math.exp(v) - math.exp(-v)) / (math.exp(v) + math.exp(-v)) for v in z],
    "relu": lambda z: [max(0.0, v) for v in z],
    "softmax": lambda z: [math.exp(v) / sum(map(math.exp, z)) for v in z],
}
COST = {
    "half_squared_error": lambda a, y: sum((u - v) ** 2 for u, v in zip(a, y, strict=True)) / 2,
    "squared_error": lambda a, y: sum((u - v) ** 2 for u, v in zip(a, y, strict=True)),
    "binary_cross_entropy": lambda a, y: -sum(v * math.log(u) + (1 - v) * math.log(1 - u) for u, v in zip(a, y, strict=True)),
    "cross_entropy": lambda a, y: -sum(v * math.log(u) for u, v in zip(a, y, strict=True)),
}  # fmt: skip
NETWORKS = [
    ((3, 4, 4, 2), ("tanh", "relu", "softmax"), "cross_entropy", 0.3),
    ((2, 4, 3), ("sigmoid", "sigmoid"), "binary_cross_entropy", 0.0),
    ((2, 3, 4), ("identity", "softmax"), "binary_cross_entropy", 0.0),
    ((2, 4, 3), ("relu", "sigmoid"), "cross_entropy", 0.2),
    ((3, 2, 4), ("sigmoid", "tanh"), "squared_error", 0.0),
    ((2, 3, 4), ("tanh", "identity"), "half_squared_error", 0.0),
    ((2, 1, 1), ("relu", "softmax"), "half_squared_error", 0.0),
]
INPUTS = [generic_network(*args) for args in NETWORKS]
SMALL = generic_network((2, 3, 1), "tanh")


def in_loops(net, p, x, y):
    """Return every a of every layer, and C, by loops over plain floats."""
    activations, total = [], 0.0
    for r in range(x.shape[1]):
        a = [x[:, r].tolist()]
        for l, name in enumerate(net.activations, start=1):
            z = [sum(w * v for w, v in zip(row, a[-1], strict=True)) for row in p.W[l].tolist()]
            a.append(PHI[name]([u + float(v) for u, v in zip(z, p.b[l][:, 0], strict=True)]))
        activations.append(a)
        total += COST[net.loss](a[-1], y[:, r].tolist())
    ridge = sum(w * w for W in p.W.values() for w in W.ravel().tolist())
    m = x.shape[1]
    return activations, total / m + net.l2 / (2 * m) * ridge


@pytest.fixture(scope="module")
def loops():
    return [in_loops(*inputs) for inputs in INPUTS]


def judge(lib, loops):
    """Raise unless this library is right in every equation."""
    judge_the_kink(lib)
    judge_the_worked_step(lib)
    judge_the_spread(lib)
    for args, (_, p, x, y), (activations, C) in zip(NETWORKS, INPUTS, loops, strict=True):
        net = lib.Network(*args)
        p = lib.Parameters(p.W, p.b)
        t = net.forward(p, x)
        for r, a in enumerate(activations):
            for l, column in enumerate(a):
                agree("F1, F2, A1–A5", numpy=t.a[l][:, r], loops=column)
        agree("C0–C4", numpy=net.cost(p, x, y), loops=C)
        g, d = net.backward(p, t, y), complex_step(net, p, x, y)
        for equation, own, other in (
            ("BP1, BP2", g.delta, d.delta),
            ("BP3", g.dW, d.dW),
            ("BP4", g.db, d.db),
        ):
            agree(equation, numpy=own, complex_step=other)
    judge_the_checks(lib)


def judge_the_kink(lib):
    net = lib.Network((1, 1), "relu")
    p = lib.Parameters({1: [[1.0]]}, {1: [[0.0]]})
    agree("A4", numpy=net.backward(p, net.forward(p, [[0.0]]), [[1.0]]).delta[1], convention=[[0.0]])


def judge_the_worked_step(lib):
    net, p, x, y = lib.datasets.source_001()
    q = lib.step(p, net.backward(p, net.forward(p, x), y), 0.001)
    agree("I1", numpy=p.W[2].T, source=WORKED["W2"])
    agree("GD", numpy=q.W[1].T, source=WORKED["W1_new"])
    _, p, x, y = INPUTS[0]
    net, p = lib.Network(*NETWORKS[0]), lib.Parameters(p.W, p.b)
    g = net.backward(p, net.forward(p, x), y)
    agree("GD", numpy=lib.step(p, g, 0.25).b[1], again=p.b[1] - g.db[1] / 4)


def judge_the_checks(lib):
    """Its witnesses must give known slopes; its check must accept the right gradient and reject wrong ones."""
    net = lib.Network((1, 1), "identity")
    p = lib.Parameters({1: [[3.0]]}, {1: [[0.0]]})
    x, y = [[2.0]], [[1.0]]  # C = ½(2w − 1)², dC/dw = 2(2w − 1) = 10
    agree("D1", differences=lib.central_differences(net, p, x, y).dW[1], by_hand=[[10.0]])
    agree("D2", complex_step=lib.complex_step(net, p, x, y).dW[1], by_hand=[[10.0]])
    agree(
        "D3",
        numpy=lib.check.relative_error(np.array([1.0, 2.0, -1.0]), np.array([[2.0], [1.0], [1.0]])),
        by_hand=[0.5, 0.5, 2.0],
    )
    _, p, x, y = SMALL
    net, p = lib.Network((2, 3, 1), "tanh"), lib.Parameters(p.W, p.b)
    g, (one, other) = (
        net.backward(p, net.forward(p, x), y),
        (f(net, p, x, y) for f in (lib.central_differences, lib.complex_step)),
    )
    agree("D1, D2", differences=one.dW, complex_step=other.dW)
    assert lib.gradient_check(net, p, x, y).ok
    for factor in (-1.0, 0.5, 1.0 + 1e-6):
        for l in g.dW:
            wrong = lib.Gradients(g.delta, {**g.dW, l: factor * g.dW[l]}, g.db)
            assert not lib.gradient_check(net, p, x, y, gradients=wrong).ok
    balanced = lib.Parameters({1: [[1.0]]}, {1: [[0.0]]})  # two examples whose terms cancel up to rounding
    assert lib.gradient_check(lib.Network((1, 1), "identity"), balanced, [[0.1, 0.3]], [[0.4, 0.2]]).ok


def judge_the_spread(lib):
    net = lib.Network((300, 200))
    for scheme, spread, bound in (
        ("fan_in", 1 / math.sqrt(3 * 300), 1 / math.sqrt(300)),
        ("glorot", math.sqrt(2 / 500), math.sqrt(6 / 500)),
        ("he", math.sqrt(2 / 300), math.inf),
    ):
        W = net.initialize(0, scheme).W[1]
        # 60,000 draws: the standard deviation is known to 0.3 %, the mean to 0.4 % of it.
        assert W.std() == pytest.approx(spread, rel=0.01)
        assert abs(W.mean()) < 0.02 * spread
        assert abs(W).max() <= bound


def test_the_judges_accept_the_library(loops):
    judge(library(), loops)


@pytest.mark.parametrize(("id", "module", "old", "new"), CASES, ids=[f"{c[0]}-{c[3][:40]}" for c in CASES])
def test_the_judges_reject_a_mutant(id, module, old, new, loops):
    mutant = library(module, old, new)
    with pytest.raises((AssertionError, ValueError, FloatingPointError)):
        judge(mutant, loops)


def test_every_equation_of_the_code_has_a_mutant():
    marked = {
        id
        for path in SOURCE.glob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        for id in re.findall(r"# .*?\(((?:F|BP|GD|M|A|C|D|I)\d?)\)", line)
    }
    assert marked == set(MUTANTS)
