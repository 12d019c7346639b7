"""Pictures of matrices and of layer products show what they are given where it belongs, no less, no more."""

import re

import numpy as np
import pytest

from backprop_lib.plots.matrices import Block, matrices
from backprop_lib.plots.orders import by_depth, early_slopes, layer_products
from backprop_lib.plots.style import FORWARD, GRADIENT, VARIABLES
from plots.pictures import WORDS

A = np.array([[0.11, 0.12, 0.13], [0.21, 0.22, 0.23]])


def places(svg):
    """Return where each text stands: (across, down) in points."""
    found = re.findall(r'<text[^>]*x="([^"]*)" y="([^"]*)"[^>]*>([^<]*)</text>', svg)
    return {word: (float(x), float(y)) for x, y, word in found}


def test_every_entry_stands_in_its_own_row_and_column():
    at = places(matrices([Block("A", A)], **WORDS).panels[0])
    for i in range(2):
        for j in range(3):
            across, down = (at[f"{A[i, j]:.2f}"][axis] - at["0.11"][axis] for axis in (0, 1))
            assert (across > 1) == (j > 0)
            assert (down > 1) == (i > 0)
    assert at["0.12"][0] - at["0.11"][0] == pytest.approx(at["0.13"][0] - at["0.12"][0])


def test_the_shape_that_is_written_is_the_shape_of_the_numbers():
    assert "(2, 3)" in places(matrices([Block("A", A)], **WORDS).panels[0])
    assert "(3, 2)" in places(matrices([Block("A", A.T)], **WORDS).panels[0])


def test_only_lit_cells_take_the_color():
    svg = matrices([Block("A", A, FORWARD, [(1, 3), (2, 1)])], **WORDS).panels[0]
    colored = re.findall(rf"<text[^>]*{VARIABLES[FORWARD]}[^>]*>([^<]*)</text>", svg)
    assert sorted(colored) == ["0.13", "0.21", "A"]
    assert "var(" + VARIABLES[GRADIENT] not in svg


def test_a_zero_is_short_and_a_small_number_is_not_taken_for_one():
    at = places(matrices([Block("A", [[0.0, -0.001]])], **WORDS).panels[0])
    assert {"0", "−0.00"} <= at.keys()


@pytest.mark.parametrize("lit", [[(0, 1)], [(1, 0)], [(3, 1)], [(1, 4)]])
def test_a_cell_outside_is_refused(lit):
    with pytest.raises(ValueError, match="no cell"):
        matrices([Block("A", A, lit=lit)], **WORDS)


def test_a_vector_is_no_matrix():
    with pytest.raises(ValueError, match="1 dimensions"):
        matrices([Block("a", A[0])], **WORDS)


def filled(svg):
    """Return the corners of the cells that are painted in the color of gradients."""
    return re.findall(
        rf'<path d="M ([\d.]+) ([\d.]+)[^>]*fill: var\({VARIABLES[GRADIENT]}', svg.replace("\n", " ")
    )


@pytest.mark.parametrize("L", [2, 3, 7])
def test_a_cell_is_filled_for_each_product_and_for_no_other(L):
    every = [(l, k) for l in range(1, L) for k in range(l + 1, L + 1)]
    once = [(l, l + 1) for l in range(1, L)]
    pictured = layer_products(("from the output", every), ("from the next", once), L=L, **WORDS)
    for svg, done, title in zip(
        pictured.panels, (every, once), ("from the output", "from the next"), strict=True
    ):
        assert len(set(filled(svg))) == len(done)
        assert f">{title}: {len(done)}<" in svg


@pytest.mark.parametrize("product", [(3, 3), (0, 1), (1, 4), (2, 1)])
def test_a_product_that_is_not_on_the_way_is_refused(product):
    with pytest.raises(ValueError, match="not on the way"):
        layer_products(("wrong", [product]), L=3, **WORDS)


def test_early_slopes_of_another_number_than_rates_are_refused():
    with pytest.raises(ValueError, match="one each"):
        early_slopes([0.0, 1.0], [1.0], 1.0, name="early", ylabel="slope", **WORDS)


@pytest.mark.parametrize("counts", [{"one": [1, 2]}, {"one": [1, 2], "two": [1]}])
def test_counts_that_do_not_fit_the_depths_are_refused(counts):
    with pytest.raises(ValueError, match="two of"):
        by_depth([1, 2], counts, ylabel="products", **WORDS)


def test_the_taller_count_stands_higher():
    svg = by_depth([2, 3, 4], {"fresh": [1, 3, 6], "kept": [1, 2, 3]}, ylabel="products", **WORDS).panels[0]
    at = places(svg)
    assert at["fresh"][1] < at["kept"][1]
    assert svg.count("<use") >= 6


def test_no_id_stands_twice_on_a_page():
    one = matrices([Block("A", A)], [Block("B", A.T)], **WORDS)
    two = early_slopes([0.0, 0.5, 1.0], [1.0, 0.0, -1.0], 1.0, name="early", ylabel="slope", **WORDS)
    ids = re.findall(r' id="([^"]+)"', one._repr_html_() + two._repr_html_())
    assert len(ids) == len(set(ids))
