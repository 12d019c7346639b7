"""A lit weight's two factors and its slope are NumPy's, for every weight of every kind of network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import traitlets
from engine.modules import ask
from generic import generic

from backprop_lib import Network, Parameters
from backprop_lib.widgets import Weight

SCRIPT = Path(__file__).parents[1] / "engine" / "weight.mjs"
# Both sides sum a dozen terms at most, each rounded to 53 bits: some 1e-15 of the largest.
CLOSE = {"rtol": 1e-12, "atol": 1e-12}

NETWORKS = [
    Network((2, 3, 2)),
    Network((3, 4, 2, 3), loss="squared_error"),
    Network((4, 3), "softmax", "cross_entropy"),
    Network((2, 5, 3, 2), ["tanh", "relu", "sigmoid"], "binary_cross_entropy"),
    Network((3, 2, 4), ["identity", "softmax"], biases=False),
    Network((12, 1, 12), "tanh"),
]
NAMES = ["-".join(map(str, net.sizes)) for net in NETWORKS]


def widgets() -> list[Weight]:
    """The widget without arguments, and one a network, each on its second example of three."""
    given = [Weight(net, *generic(net, m=3), example=2, selected=[1, 1, 1]) for net in NETWORKS]
    return [Weight(), *given]


def as_json(widget: Weight) -> dict[str, Any]:
    names = ("parameters", "activations", "loss", "x", "y", "example")
    state = widget.get_state()
    return {name: state[name] for name in names}


def judge(widget: Weight, said: dict[str, Any]) -> None:
    """Raise where the page and NumPy disagree on one weight."""
    net, p, r = widget.network, widget.parameters, slice(widget.example - 1, widget.example)
    x, y = widget.x[:, r], widget.y[:, r]
    t = net.forward(p, x)
    g = net.backward(p, t, y)
    np.testing.assert_allclose(said["cost"], net.cost(p, x, y), **CLOSE)
    assert len(said["weights"]) == sum(v.size for v in (*p.W.values(), *p.b.values()))
    for weight in said["weights"]:
        l, i, j = weight["at"]
        value, slope = (p.b[l][i, 0], g.db[l][i, 0]) if j < 0 else (p.W[l][i, j], g.dW[l][i, j])
        a, delta = 1.0 if j < 0 else t.a[l - 1][j, 0], g.delta[l][i, 0]
        found = [weight[name] for name in ("value", "a", "delta", "slope")]
        np.testing.assert_allclose(found, [value, a, delta, slope], **CLOSE)
        np.testing.assert_allclose([*weight["shown"], weight["result"]], [delta, a, slope], **CLOSE)


def judge_all(said: list[dict[str, Any]]) -> None:
    """Judge what the page says to every network."""
    for widget, answer in zip(widgets(), said, strict=True):
        judge(widget, answer)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return list(ask(SCRIPT, {"cases": [as_json(w) for w in widgets()]}, tmp_path_factory.mktemp("weight")))


@pytest.mark.parametrize("index", range(len(NETWORKS) + 1), ids=["default", *NAMES])
def test_the_page_lights_numpy_s_numbers(index: int, page: list[dict[str, Any]]) -> None:
    judge(widgets()[index], page[index])


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("a: t.a[l - 1][j]", "a: t.a[l][i]"),
        ("delta: t.delta[l][i], slope: t.dW", "delta: t.delta[l][j], slope: t.dW"),
        ("i * sizes[l - 1] + j", "j * sizes[l] + i"),
        ("slope: t.db[l][i]", "slope: 0.5 * t.db[l][i]"),
        ("row[example - 1]", "row[0]"),
        ("numbers: [number(delta, d)", "numbers: [number(slope, d)"),
    ],
    ids=[
        "a of the target",
        "δ of the origin",
        "the matrix turned",
        "half a bias",
        "another example",
        "a wrong factor",
    ],
)
def test_a_wrong_factor_is_rejected(right: str, wrong: str, tmp_path: Path) -> None:
    given = {"cases": [as_json(w) for w in widgets()]}
    said = ask(SCRIPT, given, tmp_path, "factors.js", (right, wrong))
    with pytest.raises(AssertionError):
        judge_all(said)


def test_the_formula_names_what_is_lit(page: list[dict[str, Any]]) -> None:
    weight = next(w for w in page[0]["weights"] if w["at"] == [2, 0, 2])
    letters = [
        (p["base"], p.get("key"), p.get("index"), p["role"]) for p in weight["letters"] if isinstance(p, dict)
    ]
    assert letters[-2:] == [("δ", "(2)", "1", "gradient"), ("a", "(1)", "3", "forward")]
    assert letters[1:3] == [("∂", None, None, "gradient"), ("w", "(2)", "13", "gradient")]
    assert weight["spoken"] == (
        "The slope of w2,13, from hidden neuron 3 to output 1, is δ −0.0592 times a 0.325, −0.0192."
    )
    assert weight["whole"]["id"] == "BP3"
    bias = next(w for w in page[0]["weights"] if w["at"] == [2, 0, -1])
    assert bias["whole"]["id"] == "BP4"
    assert bias["a"] == 1
    assert bias["slope"] == bias["delta"]


def test_what_lies_under_the_pointer_is_the_weight_drawn_there(page: list[dict[str, Any]]) -> None:
    weights = page[0]["weights"]
    found = [w["under"] and [w["under"][k] for k in "lij"] for w in weights]
    assert found == [w["at"] for w in weights]


@pytest.mark.parametrize("selected", [[1, 2, 1], [2, 1, 3], [2, 2, 0], [1, 3, 0]])
def test_the_slope_is_the_cost_s_own(selected: list[int]) -> None:
    """Push the lit weight a little to either side: the cost changes as the product says."""
    widget = Weight(selected=selected)
    l, i, j = selected
    delta, a = widget.factors
    assert delta * a == pytest.approx(widget.slope, rel=1e-12)
    costs, h = [], 1e-5
    for push in (-h, h):
        W = {k: w.copy() for k, w in widget.parameters.W.items()}
        b = {k: v.copy() for k, v in widget.parameters.b.items()}
        (W[l][i - 1 : i, j - 1 : j] if j else b[l][i - 1 : i])[:] += push
        costs.append(widget.network.cost(Parameters(W, b), widget.x, widget.y))
    # a central difference: h²/6 of a third derivative of order 1, and 1e-16/h of rounding: 1e-10
    assert (costs[1] - costs[0]) / (2 * h) == pytest.approx(widget.slope, abs=1e-9)
    assert (costs[1] - costs[0]) / h != pytest.approx(widget.slope, abs=1e-3)


def test_python_moves_what_the_page_shows() -> None:
    widget = Weight(selected=[2, 1, 1])
    before = widget.slope
    widget.x = [[1.5], [0.3]]
    assert widget.slope != before
    state = widget.get_state()
    assert state["x"] == [[1.5], [0.3]]
    state["parameters"]["W"]["2"][0][0] = 2.5
    widget.set_state({"parameters": state["parameters"], "x": [[0.1], [0.2]]})  # what a drag sends
    assert widget.parameters.W[2][0, 0] == 2.5
    assert widget.x.tolist() == [[0.1], [0.2]]
    assert widget.home["parameters"]["W"]["2"][0][0] == 1.2


@pytest.mark.parametrize(
    "wrong",
    [
        {"selected": [3, 1, 1]},
        {"selected": [2, 1, 4]},
        {"selected": [2, 0, 1]},
        {"selected": [2, 1]},
        {"example": 2},
        {"example": 0},
    ],
    ids=str,
)
def test_a_weight_that_is_not_there_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(traitlets.TraitError):
        Weight(**wrong)


def test_a_refused_value_leaves_the_old_one() -> None:
    widget = Weight()
    x, p = widget.x, widget.parameters
    for name, wrong in [("x", [[1.0]]), ("x", [[1.0, 2.0], [1.0, 2.0]]), ("y", [[np.nan], [0.0]])]:
        with pytest.raises(traitlets.TraitError, match=name):
            setattr(widget, name, wrong)
    with pytest.raises(traitlets.TraitError, match="needs 2"):
        widget.parameters = Parameters({1: [[1.0, 2.0]]})
    assert widget.x is x
    assert widget.parameters is p


def test_a_network_without_biases_has_none_to_select() -> None:
    net = Network((2, 3, 2), biases=False)
    with pytest.raises(traitlets.TraitError, match="no such weight"):
        Weight(net, *generic(net, m=1), selected=[2, 1, 0])


def test_what_cannot_be_drawn_is_refused() -> None:
    net = Network((2, 13, 2))
    with pytest.raises(ValueError, match="at most 12"):
        Weight(net, *generic(net))
    ridge = Network((2, 3, 2), l2=0.1)
    with pytest.raises(ValueError, match="l2"):
        Weight(ridge, *generic(ridge))
    with pytest.raises(TypeError, match="all four"):
        Weight(Network((2, 3, 2)))
    good = Network((2, 3, 2))
    p, x, y = generic(good)
    with pytest.raises(ValueError, match="x has shape"):
        Weight(good, p, x.T, y)
