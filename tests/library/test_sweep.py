"""A sweep is many runs of ``train``, whatever trains them together."""

import csv
import io
import pickle
import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backprop_lib import Network, datasets, sweep, together, train

RATES, SEEDS = [0.1, 2.0, 5.0], [0, 3]


@pytest.mark.parametrize("functions", [
    {},
    {"activations": ["tanh", "softmax"], "loss": "cross_entropy", "l2": 0.01},
    {"activations": ["relu", "sigmoid"], "loss": "binary_cross_entropy", "biases": False},
    {"activations": ["tanh", "softmax"], "loss": "squared_error"},
    {"activations": ["tanh", "sigmoid"], "loss": "cross_entropy", "l2": 0.5},
], ids=str)  # fmt: skip
def test_every_lane_is_its_own_run(functions):
    x, y = datasets.xor_quadrants(seed=3, points=7, outputs=2)
    sizes = [2, (2, 4, 3, 2)] if not functions else [2, 5]
    runs = sweep(sizes, RATES, SEEDS, epochs=25, x=x, y=y, **functions)
    for (i, j, k), p in runs.parameters.items():
        net = Network(runs.sizes[i], **functions)
        own = train(net, net.initialize(SEEDS[k]), x, y, learning_rate=RATES[j], epochs=25)
        # Rates × widths stay below 100 here, where descent amplifies rounding by a few digits at most.
        np.testing.assert_allclose(runs.cost[i, j, k], own.cost, rtol=1e-8)
        np.testing.assert_allclose(p.W[1], own.parameters.W[1], rtol=1e-7, atol=1e-10)
        assert runs.accuracy[i, j, k] == own.accuracy[-1]


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=3), st.lists(st.floats(0, 8), min_size=1, max_size=3),
    st.lists(st.integers(0, 99), min_size=1, max_size=3), st.integers(0, 40),
    st.sampled_from(["sigmoid", "tanh"]), st.integers(1, 20),
)  # fmt: skip
def test_lanes_and_runs_agree_where_rate_times_width_is_small(sizes, rates, seeds, epochs, activation, chunk):
    runs = sweep(sizes, rates, seeds, epochs, activations=activation, chunk=chunk)
    for (i, j, k), p in runs.parameters.items():
        net = Network(runs.sizes[i], activation)
        own = train(net, net.initialize(seeds[k]), *datasets.xor_corners(), rates[j], epochs)
        # A tanh at rate 8 amplifies as a sigmoid does at 100: compare what rounding has not yet grown into.
        assume(activation == "sigmoid" or rates[j] * sizes[i] < 10)
        np.testing.assert_allclose(runs.cost[i, j, k], own.cost, rtol=1e-6, atol=1e-12)
        np.testing.assert_allclose(p.W[1], own.parameters.W[1], rtol=1e-5, atol=1e-8)


def test_beyond_that_the_same_share_of_runs_solves_the_task():
    """From rate × width 100 on single runs part; how many of 200 end well changes by a few at most."""
    seeds, epochs = range(200), 300
    runs = sweep([16], [30.0], seeds, epochs)
    net = Network((2, 16, 1))
    alone = [train(net, net.initialize(seed), *datasets.xor_corners(), 30.0, epochs) for seed in seeds]
    share = np.mean([run.accuracy[-1] == 1 for run in alone])
    assert abs(runs.share("solved")[0, 0] - share) < 0.05
    halved = sweep([16], [15.0], seeds, epochs)  # the rate, twice too small, does not pass for the right one
    assert abs(halved.cost[..., -1] - runs.cost[..., -1]).mean() > 1e-6


@pytest.mark.parametrize("chunk", [1, 3, 8, 17, None])
def test_chunks_change_nothing(chunk):
    functions = {"activations": ["relu", "identity"], "l2": 0.1}
    rates = [0.01, 0.3, 1e3]
    whole = sweep([3, 8], rates, range(4), epochs=60, chunk=10_000, **functions)
    parts = sweep([3, 8], rates, range(4), epochs=60, chunk=chunk, **functions)
    assert (whole.outcome == "diverged").any()
    assert (whole.outcome != "diverged").any()
    assert np.array_equal(whole.cost, parts.cost, equal_nan=True)
    assert np.array_equal(whole.accuracy, parts.accuracy)
    assert whole.parameters == parts.parameters


