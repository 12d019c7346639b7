"""Descent does what (GD) says, keeps what happened, and says honestly how it ended."""

import copy
import math
import pickle
import subprocess
import sys

import numpy as np
import pytest
from generic import network

from backprop_lib import Network, Parameters, accuracy, datasets, schedules, step, train
from backprop_lib.progress import someone_is_watching

X, Y = datasets.xor_corners()
NET = Network((2, 3, 1))
P = NET.initialize(rng=1)
HALF = 0.3 * math.cos(math.pi / 4)


def by_hand(net, p, x, y, rates):
    for alpha in rates:
        p = step(p, net.backward(p, net.forward(p, x), y), alpha)
    return p


def assert_same(p, q):
    """Each step may differ in the last places (tests/library/test_descent.py); a slip differs by digits."""
    for name in ("W", "b"):
        values, others = getattr(p, name), getattr(q, name)
        assert values.keys() == others.keys()
        for l in values:
            np.testing.assert_allclose(values[l], others[l], rtol=1e-13, atol=1e-14)


@pytest.mark.parametrize("biases", [True, False])
def test_full_batch_training_is_repeated_steps(biases):
    net, p, x, y = network((3, 4, 2), ("tanh", "softmax"), "cross_entropy", 0.3, biases)
    history = train(net, p, x, y, learning_rate=0.5, epochs=7)
    assert_same(history.parameters, by_hand(net, p, x, y, [0.5] * 7))
    assert history.cost[0] == pytest.approx(net.cost(p, x, y), rel=1e-14)
    assert history.cost[7] == pytest.approx(net.cost(history.parameters, x, y), rel=1e-14)
    assert len(history.cost) == len(history.data_cost) == len(history.l2_cost) == len(history.accuracy) == 8
    assert history.learning_rate.tolist() == [0.5] * 7


def test_the_cost_is_the_data_cost_and_the_penalty():
    net, p, x, y = network((3, 4, 2), l2=0.3)
    history = train(net, p, x, y, epochs=4)
    plain = Network((3, 4, 2))
    np.testing.assert_allclose(history.cost, history.data_cost + history.l2_cost)
    assert history.data_cost[4] == pytest.approx(plain.cost(history.parameters, x, y))
    assert history.l2_cost[0] == pytest.approx(0.3 / 10 * sum((W**2).sum() for W in p.W.values()))


def test_mini_batches_are_the_shuffled_examples_each_once():
    net, p, x, y = network((3, 4, 2))
    history = train(net, p, x, y, learning_rate=0.5, epochs=2, batch_size=2, rng=7)
    rng = np.random.default_rng(7)
    q = p
    for _ in range(2):
        order = rng.permutation(5)
        for B in (order[:2], order[2:4], order[4:]):
            q = step(q, net.backward(q, net.forward(q, x[:, B]), y[:, B]), 0.5)
    assert_same(history.parameters, q)
    assert len(history.cost) == 3


def test_the_penalty_of_mini_batches_is_on_average_that_of_the_whole():
    """A batch of B examples must use λ/m, not λ/B: at a tiny rate, its m/B steps are m/B full steps."""
    net, p, x, y = network((3, 4, 2), l2=50.0)
    x, y = x[:, :4], y[:, :4]
    alpha = 1e-6
    small = train(net, p, x, y, learning_rate=alpha, epochs=1, batch_size=2, rng=0).parameters
    whole = train(net, p, x, y, learning_rate=alpha, epochs=2).parameters
    for l in p.W:
        np.testing.assert_allclose(small.W[l] - p.W[l], whole.W[l] - p.W[l], rtol=1e-3)


def test_the_same_seed_gives_the_same_run_and_nothing_else_is_random():
    one, two, other = (train(NET, P, X, Y, epochs=20, batch_size=3, rng=rng).parameters for rng in (5, 5, 6))
    assert one == two
    assert one != other
    np.random.seed(0)
    assert train(NET, P, X, Y, epochs=5).parameters == train(NET, P, X, Y, epochs=5).parameters


def test_a_batch_of_everything_needs_no_rng():
    assert train(NET, P, X, Y, epochs=5, batch_size=4).parameters == train(NET, P, X, Y, epochs=5).parameters


