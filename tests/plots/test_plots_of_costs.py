"""The parabolas of the cost carry the cost and the slope that the network computes."""

import re

import numpy as np
import pytest

from backprop_lib import Network, Parameters
from backprop_lib.plots import half_squared_errors

A, Y = np.array([[0.37], [0.45]]), np.array([[1.0], [0.0]])
WORDS = {"alt": "two parabolas", "caption": "the height of each dot"}


def test_the_heights_add_up_to_the_cost():
    net = Network((1, 2), activations="identity", biases=False)
    p = Parameters(W={1: [[0.9], [1.2]]})
    a = net.forward(p, [[0.4]]).a[1]
    panels = half_squared_errors(a, Y, **WORDS).panels
    heights = [float(re.search(r">(\d\.\d{3})<", panel)[1]) for panel in panels]
    assert sum(heights) == pytest.approx(net.cost(p, [[0.4]], Y), abs=1.1e-3)  # two heights shown to 0.0005


def test_each_slope_is_the_answer_minus_the_target():
    panels = half_squared_errors(A, Y, slopes=True, **WORDS).panels
    assert ["slope −0.630" in panels[0], "slope 0.450" in panels[1]] == [True, True]


def test_two_columns_are_refused():
    with pytest.raises(ValueError, match=r"shape \(2, 2\)"):
        half_squared_errors(np.ones((2, 2)), np.ones((2, 2)), **WORDS)
