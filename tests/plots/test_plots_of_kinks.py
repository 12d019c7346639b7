"""The picture of a kink names the slopes that are there, and a smooth cost has three equal ones."""

import re

import pytest

from backprop_lib.plots import kink
from plots.pictures import WORDS, presentable


def slopes(picture):
    """Return the slopes written into the picture: left, right, chord."""
    found = re.findall(r"slope (−?\d+\.\d+)", re.sub(r"<[^>]+>", "", picture.panels[0]))
    return [float(number.replace("−", "-")) for number in found]


@pytest.mark.parametrize(
    ("cost", "right"),
    [
        (lambda s: 3 - 2 * max(0.0, s), [0, -2, -1]),
        (lambda s: abs(s) / 2, [-0.5, 0.5, 0]),
        (lambda s: 1 + 0.25 * s, [0.25, 0.25, 0.25]),
    ],
    ids=["a ReLU's", "two-sided", "none"],
)
def test_the_chord_across_a_kink_has_the_mean_of_the_slopes_on_its_sides(cost, right):
    assert slopes(kink(cost, 0.1, **WORDS)) == pytest.approx(right, abs=1e-4)


def test_a_picture_is_small_and_has_words():
    presentable(kink(abs, 1.0, **WORDS), largest=30_000)


@pytest.mark.parametrize("h", [0.0, -1.0, float("nan")])
def test_a_step_that_is_none_is_refused(h):
    with pytest.raises(ValueError, match="a positive number is needed"):
        kink(abs, h, **WORDS)
