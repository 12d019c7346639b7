"""A run that fails for a known cause is named for it, one that learns is not, and a wrong look is found out."""

# ruff: noqa: E501  (a case is a line)

import importlib
import pickle
from dataclasses import replace

import numpy as np
import pytest
from generic import network

from backprop_lib import Network, Parameters, datasets, step, train
from backprop_lib.bugs import BUGS, descend
from backprop_lib.cases import CASES, Case
from backprop_lib.curvature import gradient, sharpest, to_parameters, to_vector
from backprop_lib.diagnosis import Cause, Diagnosis, diagnose, steps, structure, units, verdict

DIAGNOSIS = importlib.import_module("backprop_lib.diagnosis")
RUNS = [(known, case.run()) for known, case in CASES]
NAMES = [f"{n}-{known or 'healthy'}" for n, (known, _) in enumerate(CASES)]


def right_answers():
    """Return whether every case is named for its known cause."""
    return all(diagnose(run).cause == known for known, run in RUNS)


@pytest.mark.parametrize(("known", "run"), RUNS, ids=NAMES)
def test_every_built_case_is_named_for_its_known_cause(known, run):
    found = diagnose(run)
    assert found.cause == known
    for cause in found.causes:
        assert isinstance(cause, Cause)
        assert cause.sentence
        assert cause.cure
        assert len(cause.evidence) >= 2
        assert not any(isinstance(v, str) for v in cause.evidence.values())
    if known:
        assert found.verdict != "solved"
        assert known == found.verdict or found.causes[0].sentence in found
    else:
        assert found.causes == ()


@pytest.mark.parametrize(("known", "case"), CASES, ids=NAMES)
def test_a_case_is_named_the_same_where_another_machine_rounds_otherwise(known, case, monkeypatch):
    """The last digits of a run may depend on the processor; what is named may not."""
    rng, start = np.random.default_rng(0), case.start

    def moved(values):
        same = case.scheme in ("zeros", "constant")
        return {l: a if same else a * (1 + 1e-9 * rng.normal(size=a.shape)) for l, a in values.items()}

    monkeypatch.setattr(Case, "start", Parameters(moved(start.W), moved(start.b)))
    assert diagnose(case.run()).cause == known


def test_every_cause_has_a_case_and_healthy_runs_there_are():
    known = [name for name, _ in CASES]
    assert set(known) - {""} == {
        "gradient", "rate", "overflow", "symmetric", "dead", "biases", "straight", "saturated", "vanishing",
        "slow", "saddle",
    }  # fmt: skip
    assert known.count("") >= 3


HEALTHY = [
    Case(learning_rate=10.0, epochs=500), Case(learning_rate=5.0, epochs=2000),
    Case(data="quadrants", hidden=50, learning_rate=5.0, epochs=500),
    Case(data="signed_corners", hidden=4, activation="tanh", epochs=300),
    Case(data="circles", hidden=8, activation="relu", scheme="he", loss="binary_cross_entropy", learning_rate=0.5),
    Case(data="circles", hidden=8, activation="relu", scheme="he", loss="binary_cross_entropy", biases=False, learning_rate=0.5),
    Case(data="spirals", hidden=12, layers=2, activation="tanh", scheme="glorot", loss="binary_cross_entropy", learning_rate=0.5),
    Case(data="quadrants", hidden=50, activation="tanh", loss="binary_cross_entropy", learning_rate=2.0, epochs=300),
]  # fmt: skip


@pytest.mark.parametrize("case", HEALTHY, ids=range(len(HEALTHY)))
def test_a_run_that_learns_has_no_cause(case):
    assert diagnose(case.run()).causes == ()


def test_mini_batches_that_learn_have_no_cause():
    net = Network((2, 8, 1))
    history = train(
        net, net.initialize(0), *datasets.xor_quadrants(), epochs=300, batch_size=10, rng=0, learning_rate=1.0
    )
    assert history.diagnosis.causes == ()


