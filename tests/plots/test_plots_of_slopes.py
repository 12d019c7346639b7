"""Curves, descents and bars show what they were given, and refuse what contradicts itself."""

import re

import numpy as np
import pytest

from backprop_lib.plots import bars, before_and_after, descents, one_sided

WORDS = {"alt": "a picture", "caption": "look here"}


def words(picture):
    """Return every text drawn, in order."""
    return [word for svg in picture.panels for word in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def test_a_kink_is_drawn_with_both_of_its_slopes():
    drawn = one_sided({"|e|": (np.abs, -1.0, 1.0), "relu": (lambda z: np.maximum(z, 0), 0.0, 1.0)}, **WORDS)
    assert len(drawn.panels) == 2
    assert words(drawn).count("|e|") == 1
    marked = [re.findall(r"<text[^>]*--bp-gradient[^>]*>([^<]*)<", svg) for svg in drawn.panels]
    assert marked == [["−1", "1"], ["0", "1"]]


@pytest.mark.parametrize(("left", "right"), [(1.0, 1.0), (-1.0, -1.0), (-2.0, 1.0)])
def test_a_slope_that_the_curve_does_not_have_is_refused(left, right):
    with pytest.raises(ValueError, match="on one side of 0"):
        one_sided({"|e|": (np.abs, left, right)}, **WORDS)


def test_a_run_is_numbered_from_its_start_and_stands_on_the_curve():
    drawn = descents(lambda w: 2 * w**2, {"α = 1": [1, -3, 9], "α = 0.1": [1, 0.6]}, **WORDS)
    assert len(drawn.panels) == 2
    for svg, steps in zip(drawn.panels, (3, 2), strict=True):
        marks = re.findall(r"<use [^>]*x=\"([\d.]+)\" y=\"([\d.]+)\" style=\"fill: var\(--bp-gradient", svg)
        assert len(marks) == steps
    with pytest.raises(ValueError, match="only finite ones"):
        descents(abs, {"away": [1.0, np.inf]}, **WORDS)
    with pytest.raises(ValueError, match="at least one point"):
        descents(abs, {"nothing": []}, **WORDS)


def test_a_bar_is_as_long_as_its_count():
    svg = bars({"one": 100, "two": 250, "none": 0}, **WORDS).panels[0]
    assert {"100", "250", "0", "one", "two", "none"} <= set(re.findall(r"<text[^>]*>([^<]*)</text>", svg))
    boxes = re.findall(
        r'<path d="M ([\d.]+) [\d.]+ \nL ([\d.]+) [^"]*" [^>]*style="fill: var\(--bp-forward', svg
    )
    lengths = [float(right) - float(left) for left, right in boxes]
    assert lengths[1] == pytest.approx(2.5 * lengths[0])
    assert lengths[2] == 0


@pytest.mark.parametrize("counts", [{}, {"one": -1, "two": 1}, {"one": 0}])
def test_what_cannot_be_counted_is_refused(counts):
    with pytest.raises(ValueError, match="counts must hold"):
        bars(counts, **WORDS)


def test_shares_are_drawn_with_their_numbers_and_the_old_ones_behind_them():
    drawn = before_and_after({"one": [0.25, 0.75], "other": [0.5, 0.5]}, names=("a", "b"), **WORDS)
    assert [re.findall(r">(\d\.\d\d)</text>", svg) for svg in drawn.panels] == [
        ["0.25", "0.75"],
        ["0.50", "0.50"],
    ]
    assert ["stroke-dasharray" in svg for svg in drawn.panels] == [False, True]


@pytest.mark.parametrize("wrong", [[0.5, 0.4], [1.0], [1.5, -0.5]])
def test_what_are_no_shares_is_refused(wrong):
    with pytest.raises(ValueError, match="2 shares that add up to 1"):
        before_and_after({"one": wrong}, names=("a", "b"), **WORDS)
