"""A bar is as long as its time or its lead, and a goal that is missed is said in words."""

import re

import numpy as np
import pytest

from backprop_lib.plots import lead, times

WORDS = {"alt": "a picture", "caption": "look here"}
BOX = r'<path d="M ([\d.]+) [\d.]+ \nL ([\d.]+) [^"]*" [^>]*style="fill: {}'


def texts(svg):
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def lengths(svg, fill):
    return [float(right) - float(left) for left, right in re.findall(BOX.format(fill), svg)]


def test_a_bar_is_as_long_as_its_time():
    svg = times({"readable": 20.0, "fast": 5.0}, unit="µs", **WORDS).panels[0]
    assert {"readable", "fast", "20 µs", "5 µs"} <= set(texts(svg))
    long, short = lengths(svg, r"var\(--bp-forward")
    assert long == pytest.approx(4 * short, rel=1e-3)
    told = texts(times({"readable": 20.0, "fast": 5.0}, unit="µs", gains=True, **WORDS).panels[0])
    assert {"20 µs", "5 µs  (÷ 4.00)"} <= set(told)


def test_a_lead_is_drawn_by_its_logarithm():
    svg = lead({"ten": (10.0, 2.0), "hundred": (100.0, None)}, **WORDS).panels[0]
    ten, hundred = lengths(svg, r"var\(--bp-forward")
    assert hundred == pytest.approx(2 * ten, rel=1e-3)
    assert svg.count("--bp-target") == 1


def test_a_missed_goal_is_said_in_words_and_not_by_color_alone():
    met, missed = (lead({"peer": (factor, 2.0)}, **WORDS).panels[0] for factor in (3.0, 1.5))
    assert "1.5 ×, goal 2 × missed" in texts(missed)
    assert not any("missed" in words for words in texts(met))
    assert "1/4, goal 1/2 missed" in texts(lead({"peer": (0.25, 0.5)}, **WORDS).panels[0])
    assert "1/4" in texts(lead({"peer": (0.25, None)}, **WORDS).panels[0])


@pytest.mark.parametrize("bad", [{}, {"a": 0.0}, {"a": -1.0}, {"a": np.inf}])
def test_what_cannot_be_drawn_is_refused(bad):
    with pytest.raises(ValueError, match="positive"):
        times(bad, unit="s", **WORDS)
    with pytest.raises(ValueError, match="positive"):
        lead({name: (value, None) for name, value in bad.items()}, **WORDS)
