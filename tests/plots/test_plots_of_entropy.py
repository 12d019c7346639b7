"""The pictures of source 003 show the numbers they are given, and refuse what cannot be drawn."""

import numpy as np
import pytest

from backprop_lib import Network, plots
from backprop_lib.datasets import two_layers
from backprop_lib.plots import entropies
from backprop_lib.plots.influences import turns
from plots.pictures import WORDS, presentable

NET, P, X, Y = two_layers()
A = NET.forward(P, X).a[2]
RUNS = {"m = 20": ([0.1, 1.0], [0.5, 0.2]), "m = 300": ([0.1, 1.0], [0.6, np.nan])}
PICTURES = {
    "surprises": lambda: plots.surprises(A, Y, **WORDS),
    "two_costs": lambda: plots.two_costs(4.0, **WORDS),
    "influences": lambda: plots.influences(NET.sizes, 5, **WORDS),
    "cost_by_rate": lambda: plots.cost_by_rate(
        {"right": RUNS, "printed": RUNS}, floor=0.1, ceiling=10.0, guess=0.7, **WORDS
    ),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_small_has_words_and_no_id_twice(name):
    presentable(PICTURES[name]())


def test_the_way_back_asks_in_the_order_of_source_003():
    order = ["a⁽²⁾", "z⁽²⁾", "W⁽²⁾", "b⁽²⁾", "a⁽¹⁾", "z⁽¹⁾", "W⁽¹⁾", "b⁽¹⁾"]
    assert turns(2) == dict(zip(order, range(1, 9), strict=True))


def test_every_shape_stands_in_the_picture_of_influences():
    (svg,) = plots.influences((2, 3, 1), 5, **WORDS).panels
    for shape in ("2 × 5", "3 × 5", "1 × 5", "3 × 2", "3 × 1", "1 × 3", "1 × 1"):
        assert f">{shape}<" in svg


@pytest.mark.parametrize("loss", ["half_squared_error", "binary_cross_entropy"])
def test_the_slopes_drawn_are_those_of_one_example_at_a_time(loss):
    net = Network((1, 1), loss=loss, biases=False)
    z = np.array([-2.0, 0.5, 3.0])
    for slope, one in ((True, _delta), (False, _cost)):
        drawn = entropies._of_z(net._loss, z, slope)
        np.testing.assert_allclose(drawn, [one(net, float(v)) for v in z], rtol=1e-14)


def _delta(net, z):
    p = net.initialize(0, scheme="constant", value=z)
    return net.backward(p, net.forward(p, [[1.0]]), [[0.0]]).delta[1].item()


def _cost(net, z):
    return net.cost(net.initialize(0, scheme="constant", value=z), [[1.0]], [[0.0]])


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="0 or 1"):
        plots.surprises(A, Y / 2, **WORDS)
    with pytest.raises(ValueError, match="0 or 1"):
        plots.surprises(np.round(A), Y, **WORDS)
    with pytest.raises(ValueError, match="from -6 to 8"):
        plots.two_costs(9.0, **WORDS)
    with pytest.raises(ValueError, match="one cost for each"):
        plots.cost_by_rate({"x": {"a": ([1.0], [1.0, 2.0])}}, floor=0.1, ceiling=1, guess=0.5, **WORDS)