def test_a_lane_that_diverges_leaves_its_neighbors_alone(monkeypatch):
    functions = {"activations": ["relu", "identity"]}
    alone = sweep([3], [0.01], SEEDS, epochs=200, **functions)

    def undisturbed():
        runs = sweep([3], [0.01, 1e3], SEEDS, epochs=200, **functions)
        assert (runs.outcome[0, 1] == "diverged").all()
        same = np.array_equal(runs.cost[0, 0], alone.cost[0, 0])
        return same and all(runs.parameters[0, 0, k] == alone.parameters[0, 0, k] for k in (0, 1)), runs

    same, runs = undisturbed()
    assert same
    net = Network((2, 3, 1), **functions)
    own = train(net, net.initialize(3), *datasets.xor_corners(), learning_rate=1e3, epochs=200)
    finite = runs.cost[0, 1, 1][np.isfinite(runs.cost[0, 1, 1])]
    np.testing.assert_allclose(finite, own.cost, rtol=1e-9)
    np.testing.assert_allclose(runs.parameters[0, 1, 1].W[1], own.parameters.W[1], rtol=1e-9)

    def going_back(net, theta, alphas, x, y, right=together.Lanes):
        """Start those that are left over from a θ that is not theirs: a slip in taking a lane out."""
        return right(net, theta[:, ::-1], alphas, x, y)

    monkeypatch.setattr(together, "Lanes", going_back)
    assert not undisturbed()[0]


def test_a_sweep_in_which_all_diverge_ends():
    runs = sweep([3], [1e3], [0], epochs=500, activations=["relu", "identity"])
    assert repr(runs) == "Sweep(1 sizes × 1 learning rates × 1 seeds: 0% solved, 0% stuck, 100% diverged)"


def test_the_axes_are_sizes_rates_and_seeds():
    runs = sweep([2, (2, 3, 1)], RATES, SEEDS, epochs=4)
    assert runs.sizes == ((2, 2, 1), (2, 3, 1))
    assert runs.cost.shape == (2, 3, 2, 5)
    assert runs.accuracy.shape == runs.outcome.shape == (2, 3, 2)
    assert set(runs.parameters) == set(np.ndindex(2, 3, 2))
    assert runs.parameters[1, 2, 0].sizes == (2, 3, 1)
    for nowhere in [(2, 0, 0), (0, 0), (0, -1, 0), 1]:
        assert nowhere not in runs.parameters


def test_solved_means_every_point():
    runs = sweep([4], [0.01, 5.0], range(3), epochs=1000)
    assert set(runs.outcome.flat) == {"solved", "stuck"}
    assert ((runs.outcome == "solved") == (runs.accuracy == 1.0)).all()


def test_where_there_are_no_labels_nothing_is_solved():
    runs = sweep([2], [0.1], [0], epochs=3, x=[[0.0, 1.0]], y=[[0.3, 0.6]])
    assert np.isnan(runs.accuracy).all()
    assert runs.outcome.item() == "stuck"


def test_another_generator_starts_from_its_own_weights() -> None:
    made = sweep([2], [1.0], [3], epochs=0, generator=np.random.RandomState)
    start = Network((2, 2, 1)).initialize(np.random.RandomState(3))
    assert all(np.array_equal(made.parameters[0, 0, 0].W[l], start.W[l]) for l in (1, 2))
    other = sweep([2], [1.0], [3], epochs=0).parameters[0, 0, 0]
    assert not np.allclose(other.W[1], start.W[1])


def test_the_table_has_a_labelled_row_for_each_run():
    runs = sweep([2, (2, 3, 2, 1)], [0.5, 1e3], [4, 7, 9], epochs=60, activations="relu")
    table = runs.table()
    assert len(table) == 12
    assert table["sizes"].tolist() == ["2-2-1"] * 6 + ["2-3-2-1"] * 6
    row = table[(table["sizes"] == "2-3-2-1") & (table["learning_rate"] == 0.5) & (table["seed"] == 7)][0]
    assert row["start"] == runs.cost[1, 0, 1, 0]
    assert row["cost"] == runs.cost[1, 0, 1, row["epochs"]]
    assert row["accuracy"] == runs.accuracy[1, 0, 1]
    assert row["outcome"] == runs.outcome[1, 0, 1]
    assert ((table["epochs"] == 60) == (table["outcome"] != "diverged")).all()
    out = io.StringIO()
    csv.writer(out).writerows(table.tolist())
    assert out.getvalue().count("\n") == 12