def test_only_a_run_with_every_point_right_is_solved():
    for _, run in RUNS:
        assert (diagnose(run).verdict == "solved") == (run.accuracy[-1] == 1.0 and not run.overflowed)
    almost = replace(RUNS[3][1], accuracy=np.append(RUNS[3][1].accuracy[:-1], 299 / 300))
    assert diagnose(almost).verdict != "solved"
    assert "299 of 300 points are right (99%)" in diagnose(almost)


def test_a_history_has_the_diagnosis_of_its_run_and_works_it_out_once():
    history = train(Network((2, 1)), Network((2, 1)).initialize(0), *datasets.xor_corners(), epochs=400)
    assert "diagnosis" not in vars(history)
    assert history.diagnosis == diagnose(history.run)
    assert history.diagnosis is history.diagnosis
    assert isinstance(history.diagnosis, str)
    other = pickle.loads(pickle.dumps(history.diagnosis))
    assert (other, other.verdict, other.causes) == (history.diagnosis, "plateau", history.diagnosis.causes)
    assert Diagnosis("nothing").cause == ""


@pytest.mark.parametrize("name", BUGS)
def test_a_wrong_gradient_is_named_before_anything_else(name):
    nets = [
        Network((2, 4, 4, 1), l2=0.1, **kind)
        for kind in ({}, {"activations": ["relu", "relu", "sigmoid"]}, {"loss": "binary_cross_entropy"})
    ]
    net = next(net for net in nets if BUGS[name].applies(net))
    run = descend(net, net.initialize(3), *datasets.xor_quadrants(first=7), 0.5, 20, BUGS[name])
    assert diagnose(run).cause == "gradient"
    assert diagnose(replace(run, backward=Network.backward)).cause != "gradient"


def test_gradients_that_are_not_reset_begin_right_and_add_up():
    net, p, x, y = network((2, 3, 1))
    bug = BUGS["not reset"]
    runs = [descend(net, p, x, y, 0.3, n, bug) for n in (1, 2)]
    first = net.backward(p, net.forward(p, x), y)
    q = step(p, first, 0.3)
    assert runs[0].end == q
    g = net.backward(q, net.forward(q, x), y)
    for l in q.W:
        moved = (runs[1].end.W[l] - q.W[l]) / -0.3
        np.testing.assert_allclose(moved, g.dW[l] + first.dW[l], rtol=1e-9)


def test_a_run_by_the_right_gradients_is_that_of_train():
    net, p, x, y = network((2, 3, 1))
    ours, theirs = descend(net, p, x, y, 0.7, 50), train(net, p, x, y, learning_rate=0.7, epochs=50)
    np.testing.assert_allclose(ours.cost, theirs.cost, rtol=1e-10)
    assert ours.backward is None


# The curvature


@pytest.mark.parametrize(
    ("sizes", "activations", "loss"),
    [
        ((2, 3, 1), "sigmoid", "half_squared_error"), ((3, 4, 2), ("tanh", "softmax"), "cross_entropy"),
        ((2, 6, 1), ("relu", "sigmoid"), "binary_cross_entropy"), ((2, 8, 6, 1), "tanh", "squared_error"),
    ],
)  # fmt: skip
def test_both_ends_of_the_spectrum_are_those_of_the_whole_hessian(sizes, activations, loss):
    net, p, x, y = network(sizes, activations, loss)
    theta, h = to_vector(p), 1e-5
    columns = [
        (gradient(net, to_parameters(p, theta + h * e), x, y) - gradient(net, to_parameters(p, theta - h * e), x, y)) / (2 * h)
        for e in np.eye(theta.size)
    ]  # fmt: skip
    values, vectors = np.linalg.eigh(np.array(columns))
    bend = sharpest(net, p, x, y)
    # Thirty steps of Lanczos are exact for as many parameters; the largest network here has 97.
    assert bend.most == pytest.approx(values[-1], rel=1e-6)
    assert bend.least == pytest.approx(values[0], abs=1e-4 * values[-1])
    assert abs(bend.direction @ vectors[:, -1]) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(("times", "falls"), [(0.98, True), (1.02, False)])
