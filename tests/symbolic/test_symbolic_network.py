"""The SymPy twin: its gradients by diff alone, by the chain rule, and as numbers known to 30 digits."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sympy import Derivative, Matrix, Symbol, exp

from backprop_lib.symbolic import Derivation, DerivationError, network

REFERENCE = json.loads((Path(__file__).parents[1] / "reference_values.json").read_text(encoding="utf-8"))
SOURCE = REFERENCE["source_001"]
CASE_A = REFERENCE["case_a_dnn_sigmoid_mse"]


@pytest.fixture(scope="module")
def net():
    return network((2, 3, 2), biases=False)


@pytest.fixture(scope="module")
def proofs(net):
    return net.prove()


def columns(rows):
    return [list(column) for column in zip(*rows, strict=True)]


def decimals(rows):
    return [[str(value) for value in row] for row in rows]


def digits(matrix):
    return [[str(value) for value in matrix.row(i)] for i in range(matrix.rows)]


def same_digits(found, expected):
    """Equal to one unit of the 29th significant digit: the 30th is rounded."""
    return all(
        abs(f - Matrix([[e]])[0]) <= abs(f) * Matrix([["1e-28"]])[0]
        for row, wanted in zip(digits_as_numbers(found), expected, strict=True)
        for f, e in zip(row, map(as_number, wanted), strict=True)
    )


def as_number(text):
    return Matrix([[text]]).evalf(30)[0]


def digits_as_numbers(matrix):
    return [list(matrix.row(i)) for i in range(matrix.rows)]


def test_diff_alone_gives_source_001_to_30_digits(net):
    v = SOURCE["values"]
    W = {1: columns(v["W1"]), 2: columns(v["W2"])}
    found = net.substitute({"x": columns(v["X"]), "y": columns(v["y"]), "W": W})
    assert str(found.C) == SOURCE["loss_sympy_30_digits"]
    assert digits(found.dW[1].T) == SOURCE["dW1_sympy_30_digits"]
    assert digits(found.dW[2].T) == SOURCE["dW2_sympy_30_digits"]


def test_diff_alone_gives_case_a_to_30_digits():
    s = network((3, 4, 2, 3), loss="squared_error", examples=2)
    W = {layer: decimals(CASE_A["params"][f"W{layer}"]) for layer in s.W}
    b = {layer: decimals(CASE_A["params"][f"b{layer}"]) for layer in s.b}
    found = s.substitute({"x": decimals(CASE_A["X"]), "y": decimals(CASE_A["Y"]), "W": W, "b": b})
    assert str(found.C) == CASE_A["cost_sympy_30_digits"]
    assert same_digits(found.db[2], CASE_A["gradients_sympy_30_digits"]["db2"])


def test_every_gradient_of_2_3_2_by_the_chain_rule_is_that_by_diff(net, proofs):
    assert len(proofs) == 6 + 6 + 3 + 2
    assert {link.how for d in proofs.values() for link in d.links} == {"symbolic"}
    for layer, W in net.W.items():
        for i in range(W.rows):
            for j in range(W.cols):
                d = proofs["dW", layer, i + 1, j + 1]
                assert d.start == Derivative(net.names.C, W[i, j])
                assert net.write_out(d.start) == net.dW[layer][i, j]
                assert d.end == net.chain_rule().dW[layer][i, j]


MUTANTS = {
    "BP1, wrong sign": lambda n: ("delta", 2, 1, -(n.a[2][0] - n.y) * n.a[2][0] * (1 - n.a[2][0])),
    "BP1, no slope": lambda n: ("delta", 2, 1, n.a[2][0] - n.y),
    "BP1, σ(1 + σ)": lambda n: ("delta", 2, 1, (n.a[2][0] - n.y) * n.a[2][0] * (1 + n.a[2][0])),
    "BP2, no transpose": lambda n: (
        "delta", 1, 1, (n.W[1, 0] * n.delta[2][1] + n.W[0, 1] * n.delta[2][0]) * n.a[1][0] * (1 - n.a[1][0])
    ),
    "BP2, one path only": lambda n: ("delta", 1, 1, n.W[0, 0] * n.delta[2][0] * n.a[1][0] * (1 - n.a[1][0])),
    "BP2, slope of z's neighbor": lambda n: (
        "delta", 1, 1, (n.W[0, 0] * n.delta[2][0] + n.W[1, 0] * n.delta[2][1]) * n.a[1][1] * (1 - n.a[1][1])
    ),
    "BP3, a of the same layer": lambda n: ("dW", 2, 1, n.delta[2][0] * n.a[2][0]),
    "BP3, indices exchanged": lambda n: ("dW", 2, 1, n.delta[2][1] * n.a[1][0]),
    "BP3, factor 2": lambda n: ("dW", 2, 1, 2 * n.delta[2][0] * n.a[1][0]),
}  # fmt: skip


class Letters:
    """The network's names, as a mutant writes them."""

    def __init__(self, s):
        self.a, self.delta, self.W, self.y = s.names.a, s.names.delta, s.W[2], s.y[0]


