"""Numbers worked out elsewhere: source 001's point, a 3-4-2-3 network, and source 003's two layers."""

import json
from pathlib import Path

import numpy as np
import pytest

from backprop_lib import Disagreement, Network, Parameters, agree, datasets, step

VALUES = json.loads((Path(__file__).parents[1] / "reference_values.json").read_text(encoding="utf-8"))
SOURCE = VALUES["source_001"]["values"]
PRINTED = VALUES["source_001"]["printed_in_text"]
PICTURED = VALUES["source_001"]["printed_in_picture"]
CASE = VALUES["case_a_dnn_sigmoid_mse"]


def close(found, needed):
    np.testing.assert_allclose(found, np.array(needed, dtype=float), rtol=1e-12, atol=1e-15)


def worked(net, p, x, y):
    """Return every number of the article's point under its own names, in its own rows."""
    t = net.forward(p, x)
    g = net.backward(p, t, y)
    q = step(p, g, 0.001)
    after = net.forward(q, x)
    columns = {
        "X": x, "y": y, "W1": p.W[1], "W2": p.W[2],
        "z1": t.z[1], "h1": t.a[1], "z2": t.z[2], "h2": t.a[2],
        "dh2": t.a[2] - y, "dh2_dz2": net.phi[2].prime(t.z[2]), "delta2": g.delta[2], "dW2": g.dW[2],
        "dh1": p.W[2].T @ g.delta[2], "dh1_dz1": net.phi[1].prime(t.z[1]),
        "delta1": g.delta[1], "dW1": g.dW[1],
        "dX": p.W[1].T @ g.delta[1], "W1_new": q.W[1], "W2_new": q.W[2], "h2_after_step": after.a[2],
    }  # fmt: skip
    scalars = {"loss": net.cost(p, x, y), "loss_after_step": net.cost(q, x, y), "alpha": 0.001}
    return {name: v.T for name, v in columns.items()} | scalars


@pytest.mark.parametrize("name", SOURCE)
def test_source_001_is_reproduced_from_its_generator(name):
    close(worked(*datasets.source_001())[name], SOURCE[name])


@pytest.mark.parametrize(
    ("name", "where"), [(n, "text") for n in PRINTED] + [(n, "picture") for n in PICTURED]
)
def test_source_001s_printed_digits_are_reproduced_to_8_decimals(name, where):
    numbers = worked(*datasets.source_001())
    numbers["dh2_dz2_absolute"] = numbers["dh2_dz2"]
    printed = np.array((PRINTED if where == "text" else PICTURED)[name])
    assert np.array_equal(np.round(numbers[name], 8), printed)


@pytest.mark.parametrize(("name", "entries"), [("z1", 3), ("z2", 2), ("dh1", 1)])
def test_the_printed_weights_are_off_by_one_in_the_8th_decimal(name, entries):
    """E001.28: the article computed with unrounded weights."""
    net, _, _, y = datasets.source_001()
    p = Parameters({1: np.transpose(PRINTED["W1"]), 2: np.transpose(PRINTED["W2"])})
    off = np.round(worked(net, p, np.transpose(PRINTED["X"]), y)[name], 8) - np.array(PRINTED[name])
    assert np.count_nonzero(abs(off) > 0.5e-8) == entries
    assert abs(off).max() == pytest.approx(1e-8, rel=1e-6)


def test_the_cost_of_source_001_agrees_with_30_digits():
    net, p, x, y = datasets.source_001()
    assert net.cost(p, x, y) == pytest.approx(float(VALUES["source_001"]["loss_sympy_30_digits"]), rel=1e-15)


def test_the_ridge_penalty_of_source_001():
    _, p, x, y = datasets.source_001()
    given = VALUES["source_001"]["with_l2"]
    ridge = Network((2, 3, 2), l2=given["lambda_"], biases=False)
    g = ridge.backward(p, ridge.forward(p, x), y)
    close(g.dW[1].T, given["dW1_correct"])
    close(g.dW[2].T, given["dW2_correct"])
    close(ridge.cost(p, x, y), given["loss_data"] + given["loss_reg"])


