"""The pictures of runs show the numbers they are given, and refuse what cannot be drawn."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from backprop_lib import plots
from backprop_lib.plots import explosions, runs
from plots.pictures import WORDS, presentable

K = np.arange(1, 5001)
COST = np.where(K < 4000, 1 / K, 1e-3 * 1.01 ** (K - 4000.0))


X, Y = np.array([[1.0, -1.0], [1.0, 1.0]]), np.array([[0.0, 1.0]])
HALF = K / K.max() / 2
PICTURES = {
    "turning_cost": lambda: plots.turning_cost(COST, **WORDS),
    "on_a_log_axis": lambda: plots.on_a_log_axis(
        {"one": (K, COST), "two": (K, 2 * COST)}, ylabel="cost", span=(1e-4, 10), **WORDS
    ),
    "straight_to_zero": lambda: plots.straight_to_zero(K, 1.0 / (6000 - K), 100, 6000, **WORDS),
    "arrows": lambda: plots.arrows({"field": lambda w: -w}, **WORDS),
    "log_log": lambda: plots.log_log(
        {"measured": (K[:9], COST[:9])}, {"law": (K[:9], 2 / K[:9])}, axes=("B", "V"), **WORDS
    ),
    "fit_and_test": lambda: plots.fit_and_test(K, {"cost": {"seen": COST, "unseen": 2 * COST}}, **WORDS),
    "triptych": lambda: plots.triptych(
        K, {"all": HALF + 0.5}, {"cost": HALF}, lambda x: x[0] - x[1], X, Y, **WORDS
    ),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_small_has_words_and_no_id_twice(name):
    presentable(PICTURES[name]())


def test_the_lowest_cost_is_named_by_its_iteration_counted_from_one():
    assert f"iteration {COST.argmin() + 1:,}" in plots.turning_cost(COST, **WORDS).panels[0]


def test_a_curve_that_overflows_is_cut_at_the_ceiling_and_keeps_its_last_steep_part():
    k, values = explosions._until(COST, 1.0, 1)
    first_above = int((COST[4000:] > 1).argmax()) + 4001
    assert (k[0], k[-1]) == (1, first_above)
    np.testing.assert_array_equal(values, COST[k - 1])
    assert (np.diff(k)[-20:] <= 2).all()


@pytest.mark.parametrize("size", [1, 2, 399, 400, 401, 100_000])
def test_thinning_keeps_both_ends_and_no_more_points_than_can_be_seen(size):
    for few in (runs.thinned(size), explosions._few(size)):
        assert (few[0], few[-1]) == (0, size - 1)
        assert len(few) <= runs.MOST
        assert (np.diff(few) > 0).all()


def test_every_curve_of_a_figure_is_named_and_drawn_from_its_own_numbers():
    figure = runs.curves(K, {"seen": COST, "unseen": 2 * COST}, "cost")
    seen, unseen = figure.axes[0].lines
    assert (seen.get_label(), unseen.get_label()) == ("seen", "unseen")
    np.testing.assert_array_equal(unseen.get_ydata(), 2 * seen.get_ydata())
    np.testing.assert_allclose(seen.get_xdata() * 1000, K[runs.thinned(K.size)], rtol=1e-14)
    plt.close(figure)


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="'cost' must be 5000 finite numbers"):
        plots.fit_and_test(K, {"cost": {"cost": COST[1:]}}, **WORDS)
    with pytest.raises(ValueError, match="finite"):
        plots.fit_and_test(K, {"cost": {"cost": COST * np.nan}}, **WORDS)
    with pytest.raises(ValueError, match="must return"):
        plots.arrows({"field": lambda w: w[0]}, **WORDS)
    with pytest.raises(ValueError, match="positive"):
        plots.log_log({"measured": ([1, 2], [0, 1])}, axes=("B", "V"), **WORDS)
