"""The figures of those of source 001's errata that need more than its worked point, or only its wording.

English words in quotation marks are those of the original, of which the source is a translation.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import sympy as sp

from .. import scratch_mlp
from ..datasets import source_001, xor_quadrants
from ..network import Network
from .record import Erratum, number, plain


def one_term_too_many() -> str:
    """Half the mean of N + 1 ones, divided by N."""
    shares = {N: sum(1 for _ in range(N + 1)) / (2 * N) for N in (1, 50, 300)}
    return "every term 1: " + ", ".join(f"N = {N}: {v:.4f}" for N, v in shares.items()) + " instead of 0.5"


def no_line() -> str:
    """Two sums of the same four scores, of which one must be negative and the other positive."""
    w1, w2, b = sp.symbols("w_1 w_2 b")

    def s(x1: int, x2: int) -> sp.Expr:
        return w1 * x1 + w2 * x2 + b

    identity = sp.expand(s(0, 0) + s(1, 1) - s(0, 1) - s(1, 0))
    return f"s(0,0) + s(1,1) − s(0,1) − s(1,0) = {identity} for every line"


def fifty_of_three_hundred() -> str:
    """The program's first cost is that of the first 50 points."""
    x, y = xor_quadrants(outputs=2)
    net = Network((2, 50, 2), biases=False, l2=1e-4)
    p = net.initialize(np.random.RandomState(2017))
    program, first, whole = scratch_mlp.run(iterations=1).cost[0], x[:, :50], net.cost(p, x, y)
    assert abs(net.cost(p, first, y[:, :50]) - program) < 1e-12
    return (
        f"the program's first cost, {program:.6f}, is that of the first {first.shape[1]} points; "
        f"of all {x.shape[1]} it would be {whole:.6f}"
    )


def overflow() -> str:
    """A number becomes infinite, its place in memory stays what it was."""
    largest, z = np.finfo(float).max, np.array([1000.0])
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(z)
        results = [e[0], (e - e)[0], (e / e)[0]]
    return (
        "exp({}) = {}, inf − inf = {}, inf/inf = {}, in {} bytes before and {} after; ".format(
            int(z[0]), *results, z.nbytes, e.nbytes
        )
        + f"the largest float64 is {largest:.4e} = exp({np.log(largest):.2f})"
    )


def estimate() -> str:
    """The variance of the mean slope of a batch falls as 1/B."""
    net, p, _, _ = source_001()
    x, y = xor_quadrants(outputs=2)
    t = net.forward(p, x)
    each = x.shape[1] * net.backward(p, t, y).delta[2][0] * t.a[1][0]
    rng = np.random.default_rng(0)
    drawn = {B: each[rng.integers(0, 300, (4000, B))].mean(axis=1).var() for B in (1, 10, 100)}
    return "variance of dLoss/dW₂[0,0] over batches: " + ", ".join(
        f"B = {B}: {v:.3e}".replace("e-", "e−") for B, v in drawn.items()
    )


def false_negatives() -> str:
    """What the translator read as a large negative number."""
    return "in the original: “return a large number of false negatives or NaN predictions”"


def differentiable() -> str:
    """With a step in the place of σ every slope is 0: nothing to follow."""
    _, p, x, y = source_001()

    def cost(v: np.ndarray) -> float:
        W1, W2 = v[:6].reshape(3, 2), v[6:].reshape(2, 3)
        return float((((W2 @ (W1 @ x > 0) > 0) - y) ** 2).sum() / 2)

    v = np.concatenate([W.ravel() for W in p.W.values()])
    flat = [cost(v + 1e-6 * e) == cost(v) for e in np.eye(len(v))]
    return (
        "in the original: “heavily relies on differentiable functions”; "
        f"with a step for σ, {sum(flat)} of {len(flat)} slopes are 0"
    )


def two_letters() -> str:
    """The characters that were lost."""
    return "in the original: “enforcing a stronger regularization, maybe L1 instead of L2”"


def missing_lambda() -> str:
    """The slope of the penalty carries its λ."""
    lam, w, N = sp.symbols("lambda w N")
    return f"d/dw λw²/(2N) = {sp.diff(lam * w**2 / (2 * N), w)}".replace("lambda*", "λ")


def does_not_run() -> str:
    """A folder of the same shape, a script of the same line, run as printed and as it works."""

    def last_line(*command: str, folder: str) -> str:
        done = subprocess.run([sys.executable, *command], capture_output=True, text=True, cwd=folder)
        return (done.stderr.splitlines() or ["no error"])[-1].split(" (")[0]

    with tempfile.TemporaryDirectory() as top:
        folder = Path(top, "scratch_mlp")
        folder.mkdir()
        (folder / "utils.py").touch()
        (folder / "scratch_mlp.py").write_text("from scratch_mlp import utils")
        fresh = last_line("-I", "-S", "-c", "import ipdb", folder=top)  # -S: no installed packages
        printed = last_line("scratch_mlp/scratch_mlp.py", folder=top)
        works = last_line("-m", "scratch_mlp.scratch_mlp", folder=top)
    return f"on a fresh Python {fresh}; with it installed {printed}; as a module {works}"


def sum_for_mean() -> str:
    """The program's gradient is N times the slope of the loss that it prints."""
    x, y = xor_quadrants(first=50, outputs=2)
    net = Network((2, 3, 2), biases=False)
    p = net.initialize(np.random.RandomState(2017))

    def slope(x: np.ndarray, y: np.ndarray) -> float:
        return float(net.backward(p, net.forward(p, x), y).dW[2][0, 0])

    total = sum(slope(x[:, [r]], y[:, [r]]) for r in range(50))
    ratio = total / slope(x, y)
    return f"the program's {number(total)}, the slope {number(slope(x, y))}: {ratio:.6f} times as much"


def explicitly() -> str:
    """A clipped gradient has the length that was chosen."""
    g = np.array([30_000.0, 40_000.0])
    clipped = g * min(1.0, 1.0 / np.linalg.norm(g))
    return (
        "in the original: “explicitly”, “consecutive matrix multiplications”, “calibrated input data”; "
        f"clipping by norm 1 turns {plain(g)} into {plain(clipped.round(12))}"
    )


ERRATA = (
    Erratum("E001.02", "error", "off by one", one_term_too_many),
    Erratum("E001.11", "wording", "misleading", no_line),
    Erratum("E001.12", "error", "any function", None),
    Erratum("E001.15", "error", "wrong concept", None),
    Erratum("E001.16", "error", "contradicts the code", fifty_of_three_hundred),
    Erratum("E001.17", "wording", "wrong term", overflow),
    Erratum("E001.18", "wording", "mistranslation", false_negatives),
    Erratum("E001.19", "error", "whose variance", estimate),
    Erratum("E001.20", "wording", "mistranslation", differentiable),
    Erratum("E001.21", "wording", "garbled text", two_letters),
    Erratum("E001.22", "omission", "the unit", None),
    Erratum("E001.23", "error", "wrong diagnosis", None),
    Erratum("E001.24", "error", "wrong cure", None),
    Erratum("E001.25", "omission", "missing factor", missing_lambda),
    Erratum("E001.31", "error", "does not run", does_not_run),
    Erratum("E001.32", "error", "sum for mean", sum_for_mean),
    Erratum("E001.34", "wording", "mistranslation", explicitly),
)
