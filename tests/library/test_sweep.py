"""A sweep is many runs of ``train``, whatever trains them together."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from backprop_lib import Network, datasets, sweep, train

RATES, SEEDS = [0.1, 2.0, 5.0], [0, 3]


@pytest.mark.parametrize("functions", [
    {},
    {"activations": ["tanh", "softmax"], "loss": "cross_entropy", "l2": 0.01},
    {"activations": ["relu", "sigmoid"], "loss": "binary_cross_entropy", "biases": False},
    {"activations": ["tanh", "softmax"], "loss": "squared_error"},
], ids=str)  # fmt: skip
def test_every_lane_is_its_own_run(functions):
    x, y = datasets.xor_quadrants(seed=3, points=7, outputs=2)
    runs = sweep(
        [2, (2, 4, 3, 2)] if not functions else [2, 5], RATES, SEEDS, epochs=25, x=x, y=y, **functions
    )
    for (i, j, k), p in runs.parameters.items():
        net = Network(runs.sizes[i], **functions)
        own = train(net, net.initialize(SEEDS[k]), x, y, learning_rate=RATES[j], epochs=25)
        # Rates × widths stay below 100 here, where descent amplifies rounding by a few digits at most.
        np.testing.assert_allclose(runs.cost[i, j, k], own.cost, rtol=1e-8)
        np.testing.assert_allclose(p.W[1], own.parameters.W[1], rtol=1e-8, atol=1e-12)
        assert runs.accuracy[i, j, k] == own.accuracy[-1]


def test_a_lane_that_diverges_leaves_its_neighbors_alone():
    functions = {"activations": ["relu", "identity"]}
    runs = sweep([3], [0.01, 1e3], SEEDS, epochs=200, **functions)
    alone = sweep([3], [0.01], SEEDS, epochs=200, **functions)
    assert (runs.outcome[0, 1] == "diverged").all()
    assert np.array_equal(runs.cost[0, 0], alone.cost[0, 0])
    assert runs.parameters[0, 0, 1] == alone.parameters[0, 0, 1]
    net = Network((2, 3, 1), **functions)
    own = train(net, net.initialize(3), *datasets.xor_corners(), learning_rate=1e3, epochs=200)
    finite = runs.cost[0, 1, 1][np.isfinite(runs.cost[0, 1, 1])]
    np.testing.assert_allclose(finite, own.cost, rtol=1e-9)
    assert np.isfinite(runs.parameters[0, 1, 1].W[1]).all()
    np.testing.assert_allclose(runs.parameters[0, 1, 1].W[1], own.parameters.W[1], rtol=1e-9)


def test_a_sweep_in_which_all_diverge_ends():
    runs = sweep([3], [1e3], [0], epochs=500, activations=["relu", "identity"])
    assert repr(runs) == "Sweep(1 sizes × 1 learning rates × 1 seeds: 0% solved, 0% stuck, 100% diverged)"


def test_an_executor_changes_nothing():
    plain = sweep([2, 3, 4], RATES, SEEDS, epochs=20)
    with ThreadPoolExecutor(2) as executor:
        pooled = sweep([2, 3, 4], RATES, SEEDS, epochs=20, executor=executor)
    assert np.array_equal(plain.cost, pooled.cost)
    assert all(plain.parameters[key] == pooled.parameters[key] for key in plain.parameters)


def test_the_axes_are_sizes_rates_and_seeds():
    runs = sweep([2, (2, 3, 1)], RATES, SEEDS, epochs=4)
    assert runs.sizes == ((2, 2, 1), (2, 3, 1))
    assert runs.cost.shape == (2, 3, 2, 5)
    assert runs.accuracy.shape == runs.outcome.shape == (2, 3, 2)
    assert set(runs.parameters) == set(np.ndindex(2, 3, 2))


def test_solved_means_every_point():
    runs = sweep([4], [0.01, 5.0], range(3), epochs=1000)
    assert set(runs.outcome.flat) == {"solved", "stuck"}
    assert ((runs.outcome == "solved") == (runs.accuracy == 1.0)).all()


def test_another_generator_starts_from_its_own_weights() -> None:
    made = sweep([2], [1.0], [3], epochs=0, generator=np.random.RandomState)
    start = Network((2, 2, 1)).initialize(np.random.RandomState(3))
    assert all(np.array_equal(made.parameters[0, 0, 0].W[l], start.W[l]) for l in (1, 2))
    other = sweep([2], [1.0], [3], epochs=0).parameters[0, 0, 0]
    assert not np.allclose(other.W[1], start.W[1])