@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_gradient_is_rejected(name, net):
    gradient, layer, row, wrong = MUTANTS[name](Letters(net))
    variable = (net.names.z if gradient == "delta" else net.W)[layer][row - 1, 0]
    with pytest.raises(DerivationError) as caught:
        Derivation(Derivative(net.names.C, variable), given=net.given).then(wrong)
    assert caught.value.values[0] != caught.value.values[1]


LOSSES = ["half_squared_error", "squared_error", "binary_cross_entropy", "cross_entropy"]


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ["identity", "sigmoid", "tanh", "relu", "softmax"])
def test_the_chain_rule_is_diff_for_every_output_layer(activation, loss):
    s = network((1, 2), activation, loss)
    assert s.derive("delta", 1, 1).links[-1].how == "symbolic"


def test_the_ridge_term_and_the_mean_reach_every_weight():
    s = network((1, 1), "identity", l2=True, examples=2)
    derivation = s.derive("dW", 1, 1, 1)
    lam, (x1, x2) = Symbol("lambda", real=True), s.x
    d1, d2 = s.names.delta[1]
    assert derivation.end == d1 * x1 + d2 * x2 + lam * s.W[1][0] / 2
    with pytest.raises(DerivationError):
        Derivation(derivation.start, given=s.given).then(d1 * x1 + d2 * x2 + lam * s.W[1][0])
    assert s.derive("db", 1, 1).end == d1 + d2


def test_biases_enter_z_and_can_be_left_out():
    assert network((1, 1)).b[1] == Matrix([Symbol("b^{(1)}_{1}", real=True)])
    bare = network((1, 1), biases=False)
    assert (bare.b, bare.db, bare.chain_rule().db) == ({}, {}, {})
    assert bare.z[1][0] == bare.W[1][0] * bare.x[0]


def test_symbols_are_named_as_in_the_book(net):
    assert str(net.W[1][0, 1]) == "w^{(1)}_{1 2}"
    assert str(net.names.a[1][2]) == "a^{(1)}_{3}"
    assert str(network((1, 1), examples=2).x[0, 1]) == "x_{1 2}"
    assert str(network((12, 1)).W[1][0, 10]) == "w^{(1)}_{1,11}"
    assert net.a[1][0] == 1 / (1 + exp(-net.z[1][0]))


def test_relu_has_slope_zero_at_its_kink():
    s = network((1, 1), "relu", biases=False)
    found = s.substitute({"x": [[1]], "y": [[3]], "W": {1: [[0]]}})
    assert (float(found.C), found.dW[1][0]) == (4.5, 0)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"sizes": (2,)}, "two or more widths"),
        ({"sizes": (2, 0)}, "two or more widths"),
        ({"sizes": (2, 1), "activations": "gelu"}, "activations"),
        ({"sizes": (2, 2, 1), "activations": ["softmax", "sigmoid"]}, "softmax"),
        ({"sizes": (2, 2, 1), "activations": ["sigmoid"]}, "2 names"),
        ({"sizes": (2, 1), "loss": "hinge"}, "hinge"),
    ],
)
def test_a_network_that_cannot_be_is_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        network(**arguments)


GOOD = {"x": [[1]], "y": [[0]], "W": {1: [["0.1"]]}, "b": {1: [[0.5]]}}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"x": [[1, 2]]}, "x needs 1 rows of 1"),
        ({"W": {1: [[float("nan")]]}}, r"W\[1\] holds nan"),
        ({"W": {2: [[1]]}}, "W has layers"),
        ({"l2": 1}, "this network needs"),
        ({"y": [["high"]]}, "y holds 'high'"),
    ],
)
def test_values_that_do_not_fit_are_refused(change, words):
    with pytest.raises(ValueError, match=words):
        network((1, 1)).substitute(GOOD | change)


def test_an_element_that_is_not_there_is_refused(net):
    with pytest.raises(ValueError, match="counted from 1"):
        net.derive("dW", 1, 0, 1)
    with pytest.raises(ValueError, match="delta, dW, db"):
        net.derive("dV", 1, 1, 1)


def test_a_network_with_another_cost_is_caught(net):
    """The prover itself is tried: given a δ that is not ∂C/∂z it must fail."""
    delta = net.names.delta[1][0]
    broken = replace(net)
    broken.__dict__["given"] = net.given | {delta: Derivative(net.names.C, net.names.z[1][1])}
    with pytest.raises(DerivationError):
        broken.derive("dW", 1, 1, 1)


def test_delta_in_numbers_is_the_slope_of_the_bias():
    W = {1: [["0.1", "0.2"], ["0.3", "0.4"]], 2: [["0.5", "0.6"]]}
    b = {1: [[0], [1]], 2: [[2]]}
    found = network((2, 2, 1)).substitute({"x": [[1], [2]], "y": [[1]], "W": W, "b": b})
    for layer in W:
        assert max(abs(e) for e in found.delta[layer] - found.db[layer]) < 1e-25
