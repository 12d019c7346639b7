"""The picture of a network shows the numbers it was given, lights the path it was told, and nothing else."""

import re

import numpy as np
import pytest

from backprop_lib import Network
from backprop_lib.plots.diagrams import label_position, positions, shown, topology
from backprop_lib.plots.style import GRADIENT, VARIABLES

NET = Network((2, 3, 2), biases=False)
P = NET.initialize(np.random.default_rng(8))


def words(picture):
    """Return every text drawn, in order."""
    return [word for svg in picture.panels for word in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def draw(**more):
    return topology((2, 3, 2), alt="a network", caption="look here", **more)


def test_every_weight_and_every_value_passed_is_drawn_once():
    t = NET.forward(P, [[1.76], [0.4]])
    drawn = words(draw(weights=P.W, values={l: t.a[l][:, 0] for l in t.a}))
    given = [*P.W[1].flat, *P.W[2].flat, *t.a[0].flat, *t.a[1].flat, *t.a[2].flat]
    assert sorted(w for w in drawn if re.fullmatch(r"−?\d\.\d{3}", w)) == sorted(map(shown, given))


def test_a_weight_stands_on_its_own_edge_and_not_on_the_transposed_one():
    words_on = np.array([[f"{k}{j}" for j in (1, 2)] for k in (1, 2, 3)])
    svg = draw(weights={1: words_on}).panels[0]
    at, inch = positions((2, 3, 2)), 72.0  # an SVG of matplotlib counts in points
    found = dict(re.findall(r'x="[^"]*" y="([^"]*)"[^>]*>(\d\d)</text>', svg))
    heights = {word: float(y) for y, word in found.items()}
    assert len(heights) == 6
    for k in (1, 2, 3):
        for j in (1, 2):
            above = label_position(at[0, 1], at[1, 1], 2, 3)[1] - label_position(at[0, j], at[1, k], 2, 3)[1]
            assert heights[f"{k}{j}"] - heights["11"] == pytest.approx(above * inch, abs=0.01)


@pytest.mark.parametrize("sizes", [(2, 3), (3, 2), (2, 1), (2, 2), (4, 3), (1, 5)])
def test_no_two_labels_of_a_layer_meet(sizes):
    at = positions(sizes)
    heights = sorted(
        label_position(at[0, j], at[1, k], *sizes)[1]
        for j in range(1, sizes[0] + 1)
        for k in range(1, sizes[1] + 1)
    )
    assert min(np.diff(heights)) > 0.15  # inches: more than the height of the type, 10 pt = 0.139 in


def test_only_the_lit_path_takes_the_color():
    dark, lit = draw(weights=P.W), draw(weights=P.W, lit=[(2, 1, 3), (2, 2, 3), (1, 3, 1)], color=GRADIENT)
    color = VARIABLES[GRADIENT]
    assert color not in dark.panels[0]
    assert len(re.findall(rf"<text[^>]*{color}", lit.panels[0])) == 3
    assert len(re.findall(rf"stroke: var\({color}[^\"]*stroke-width: 2.2", lit.panels[0])) >= 3 + 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"weights": {1: P.W[1].T}},
        {"weights": {3: P.W[2]}},
        {"values": {0: [1.0]}},
        {"names": {2: ["a"]}},
        {"lit": [(2, 3, 1)]},
        {"lit": [(0, 1, 1)]},
        {"lit": [(1, 0, 1)]},
    ],
    ids=[
        "a transposed weight",
        "no such layer",
        "a value short",
        "a name short",
        "too far down",
        "layer 0",
        "0",
    ],
)
def test_numbers_that_do_not_fit_the_network_are_rejected(wrong):
    with pytest.raises(ValueError, match=r"fit sizes|no edge"):
        draw(**wrong)


def test_two_pictures_on_a_page_share_no_id():
    one, other = draw(weights=P.W).panels[0], draw(weights=NET.initialize(1).W).panels[0]
    ids = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (one, other)]
    assert not ids[0] & ids[1]
