"""A phase diagram shows the shares it was given, each in its place."""

import re

import numpy as np
import pytest

from backprop_lib.plots import phase_diagram
from backprop_lib.plots.style import GRADIENT, MUTED, TARGET
from plots.pictures import WORDS, presentable

RATES, WIDTHS = [0.1, 1.0, 10.0], [2, 4]
SOLVED = np.array([[0.0, 0.25, 0.5], [0.0, 1.0, 0.0]])
DIVERGED = np.array([[0.0, 0.0, 0.5], [0.0, 0.0, 1.0]])


def drawn(**changes):
    given = {"learning_rates": RATES, "widths": WIDTHS, "solved": SOLVED, "diverged": DIVERGED}
    return phase_diagram(**(given | changes), **WORDS)


def squares(picture, color):
    """Return the corners (left, right, top, bottom) of the squares of a color, in points."""
    paths = re.findall(r'<path d="([^"]*)"[^>]*style="fill: var\([^)]*' + color, picture.panels[0])
    found = []
    for square in re.findall(r"M[^M]*", " ".join(paths)):
        x, y = np.array(re.findall(r"[-\d.]+", square), dtype=float).reshape(-1, 2).T
        found.append((x.min(), x.max(), y.min(), y.max()))
    return np.array(found).reshape(-1, 4)


def test_an_area_is_the_share_that_solved_the_task():
    found = squares(drawn(), TARGET)
    areas = (found[:, 1] - found[:, 0]) * (found[:, 3] - found[:, 2])
    np.testing.assert_allclose(areas / areas.max(), [0.25, 0.5, 1.0], rtol=1e-4)
    sides = (found[:, 1] - found[:, 0]) / (found[:, 1] - found[:, 0]).max()
    assert not np.allclose(sides, [0.25, 0.5, 1.0], rtol=0.1)  # sides in proportion would cheat the eye


def test_columns_are_rates_and_rows_are_widths_from_the_bottom_up():
    few, half, full = squares(drawn(), TARGET)
    assert few[0] > full[0]
    assert np.isclose(few[:2].mean(), full[:2].mean())  # one rate
    assert half[0] > few[1]  # a higher rate stands further right
    assert full[3] < few[2]  # a wider network stands higher, and y counts downwards
    swapped = squares(drawn(solved=SOLVED[::-1], diverged=DIVERGED[::-1]), TARGET)
    assert not np.allclose(swapped, [few, half, full])


def test_where_all_got_stuck_there_is_a_dot():
    assert len(squares(drawn(), MUTED)) == 2
    nothing = np.zeros((2, 3))
    assert len(squares(drawn(solved=nothing, diverged=nothing), MUTED)) == 6


def test_where_runs_diverged_there_is_a_cross():
    panel = drawn().panels[0]
    crosses = re.findall(r'<path d="([^"]*)"[^>]*stroke: var\([^)]*' + GRADIENT, panel)
    assert crosses[0].count("M") == 2 * (DIVERGED > 0).sum()
    assert GRADIENT not in drawn(diverged=np.zeros((2, 3))).panels[0]


def test_a_large_sweep_makes_a_picture_that_is_fit_for_a_page():
    rng = np.random.default_rng(0)
    solved = rng.integers(0, 9, size=(16, 24)) / 8
    presentable(
        drawn(learning_rates=np.geomspace(0.1, 1e3, 24), widths=range(16), solved=solved, diverged=0 * solved)
    )


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"learning_rates": [0.0, 1.0, 2.0]}, "must ascend from above 0"),
    ({"learning_rates": [1.0, 0.5, 2.0]}, "must ascend from above 0"),
    ({"solved": SOLVED.T}, r"solved has shape \(3, 2\); \(2, 3\) is needed"),
    ({"diverged": 100 * DIVERGED}, "diverged must hold shares from 0 to 1"),
])  # fmt: skip
def test_what_cannot_be_drawn_is_refused(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        drawn(**wrong)