@pytest.mark.parametrize(("schedule", "rates"), [
    (schedules.constant(0.3), [0.3] * 5),
    (schedules.step(0.8, every=2, factor=0.5), [0.8, 0.8, 0.4, 0.4, 0.2]),
    (schedules.exponential(0.8, half_life=2), [0.8, 0.8 / math.sqrt(2), 0.4, 0.4 / math.sqrt(2), 0.2]),
    (schedules.cosine(0.8, epochs=4, last=0.2), [0.8, 0.5 + HALF, 0.5, 0.5 - HALF, 0.2]),
    (lambda epoch: 1 / (1 + epoch), [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5]),
], ids=["constant", "step", "exponential", "cosine", "callable"])  # fmt: skip
def test_a_schedule_gives_each_epoch_its_rate(schedule, rates):
    history = train(NET, P, X, Y, learning_rate=schedule, epochs=5)
    np.testing.assert_allclose(history.learning_rate, rates, rtol=1e-14)
    assert_same(history.parameters, by_hand(NET, P, X, Y, history.learning_rate))


def test_cosine_stays_at_its_end():
    assert schedules.cosine(0.8, epochs=4, last=0.2)(100) == pytest.approx(0.2)


def test_clipping_shortens_the_gradient_as_one_vector():
    net, p, x, y = network((3, 4, 2))
    g = net.backward(p, net.forward(p, x), y)
    length = math.sqrt(sum((v**2).sum() for v in (*g.dW.values(), *g.db.values())))
    q = train(net, p, x, y, learning_rate=1.0, epochs=1, clip=length / 10).parameters
    moved = [(q.W[l] - p.W[l], g.dW[l]) for l in p.W] + [(q.b[l] - p.b[l], g.db[l]) for l in p.b]
    assert math.sqrt(sum((d**2).sum() for d, _ in moved)) == pytest.approx(length / 10)
    for d, slope in moved:
        np.testing.assert_allclose(d, -slope / 10, rtol=1e-9, atol=1e-15)
    assert train(net, p, x, y, epochs=3, clip=1e9).parameters == train(net, p, x, y, epochs=3).parameters


def test_recorded_epochs_are_the_parameters_of_shorter_runs():
    history = train(NET, P, X, Y, epochs=6, record=[0, 2, 6])
    assert list(history.snapshots) == [0, 2, 6]
    assert history.snapshots[0] == P
    assert history.snapshots[2] == train(NET, P, X, Y, epochs=2).parameters
    assert history.snapshots[6] == history.parameters
    assert list(train(NET, P, X, Y, epochs=6, record=3).snapshots) == [0, 3, 6]


def test_no_epochs_is_the_start():
    history = train(NET, P, X, Y, epochs=0)
    assert history.parameters == P
    assert len(history.cost) == 1
    assert history.learning_rate.size == 0


@pytest.mark.parametrize("change", [pickle.dumps, copy.deepcopy])
def test_values_survive_pickling_and_copying(change):
    history = train(NET, P, X, Y, epochs=3, record=1)
    t = NET.forward(P, X)
    for value in (NET, P, t, NET.backward(P, t, Y), history):
        other = pickle.loads(change(value)) if change is pickle.dumps else change(value)
        assert repr(other) == repr(value)
    other = pickle.loads(pickle.dumps(history))
    assert other.parameters == history.parameters
    assert other.snapshots[1] == history.snapshots[1]
    with pytest.raises(TypeError):
        other.snapshots[2] = P


# How it ended


def verdict(history):
    return history.diagnosis.split(":")[0]


def test_a_run_is_solved_only_if_every_point_is_right():
    solved = train(NET, P, X, Y, learning_rate=20.0, epochs=200)
    assert solved.diagnosis == "solved: all 4 points are right"
    assert accuracy(NET.forward(solved.parameters, X).a[2], Y) == 1.0
    assert solved.accuracy[-1] == 1.0
    short = train(NET, P, X, Y, learning_rate=20.0, epochs=int(np.argmax(solved.accuracy == 1.0)) - 1)
    assert short.accuracy[-1] == 0.75
    assert verdict(short) == "descending"
    assert "3 of 4 points are right (75%)" in short.diagnosis


@pytest.mark.parametrize("batch", [{}, {"batch_size": 2, "rng": 0}])
def test_a_run_that_overflows_stops_silently_and_keeps_what_it_had(batch):
    net = Network((2, 3, 1), ["relu", "identity"])
    p = net.initialize(rng=1)
    history = train(net, p, X + 1, Y, learning_rate=1e3, epochs=500, **batch)
    assert 1 <= len(history.cost) < 100
    assert np.isfinite(history.cost).all()
    assert history.cost[-1] == net.cost(history.parameters, X + 1, Y)
    assert history.diagnosis.startswith(
        f"diverged: numbers overflowed in epoch {history.epochs + 1}, after a cost of"
    )
    assert len(history.learning_rate) == history.epochs + 1


