"""The fast steps of ``train`` are the readable ones of ``network`` to within some units in the last place."""

import itertools
import math
import tracemalloc
from itertools import product

import numpy as np
import pytest

from backprop_lib import Network, Parameters, step, train
from backprop_lib.descent import Descent
from backprop_lib.epochs import CHUNK
from backprop_lib.weights import Weights

HIDDEN = ("identity", "sigmoid", "tanh", "relu")
# Every output beside every loss that takes it.
ENDS = [
    (output, loss)
    for output, loss in product(
        (*HIDDEN, "softmax"), ("half_squared_error", "squared_error", "binary_cross_entropy", "cross_entropy")
    )
    if "cross_entropy" not in loss or output in ("sigmoid", "softmax")
]
# A step sums a few dozen products of order one, in another order; 64 units are far from a slip's digits.
ULPS = 64


def case(hidden, output, loss, l2, biases, dtype, seed=0):
    """Return a network of three unlike layers, generic parameters and seven examples."""
    rng = np.random.default_rng(seed)
    net = Network((3, 5, 4, 2), (hidden, hidden, output), loss, l2, biases)
    p = net.initialize(rng)
    p = Parameters(
        {l: W.astype(dtype) for l, W in p.W.items()},
        {l: rng.normal(size=b.shape).astype(dtype) for l, b in p.b.items()},
    )
    y = rng.uniform(0.1, 0.9, size=(2, 7))
    return net, p, rng.normal(size=(3, 7)), y / y.sum(axis=0) if loss == "cross_entropy" else y


def readable(net, p, x, y, alpha, epochs, size=None, clip=math.inf):
    """Return the parameters after some epochs of the readable forward, backward and step."""
    m = x.shape[1]
    rng = np.random.default_rng(5)
    for _ in range(epochs):
        batches = [np.arange(m)] if size is None else np.split(rng.permutation(m), range(size, m, size))
        for B in batches:
            part = Network(net.sizes, net.activations, net.loss, net.l2 * len(B) / m, net.biases)
            g = part.backward(p, part.forward(p, x[:, B]), y[:, B])
            length = math.sqrt(sum(float((v**2).sum()) for v in (*g.dW.values(), *g.db.values())))
            p = step(p, g, alpha * (min(1.0, clip / length) if length else 1.0))
    return p


def apart(p, q):
    """Return the largest difference of two parameters, in units in the last place of numbers of order one."""
    pairs = [(p.W[l], q.W[l]) for l in p.W] + [(p.b[l], q.b[l]) for l in p.b]
    assert all(a.dtype == b.dtype and a.shape == b.shape for a, b in pairs)
    scale = np.finfo(p.dtype).eps * max(1.0, *(float(np.abs(b).max()) for _, b in pairs))
    return max(float(np.abs(a - b).max()) for a, b in pairs) / scale


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("biases", [True, False])
@pytest.mark.parametrize("size", [None, 3])
@pytest.mark.parametrize(("output", "loss"), ENDS)
def test_the_fast_step_is_the_readable_step(output, loss, size, biases, dtype):
    for hidden, l2, clip in zip(HIDDEN, (0.0, 0.4, 0.4, 0.0), (math.inf, math.inf, 0.2, 0.2), strict=True):
        net, p, x, y = case(hidden, output, loss, l2, biases, dtype)
        history = train(
            net, p, x, y, 0.1, epochs=3, batch_size=size, rng=5, clip=None if clip == math.inf else clip
        )
        assert apart(history.parameters, readable(net, p, x, y, 0.1, 3, size, clip)) < ULPS


SLIPS = {
    "the rate is not divided by the number of examples": lambda d: setattr(d, "B", 1),
    "a bias is punished like a weight": lambda d: (d.weights.squares(), d.weights._weight.fill(1)),
    "the slope of the first layer is left out": lambda d: d._down.__setitem__(1, no_slope(d._down[1])),
    "the row of ones is lost": lambda d: d._up[0][1][-1].fill(0),
    "the output's slope is taken twice": lambda d: setattr(d, "_error", twice(d)),
}


def no_slope(layer):
    return (*layer[:4], lambda delta, a: None, *layer[5:])


def twice(d):
    def error(right=d._error):
        right()
        d.delta[3][:] *= 0.9

    return error


@pytest.mark.parametrize("slip", [*SLIPS, None])
def test_a_slip_in_the_fast_step_is_noticed(slip):
    net, p, x, y = case("tanh", "sigmoid", "half_squared_error", 0.4, True, np.float64)
    d = Descent(net, Weights(p), 7, decay=net.l2 / 7)
    d.x[:], d.y[:] = x, y
    if slip:
        SLIPS[slip](d)
    d.forward()
    d.step(0.3)
    wrong = apart(d.weights.parameters(), readable(net, p, x, y, 0.3, 1))
    assert wrong > 1e6 if slip else wrong < ULPS


