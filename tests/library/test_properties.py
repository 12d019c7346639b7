"""What holds for every network, found or refuted by searching for a counterexample."""

import numpy as np
import pytest
from generic import HIDDEN, OUTPUTS
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from backprop_lib import Network, Parameters, gradient_check, step, train
from backprop_lib.activations import SIGMOID, SOFTMAX

FEW = settings(derandomize=True, max_examples=25, deadline=None, database=None)


def numbers(largest):
    return st.floats(-largest, largest, allow_subnormal=True)


@st.composite
def problems(draw, largest=3.0):
    """A network of any shape and functions, with parameters and examples of any sizes."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    output, loss = draw(st.sampled_from(OUTPUTS))
    hidden = [draw(st.sampled_from(HIDDEN)) for _ in sizes[1:-1]]
    net = Network(sizes, [*hidden, output], loss, draw(st.sampled_from([0.0, 0.5])), draw(st.booleans()))
    m = draw(st.integers(1, 4))

    def array(*shape):
        return draw(arrays(float, shape, elements=numbers(largest)))

    layers = range(1, net.L + 1)
    b = {l: array(sizes[l], 1) for l in layers} if net.biases else {}
    p = Parameters({l: array(sizes[l], sizes[l - 1]) for l in layers}, b)
    x = array(sizes[0], m)
    classes = draw(st.lists(st.integers(0, sizes[-1] - 1), min_size=m, max_size=m))
    return net, p, x, np.eye(sizes[-1])[:, classes]


@FEW
@given(problems())
def test_every_gradient_agrees_with_both_witnesses(problem):
    """On the kinks too, at zero, at symmetric points, with subnormal numbers."""
    with np.errstate(all="ignore"):
        net, p, x, y = problem
        if np.isfinite(net.cost(p, x, y)):
            check = gradient_check(net, p, x, y)
            assert check.ok, check


@FEW
@given(problems(largest=1e150))
def test_descent_never_warns_and_keeps_finite_parameters(problem):
    net, p, x, y = problem
    with np.errstate(all="ignore"):
        t = net.forward(p, x)
    if all(np.isfinite(z).all() for z in t.z.values()):
        history = train(net, p, x, y, learning_rate=10.0, epochs=3)
        assert all(
            np.isfinite(v).all() for v in (*history.parameters.W.values(), *history.parameters.b.values())
        )
        assert history.diagnosis


@FEW
@given(problems())
def test_the_order_of_the_examples_does_not_matter(problem):
    net, p, x, y = problem
    with np.errstate(all="ignore"):
        one, other = net.cost(p, x, y), net.cost(p, x[:, ::-1], y[:, ::-1])
    assert one == pytest.approx(other, rel=1e-12)


@FEW
@given(problems())
def test_a_step_of_zero_length_changes_nothing(problem):
    net, p, x, y = problem
    with np.errstate(all="ignore"):
        g = net.backward(p, net.forward(p, x), y)
    if all(np.isfinite(v).all() for v in g.dW.values()):
        assert step(p, g, 0.0) == p


@FEW
@given(arrays(float, (3, 2), elements=numbers(1e300)))
def test_softmax_is_a_distribution_for_every_z(z):
    a = SOFTMAX.f(z)
    assert (a >= 0).all()
    np.testing.assert_allclose(a.sum(axis=0), 1.0, rtol=1e-15)


@FEW
@given(numbers(1e300), numbers(1e300))
def test_sigmoid_never_falls(one, other):
    low, high = SIGMOID.f(np.array([min(one, other), max(one, other)]))
    assert 0.0 <= low <= high <= 1.0
