"""The data are what they are said to be."""

import hashlib

import numpy as np
import pytest

from backprop_lib import Network, datasets


@pytest.mark.parametrize("low", [0.0, -1.0])
def test_corners_are_labelled_by_exclusive_or(low):
    x, y = datasets.xor_corners(low=low)
    assert {tuple(c) for c in x.T} == {(low, low), (low, 1.0), (1.0, low), (1.0, 1.0)}
    assert y.tolist() == [[float((u == 1) != (v == 1)) for u, v in x.T]]


def test_quadrants_are_the_points_of_source_001():
    x, y = datasets.xor_quadrants(outputs=2)
    assert x.shape == y.shape == (2, 300)
    assert np.array_equal(x.T, np.random.RandomState(0).randn(300, 2))
    assert x[:, 0].tolist() == [1.764052345967664, 0.4001572083672233]
    assert y[:, 0].tolist() == [1.0, 0.0]  # E001.08: XOR 0 is (1, 0)
    assert y[1].tolist() == [float(u * v < 0) for u, v in x.T]


def test_the_first_points_are_the_first_points():
    assert np.array_equal(datasets.xor_quadrants(first=50)[0], datasets.xor_quadrants()[0][:, :50])
    assert not np.array_equal(datasets.xor_quadrants(seed=1)[0], datasets.xor_quadrants()[0])


@pytest.mark.parametrize("make", [datasets.circles, datasets.spirals])
def test_the_classes_are_balanced_and_the_seed_decides(make):
    x, y = make(seed=3, points=101)
    assert x.shape == (2, 101)
    assert y.shape == (1, 101)
    assert y.sum() == 50
    assert np.array_equal(x, make(seed=3, points=101)[0])
    assert not np.array_equal(x, make(seed=4, points=101)[0])


def test_circles_have_their_radii_and_spirals_are_half_a_turn_apart():
    x, y = datasets.circles(noise=0.0)
    np.testing.assert_allclose(np.hypot(*x), np.where(y[0] == 1, 0.5, 1.0), rtol=1e-12)
    x, y = datasets.spirals(noise=0.0)
    turned = np.arctan2(x[1], x[0]) - 3 * np.pi * np.hypot(*x) - np.pi * y[0]
    np.testing.assert_allclose(np.cos(turned), 1.0, rtol=1e-9)


def test_two_outputs_are_one_hot():
    for make in (datasets.xor_corners, datasets.xor_quadrants, datasets.circles, datasets.spirals):
        one, two = make(outputs=1)[1], make(outputs=2)[1]
        assert np.array_equal(two, np.vstack([1 - one, one]))


def test_source_001_has_no_biases():
    net, p, x, y = datasets.source_001()
    assert net == Network((2, 3, 2), loss="half_squared_error", biases=False)
    assert p.b == {}
    assert x.shape == y.shape == (2, 1)


def checksum(x, y):
    """Return the SHA-256 of the pixels' counts and the digits, example by example."""
    pixels, answers = (np.ascontiguousarray(v, dtype=np.uint8) for v in (16 * x.T, y.argmax(axis=0)))
    return hashlib.sha256(pixels.tobytes() + answers.tobytes()).hexdigest()


def test_the_digits_are_those_that_were_published():
    """``make bench`` compares them with scikit-learn's as well, which the book does without."""
    x, y = datasets.digits()
    known = "87ff0c9e40dc7e2c0e34e7257799c2e3f3aec1a016363bb11cad869ec428a826"
    assert checksum(x, y) == known
    x[20, 700] += 1 / 16
    assert checksum(x, y) != known


def test_the_digits_are_columns_of_pixels_and_one_hot():
    x, y = datasets.digits()
    assert x.shape == (64, 1797)
    assert y.shape == (10, 1797)
    assert (x.min(), x.max()) == (0.0, 1.0)
    assert x.T.flags.c_contiguous
    assert (y.sum(axis=0) == 1).all()
    assert y.sum(axis=1).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
