"""The check finds what is wrong, says where, and does not cry wolf."""

import numpy as np
import pytest
from generic import network

from backprop_lib import Disagreement, Network, Parameters, agree, datasets, gradient_check
from backprop_lib.bugs import BUGS
from backprop_lib.check import relative_error
from backprop_lib.parameters import gradients

NETWORKS = {
    "square tanh": ((3, 4, 4, 2), ("tanh", "relu", "softmax"), "cross_entropy", 0.3),
    "sigmoid": ((2, 4, 3), "sigmoid", "binary_cross_entropy", 0.3),
    "relu": ((3, 5, 2), ("relu", "identity"), "half_squared_error", 0.0),
}


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("bug", BUGS.values(), ids=BUGS.keys())
def test_every_classic_bug_is_found_where_it_applies(bug, name):
    net, p, x, y = network(*NETWORKS[name])
    wrong = bug.gradients(net, p, net.forward(p, x), y)
    check = gradient_check(net, p, x, y, gradients=wrong)
    assert check.ok is not bug.applies(net)
    if bug.applies(net):
        assert check.worst > 1e-3
        assert "gradients are wrong" in repr(check)


def test_every_bug_applies_somewhere():
    assert all(any(bug.applies(Network(*args)) for args in NETWORKS.values()) for bug in BUGS.values())


def test_bugs_break_only_what_they_say():
    """A slip in (BP3) or (BP4) leaves every sensitivity right; without a slip all is right."""
    net, p, x, y = network(*NETWORKS["square tanh"])
    t = net.forward(p, x)
    right = net.backward(p, t, y)
    for bug in BUGS.values():
        g = bug.gradients(net, p, t, y)
        same_delta = all(np.allclose(g.delta[l], right.delta[l], rtol=1e-13) for l in g.delta)
        assert same_delta == (bug.equation in ("BP3", "BP4"))
        if bug.equation == "BP2":
            np.testing.assert_allclose(g.delta[net.L], right.delta[net.L], rtol=1e-13)


@pytest.mark.parametrize(("block", "index"), [("dW", (2, 0, 3)), ("dW", (1, 2, 1)), ("db", (2, 1, 0))])
@pytest.mark.parametrize("relative", [1e-6, -2.0])
def test_one_wrong_entry_is_named(block, index, relative):
    net, p, x, y = network((3, 4, 2), "tanh")
    g = net.backward(p, net.forward(p, x), y)
    l, i, j = index
    values = {"dW": dict(g.dW), "db": dict(g.db)}
    values[block][l] = values[block][l].copy()
    values[block][l][i, j] *= 1 + relative
    check = gradient_check(net, p, x, y, gradients=gradients({}, values["dW"], values["db"]))
    assert not check.ok
    assert check.where == f"{block[1]}[{l}][{i}, {j}]"
    assert check.where in check.summary
    assert f"1 of {check.summary.split(' of ')[1]}" in check.summary
    assert [name for name, found in check.blocks.items() if not found.ok] == [f"{block[1]}[{l}]"]


def test_the_table_reads_well():
    check = gradient_check(*datasets.source_001())
    lines = repr(check).splitlines()
    assert lines[0].startswith("All 12 gradients agree with both witnesses: worst relative error ")
    assert [line.split()[0] for line in lines[1:]] == ["gradient", "W[1]", "W[2]"]
    assert max(map(len, lines)) < 100
    html = check._repr_html_()
    assert html.count("<tr>") == 3
    assert "W[2]" in html
    assert "<script" not in html


def test_a_check_of_gradients_that_are_not_numbers_fails():
    net, p, x, y = network((2, 3, 1))
    g = net.backward(p, net.forward(p, x), y)
    check = gradient_check(net, p, x, y, gradients=gradients({}, {**g.dW, 2: g.dW[2] * np.nan}, dict(g.db)))
    assert not check.ok
    assert check.worst == np.inf
    assert check.where == "W[2][0, 0]"


def test_a_kink_is_reported_and_not_blamed_on_the_gradient():
    net = Network((1, 1, 1), ("relu", "identity"))
    p = Parameters({1: [[1.0]], 2: [[2.0]]}, {1: [[-1.0]], 2: [[0.5]]})
    check = gradient_check(net, p, [[1.0, 3.0]], [[0.0, 0.0]])  # z⁽¹⁾ = 0 for the first example
    assert check.kinks == ("z[1][0, 0]",)
    assert check.ok
    assert "kink: z[1][0, 0]" in repr(check)
    assert "kink" in check._repr_html_()
    assert check.blocks["b[1]"].kinked.all()
    assert not check.blocks["W[2]"].kinked.any()


def test_a_wrong_gradient_is_found_on_a_kink_too():
    net = Network((1, 1, 1), ("relu", "identity"))
    p = Parameters({1: [[1.0]], 2: [[2.0]]}, {1: [[-1.0]], 2: [[0.5]]})
    wrong = BUGS["slope of ReLU is 1"].gradients(net, p, net.forward(p, [[1.0, 3.0]]), np.zeros((1, 2)))
    assert not gradient_check(net, p, [[1.0, 3.0]], [[0.0, 0.0]], gradients=wrong).ok


@pytest.mark.parametrize("scheme", ["zeros", "constant", "glorot"])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_symmetric_and_dead_networks_are_not_called_wrong(scheme, activation):
    net = Network((2, 3, 2), (activation, "softmax"), "cross_entropy")
    x, y = datasets.xor_corners(low=-1.0, outputs=2)
    assert gradient_check(net, net.initialize(0, scheme), x, y).ok


