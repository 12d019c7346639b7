"""Lanes are the readable steps: of a stack of networks with ``@``, and of every network by itself."""

import math

import numpy as np
import pytest
from generic import HIDDEN, OUTPUTS
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backprop_lib import Network, Parameters, train
from backprop_lib.lanes import PACK, Lanes, parameters
from backprop_lib.network import step
from backprop_lib.parameters import gradients
from backprop_lib.together import ALONE, columns, products, train_together

# A step sums a few dozen products of order one, in another order; a slip is wrong in the first digits.
ULPS = 256
EPS = np.finfo(float).eps


def T(array):
    """Return the transpose of every lane."""
    return array.swapaxes(-2, -1)


def stacked(net, starts, alphas, x, y):
    """Take one step with a stack of networks, a lane in front and ``@`` for it: the formulas of the book."""
    W, b = ({l: np.stack([getattr(p, k)[l] for p in starts]) for l in getattr(starts[0], k)} for k in "Wb")
    p, phi, L, m = Parameters.computed(W, b), net.phi, net.L, x.shape[1]
    t = net._forward(p, x)
    delta, dW, db = {}, {}, {}
    delta[L] = net._loss.delta(phi[L], t.z[L], t.a[L], y) / m  # (BP1)
    for l in range(L - 1, 0, -1):
        delta[l] = (T(p.W[l + 1]) @ delta[l + 1]) * phi[l].prime(t.z[l])  # (BP2)
    for l in p.W:
        dW[l] = delta[l] @ T(t.a[l - 1]) + net.l2 / m * p.W[l]  # (BP3)
    for l in p.b:
        db[l] = delta[l].sum(axis=-1, keepdims=True)  # (BP4)
    g, alpha = gradients(delta, dW, db), np.array(alphas)[:, None, None]
    W, b = {l: p.W[l] - alpha * g.dW[l] for l in p.W}, {l: p.b[l] - alpha * g.db[l] for l in p.b}  # (GD)
    return [Parameters({l: W[l][n] for l in W}, {l: b[l][n] for l in b}) for n in range(len(starts))]


def case(sizes, hidden, output, loss, l2, biases, N, seed=0):
    """Return a network, N generic starts and rates, and seven examples."""
    net = Network(sizes, [*[hidden] * (len(sizes) - 2), output], loss, l2, biases)
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(sizes[0], 7)), rng.uniform(0.1, 0.9, size=(sizes[-1], 7))
    starts = [
        Parameters(p.W, {l: rng.normal(size=b.shape) for l, b in p.b.items()})
        for p in (net.initialize(rng) for _ in range(N))
    ]
    return net, starts, np.linspace(0.05, 0.4, N), x, y / y.sum(axis=0) if "cross" in loss else y


def apart(found, wanted):
    """Return the largest difference of two lists of parameters, in units in the last place of the largest."""
    found, wanted = columns(found), columns(wanted)
    return float((np.abs(found - wanted) / (EPS * np.maximum(1.0, np.abs(wanted).max(axis=0)))).max())


def one_step(lanes):
    lanes.forward()
    lanes.step()
    return [parameters(lanes.net, column) for column in lanes.theta.T]


@settings(deadline=None, max_examples=30)
@given(
    st.sampled_from([(3, 2), (2, 3, 1), (3, 5, 4, 2)]), st.sampled_from(HIDDEN), st.sampled_from(OUTPUTS),
    st.sampled_from([0.0, 0.4]), st.booleans(), st.integers(1, 11), st.integers(0, 99),
)  # fmt: skip
def test_a_step_of_lanes_is_the_step_of_the_stack_and_of_each_alone(sizes, hidden, end, l2, biases, N, seed):
    assume(sizes[-1] > 1 or end[0] != "softmax")  # a softmax of one output is 1, whatever z is
    net, starts, alphas, x, y = case(sizes, hidden, *end, l2, biases, N, seed)
    found = one_step(Lanes(net, columns(starts), alphas, x, y))
    alone = [
        step(p, net.backward(p, net.forward(p, x), y), alpha) for p, alpha in zip(starts, alphas, strict=True)
    ]
    assert apart(stacked(net, starts, alphas, x, y), alone) < ULPS
    assert apart(found, alone) < ULPS


SLIPS = {
    "the rate is not divided by the number of examples": lambda s: s._factor.__imul__(7),
    "a neighbor's rate is taken": lambda s: s._factor.__setitem__(slice(None), s._factor[::-1].copy()),
    "a bias is punished like a weight": lambda s: setattr(s, "_decay", s._decay.max(axis=0)[None]),
    "the slope of the first layer is left out": lambda s: s.slope.update({1: lambda delta, a: None}),
    "the row of ones is lost": lambda s: s.rows[1][-1].fill(0),
    "the output's slope is left out": lambda s: s.slope.update({3: lambda delta, a: None}),
    "W is passed back with its biases' column": lambda s: s.W.update({3: s.Wb[3][:, 1:]}),
}


