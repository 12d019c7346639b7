"""The page draws, makes data and trains as Python does; a page that does not is found out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from engine.modules import ask

from backprop_lib import Network, Parameters, datasets, train
from backprop_lib.history import History
from backprop_lib.widgets.source import file

SCRIPT = Path(__file__).parents[1] / "engine" / "training.mjs"

WEIGHTS: list[dict[str, Any]] = [
    {"sizes": sizes, "seed": seed, "scheme": scheme, "value": 0.25}
    for sizes in ((2, 3, 1), (2, 50, 7, 2))
    for seed in (0, 2017, 2**32 - 1)
    for scheme in ("fan_in", "glorot", "he", "zeros", "constant")
]
MAKE = {
    "corners": lambda seed=0, outputs=1, **more: datasets.xor_corners(0.0, outputs),
    "signed_corners": lambda seed=0, outputs=1, **more: datasets.xor_corners(-1.0, outputs),
    "quadrants": datasets.xor_quadrants,
    "circles": datasets.circles,
    "spirals": datasets.spirals,
}
DATA: list[dict[str, Any]] = [
    {"name": name, "seed": seed, "outputs": outputs}
    for name in MAKE
    for seed, outputs in ((0, 1), (1, 2), (4294967295, 1))
]
DATA += [
    {"name": "circles", "seed": 3, "points": 7, "noise": 0.5},
    {"name": "spirals", "points": 5, "noise": 0.0},
]
PERMUTATIONS = [(0, 300), (1, 2), (7, 33), (2**32 - 1, 1000)]


def case(sizes: tuple[int, ...], data: str, epochs: int, **given: Any) -> dict[str, Any]:
    """Return a run as the script takes it."""
    spec = {"sizes": sizes, "activations": "sigmoid", "loss": "half_squared_error", "l2": 0.0, "biases": True}
    run = {
        "scheme": "fan_in",
        "batch_size": 0,
        "seed": 1,
        "learning_rate": 1.0,
        "change": None,
        "first": None,
    }
    spec |= {name: given.pop(name) for name in list(given) if name in spec}
    at = given.pop("at", [epochs, 0, epochs // 2, epochs])
    points = {"points": given.pop("points")} if "points" in given else {}
    return run | {"spec": spec, "data": {"name": data} | points, "epochs": epochs, "at": at} | given


RUNS = {
    "corners": case((2, 3, 1), "corners", 1000, learning_rate=10.0),
    "thousands": case((2, 3, 1), "corners", 5000, at=[5000, 4997, 3, 17, 0, 4098]),
    "wide": case((2, 50, 2), "signed_corners", 300, loss="squared_error", scheme="glorot"),
    "two layers": case(
        (2, 8, 5, 1),
        "quadrants",
        60,
        activations=["tanh", "relu", "sigmoid"],
        loss="binary_cross_entropy",
        l2=0.5,
        scheme="he",
        learning_rate=0.3,
    ),
    "batches": case((2, 6, 1), "circles", 40, batch_size=32, at=[40, 7, 8, 5, 40], l2=0.1),
    "batches that divide": case((2, 4, 2), "spirals", 20, batch_size=50, biases=False, loss="squared_error"),
    "one at a time": case((2, 3, 1), "corners", 30, batch_size=1),
    "softmax": case(
        (2, 5, 2), "circles", 50, activations=["tanh", "softmax"], loss="cross_entropy", batch_size=200
    ),
    "another rate": case((2, 4, 1), "corners", 400, change={"learning_rate": 4.0, "epoch": 123}),
    "another rate for batches": case(
        (2, 4, 1), "quadrants", 12, batch_size=100, change={"learning_rate": 0.2, "epoch": 6}
    ),
    "diverging": case(
        (2, 4, 1),
        "quadrants",
        5000,
        activations="identity",
        loss="squared_error",
        learning_rate=8.0,
        at=[3, 10**6],
    ),
    "saved by another rate": case(
        (2, 4, 1),
        "quadrants",
        300,
        activations="identity",
        loss="squared_error",
        learning_rate=8.0,
        change={"learning_rate": 0.01, "epoch": 0},
    ),
    "weights beyond all numbers": case(  # while the cost, of a saturated neuron, stays finite
        (2, 1, 1),
        "quadrants",
        9,
        points=1,
        learning_rate=1e308,
        first={"W": [[0.0, 0.0], [400.0]], "b": [[0.0], [-200.0]]},
    ),
    "zeros": case((2, 3, 1), "corners", 5, scheme="zeros"),
    "nothing": case((2, 3, 1), "corners", 0),
}
# Each epoch rounds to some 1e-16 of a weight, and descent on these costs hardly enlarges what it carries on:
# measured 8e-14 at most, in the run that explodes, and 3e-15 in the others.
# A wrong order of examples or a wrong 1/m is off by 1e-3.
RTOL = 1e-12


def given(**replaced: Any) -> dict[str, Any]:
    """Return what the script is asked."""
    whole = {"weights": WEIGHTS, "data": DATA, "permutations": PERMUTATIONS, "runs": list(RUNS.values())}
    return whole | replaced


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return dict(ask(SCRIPT, given(), tmp_path_factory.mktemp("page")))


def in_python(c: dict[str, Any]) -> History:
    """Train as the case says."""
    c = c | {"data": dict(c["data"])}
    net, seed = Network(**c["spec"]), c["seed"]
    x, y = MAKE[c["data"].pop("name")](outputs=net.sizes[-1], **c["data"])
    p = net.initialize(np.random.RandomState(seed), c["scheme"])
    if first := c["first"]:
        p = Parameters(
            *({l: np.reshape(v, np.shape(getattr(p, k)[l])) for l, v in enumerate(first[k], 1)} for k in "Wb")
        )
    alpha, change, epochs = c["learning_rate"], c["change"], c["epochs"]
    rule = (lambda epoch: change["learning_rate"] if epoch >= change["epoch"] else alpha) if change else alpha
    batch = {"batch_size": c["batch_size"], "rng": np.random.RandomState(seed)} if c["batch_size"] else {}
    return train(net, p, x, y, rule, epochs, record=1, **batch)


def same(parameters: Parameters, said: dict[str, Any]) -> bool:
    """Say whether the page's weights are Python's, as closely as a whole run allows."""
    for kind in "Wb":
        layers = getattr(parameters, kind)
        if len(layers) != len(said[kind]):
            return False
        for array, row in zip(layers.values(), said[kind], strict=True):
            right = array.ravel()
            if np.abs(np.array(row) - right).max(initial=0) > RTOL * max(1.0, np.abs(right).max(initial=0)):
                return False
    return True


def agrees(history: History, said: dict[str, Any], at: list[int]) -> bool:
    """Say whether the page's run is Python's: its length, every curve, all weights asked for."""
    curves = {"data": history.data_cost, "ridge": history.l2_cost, "accuracy": history.accuracy}
    if said["epochs"] != history.epochs or said["diverged"] != ("overflowed" in history.diagnosis):
        return False
    if not all(np.allclose(said[name], curve, rtol=1e-9, atol=1e-12) for name, curve in curves.items()):
        return False
    where = [min(epoch, history.epochs) for epoch in at]
    return all(same(history.snapshots[k], weights) for k, weights in zip(where, said["at"], strict=True))


def test_weights_are_numpy_s(page: dict[str, Any]) -> None:
    for problem, layers in zip(WEIGHTS, page["weights"], strict=True):
        rng = np.random.RandomState(problem["seed"])
        p = Network(problem["sizes"]).initialize(rng, problem["scheme"], problem["value"])
        for W, found in zip(p.W.values(), layers, strict=True):
            # Uniform numbers to the last digit; a normal one goes through a logarithm.
            rtol = 5e-16 if problem["scheme"] == "he" else 0.0
            np.testing.assert_allclose(found, W.ravel(), rtol=rtol, atol=0)


def test_permutations_are_numpy_s(page: dict[str, Any]) -> None:
    for (seed, n), said in zip(PERMUTATIONS, page["permutations"], strict=True):
        rng = np.random.RandomState(seed)
        assert said[:2] == [rng.permutation(n).tolist(), rng.permutation(n).tolist()]
        assert said[2] == rng.random_sample()
        np.testing.assert_allclose(said[3:], rng.randn(3), rtol=5e-16)


@pytest.mark.parametrize("index", range(len(DATA)))
def test_data_are_those_of_datasets(index: int, page: dict[str, Any]) -> None:
    are_python_s(DATA[index], page["data"][index])


def are_python_s(problem: dict[str, Any], said: dict[str, Any]) -> None:
    """Compare one data set."""
    x, y = MAKE[problem["name"]](**{k: v for k, v in problem.items() if k != "name"})
    assert said["m"] == x.shape[1]
    assert said["y"] == y.ravel().tolist()
    np.testing.assert_allclose(said["x"], x.ravel(), rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize("name", RUNS)
def test_a_whole_run_is_that_of_train(name: str, page: dict[str, Any]) -> None:
    said = page["runs"][list(RUNS).index(name)]
    history = in_python(RUNS[name])
    assert agrees(history, said, RUNS[name]["at"])
    if not said["diverged"]:
        assert np.allclose(said["rates"], history.learning_rate, rtol=0)


def test_a_long_run_is_made_in_slices(page: dict[str, Any]) -> None:
    assert page["runs"][list(RUNS).index("two layers")]["slices"] > 0


MUTANTS = {
    "I1: the width of the target": ("initialize.js", "/ sqrt(origins)", "/ sqrt(n)"),
    "I1: never negative": ("initialize.js", "(2 * random() - 1) / ", "random() / "),
    "I1: the last origin first": (
        "initialize.js",
        "let j = 0; j < origins; j++",
        "let j = origins - 1; j >= 0; j--",
    ),
    "I2: the width of the origin alone": ("initialize.js", "6 / (origins + n)", "6 / origins"),
    "I3: the variance of Glorot": ("initialize.js", "sqrt(2 / origins)", "sqrt(1 / origins)"),
    "a shuffle from the front": ("random.js", "const j = upTo(i)", "const j = i - upTo(i)"),
    "a batch that sees all of λ": ("training.js", "(net.l2 * B) / m", "net.l2"),
    "the same order every epoch": (
        "training.js",
        "random.permutation(m)",
        "Array.from({ length: m }, (_, r) => r)",
    ),
    "going back without the generator": ("training.js", "random?.load(saved.random)", "null"),
    "going back at today's rate": ("training.js", "walk.descend(rates[walk.epoch])", "walk.descend(alpha)"),
    "the fence counts as right": ("answers.js", "a[i] < middle", "a[i] <= middle"),
    "weights that overflow are kept": ("training.js", " || !head.finite()", ""),
    "a bend of the arm": ("datasets.js", "3 * PI * radius", "2 * PI * radius"),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_page_that_trains_otherwise_is_rejected(name: str, tmp_path: Path) -> None:
    file, right, wrong = MUTANTS[name]
    some = [
        "two layers",
        "batches",
        "another rate",
        "another rate for batches",
        "diverging",
        "weights beyond all numbers",
        "zeros",
    ]
    data = [d for d in DATA if d["name"] == "spirals"]
    asked = given(runs=[RUNS[n] for n in some], data=data)
    page = ask(SCRIPT, asked, tmp_path, file, (right, wrong))
    assert not right_everywhere(page, some, data)


def right_everywhere(page: dict[str, Any], runs: list[str], data: list[dict[str, Any]]) -> bool:
    """Say whether a page passes what the tests above ask of it."""
    try:
        test_weights_are_numpy_s(page)
        test_permutations_are_numpy_s(page)
        for d, said in zip(data, page["data"], strict=True):
            are_python_s(d, said)
    except AssertionError:
        return False
    return all(
        agrees(in_python(RUNS[n]), said, RUNS[n]["at"]) for n, said in zip(runs, page["runs"], strict=True)
    )


def test_every_scheme_with_an_equation_has_a_wrong_version() -> None:
    ids = set(re.findall(r"// \((\w+)\)$", file("initialize.js").read_text("utf8"), re.MULTILINE))
    assert ids == {name.split(":")[0] for name in MUTANTS if ":" in name}
