"""Source 001's program, retold, takes the steps that the library's equations ask for, and explodes on time.

The figures of the long runs (errata E001.22–E001.24) are checked where they are shown, on the pages.
"""

import numpy as np
import pytest

from backprop_lib import Network, Parameters, scratch_mlp, step
from backprop_lib.bugs import BUGS
from backprop_lib.datasets import xor_quadrants

ALPHA, LAMBDA, N = 0.003, 1e-4, 50
STEPS = 30
# Thirty steps of a smooth map: rounding (1e-16) grows by a factor close to one a step.
RTOL = 1e-11


def descend(penalty: str, l2: float) -> tuple[list[float], Parameters]:
    """Take the same steps with the readable network: N times the gradient of the mean (E001.32)."""
    net = Network((2, 50, 2), biases=False, l2=l2)
    x, y = xor_quadrants(first=N, outputs=2)
    p, costs = net.initialize(np.random.RandomState(2017)), []
    for _ in range(STEPS):
        t = net.forward(p, x)
        costs.append(net.cost(p, x, y))
        g = net.backward(p, t, y) if penalty != "scalar" else BUGS["scalar penalty"].gradients(net, p, t, y)
        p = step(p, g, ALPHA * N)
    return costs, p


@pytest.mark.parametrize(("penalty", "l2"), [("scalar", 1e-2), ("ridge", 1e-2), ("none", 0.0)])
def test_a_run_takes_the_steps_of_the_library(penalty, l2):
    costs, p = descend(penalty, l2)
    run = scratch_mlp.run(penalty=penalty, l2=l2, iterations=STEPS)
    np.testing.assert_allclose(run.cost, costs, rtol=RTOL)
    for l in (1, 2):
        np.testing.assert_allclose(run.parameters.W[l], p.W[l], rtol=RTOL, atol=1e-14)


def test_the_scalar_penalty_is_not_the_ridge():
    _, p = descend("ridge", 1e-2)
    run = scratch_mlp.run(penalty="scalar", l2=1e-2, iterations=STEPS)
    assert abs(run.parameters.W[1] - p.W[1]).max() > 1e-3


def test_the_slope_kept_is_that_of_the_data_alone():
    net = Network((2, 50, 2), biases=False)
    x, y = xor_quadrants(first=N, outputs=2)
    run = scratch_mlp.run(l2=1e-2, iterations=11, keep=5)
    assert list(run.kept) == [1, 6, 11]
    for k, p in run.kept.items():
        g = net.backward(p, net.forward(p, x), y)
        assert run.slope[k - 1] == pytest.approx(N * np.linalg.norm(g.dW[1]), rel=1e-11)


def test_ten_times_the_penalty_brings_the_overflow_forward():
    run = scratch_mlp.run(l2=1e-3)  # E001.24
    assert (run.lowest, len(run)) == (pytest.approx(861, abs=50), pytest.approx(11542, abs=50))
    assert run.overflowed
    assert np.isfinite(run.cost).all()
    assert run.first_above(0.5) > run.lowest


def test_the_right_penalty_never_rises_where_the_wrong_one_overflows():
    run = scratch_mlp.run(l2=1e-3, penalty="ridge", iterations=3000)
    assert (np.diff(run.cost) < 0).all()
    assert (run.overflowed, run.first_above(0.5)) == (False, 0)


def test_a_run_goes_on_from_where_another_was():
    whole = scratch_mlp.run(iterations=40, keep=20)
    rest = scratch_mlp.run(iterations=20, start=whole.kept[21])
    np.testing.assert_array_equal(rest.cost, whole.cost[20:])
    assert rest.parameters == whole.parameters


def test_runs_in_other_processes_are_the_same_runs():
    settings = {"iterations": 5}, {"iterations": 3, "penalty": "none", "hidden": 3}
    for run, s in zip(scratch_mlp.runs(*settings), settings, strict=True):
        assert run.parameters == scratch_mlp.run(**s).parameters


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"penalty": "l2"}, "penalty is 'l2'; known are scalar, ridge, none"),
        ({"learning_rate": -1}, "learning_rate is -1"),
        ({"l2": np.nan}, "l2 is nan"),
        ({"iterations": 0}, "iterations is 0"),
        ({"examples": 301}, "301"),
        ({"keep": -1}, "keep is -1"),
        ({"start": Network((2, 3, 2), biases=False).initialize(0)}, "sizes"),
        ({"start": Network((2, 50, 2)).initialize(0)}, "without biases"),
    ],
)
def test_a_wrong_argument_is_named_before_any_work(wrong, message):
    with pytest.raises(ValueError, match=message):
        scratch_mlp.run(**wrong)