def test_both_gradients_use_the_old_weights():
    """E001.30: with W⁽²⁾ already stepped, the numbers of the article do not come out."""
    net, p, x, y = datasets.source_001()
    g = net.backward(p, net.forward(p, x), y)
    moved = Parameters({1: p.W[1], 2: step(p, g, 0.001).W[2]})
    wrong = (moved.W[2].T @ g.delta[2]).T
    assert not np.array_equal(np.round(wrong, 8), np.array(PRINTED["dh1"]))
    close(np.round(wrong, 8), [[0.0259843, 0.01512817, 0.08272353]])


def case():
    net = Network(CASE["dims"], "sigmoid", "squared_error")
    given = CASE["params"]
    p = Parameters({l: given[f"W{l}"] for l in (1, 2, 3)}, {l: given[f"b{l}"] for l in (1, 2, 3)})
    return net, p, CASE["X"], CASE["Y"]


def test_the_worked_network_is_the_librarys():
    (net, p, x, y), (same, given, inputs, targets) = datasets.three_layers(), case()
    assert (net, p) == (same, given)
    assert (x.tolist(), y.tolist()) == (inputs, targets)


@pytest.mark.parametrize("l", [0, 1, 2, 3])
def test_every_intermediate_of_the_worked_network(l):
    net, p, x, y = case()
    t = net.forward(p, x)
    g = net.backward(p, t, y)
    close(t.a[l], CASE["a"][str(l)])
    if l:
        close(t.z[l], CASE["z"][str(l)])
        close(
            g.delta[l] * 2, CASE["delta"][str(l)]
        )  # the reference keeps δ of each example, ours carries 1/m
        close(g.dW[l], CASE["gradients"][f"dW{l}"])
        close(g.db[l], CASE["gradients"][f"db{l}"])
        close(g.dW[l], CASE["gradients_sympy_30_digits"][f"dW{l}"])
        close(g.db[l], CASE["gradients_sympy_30_digits"][f"db{l}"])


@pytest.mark.parametrize("l", [1, 2])
def test_the_sensitivity_of_activations_of_the_worked_network(l):
    net, p, x, y = case()
    g = net.backward(p, net.forward(p, x), y)
    close(p.W[l + 1].T @ g.delta[l + 1] * 2, CASE["dC_da"][str(l)])


@pytest.mark.parametrize("r", [0, 1])
def test_the_gradients_of_each_example_of_the_worked_network(r):
    net, p, x, y = case()
    x, y = np.array(x)[:, [r]], np.array(y)[:, [r]]
    g = net.backward(p, net.forward(p, x), y)
    for l in (1, 2, 3):
        close(g.dW[l], CASE["per_sample_gradients"][r][f"dW{l}"])
        close(g.db[l], CASE["per_sample_gradients"][r][f"db{l}"])
    assert net.cost(p, x, y) == pytest.approx(CASE["cost_per_sample"][r], rel=1e-12)


def test_the_cost_of_the_worked_network():
    close(Network.cost(*case()), CASE["cost"])
    close(Network.cost(*case()), float(CASE["cost_sympy_30_digits"]))


@pytest.mark.parametrize(("loss", "factor"), [("squared_error", 1.0), ("half_squared_error", 0.5)])
def test_half_the_cost_has_half_the_gradient(loss, factor):
    _, p, x, y = case()
    net = Network(CASE["dims"], "sigmoid", loss)
    close(net.backward(p, net.forward(p, x), y).dW[1], factor * np.array(CASE["gradients"]["dW1"]))


def test_the_two_layers_of_source_003_give_the_figures_of_its_errata():
    net, p, x, y = datasets.two_layers()
    t = net.forward(p, x)
    agree("F1", numpy=t.z[2], printed=[[0.44746215, 0.61679598, 0.45873228, 0.33896054, 0.57069487]])
    agree("F2", numpy=t.a[2], printed=[[0.61003567, 0.64948949, 0.61271339, 0.583938, 0.6389235]])
    agree("C0", numpy=net.cost(p, x, y), printed=0.671470399626691, decimals=15)
    agree("BP4", numpy=net.backward(p, t, y).db[2], printed=0.019020011341, decimals=12)


def test_labels_in_another_order_would_not_give_the_figures_of_the_errata():
    net, p, x, y = datasets.two_layers()
    with pytest.raises(Disagreement):
        agree("C0", numpy=net.cost(p, x, y[:, [1, 0, 2, 3, 4]]), printed=0.671470399626691)
