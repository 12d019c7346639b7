"""Without biases a network gives a point and its mirror image one constant sum; with biases it does not."""

import numpy as np
import pytest

from backprop_lib import Network, Parameters, train
from backprop_lib.datasets import xor_quadrants

HALF, LABEL = xor_quadrants(seed=3, points=201)
X, IS_ONE = np.hstack([HALF, -HALF]), np.hstack([LABEL, LABEL])[0] > 0.5


def difference(net: Network, p: Parameters, x: np.ndarray) -> np.ndarray:
    """Return D = z₂ − z₁ of the output layer: the network answers 1 where D > 0."""
    z = net.forward(p, x).z[2]
    return z[1] - z[0]


def drawn(width: int, seed: int, biases: bool) -> tuple[Network, Parameters]:
    """Return a network with weights, and biases if it has any, far from 0."""
    rng = np.random.default_rng(seed)
    W = {1: rng.normal(scale=4, size=(width, 2)), 2: rng.normal(size=(2, width))}
    b = {l: rng.normal(scale=2, size=(len(W[l]), 1)) for l in W} if biases else {}
    return Network((2, width, 2), biases=biases), Parameters(W, b)


@pytest.mark.parametrize("width", [1, 3, 50, 400])
def test_a_pair_of_mirrored_points_has_one_sum_everywhere(width: int) -> None:
    net, p = drawn(width, seed=width, biases=False)
    S = (p.W[2][1] - p.W[2][0]).sum()
    # D is a sum of `width` terms of size about 1: rounding grows no faster than that
    assert difference(net, p, HALF) + difference(net, p, -HALF) == pytest.approx(
        np.full(201, S), abs=1e-14 * width + 1e-13
    )


def test_with_biases_the_sum_is_not_constant() -> None:
    net, p = drawn(50, seed=50, biases=True)
    assert np.ptp(difference(net, p, HALF) + difference(net, p, -HALF)) > 0.1


@pytest.mark.parametrize("width", [1, 3, 50])
def test_no_network_without_biases_passes_its_ceiling(width: int) -> None:
    for seed in range(40):
        net, p = drawn(width, seed, biases=False)
        suffers = ~IS_ONE if (p.W[2][1] - p.W[2][0]).sum() > 0 else IS_ONE
        right = (difference(net, p, X) > 0) == IS_ONE
        assert right.mean() <= 1 - suffers.mean() / 2


@pytest.mark.parametrize("biases", [False, True])
def test_the_same_training_passes_the_ceiling_with_biases_only(biases: bool) -> None:
    net = Network((2, 8, 2), biases=biases)
    y = np.stack([~IS_ONE, IS_ONE]).astype(float)
    p = train(net, net.initialize(4), X, y, learning_rate=9.0, epochs=600).parameters
    share = ((difference(net, p, X) > 0) == IS_ONE).mean()
    ceiling = 1 - min(IS_ONE.mean(), 1 - IS_ONE.mean()) / 2
    assert (share > ceiling) == biases