def test_a_minimum_is_not_called_wrong():
    """There every gradient is a sum of terms that cancel, and |d| is rounding."""
    net = Network((2, 2), "identity")
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(2, 9)), rng.normal(size=(2, 9))
    best = np.linalg.lstsq(np.vstack([x, np.ones(9)]).T, y.T, rcond=None)[0].T
    p = Parameters({1: best[:, :2]}, {1: best[:, 2:]})
    g = net.backward(p, net.forward(p, x), y)
    assert max(abs(v).max() for v in g.dW.values()) < 1e-12
    assert gradient_check(net, p, x, y).ok


@pytest.mark.parametrize("scale", [1e-8, 1e-3, 1e3, 1e6])
def test_large_and_small_inputs_are_not_called_wrong(scale):
    net, p, x, y = network((3, 4, 2), ("tanh", "identity"), l2=0.1)
    assert gradient_check(net, p, scale * x, y).ok


def test_saturated_and_vanishing_gradients_are_not_called_wrong():
    net, p, x, y = network((2, 3, 3, 3, 1), "sigmoid", "binary_cross_entropy")
    for scale in (0.01, 10.0, 100.0):
        q = Parameters({l: scale * p.W[l] for l in p.W}, p.b)
        assert gradient_check(net, q, x, np.round(y)).ok


def test_float32_gradients_are_judged_by_what_float32_can_hold():
    net, p, x, y = network((3, 4, 2), "tanh", l2=0.1)
    q = Parameters({l: p.W[l].astype(np.float32) for l in p.W}, {l: p.b[l].astype(np.float32) for l in p.b})
    assert 1e-8 < gradient_check(net, q, x, y).worst < 1e-4
    assert gradient_check(net, q, x, y).ok
    wrong = BUGS["missing 1/m"].gradients(net, q, net.forward(q, x), y)
    assert not gradient_check(net, q, x, y, gradients=wrong).ok


def test_relative_error_is_measured_against_the_terms_before_they_cancel():
    terms = np.array([[1.0, -1.0], [1.0, 1.0], [0.0, 0.0]])
    assert relative_error(np.array([1e-9, 2.2, 0.0]), terms).tolist() == [5e-10, pytest.approx(1 / 11), 0.0]


# agree


def test_agreement_prints_the_equation_and_the_witnesses():
    said = agree("BP3", numpy=[[1.0, 2.0]], sympy=[[1.0, 2.0]], differences=[[1.0, 2.0 + 1e-9]])
    assert repr(said) == "(BP3) numpy = sympy = differences, worst difference 1.0e-09"
    assert said.worst == pytest.approx(1e-9)


@pytest.mark.parametrize(("witnesses", "message"), [
    ({"numpy": [[1.0, 2.0]], "sympy": [[1.0, 2.1]]}, "numpy[0, 1] is 2, sympy[0, 1] is 2.1: they differ"),
    ({"numpy": 1.0, "differences": 1.0 + 1e-5}, "(BP3) numpy is 1, differences is 1.00001"),
    ({"numpy": 1.0, "sympy": 1.0 + 1e-11}, "they differ by 1e-11"),
    ({"numpy": [1.0], "sympy": [[1.0, 1.0]]}, "numpy has shape (1,), sympy has shape (1, 2)"),
    ({"numpy": [float("nan")], "sympy": [float("nan")]}, "numpy[0] is nan"),
    ({"numpy": {1: 1.0}, "sympy": {2: 1.0}}, "numpy has ['[1]'], sympy has ['[2]']"),
    ({"numpy": {1: [1.0], 2: [3.0]}, "sympy": {1: [1.0], 2: [4.0]}}, "numpy[2][0] is 3"),
    ({"numpy": 0.123456789, "printed": 0.12345680}, "they differ by 1.1e-08"),
    ({"one": 1.0, "two": 1.0, "three": 2.0}, "one is 1, three is 2"),
    ({"numpy": -1.0, "sympy": 1.0}, "they differ by 2"),
    ({"numpy": np.inf, "sympy": np.inf}, "numpy is inf, sympy is inf"),
], ids=range(11))  # fmt: skip
def test_disagreement_names_equation_entry_and_size(witnesses, message):
    with pytest.raises(Disagreement) as caught:
        agree("BP3", **witnesses)
    assert message in str(caught.value)
    assert str(caught.value).startswith("(BP3) ")
    assert isinstance(caught.value, AssertionError)


def test_agreement_allows_for_what_each_kind_of_witness_can_know():
    agree("BP3", numpy=1.0, sympy=1.0 + 1e-13)
    agree("BP3", numpy=[1.0, 0.0], sympy=[1.0, 1e-16])
    agree("BP3", numpy=1.0, differences=1.0 + 1e-7)
    agree("BP3", numpy=0.123456784, printed=0.12345678)
    agree("BP3", numpy=0.123, printed=0.1, decimals=1)
    agree("BP3", numpy=[[2.0]], sympy=2)


def test_agree_asks_for_witnesses():
    with pytest.raises(ValueError, match="1 witnesses; two or more"):
        agree("BP3", numpy=1.0)
    with pytest.raises(TypeError, match="sympy is not made of real numbers"):
        agree("BP3", numpy=1.0, sympy="x")
    with pytest.raises(ValueError, match="numpy is empty"):
        agree("BP3", numpy=[], sympy=[])
