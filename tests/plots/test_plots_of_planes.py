"""Lines, regions and stacks: what is drawn is what was computed."""

import re

import numpy as np
import pytest

from backprop_lib.datasets import xor_corners, xor_quadrants
from backprop_lib.plots.boundaries import accuracies_and_ceiling, decision_regions
from backprop_lib.plots.lines import cut, right, straight_lines
from backprop_lib.plots.sigmoid import sigmoid_and_slope
from backprop_lib.plots.stack import stack

WORDS = {"alt": "a picture", "caption": "look here"}
BOX = np.array([[-1.0, -2.0], [3.0, 2.0]])


def words(picture):
    """Return every text drawn, in order."""
    return [word for svg in picture.panels for word in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def test_a_line_is_scored_by_the_points_on_its_side():
    x, y = xor_corners()
    titles = [
        w
        for w in words(straight_lines(x, y, [(1, 1, -0.5), (-1, -1, 0.5), (1, 0, -0.5)], **WORDS))
        if "of" in w
    ]
    assert titles == ["3 of 4 right", "1 of 4 right", "2 of 4 right"]


def test_turning_a_line_around_turns_right_into_wrong():
    x, y = xor_quadrants(points=101)
    assert right(x, y, 0.3, -1.2, 0.4) + right(x, y, -0.3, 1.2, -0.4) == 101


@pytest.mark.parametrize("line", [(1, 1, -0.5), (1, -2, 0.3), (0, 1, 0.1), (-1, 0.2, 0.7)])
def test_a_line_is_cut_by_its_box_where_it_meets_the_rim(line):
    w, b = np.array(line[:2]), line[2]
    side, rim = cut(BOX, *line)
    assert rim.shape == (2, 2)
    assert rim @ w + b == pytest.approx(np.zeros(2), abs=1e-12)
    assert np.isclose(rim, BOX[0]).any(axis=1) | np.isclose(rim, BOX[1]).any(axis=1) == pytest.approx(
        np.ones(2)
    )
    assert (side @ w + b > -1e-12).all()


def test_the_two_sides_of_a_line_fill_the_box():
    def area(corners):
        x, y = corners.T
        return abs(x @ np.roll(y, 1) - y @ np.roll(x, 1)) / 2

    halves = [area(cut(BOX, *line)[0]) for line in ((1, -2, 0.3), (-1, 2, -0.3))]
    assert sum(halves) == pytest.approx(16.0)


def test_a_line_beside_the_box_cuts_nothing():
    side, rim = cut(BOX, 1, 0, -9)
    assert len(side) == len(rim) == 0


@pytest.mark.parametrize(
    "lines", [[], [(1, 1, 0)] * 4, [(0, 0, 1)], [(1, 2)]], ids=["none", "four", "no direction", "two"]
)
def test_what_is_no_line_is_rejected(lines):
    with pytest.raises(ValueError, match="lines needs"):
        straight_lines(*xor_corners(), lines, **WORDS)


def test_rows_of_points_are_rejected():
    x, y = xor_quadrants(points=5)
    with pytest.raises(ValueError, match=r"\(2, m\)"):
        straight_lines(x.T, y, [(1, 1, 0)], **WORDS)
    with pytest.raises(ValueError, match=r"\(2, m\)"):
        decision_regions({"one": lambda at: at[0]}, x, y.T, **WORDS)


def test_a_region_is_drawn_where_the_network_says_1_and_nowhere_else():
    x, y = xor_quadrants(points=9)
    right_half, all_of_it, nothing = decision_regions(
        {"x₁ > 0": lambda at: at[0], "always": lambda at: 1 + 0 * at[0], "never": lambda at: -1 - 0 * at[0]},
        x,
        y,
        **WORDS,
    ).panels
    assert [
        svg.count("fill-opacity: 0.16") + svg.count("opacity: 0.16") > 0
        for svg in (right_half, all_of_it, nothing)
    ] == [
        True,
        True,
        False,
    ]
    # the border of x₁ > 0 is the vertical x₁ = 0
    border = re.search(r'<path d="([^"]*)"[^>]*style="fill: none; stroke: var\(--bp-forward', right_half)[1]
    across = {round(float(pair.split()[0]), 3) for pair in re.findall(r"[ML] ([-\d.]+ [-\d.]+)", border)}
    assert len(across) == 1


def test_a_network_that_overflowed_is_not_drawn():
    with pytest.raises(ValueError, match="not finite"):
        decision_regions({"broken": lambda at: at[0] * np.nan}, *xor_quadrants(points=9), **WORDS)


def test_the_ceiling_and_the_best_network_are_the_numbers_given():
    drawn = words(accuracies_and_ceiling([0.31, 0.52, 0.743], 0.75, **WORDS))
    assert "ceiling 75%" in drawn
    assert "best 0.743" in drawn
    with pytest.raises(ValueError, match="between 0 and 1"):
        accuracies_and_ceiling([52, 74], 0.75, **WORDS)


def test_every_brick_is_drawn_with_both_of_its_formulas():
    bricks = [("x", "x = a⁽⁰⁾", ""), ("σ", "a = σ(z)", "δ = …")]
    assert {"x", "x = a⁽⁰⁾", "σ", "a = σ(z)", "δ = …"} <= set(words(stack(bricks, **WORDS)))
    with pytest.raises(ValueError, match="at least one"):
        stack([], **WORDS)


def test_each_pre_activation_is_marked_on_sigma_and_on_its_slope():
    few, more = sigmoid_and_slope([0.5], **WORDS), sigmoid_and_slope([0.5, -1.4, 2.0], **WORDS)
    for one, three in zip(few.panels, more.panels, strict=True):
        assert three.count("<use") - one.count("<use") == 2
    with pytest.raises(ValueError, match="reaches 7"):
        sigmoid_and_slope([7.0], **WORDS)