@pytest.mark.parametrize("epochs", [1, 100, 5000])
def test_a_run_that_overflows_ends_where_the_readable_one_does(epochs):
    """The cost of many epochs is measured at once; the end is found by walking the last block again."""
    net = Network((1, 1), "identity", "squared_error")
    p, x, y = Parameters({1: [[3.0]]}, {1: [[1.0]]}), [[1.0, -1.0]], [[0.0, 0.0]]
    history = train(net, p, x, y, learning_rate=1.2, epochs=epochs)
    q, k = p, 0
    with np.errstate(all="ignore"):
        while k < epochs:
            g = net._backward(q, net._forward(q, np.array(x)), np.array(y))
            after = Parameters.computed({1: q.W[1] - 1.2 * g.dW[1]}, {1: q.b[1] - 1.2 * g.db[1]})
            if not np.isfinite(net._data_cost(net._forward(after, np.array(x)), np.array(y))):
                break
            q, k = after, k + 1
    assert history.epochs == k
    assert history.diagnosis.startswith("diverged") == (k < epochs)
    np.testing.assert_allclose(history.parameters.W[1], q.W[1], rtol=1e-12)


def test_training_allocates_nothing_per_step():
    net, p, x, y = case("relu", "softmax", "cross_entropy", 0.1, True, np.float64)
    d = Descent(net, Weights(p), 7, decay=0.01, longest=1.0)
    d.x[:], d.y[:] = x, y

    def most(steps):
        tracemalloc.start()
        for _ in range(steps):
            d.forward()
            d.step(0.1)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    most(3)
    assert most(300) < most(3) + 500  # bytes: Python's own numbers, no array


def held(net, m, B, epochs, dtype):
    """Return the bytes of the arrays that a run must hold.

    θ, the change that is due to it, the last θ known to be finite, and the parameters returned.  Of a batch,
    and of the examples that are measured at a time: each a with its row of ones, each δ, z⁽ᴸ⁾ and y.  Of a
    mini-batch the examples as they were drawn, too.  And six curves or less.
    """
    theta = sum((before + 1) * n for before, n in itertools.pairwise(net.sizes))
    layer = sum(2 * n + 1 for n in net.sizes[1:]) + 3 * net.sizes[-1] + net.sizes[0] + 1
    sizes = {m} if m == B else {B, m % B or B, max(B, CHUNK)}
    drawn = 0 if m == B else 2 * B * (net.sizes[0] + net.sizes[-1])
    return np.dtype(dtype).itemsize * (4 * theta + layer * sum(sizes) + drawn) + 8 * 6 * epochs


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("B", [800, 100, 96])
def test_a_run_holds_little_more_than_it_must(B, dtype):
    m, net = 800, Network((30, 50, 40, 3), ["tanh", "relu", "softmax"], "cross_entropy")
    rng = np.random.default_rng(0)
    p = net.initialize(rng)
    p = Parameters({l: W.astype(dtype) for l, W in p.W.items()}, {l: b.astype(dtype) for l, b in p.b.items()})
    x = rng.normal(size=(m, 30)).astype(dtype).T
    y = np.eye(3, dtype=dtype)[rng.integers(3, size=m)].T

    def peak(epochs, x=x):
        tracemalloc.start()
        train(net, p, x, y, 0.01, epochs, B if m > B else None, rng=1, measure=300 if m > B else None)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(2) < 1.2 * held(net, m, B, 2, dtype)
    assert peak(8) < peak(2) + 20_000  # bytes: curves of six more epochs, and Python's own numbers
    if m > B:  # examples that are scattered in memory have to be copied, which the bound notices
        assert peak(2, np.ascontiguousarray(x)) > 1.2 * held(net, m, B, 2, dtype)


def test_mini_batches_are_measured_on_as_many_examples_as_asked_for():
    net, p, x, y = case("tanh", "softmax", "cross_entropy", 0.4, True, np.float64)
    options = {"epochs": 3, "batch_size": 3, "rng": 5}
    whole, some = (train(net, p, x, y, 0.1, measure=k, **options) for k in (None, 4))
    assert whole.parameters == some.parameters
    for history, k in ((whole, 7), (some, 4)):
        cost = Network(net.sizes, net.activations, net.loss).cost(history.parameters, x[:, :k], y[:, :k])
        assert history.data_cost[-1] == pytest.approx(cost, rel=1e-12)
    assert whole.data_cost[-1] != pytest.approx(some.data_cost[-1], rel=1e-3)


@pytest.mark.parametrize(
    ("measure", "size", "words"), [(8, 3, "there are 7"), (4, None, "without mini-batches")]
)
def test_a_measure_that_cannot_be_taken_is_refused(measure, size, words):
    net, p, x, y = case("tanh", "sigmoid", "half_squared_error", 0.0, True, np.float64)
    with pytest.raises(ValueError, match=words):
        train(net, p, x, y, 0.1, 1, size, rng=1, measure=measure)


def test_a_chunk_that_reaches_back_counts_each_example_once():
    """More examples than are measured at a time, and no multiple of it."""
    m, net = 2 * CHUNK + 37, Network((2, 3, 1), "tanh", "half_squared_error")
    rng = np.random.default_rng(0)
    p, x, y = net.initialize(rng), rng.normal(size=(2, m)), rng.normal(size=(1, m))
    history = train(net, p, x, y, 0.0, epochs=1, batch_size=50, rng=1)
    assert history.cost[1] == pytest.approx(net.cost(p, x, y), rel=1e-12)
    twice = net.cost(p, np.hstack([x, x[:, -CHUNK + 37 :]]), np.hstack([y, y[:, -CHUNK + 37 :]]))
    assert history.cost[1] != pytest.approx(twice, rel=1e-6)