def test_two_over_the_largest_curvature_divides_rates_that_fall_from_rates_that_rise(times, falls):
    net = Network((2, 1), "identity")  # a cost of the second degree, whose Hessian is the same everywhere
    x, y = datasets.xor_quadrants(first=30)
    p = net.initialize(0)
    limit = 2 / sharpest(net, p, x, y).most
    history = train(net, p, x, y, learning_rate=times * limit, epochs=2000)
    assert (history.diagnosis.verdict in ("plateau", "descending")) == falls
    assert (history.diagnosis.cause == "rate") != falls


def test_a_curvature_that_overflows_is_no_number():
    net = Network((2, 3, 1), "identity")
    p = Parameters({l: 1e200 * W for l, W in net.initialize(0).W.items()}, net.initialize(0).b)
    assert np.isnan(sharpest(net, p, *datasets.xor_corners()).most)


# Wrong looks: each is rejected by the built cases or by the healthy ones


MUTANTS = {
    "half the limit": (steps, "sharpest", lambda f: lambda *a: f(*a)._replace(most=2.5 * f(*a).most)),
    "a tenth of the curvature": (
        steps,
        "sharpest",
        lambda f: lambda *a: f(*a)._replace(most=f(*a).most / 10),
    ),
    "no saddle": (steps, "sharpest", lambda f: lambda *a: f(*a)._replace(least=0.0)),
    "every pair are twins": (units, "identical_neurons", lambda f: lambda p: (1, 2)),
    "no twins": (units, "identical_neurons", lambda f: lambda p: None),
    "half a slope is flat": (units, "FLAT_SLOPE", lambda f: 1.1),
    "no slope is flat": (units, "FLAT_SLOPE", lambda f: 0.0),
    "nothing vanishes": (units, "VANISHED", lambda f: 0.0),
    "everything is mirrored": (structure, "mirrored", lambda f: lambda x, y: (f(x, y)[0], 0.0)),
    "nothing is slow": (steps, "SLOW", lambda f: 0.0),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_look_is_rejected(name, monkeypatch):
    module, attribute, change = MUTANTS[name]
    monkeypatch.setattr(module, attribute, change(getattr(module, attribute)))
    assert not (right_answers() and limit_holds())


def limit_holds():
    """Return whether the limit named is the one that a cost of the second degree has."""
    net = Network((2, 1), "identity")
    x, y = datasets.xor_quadrants(first=30)
    rows = np.vstack([x, np.ones(30)])
    exact = 2 / np.linalg.eigvalsh(rows @ rows.T / 30)[-1]
    history = train(net, net.initialize(0), x, y, learning_rate=1.5 * exact, epochs=100)
    found = [cause.evidence["2/λmax"] for cause in history.diagnosis.causes if cause.name == "rate"]
    return len(found) == 1 and abs(found[0] / exact - 1) < 1e-6


@pytest.mark.parametrize("look", [f.__name__ for f in DIAGNOSIS.CAUSES])
def test_a_look_that_is_left_out_is_missed(look, monkeypatch):
    monkeypatch.setattr(DIAGNOSIS, "CAUSES", tuple(f for f in DIAGNOSIS.CAUSES if f.__name__ != look))
    assert not right_answers()


# The verdicts


def test_a_cost_that_goes_up_and_down_bounces():
    net = Network((1, 1), "identity")
    p = Parameters({1: [[1.0]]}, {1: [[0.0]]})
    history = train(
        net, p, [[1.0]], [[0.0]], learning_rate=1.0, epochs=100
    )  # each step takes the error to −1 times it
    assert history.diagnosis.startswith("plateau")  # the cost of +e is that of −e
    swinging = replace(history.run, cost=np.resize([0.5, 0.3, 0.45, 0.4], 101))
    assert verdict(swinging)[0] == "bouncing"
    assert diagnose(replace(swinging, learning_rate=np.full(100, 1.01))).cause == "rate"
    falling = replace(history.run, cost=np.resize([0.5, 0.3, 0.45, 0.4], 101) * 0.98 ** np.arange(101))
    assert verdict(falling)[0] == "descending"