def test_a_cost_that_overflows_at_the_start_is_kept_and_named():
    net = Network((1, 1), "identity")
    p = Parameters({1: [[1e200]]}, {1: [[0.0]]})
    history = train(net, p, [[1.0]], [[0.0]])
    assert history.cost.tolist() == [math.inf]
    assert history.parameters == p
    assert verdict(history) == "diverged"


def test_weights_that_overflow_behind_a_finite_cost_are_a_divergence():
    """σ answers even an infinite weight with 0 or 1, so the cost alone would not show it."""
    net = Network((1, 1), "sigmoid")
    p = Parameters({1: [[-1e-4]]}, {1: [[0.0]]})
    history = train(net, p, [[1e3]], [[1.0]], learning_rate=1e308)
    assert verdict(history) == "diverged"
    assert history.parameters == p


@pytest.mark.parametrize("scheme", ["zeros", "constant"])
def test_equal_neurons_stay_equal_and_are_named(scheme):
    history = train(NET, NET.initialize(0, scheme), X, Y, epochs=50)
    assert history.diagnosis.startswith("symmetric: 3 neurons of layer 1 have the same weights")
    W = history.parameters.W[1]
    assert (W[0] == W).all()


def test_a_rising_cost_is_named():
    net = Network((1, 1), "identity")
    p = Parameters({1: [[1.0]]}, {1: [[0.0]]})
    history = train(
        net, p, [[1.0]], [[0.0]], learning_rate=1.6, epochs=10
    )  # each step multiplies the error by −2.2
    assert verdict(history) == "rising"


def test_a_plateau_is_named():
    net = Network((2, 1), "sigmoid")  # no hidden layer: XOR cannot be learned, C → 1/8
    history = train(net, net.initialize(0), X, Y, learning_rate=5.0, epochs=400)
    assert verdict(history) == "plateau"
    assert history.cost[-1] == pytest.approx(1 / 8, rel=1e-6)


def test_targets_that_are_no_labels_are_never_solved():
    net = Network((1, 1), "identity")
    history = train(net, net.initialize(0), [[0.5, 1.0]], [[0.25, 0.5]], learning_rate=0.5, epochs=400)
    assert history.cost[-1] < 1e-9
    assert np.isnan(history.accuracy).all()
    assert verdict(history) != "solved"
    assert "right" not in history.diagnosis


@pytest.mark.parametrize(("a", "y", "right"), [
    ([[0.6, 0.4, 0.5]], [[1, 0, 1]], 2 / 3),
    ([[0.6, -0.4, 0.0]], [[1, -1, -1]], 2 / 3),
    ([[0.6, 0.5], [0.4, 0.5]], [[1, 0], [0, 1]], 1 / 2),
    ([[0.3, 0.9], [0.2, 0.8]], [[1, 0], [0, 1]], 1 / 2),
    ([[0.6, 0.9], [0.7, 0.8]], [[1, 1], [1, 0]], 1 / 2),
    ([[0.1]], [[0.1]], math.nan),
], ids=["above ½", "above 0", "largest, no ties", "largest", "several labels", "no labels"])  # fmt: skip
def test_accuracy_counts_right_answers(a, y, right):
    assert accuracy(a, y) == pytest.approx(right, nan_ok=True)


def test_accuracy_needs_two_arrays_of_one_shape():
    with pytest.raises(ValueError, match=r"a has shape \(1, 2\) and y \(2, 1\)"):
        accuracy([[0, 1]], [[0], [1]])


# The progress bar


def test_nobody_watches_under_pytest(capfd):
    train(NET, P, X, Y, epochs=50)
    assert not someone_is_watching()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("names", "terminal", "watching"), [
    ([], False, False), ([], True, True), (["JPY_SESSION_NAME"], False, True),
    (["CI"], True, False), (["CI", "JPY_SESSION_NAME"], True, False),
])  # fmt: skip
def test_a_bar_needs_someone_who_watches(monkeypatch, names, terminal, watching):
    for name in ("CI", "JPY_SESSION_NAME", "PYTEST_CURRENT_TEST"):
        monkeypatch.delenv(name, raising=False)
    for name in names:
        monkeypatch.setenv(name, "1")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    assert someone_is_watching() == watching


def test_a_bar_can_be_asked_for(monkeypatch, capfd):
    monkeypatch.setattr("backprop_lib.progress.PATIENCE", 0.0)
    train(NET, P, X, Y, epochs=20, progress=True)
    assert "epochs" in capfd.readouterr().err


def test_without_tqdm_there_is_no_bar_and_no_error():
    code = (
        "import sys; sys.modules['tqdm'] = None\n"
        "from backprop_lib import *\n"
        "net = Network((2, 3, 1))\n"
        "print(train(net, net.initialize(0), *datasets.xor_corners(), epochs=3, progress=True).epochs)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("3\n", "")
