"""Backpropagation is judged by witnesses that never saw it: central differences and the complex step."""

import numpy as np
import pytest
from generic import HIDDEN, OUTPUTS, network

from backprop_lib import Parameters, agree, central_differences, complex_step, gradient_check, step

DEEP = [
    ((3, 5, 4, 2), ("tanh", "relu", "softmax"), "cross_entropy"),
    ((2, 6, 4, 3, 1), ("relu", "sigmoid", "tanh", "sigmoid"), "binary_cross_entropy"),
    ((4, 3, 2), ("relu", "identity"), "squared_error"),
    ((3, 2), ("softmax",), "half_squared_error"),
]


@pytest.mark.parametrize("biases", [True, False])
@pytest.mark.parametrize("l2", [0.0, 0.7])
@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize(("output", "loss"), OUTPUTS)
def test_every_gradient_agrees_with_both_witnesses(hidden, output, loss, l2, biases):
    check = gradient_check(*network((1, 3, 2), (hidden, output), loss, l2, biases))
    assert check.ok, check
    # One rounding of ε a term, a few dozen terms: seen up to 1e-14; any slip in a formula gives order one.
    assert check.worst < 1e-12
    assert not check.kinks


@pytest.mark.parametrize(("sizes", "activations", "loss"), DEEP)
@pytest.mark.parametrize("witness", [central_differences, complex_step])
def test_each_equation_agrees_with_a_witness(sizes, activations, loss, witness):
    net, p, x, y = network(sizes, activations, loss, l2=0.3)
    g = net.backward(p, net.forward(p, x), y)
    d = witness(net, p, x, y)
    name = "differences" if witness is central_differences else "complex_step"
    for equation, own, other in (
        ("BP1", g.delta[net.L], d.delta[net.L]),
        ("BP2", g.delta, d.delta),
        ("BP3", g.dW, d.dW),
        ("BP4", g.db, d.db),
    ):
        assert agree(equation, numpy=own, **{name: other}).worst < 1e-7


def test_the_two_witnesses_agree_with_each_other():
    net, p, x, y = network((3, 4, 2), ("tanh", "softmax"), "cross_entropy", l2=0.3)
    one, other = central_differences(net, p, x, y), complex_step(net, p, x, y)
    agree("D1", differences=one.dW, complex_step=other.dW)


def test_the_bias_gradient_is_the_sum_of_the_sensitivities():
    net, p, x, y = network((3, 4, 2))
    g = net.backward(p, net.forward(p, x), y)
    for l in g.db:
        np.testing.assert_allclose(g.db[l][:, 0], [sum(row) for row in g.delta[l]], rtol=1e-14)


def test_a_small_step_lowers_the_cost_by_the_squared_length_of_the_gradient():
    net, p, x, y = network((3, 4, 2), "tanh", l2=0.1)
    g = net.backward(p, net.forward(p, x), y)
    squared = sum((v**2).sum() for v in (*g.dW.values(), *g.db.values()))
    alpha = 1e-6
    fall = net.cost(p, x, y) - net.cost(step(p, g, alpha), x, y)
    assert fall / alpha == pytest.approx(squared, rel=1e-4)  # the next term of the series is of order α


def test_the_penalty_never_touches_the_biases():
    net, p, x, y = network((2, 3, 1), l2=5.0)
    plain, *_ = network((2, 3, 1), l2=0.0)
    t = net.forward(p, x)
    assert all(
        np.array_equal(u, v)
        for u, v in zip(net.backward(p, t, y).db.values(), plain.backward(p, t, y).db.values(), strict=True)
    )
    assert net.cost(p, x, y) - plain.cost(p, x, y) == pytest.approx(
        5.0 / 10 * sum((W**2).sum() for W in p.W.values())
    )


def test_examples_are_independent():
    """C is a mean, so the gradient of all examples is the mean of the gradients of each."""
    net, p, x, y = network((3, 4, 2), ("relu", "softmax"), "cross_entropy")
    whole = net.backward(p, net.forward(p, x), y)
    each = [net.backward(p, net.forward(p, x[:, [r]]), y[:, [r]]) for r in range(x.shape[1])]
    for l in p.W:
        np.testing.assert_allclose(
            whole.dW[l], np.mean([g.dW[l] for g in each], axis=0), rtol=1e-12, atol=1e-16
        )
        np.testing.assert_allclose(
            whole.delta[l] * len(each), np.hstack([g.delta[l] for g in each]), rtol=1e-12
        )


def test_without_biases_is_with_biases_of_zero():
    net, p, x, y = network((2, 4, 3), biases=False)
    other, *_ = network((2, 4, 3), biases=True)
    q = Parameters(p.W, {l: np.zeros((len(p.W[l]), 1)) for l in p.W})
    g, h = net.backward(p, net.forward(p, x), y), other.backward(q, other.forward(q, x), y)
    assert g.db == {}
    assert all(np.array_equal(g.dW[l], h.dW[l]) for l in g.dW)


def test_renaming_hidden_neurons_changes_nothing():
    net, p, x, y = network((3, 5, 2), "tanh")
    order = [3, 0, 4, 1, 2]
    q = Parameters({1: p.W[1][order], 2: p.W[2][:, order]}, {1: p.b[1][order], 2: p.b[2]})
    g, h = net.backward(p, net.forward(p, x), y), net.backward(q, net.forward(q, x), y)
    np.testing.assert_allclose(h.dW[1], g.dW[1][order], rtol=1e-12)
    np.testing.assert_allclose(h.dW[2], g.dW[2][:, order], rtol=1e-12)
