"""Every run of the atlas ends on the page as the atlas says, and so do those that its links open."""

from __future__ import annotations

import doctest
import json
import zlib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import traitlets
from engine.modules import ask

from backprop_lib import Sweep, train
from backprop_lib.widgets import Atlas, atlas
from backprop_lib.widgets.charts import NETWORKS, SEEDS, WIDTHS, charted, ends

SCRIPT = Path(__file__).parents[1] / "engine" / "atlas.mjs"
Cell = tuple[str, int, float, int]
LINKS: list[Cell] = [
    ("sigmoid", 2, 3.0, 1),
    ("sigmoid", 3, 10.0, 7),
    ("relu", 4, 0.2, 3),
    ("sigmoid", 8, 1.5, 15),
]


@cache
def swept(name: str) -> tuple[Sweep, ...]:
    """Return the sweeps that the page makes of a network."""
    return tuple(charted(name, 6 if name == "straight" else 2))


@cache
def said(name: str) -> Any:
    """Return how every run of a network ended, according to the atlas."""
    return ends(swept(name))


def widget(**traits: Any) -> Atlas:
    """Return the atlas of the page."""
    return Atlas({name: swept(name) for name in NETWORKS}, **traits)


def cells(*names: str, widths: Any = WIDTHS) -> list[Cell]:
    """Return every cell of these networks and widths."""
    rates = {name: NETWORKS[name]["learning_rates"] for name in names}
    return [(name, w, rate, seed) for name in names for w in widths for rate in rates[name] for seed in SEEDS]


def disagreements(asked: list[Cell], folder: Path, *slips: tuple[str, str]) -> list[Cell]:
    """Return the cells that end otherwise on the page than in Python, but for those that hang on rounding."""
    given = {"data": widget().data, "cells": asked, "links": []}
    wrong = []
    for cell, made in zip(asked, ask(SCRIPT, given, folder, "atlas_run.js", *slips)["made"], strict=True):
        name, width, rate, seed = cell
        at = WIDTHS.index(width), NETWORKS[name]["learning_rates"].index(rate), seed
        if said(name)[at] not in ("undecided", made["ended"]):
            wrong.append(cell)
    return wrong


@pytest.mark.parametrize("name", ["sigmoid", "relu"])
def test_every_run_ends_on_the_page_as_in_python(name: str, tmp_path: Path) -> None:
    assert disagreements(cells(name), tmp_path) == []


def test_a_straight_output_ends_as_in_python_but_where_rounding_decides(tmp_path: Path) -> None:
    # A page's tanh and NumPy's may differ in the last digit; a run at the edge may be lucky in all six.
    assert len(disagreements(cells("straight"), tmp_path)) <= 5
    below = [cell for cell in cells("straight") if cell[2] <= 0.3]
    assert disagreements(below, tmp_path) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("initialize(net, seed)", "initialize(net, seed + 1)"),
        ("y, learning_rate }", "y, learning_rate: 0.8 * learning_rate }"),
        ("made.extend(epochs)", "made.extend(epochs / 2)"),
        ('made.diverged ? "diverged" : right === 1', "right > 0.7"),
        ('dataset("corners")', 'dataset("signed_corners")'),
    ],
    ids=["another seed", "another rate", "fewer updates", "three of four corners", "other points"],
)
def test_a_page_that_makes_another_run_is_rejected(right: str, wrong: str, tmp_path: Path) -> None:
    assert disagreements(cells("sigmoid", widths=[2, 3]), tmp_path, (right, wrong))


@pytest.mark.parametrize(
    "cell", [*LINKS, ("straight", 2, 0.2, 4), ("relu", 8, 0.05, 11), ("straight", 3, 2.0, 0)], ids=str
)
def test_a_run_of_the_atlas_is_one_of_train(cell: Cell) -> None:
    name, width, rate, seed = cell
    chosen = widget(network=name, width=width, learning_rate=rate, seed=seed)
    history = train(chosen.model, chosen.start, *chosen.examples, learning_rate=rate, epochs=1000)
    how = history.diagnosis.split(":")[0]
    assert chosen.outcome == (how if how in ("solved", "diverged") else "stuck")
    if how != "diverged":
        # below the edge, a thousand updates hand rounding on without making it much larger
        np.testing.assert_allclose(chosen.parameters.W[1], history.parameters.W[1], rtol=1e-7)


def test_the_seeds_are_those_of_the_page() -> None:
    start = charted("sigmoid", orders=1, epochs=0)[0]
    chosen = widget(width=3, seed=7)
    for l in (1, 2):
        np.testing.assert_array_equal(start.parameters[2, 0, 7].W[l], chosen.start.W[l])
        assert not np.allclose(chosen.model.initialize(7).W[l], chosen.start.W[l])