@pytest.mark.parametrize("slip", [*SLIPS, None])
def test_a_slip_in_a_lane_is_noticed(slip):
    net, starts, alphas, x, y = case((3, 5, 4, 2), "tanh", "sigmoid", "half_squared_error", 0.4, True, PACK)
    lanes = Lanes(net, columns(starts), alphas, x, y)
    if slip:
        SLIPS[slip](lanes)
    wrong = apart(one_step(lanes), stacked(net, starts, alphas, x, y))
    assert wrong > 1e6 if slip else wrong < ULPS


@pytest.mark.parametrize("N", [1, 7, 8, 31])
@pytest.mark.parametrize(("hidden", "end"), [
    ("sigmoid", ("sigmoid", "half_squared_error")), ("relu", ("softmax", "cross_entropy")),
])  # fmt: skip
def test_a_lane_has_the_same_bits_whoever_its_neighbors_are(hidden, end, N):
    """Chunks, and neighbors that are taken out, change nothing only if this holds."""
    net, starts, alphas, x, y = case((3, 5, 4, 2), hidden, *end, 0.1, True, 40)
    theta = columns(starts)
    whole = train_together(net, theta, alphas, x, y, 20)
    for first in range(0, 40, N):
        some = slice(first, first + N)
        part = train_together(net, theta[:, some], alphas[some], x, y, 20)
        assert np.array_equal(part.theta, whole.theta[:, some])
        assert np.array_equal(part.cost, whole.cost[some])


def test_lanes_that_mix_would_be_noticed(monkeypatch):
    def mixed(self, right=Lanes.step):
        right(self)
        self._theta += 1e-16 * self._theta.sum()

    net, starts, alphas, x, y = case((2, 3, 1), "tanh", "sigmoid", "half_squared_error", 0.0, True, 9)
    whole = train_together(net, columns(starts), alphas, x, y, 9)
    monkeypatch.setattr(Lanes, "step", mixed)
    part, all9 = (train_together(net, columns(starts[:n]), alphas[:n], x, y, 9) for n in (4, 9))
    assert not np.array_equal(part.theta, all9.theta[:, :4])
    assert not np.array_equal(whole.theta, all9.theta)


@pytest.mark.parametrize("epochs", [0, 1, 2, 300, 3000])
def test_a_lane_that_overflows_ends_where_its_own_run_does(epochs):
    """Costs are measured many epochs at a time; the last finite epoch is found by walking again."""
    net = Network((1, 1), "identity", "squared_error")
    starts = [Parameters({1: [[w]]}, {1: [[0.5]]}) for w in (3.0, -2.0, 1e150, 0.0)]
    alphas, x, y = np.array([1.2, 0.1, 1.01, 1.5]), np.array([[1.0, -1.0]]), np.zeros((1, 2))
    ends = train_together(net, columns(starts), alphas, x, y, epochs)
    for n, p in enumerate(parameters(net, column) for column in ends.theta.T):
        own = train(net, starts[n], x, y, learning_rate=float(alphas[n]), epochs=epochs)
        assert np.isfinite(ends.cost[n]).sum() == (len(own.cost) if np.isfinite(own.cost[0]) else 0)
        np.testing.assert_allclose(ends.cost[n][: len(own.cost)], own.cost, rtol=1e-9)
        np.testing.assert_allclose(p.W[1], own.parameters.W[1], rtol=1e-9)
    if epochs == 3000:
        assert np.isnan(ends.cost[:, -1]).tolist() == [True, False, True, True]


def test_networks_that_fill_the_processor_alone_are_trained_alone(monkeypatch):
    net = Network((40, 60, 10), "tanh")
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(40, 50)), rng.uniform(size=(10, 50))
    starts = [net.initialize(seed) for seed in range(3)]
    alphas = np.array([0.1, 0.5, 2.0])
    assert products(net, 50) > ALONE
    alone = train_together(net, columns(starts), alphas, x, y, 5)
    monkeypatch.setattr("backprop_lib.together.ALONE", math.inf)
    lanes = train_together(net, columns(starts), alphas, x, y, 5)
    np.testing.assert_allclose(alone.cost, lanes.cost, rtol=1e-9)
    np.testing.assert_allclose(alone.theta, lanes.theta, rtol=1e-7, atol=1e-12)


def test_the_memory_of_lanes_is_what_is_said():
    """Some four arrays of (activations + parameters) numbers a lane."""
    import tracemalloc

    net, m, N = Network((2, 30, 1)), 20, 400
    x, y = np.random.default_rng(0).normal(size=(2, m)), np.zeros((1, m))
    theta, alphas = columns([net.initialize(0)] * N), np.full(N, 0.1)
    tracemalloc.start()
    train_together(net, theta, alphas, x, y, 30)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    activations = m * sum(net.sizes[1:])
    assert peak < 8 * (4 * N * (activations + len(theta)) + 31 * N + 3 * 2**15)
