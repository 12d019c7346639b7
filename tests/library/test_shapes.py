"""Parameters counted on paper are those that arrays made for the purpose hold."""

import numpy as np
import pytest

from backprop_lib import Network
from backprop_lib.shapes import ALEXNET, ALEXNET_INPUT, Convolution, Dense, Pooling, ledger


def total(rows):
    return sum(row.parameters for row in rows)


@pytest.mark.parametrize("sizes", [(2, 1), (2, 3, 2), (5, 4, 7, 3)])
def test_dense_layers_have_the_parameters_of_the_network(sizes):
    rows = ledger(sizes[:1], {f"layer {l}": Dense(n) for l, n in enumerate(sizes[1:], start=1)})
    p = Network(sizes).initialize(0)
    assert [row.W for row in rows] == [p.W[l].shape for l in p.W]
    assert [row.parameters for row in rows] == [p.W[l].size + p.b[l].size for l in p.W]


@pytest.mark.parametrize(
    ("layer", "side"),
    [
        (Convolution(4, kernel=3), 7),
        (Convolution(4, kernel=3, stride=2), 9),
        (Convolution(4, kernel=5, padding=2), 6),
        (Convolution(4, kernel=3, stride=3, padding=1, groups=2), 10),
    ],
)
def test_a_convolution_has_the_shapes_of_windows_that_really_slide(layer, side):
    channels, rng = 6, np.random.default_rng(0)
    pad = [(0, 0), *[(layer.padding, layer.padding)] * 2]
    image = np.pad(rng.normal(size=(channels, side, side)), pad)
    windows = np.lib.stride_tricks.sliding_window_view(image, (layer.kernel, layer.kernel), axis=(1, 2))
    windows = windows[:, :: layer.stride, :: layer.stride]  # channels, places down, places across, k, k
    (row,) = ledger((channels, side, side), {"conv": layer})
    kernels = rng.normal(size=row.W).reshape(layer.groups, -1, *row.W[1:])
    parts = windows.reshape(layer.groups, -1, *windows.shape[1:])
    out = np.einsum("goikl,gipqkl->gopq", kernels, parts).reshape(-1, *windows.shape[1:3])
    assert out.shape == row.shape
    assert row.parameters == kernels.size + row.b
    assert row.b == len(out)


def test_alexnet_has_60_965_224_parameters():
    rows = {row.name: row for row in ledger(ALEXNET_INPUT, ALEXNET)}
    assert total(rows.values()) == 60_965_224
    assert rows["conv1"].shape == (96, 55, 55)
    assert rows["pool5"].shape == (256, 6, 6)
    assert rows["fc6"].W == (4096, 9216)


@pytest.mark.parametrize(
    ("name", "slip"),
    [
        ("conv2", Convolution(256, kernel=5, padding=2)),  # the groups forgotten
        ("conv5", Convolution(256, kernel=3, groups=2)),  # the padding forgotten
        ("fc8", Dense(1001)),
    ],
)
def test_a_slip_in_the_architecture_is_seen_in_the_count(name, slip):
    assert total(ledger(ALEXNET_INPUT, dict(ALEXNET) | {name: slip})) != 60_965_224


def test_the_paper_s_224_pixels_do_not_fit():
    with pytest.raises(ValueError, match="conv1 slides a window of 11 over 224 by steps of 4"):
        ledger((3, 224, 224), ALEXNET)


@pytest.mark.parametrize(
    ("shape", "layer", "message"),
    [
        ((3, 8, 8), Convolution(4, kernel=3, groups=2), "2 groups; 3 and 4"),
        ((4, 2, 2), Convolution(4, kernel=3), "over 2"),
        ((5,), Pooling(2, stride=2), r"gets the shape \(5,\)"),
        ((3, 8), Dense(1), r"shape is \(3, 8\)"),
        ((0,), Dense(1), "an entry of shape"),
    ],
)
def test_what_does_not_fit_is_refused(shape, layer, message):
    with pytest.raises(ValueError, match=message):
        ledger(shape, {"layer": layer})


@pytest.mark.parametrize("wrong", [{"channels": 0}, {"stride": 0}, {"padding": -1}, {"groups": 0}])
def test_a_layer_of_no_size_is_refused(wrong):
    with pytest.raises(ValueError, match=f"{next(iter(wrong))} of Convolution"):
        Convolution(**({"channels": 1, "kernel": 1} | wrong))


def test_something_else_than_a_layer_is_refused():
    with pytest.raises(TypeError, match="layer is a int; a Dense, Convolution or Pooling"):
        ledger((3,), {"layer": 4})
