"""The playground's pictures and Python's ``Playground`` are the same function of the same traits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import traitlets
from engine.modules import ask

from backprop_lib import train
from backprop_lib.widgets import Playground
from backprop_lib.widgets.playground import PARTS

SCRIPT = Path(__file__).parents[1] / "engine" / "playground.mjs"
TRAITS = (
    "data",
    "hidden_size",
    "second_size",
    "activation",
    "loss",
    "scheme",
    "seed",
    "biases",
    "batch_size",
    "l2",
    "learning_rate",
    "since",
    "later_rate",
    "epochs",
    "shown",
    "pinned",
    "hide",
)
STATES: dict[str, dict[str, Any]] = {
    "as it is": {},
    "solved": {"hidden_size": 3, "learning_rate": 10.0, "epochs": 500},
    "scrubbed": {"data": "signed_corners", "hidden_size": 50, "shown": 123, "scheme": "glorot"},
    "two layers in batches": {
        "data": "quadrants",
        "hidden_size": 7,
        "second_size": 4,
        "activation": "tanh",
        "batch_size": 32,
        "l2": 0.3,
        "loss": "binary_cross_entropy",
        "scheme": "he",
        "epochs": 30,
        "learning_rate": 0.3,
    },
    "softmax": {"data": "circles", "loss": "cross_entropy", "activation": "relu", "epochs": 60},
    "all points in a batch": {"data": "circles", "batch_size": 300, "epochs": 9},
    "another rate": {"since": 200, "later_rate": 8.0, "epochs": 600},
    "a rate changed on the way": {
        "since": 200,
        "later_rate": 8.0,
        "epochs": 600,
        "by": [{"since": 0}, {"since": 350, "later_rate": 0.1}, {"since": 200, "later_rate": 2.0}],
    },
    "a rate taken back": {"since": 0, "epochs": 300, "by": [{"since": 100, "later_rate": 9.0}]},
    "longer and shorter": {"epochs": 250, "by": [{"epochs": 40}, {"epochs": 700}]},
    "no biases": {"data": "spirals", "biases": False, "epochs": 20, "second_size": 3},
    "diverged": {
        "activation": "tanh",
        "l2": 10.0,
        "learning_rate": 10.0,
        "second_size": 50,
        "hidden_size": 50,
    },
    "diverged in batches": {"data": "signed_corners", "l2": 10.0, "learning_rate": 10.0, "batch_size": 1},
    "one epoch": {"epochs": 1, "shown": 0, "hidden_size": 1, "scheme": "zeros"},
}
GOOD = (
    "data:quadrants,hidden_size:3,second_size:0,activation:sigmoid,loss:half_squared_error,scheme:fan_in,seed:1,"
    "biases:on,batch_size:0,l2:0,learning_rate:1,since:0,later_rate:1,epochs:1000,shown:10000,pinned:,hide:"
)
PINNED = GOOD.split(",shown")[0].replace(",", ";").replace(":", "@")
FULL = GOOD.replace("pinned:", "pinned:" + PINNED).replace("hide:", "hide:l2-batch_size-class")
BAD = {
    "nothing": "",
    "a word": "hello",
    "a part of a state": GOOD.rsplit(",", 1)[0],
    "a name twice": GOOD + ",seed:1",
    "an inherited name": GOOD.replace("seed:1", "__proto__:1"),
    "a rate of infinity": GOOD.replace("learning_rate:1", "learning_rate:1e999"),
    "a rate that is none": GOOD.replace("learning_rate:1", "learning_rate:NaN"),
    "a rate beyond the most": GOOD.replace("learning_rate:1", "learning_rate:11"),
    "too many epochs": GOOD.replace("epochs:1000", "epochs:10001"),
    "no epochs": GOOD.replace("epochs:1000", "epochs:0"),
    "a wide layer": GOOD.replace("hidden_size:3", "hidden_size:51"),
    "half a neuron": GOOD.replace("hidden_size:3", "hidden_size:2.5"),
    "an unknown loss": GOOD.replace("half_squared_error", "constructor"),
    "markup": GOOD.replace("data:quadrants", "data:<img src=x onerror=alert(1)>"),
    "a very long number": GOOD.replace("seed:1", "seed:" + "9" * 5000),
    "a part twice": GOOD.replace("hide:", "hide:l2-l2"),
    "a part that is none": GOOD.replace("hide:", "hide:toString"),
    "pinned markup": GOOD.replace("pinned:", "pinned:<b>"),
    "half a pinned run": GOOD.replace("pinned:", "pinned:" + PINNED[:-20]),
    "a pinned run too wide": GOOD.replace("pinned:", "pinned:" + PINNED.replace("@3", "@99")),
    "code": "javascript:alert(1)",
}
# A thousand epochs hand on a difference in the last digit.  (At a rate times a width beyond 140 descent is
# chaotic: there two right programs part, and only the sizes of things can be compared.)
RTOL = 1e-9
LONGEST = {"hidden_size": 50, "learning_rate": 10.0, "epochs": 10_000}


def widget(traits: dict[str, Any]) -> Playground:
    return Playground(**{name: value for name, value in traits.items() if name != "by"})


def states(*more: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {name: getattr(widget(traits), name) for name in TRAITS} | {"by": traits.get("by")}
        for traits in (*STATES.values(), *more)
    ]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    given = {"states": states(LONGEST), "links": [GOOD, FULL, *BAD.values()]}
    return dict(ask(SCRIPT, given, tmp_path_factory.mktemp("page")))


def close(said: Any, right: Any) -> bool:
    said, right = np.asarray(said, dtype=float), np.asarray(right, dtype=float)
    return said.shape == right.shape and bool(
        (abs(said - right) <= RTOL * max(1.0, abs(right).max(initial=0))).all()
    )


def length(A: Any) -> float:
    """Return ‖A‖, whose square may be too large a number."""
    most = float(abs(A).max()) or 1.0
    return most * float(np.linalg.norm(A / most))


def disagreements(play: Playground, said: dict[str, Any]) -> list[str]:
    """Return what differs between the page's run and Python's."""
    history, p, net = play.history, play.parameters, play.network
    x, y = play.points
    t = net.forward(p, x)
    g = net.backward(p, t, y)
    norms = [[length(p.W[l]), length(g.dW[l])] for l in p.W]
    shown = min(play.shown, history.epochs)
    same = {
        "epochs": said["epochs"] == history.epochs and said["epoch"] == shown,
        "cost": close(said["data"], history.data_cost),
        "W": all(close(row, W.ravel()) for row, W in zip(said["W"], p.W.values(), strict=True)),
        "b": all(close(row, b.ravel()) for row, b in zip(said["b"], p.b.values(), strict=True)),
        "norms": close(said["layers"], norms),
        "accuracy": said["accuracy"] == history.accuracy[shown],
        "fresh": str(float(said["fresh"])) == str(play.fresh_accuracy),
    }
    return [name for name, right in same.items() if not right]


@pytest.mark.parametrize("name", STATES)
def test_the_picture_is_the_run_that_python_trains(name: str, page: dict[str, Any]) -> None:
    said = page["states"][list(STATES).index(name)]
    assert said["done"]
    assert disagreements(widget(STATES[name]), said) == []


def test_parameters_are_those_of_train() -> None:
    play = Playground(hidden_size=5, learning_rate=2.0, epochs=300, seed=7)
    x, y = play.points
    p = play.network.initialize(np.random.RandomState(7))
    trained = train(play.network, p, x, y, learning_rate=2.0, epochs=300).parameters
    assert all(np.array_equal(play.parameters.W[l], trained.W[l]) for l in trained.W)
    play.learning_rate = 3.0
    assert not np.array_equal(play.parameters.W[1], trained.W[1])


def test_the_map_shows_what_the_network_says(page: dict[str, Any]) -> None:
    for (name, traits), said in zip(STATES.items(), page["states"][:-1], strict=True):
        play = widget(traits)
        reach = {
            "corners": (-0.5, 1.5),
            "signed_corners": (-2, 2),
            "quadrants": (-3, 3),
            "circles": (-1.6, 1.6),
        }
        low, high = reach.get(play.data, (-1.4, 1.4))
        corners = np.array([[low, high, high], [low, low, high]])
        a = play.network.forward(play.parameters, corners).a[play.network.L][-1]
        assert close(said["map"], a), name
        assert said["tiles"] == [n * 48**2 for n in play.network.sizes[1:]]


def test_what_is_said_is_true(page: dict[str, Any]) -> None:
    said = dict(zip(STATES, page["states"][:-1], strict=True))
    assert said["solved"]["said"].endswith("All 4 points are right.")
    assert "penalty" in said["two layers in batches"]["said"]
    assert "of 300 fresh ones" in said["two layers in batches"]["said"]
    diverged = widget(STATES["diverged"]).history
    assert said["diverged"]["said"].startswith(f"Diverged in epoch {diverged.epochs + 1}: a number grew")
    assert said["one epoch"]["said"].startswith("After 0 of 1 epochs")
    assert said["as it is"]["words"].startswith("trained 0 of 1000 ")


def test_the_longest_run_at_the_highest_rate_ends_with_finite_numbers(page: dict[str, Any]) -> None:
    said = page["states"][-1]
    assert said["done"]
    assert said["epochs"] == 10_000
    assert np.isfinite(np.concatenate([*said["W"], *said["b"], said["data"]])).all()


def test_a_long_run_is_made_in_slices(page: dict[str, Any]) -> None:
    assert not page["sliced"]["once"]
    assert 0 < page["sliced"]["epochs"] < 10_000


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("playground_state.js", "epoch < since", "epoch <= since"),
        ("playground_run.js", "of.run.change(rateOf(state), from)", "of.run.change(rateOf(state))"),
        ("playground_state.js", "seed: 1", "seed: 2"),
        ("playground_run.js", "norm(t.dW[n + 1])", "norm(t.delta[n + 1])"),
    ],
)
def test_a_wrong_picture_is_noticed(file: str, right: str, wrong: str, tmp_path: Path) -> None:
    given = {"states": states(), "links": []}
    wrongly = ask(SCRIPT, given, tmp_path, file, (right, wrong))["states"]
    found = [
        disagreements(widget(traits), said) for traits, said in zip(STATES.values(), wrongly, strict=True)
    ]
    assert any(found)


def test_a_state_survives_its_link(page: dict[str, Any]) -> None:
    assert page["links"][:2] == [GOOD, FULL]
    assert page["parts"] == list(PARTS)
    assert all(page["pinned"])


@pytest.mark.parametrize(("name", "said"), [(name, n) for n, name in enumerate(BAD, start=2)])
def test_a_broken_link_is_refused(name: str, said: int, page: dict[str, Any]) -> None:
    assert page["links"][said] is None


@pytest.mark.parametrize(
    ("trait", "value"),
    [
        ("data", "digits"),
        ("hidden_size", 0),
        ("second_size", 51),
        ("activation", "softmax"),
        ("loss", "mse"),
        ("scheme", "magic"),
        ("seed", -1),
        ("biases", 2),
        ("batch_size", -1),
        ("l2", float("nan")),
        ("l2", -1.0),
        ("learning_rate", 0.0),
        ("learning_rate", float("nan")),
        ("later_rate", float("inf")),
        ("since", -1),
        ("epochs", 0),
        ("epochs", 10_001),
        ("shown", -1),
        ("hide", ["everything"]),
    ],
)
def test_a_value_out_of_range_is_refused_and_the_old_one_kept(trait: str, value: Any) -> None:
    play = Playground()
    before = getattr(play, trait)
    with pytest.raises(traitlets.TraitError):
        setattr(play, trait, value)
    assert getattr(play, trait) == before


def test_corners_have_no_fresh_points() -> None:
    assert Playground().fresh_points is None
    assert np.isnan(Playground().fresh_accuracy)