# The links.


def linked(folder: Path, *slips: tuple[str, str]) -> list[dict[str, Any]]:
    """Return what the links of some cells open: states, the stepper's weights, the playground's first."""
    given = {"data": widget().data, "cells": [], "links": LINKS}
    return list(ask(SCRIPT, given, folder, "atlas_run.js", *slips)["linked"])


def misled(folder: Path, *slips: tuple[str, str]) -> list[str]:
    """Return what a link opens that is not the run of its cell."""
    wrong = []
    for cell, link in zip(LINKS, linked(folder, *slips), strict=True):
        name, width, rate, seed = cell
        chosen = widget(network=name, width=width, learning_rate=rate, seed=seed)
        first = [chosen.start.W[l].ravel() for l in (1, 2)]
        last = [chosen.parameters.W[l].ravel() for l in (1, 2)]
        if name == "sigmoid" and not all(
            len(found) == len(right) and np.allclose(found, right, rtol=1e-7)
            for found, right in zip(link["W"], last, strict=True)
        ):
            wrong.append(f"the stepper ends elsewhere: {cell}")
        played, functions = link["playground"], NETWORKS[name]
        spec = {"data": "corners", "activation": functions["activations"][0], "loss": functions["loss"]}
        spec |= {"learning_rate": rate, "seed": seed, "epochs": 1000, "shown": 1000, "since": 0, "l2": 0}
        if {key: played[key] for key in spec} != spec or not all(map(np.allclose, link["first"], first)):
            wrong.append(f"the playground begins elsewhere: {cell}")
    return wrong


def test_a_link_opens_the_very_run(tmp_path: Path) -> None:
    assert misled(tmp_path) == []


@pytest.mark.parametrize(
    ("right", "wrong", "where"),
    [
        ("outputs: 1, biases", "outputs: 2, biases", "stepper"),
        ("seed, passes, example", "seed: seed + 1, passes, example", "stepper"),
        ("seed, passes, example", "seed, passes: passes - 1, example", "stepper"),
        ('scheme: "fan_in"', 'scheme: "glorot"', "playground"),
        ("l2: 0", "l2: 1", "playground"),
        ("activation: activations[0]", 'activation: "tanh"', "playground"),
    ],
)
def test_a_link_to_another_run_is_rejected(right: str, wrong: str, where: str, tmp_path: Path) -> None:
    assert any(where in found for found in misled(tmp_path, (right, wrong)))


# What rounding decides, and what is refused.


def test_a_run_whose_end_depends_on_the_order_is_undecided() -> None:
    first = swept("sigmoid")[0]
    outcome = first.outcome.copy()
    outcome[1, 2, 3] = "diverged"
    late = first.cost.copy()
    late[1, 2, 4, -1] = np.nan
    for other, place in ((replace(first, outcome=outcome), 3), (replace(first, cost=late), 4)):
        found = ends([first, other])
        assert found[1, 2, place] == "undecided"
        assert (found == "undecided").sum() == 1
    assert (ends([first]) == first.outcome).all()


def test_some_runs_at_the_edge_of_the_straight_network_are_undecided() -> None:
    found = said("straight")
    assert 0 < (found == "undecided").sum() < found.size / 10
    assert not (found[:, :5] == "undecided").any()


def test_the_page_carries_little() -> None:
    assert len(zlib.compress(json.dumps(widget().data).encode())) < 5_000


@pytest.mark.parametrize(
    "wrong",
    [
        {"network": "linear"},
        {"width": 9},
        {"learning_rate": 3.1},
        {"seed": 16},
        {"learning_rate": float("nan")},
    ],
    ids=str,
)
def test_a_run_that_is_not_in_the_atlas_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(traitlets.TraitError):
        widget(**wrong)


def test_another_network_takes_the_nearest_of_its_rates() -> None:
    chosen = widget(learning_rate=3.0)
    chosen.network = "straight"
    assert chosen.learning_rate == 2.0
    assert chosen.outcome == "diverged"


def test_sweeps_of_another_shape_are_refused() -> None:
    one = swept("sigmoid")[0]
    small = replace(one, outcome=one.outcome[:2])
    for runs, what in (({}, "empty"), ({"linear": [one]}, "known are"), ({"sigmoid": [small]}, "shape")):
        with pytest.raises(ValueError, match=what):
            Atlas(runs)
    with pytest.raises(ValueError, match="orders is 7"):
        charted("sigmoid", orders=7)


def test_the_examples_run() -> None:
    assert doctest.testmod(atlas).failed == 0
