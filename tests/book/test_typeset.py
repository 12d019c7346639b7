"""A formula shows the numbers it was given, rounded and not otherwise changed."""

import re

import numpy as np
import pytest

from backprop_lib.typeset import formula, forward, gradient, target


def test_a_matrix_keeps_its_rows_its_columns_and_its_signs():
    W = np.array([[-0.67746455, 1.5], [0.0, -2.0]])
    found = formula("W =", W, digits=3).tex
    assert found == r"W = \begin{bmatrix}-0.677 & 1.500 \\ 0.000 & -2.000\end{bmatrix}"


def test_every_number_is_the_given_one_to_the_digits_asked_for():
    values = np.random.default_rng(0).normal(size=(3, 4))
    found = re.findall(r"-?\d+\.\d{8}", formula(values, digits=8).tex)
    np.testing.assert_allclose([float(text) for text in found], values.ravel(), rtol=0, atol=0.5e-8)


@pytest.mark.parametrize(
    ("mark", "name"), [(forward, "bp-forward"), (gradient, "bp-gradient"), (target, "bp-target")]
)
def test_a_color_is_a_class_of_the_page(mark, name):
    assert formula(mark(0.5), digits=1).tex == rf"\class{{{name}}}{{0.5}}"


def test_a_notebook_receives_one_displayed_formula():
    latex = formula("a", "=", 1)._repr_latex_()
    assert (latex[:2], latex[-2:], latex.count("$")) == ("$$", "$$", 4)


def test_three_dimensions_are_refused():
    with pytest.raises(ValueError, match=r"shape \(1, 2, 3\)"):
        formula(np.zeros((1, 2, 3)))
