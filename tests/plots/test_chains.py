"""The pictures of the chain rule show the numbers of the backward pass, and no others."""

import re

import numpy as np
import pytest

from backprop_lib import Network
from backprop_lib.plots import chains

NET = Network((2, 3, 2), biases=False)
X, Y = np.array([[1.7], [0.4]]), np.array([[1.0], [0.0]])
WORDS = {"alt": "the path", "caption": "what to look for"}
WEIGHTS = [(2, 1, 1), (2, 2, 3), (1, 3, 1), (1, 1, 2)]


@pytest.fixture
def p():
    return NET.initialize(7)


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_product_along_the_chain_is_what_backward_computes(p, weight):
    l, k, j = weight
    values = chains.sensitivities(chains.factors(NET, p, X, Y, weight))
    g = NET.backward(p, NET.forward(p, X), Y)
    found = list(values.values())
    # three to six factors, each rounded once: a few units in the last place
    assert found[-1] == pytest.approx(g.dW[l][k - 1, j - 1], rel=1e-14)
    assert found[-2] == pytest.approx(g.delta[l][k - 1, 0], rel=1e-14)


def test_a_path_left_out_gives_another_number(p):
    links = dict(chains.factors(NET, p, X, Y, (1, 3, 1)))
    whole = list(chains.sensitivities(links).values())[-1]
    del links["z₂⁽²⁾", "a₃⁽¹⁾"]
    assert abs(list(chains.sensitivities(links).values())[-1] - whole) > 0.01


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_number_of_the_chain_is_in_the_picture(p, weight):
    links = chains.factors(NET, p, X, Y, weight)
    text = chains.chain(NET, p, X, Y, weight, **WORDS).panels[-1]
    numbers = [value for name, value in chains.sensitivities(links).items() if name != "C"]
    numbers += [value for factor, value in links.values() if factor]
    for value in numbers:
        assert f"{value:.4f}".replace("-", "−") in text
    shown = set(re.findall(r">(?:× )?(−?\d\.\d{4})<", text))
    assert shown == {f"{value:.4f}".replace("-", "−") for value in numbers}


def test_a_weight_of_an_earlier_layer_is_refused():
    net = Network((2, 2, 2, 1), biases=False)
    with pytest.raises(ValueError, match="layer 1; the chain is drawn for layers 3 and 2"):
        chains.factors(net, net.initialize(0), X, np.array([[1.0]]), (1, 1, 1))


def test_more_than_one_example_is_refused(p):
    with pytest.raises(ValueError, match="3 columns"):
        chains.factors(NET, p, np.ones((2, 3)), np.ones((2, 3)), (2, 1, 1))
