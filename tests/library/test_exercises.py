"""A reader's ``backward`` is judged: right ones pass, each classic slip is named, bad code is told of."""

from __future__ import annotations

import doctest
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from backprop_lib import Network, exercises
from backprop_lib.exercises import check_backward
from backprop_lib.parameters import Gradients

GENERIC = Network((3, 4, 2))
NETWORKS = {
    "two layers": GENERIC,
    "three layers, one of them square": Network((2, 4, 4, 3), activations="tanh", l2=0.3),
    "relu and cross-entropy": Network((2, 5, 3), activations=["relu", "softmax"], loss="cross_entropy"),
    "no biases": Network((2, 3, 2), biases=False),
}


def sigma(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def backward(p: Any, t: Any, y: Any) -> Any:
    """Return what a reader writes after the chapter, for two sigmoid layers."""
    m = y.shape[1]
    delta, dW, db = {}, {}, {}
    delta[2] = (t.a[2] - y) * sigma(t.z[2]) * sigma(-t.z[2]) / m
    delta[1] = (p.W[2].T @ delta[2]) * sigma(t.z[1]) * sigma(-t.z[1])
    for l in (1, 2):
        dW[l] = delta[l] @ t.a[l - 1].T
        db[l] = delta[l].sum(axis=1, keepdims=True)
    return delta, dW, db


def changed(**parts: Callable[[Any, Any, Any], Any]) -> Callable[[Any, Any, Any], Any]:
    """Return a backward that hands in something else for delta, dW or db."""

    def mine(p: Any, t: Any, y: Any) -> Any:
        right = dict(zip(("delta", "dW", "db"), backward(p, t, y), strict=True))
        return right | {name: change(p, t, right[name]) for name, change in parts.items()}

    return mine


@pytest.mark.parametrize("name", NETWORKS)
def test_the_librarys_own_backward_is_right(name: str) -> None:
    assert check_backward(NETWORKS[name].backward, NETWORKS[name])


@pytest.mark.parametrize(
    "returned",
    [
        backward,
        lambda p, t, y: backward(p, t, y)[1:],
        lambda p, t, y: dict(zip(("delta", "dW", "db"), backward(p, t, y), strict=True)),
        lambda p, t, y: Gradients(*backward(p, t, y)),
        lambda net, p, t, y: net.backward(p, t, y),
    ],
)
def test_a_readers_own_backward_is_right_however_it_is_returned(returned: Callable[..., Any]) -> None:
    assert check_backward(returned)


def test_without_biases_the_gradients_of_the_weights_are_enough() -> None:
    net = NETWORKS["no biases"]
    assert check_backward(lambda p, t, y: net.backward(p, t, y).dW, net)


SLIPS = [
    (slip, name)
    for slip in exercises._slips()
    for name, net in NETWORKS.items()
    if slip.applies(net)
    and (net.biases or slip.equation != "BP4")
    and (net.l2 or slip.name != "sum for mean")  # without a penalty the same numbers as "missing 1/m"
]


@pytest.mark.parametrize("form", ["Gradients", "tuple"])
@pytest.mark.parametrize(("slip", "name"), SLIPS, ids=lambda value: getattr(value, "name", value))
def test_a_classic_slip_is_called_by_its_name(slip: Any, name: str, form: str) -> None:
    net = NETWORKS[name]

    def mine(p: Any, t: Any, y: Any) -> Any:
        g = slip.gradients(net, p, t, y)
        return g if form == "Gradients" else (g.dW, g.db)[: 1 + net.biases]

    judged = check_backward(mine, net)
    assert not judged
    assert slip.sentence in judged.text
    assert judged.equation == slip.equation


@pytest.mark.parametrize(
    ("name", "layer", "equation"),
    [("delta", 2, "BP1"), ("delta", 1, "BP2"), ("dW", 2, "BP3"), ("dW", 1, "BP3"), ("db", 1, "BP4")],
)
def test_an_unknown_mistake_is_located(name: str, layer: int, equation: str) -> None:
    judged = check_backward(changed(**{name: lambda p, t, v: {**v, layer: 1.234 * v[layer]}}))
    assert judged.equation == equation
    assert judged.text.startswith(f"{name}[{layer}][")
    assert f"Look at ({equation}) for layer {layer}" in judged.text


@pytest.mark.parametrize(("layer", "equation"), [(2, "BP1"), (1, "BP2")])
def test_without_delta_the_equation_is_inferred_from_what_is_wrong(layer: int, equation: str) -> None:
    def mine(p: Any, t: Any, y: Any) -> Any:
        _, dW, db = backward(p, t, y)
        return {**dW, layer: 1.3 * dW[layer]}, {**db, layer: 1.3 * db[layer]}

    assert check_backward(mine).equation == equation


def test_one_wrong_digit_in_seven_is_seen() -> None:
    assert not check_backward(changed(dW=lambda p, t, dW: {**dW, 1: dW[1] * (1 + 1e-5)}))


def forgets_transpose(p: Any, t: Any, y: Any) -> Any:
    delta = {2: t.a[2] - y}
    delta[1] = p.W[2] @ delta[2]
    return delta, {}, {}


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({}, "not a function"),
        (lambda p, t, y: None, "returned a NoneType"),
        (lambda p, t, y: 3, "returned a int"),
        (lambda p, t, y: (1, 2), "dW is a int, not a mapping"),
        (lambda p, t, y: ({1: 0}, {1: 0}), "2 is missing"),
        (lambda p, t, y: (1, 2, 3, 4), "returned a tuple of 4"),
        (lambda p, t, y: 1 / 0, "ZeroDivisionError in the line"),
        (lambda: None, "TypeError"),
        (forgets_transpose, "is a .T missing"),
        (changed(dW=lambda p, t, v: {l: v[l].T for l in v}), "It is the transpose"),
        (changed(db=lambda p, t, v: {l: v[l].ravel() for l in v}), "keepdims"),
        (
            changed(db=lambda p, t, v: {l: np.ones((len(v[l]), 5)) for l in v}),
            "sum over the examples is missing",
        ),
        (changed(dW=lambda p, t, v: dict.fromkeys(v, "abc")), "is a str; an array of numbers"),
        (changed(dW=lambda p, t, v: {l: [[1], [2, 3]] for l in v}), "is a list; an array of numbers"),
        (changed(dW=lambda p, t, v: {l: v[l] * np.nan for l in v}), "holds NaN"),
        (changed(dW=lambda p, t, v: p.W[1].__setitem__(0, 0)), "read-only"),
    ],
)
def test_bad_code_is_told_in_a_sentence(bad: Any, said: str) -> None:
    judged = check_backward(bad)
    assert not judged
    assert said in judged.text


def test_the_examples_in_the_docstrings_run() -> None:
    result = doctest.testmod(exercises)
    assert result.attempted > 0
    assert result.failed == 0