def test_a_notebook_shows_how_many_seeds_solved_the_task():
    functions = {"activations": ["tanh", "identity"]}
    runs = sweep([3, 6], [0.05, 0.5, 1e3], range(5), epochs=300, **functions)
    html = runs._repr_html_()
    cells = re.findall(r"<td>(.*?)</td>", html)
    solved = (runs.share("solved") * 5).round().astype(int).ravel()
    assert [int(cell.split()[0]) for cell in cells] == solved.tolist()
    assert "0 (5 ×)" in cells
    assert len(set(solved)) > 1
    with pytest.raises(ValueError, match="outcome is 'won'; known are solved, stuck, diverged"):
        runs.share("won")


def test_a_sweep_can_be_kept():
    runs = sweep([2], [1.0], [0, 1], epochs=3)
    again = pickle.loads(pickle.dumps(runs))
    assert np.array_equal(again.cost, runs.cost)
    assert again.parameters == runs.parameters


BAD = [
    ({"sizes": [3, 0]}, ValueError, "sizes[1] is 0; it must not be below 1"),
    ({"sizes": [(2, 3.5, 1)]}, TypeError, "sizes[1] is 3.5; a whole number is needed"),
    ({"sizes": "3"}, TypeError, "sizes is '3'; a sequence is needed"),
    ({"sizes": 3}, TypeError, "sizes is 3; a sequence is needed"),
    ({"learning_rates": [1.0, float("nan")]}, ValueError, "learning_rates[1] is nan"),
    ({"learning_rates": []}, ValueError, "learning_rates is empty; at least one is needed"),
    ({"seeds": [0, -1]}, ValueError, "seeds[1] is -1; it must not be below 0"),
    ({"epochs": -1}, ValueError, "epochs is -1; it must not be below 0"),
    ({"epochs": 2.0}, TypeError, "epochs is 2.0; a whole number is needed"),
    ({"chunk": 0}, ValueError, "chunk is 0; it must not be below 1"),
    ({"chunk": 1.5}, TypeError, "chunk is 1.5; a whole number is needed"),
    ({"generator": 4}, TypeError, "generator is 4; a function from a seed is needed"),
    ({"scheme": "best"}, ValueError, "scheme is 'best'; known are"),
    ({"x": [[0.0, np.nan]], "y": [[0, 1]]}, ValueError, "x holds nan at index (0, 1)"),
    ({"x": [[0.0, 1.0]], "y": [[0, 1, 1]]}, ValueError, "y has shape (1, 3)"),
    ({"activations": "swish"}, ValueError, "the activation of layer 1 is 'swish'; known are"),
    ({"loss": "cross_entropy", "activations": "tanh"}, ValueError, "loss cross_entropy needs outputs from 0"),
    ({"l2": -1}, ValueError, "l2 is -1; it must not be below 0"),
    ({"executor": map}, TypeError, "an Executor of concurrent.futures is needed"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "error", "sentence"), BAD, ids=[next(iter(bad[0])) for bad in BAD])
def test_bad_input_is_an_error_before_any_work(monkeypatch, wrong, error, sentence):
    def work(*arguments):
        raise AssertionError("work was begun")

    monkeypatch.setattr(together, "train_together", work)
    monkeypatch.setattr("backprop_lib.jobs.train_together", work)
    good = {"sizes": [3], "learning_rates": [1.0], "seeds": [0], "epochs": 2}
    with pytest.raises(AssertionError, match="work was begun"):
        sweep(**good)
    with pytest.raises(error, match=re.escape(sentence)):
        sweep(**(good | wrong))


def test_the_bar_counts_chunks():
    code = "import os; os.environ.pop('CI', 0); os.environ.pop('PYTEST_CURRENT_TEST', 0)\n"
    code += "import backprop_lib.progress as p; p.PATIENCE = 0.0\n"
    code += "from backprop_lib import sweep; sweep([2, 3], [1.0], range(9), epochs=2, chunk=3, progress=True)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr
    assert "/6 " in said
    assert "chunks" in said
