"""The puzzles are fair: one slip each, trained as in Python, found by a check, shared by no other choice."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import traitlets
from engine.modules import ask

from backprop_lib import Parameters
from backprop_lib.bugs import BUGS, descend
from backprop_lib.datasets import xor_quadrants
from backprop_lib.widgets import SpotTheBug
from backprop_lib.widgets.spot_the_bug import NETWORKS, POINTS, RATE

SCRIPT = Path(__file__).parents[1] / "engine" / "puzzles.mjs"
WIDGET = SpotTheBug()
GIVEN = {"networks": WIDGET.networks, "names": list(BUGS), "numbers": list(range(1, 25))}


def solve(folder: Path, *slip: Any) -> list[dict[str, Any]]:
    return list(ask(SCRIPT, GIVEN, folder, *slip)["puzzles"])


@pytest.fixture(scope="module")
def puzzles(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return solve(tmp_path_factory.mktemp("puzzles"))


@cache
def network(activations: tuple[str, ...]) -> Any:
    return next(net for net, _ in NETWORKS if net.activations == activations)


def unlike_python(puzzles: list[dict[str, Any]]) -> list[str]:
    """Return the puzzles whose runs are not Python's."""
    wrong = []
    x, y = xor_quadrants(first=POINTS)
    for n, said in enumerate(puzzles, start=1):
        net = network(tuple(said["activations"][1:]))
        W = {l: np.array(said["W"][l]).reshape(net.sizes[l], net.sizes[l - 1]) for l in range(1, net.L + 1)}
        p = Parameters(W, {l: np.zeros((net.sizes[l], 1)) for l in W})
        for costs, bug in ((said["cost"], BUGS[said["name"]]), (said["right"][:31], None)):
            run = descend(net, p, x, y, RATE, 30, bug)
            # a wrong program leaps about, and leaps magnify rounding: six digits over the first ten updates
            if not np.allclose(costs[:11], run.cost[:11], rtol=1e-6):
                wrong.append(f"puzzle {n}, {bug.name if bug else 'right'}")
    return wrong


def test_a_puzzle_trains_as_python_trains_with_that_slip(puzzles: list[dict[str, Any]]) -> None:
    assert unlike_python(puzzles) == []


def test_every_slip_comes_once_in_twelve_puzzles(puzzles: list[dict[str, Any]]) -> None:
    for dozen in (puzzles[:12], puzzles[12:]):
        assert sorted(said["name"] for said in dozen) == sorted(BUGS)
    assert [said["name"] for said in puzzles[:12]] != [said["name"] for said in puzzles[12:]]


def test_a_puzzle_is_fair(puzzles: list[dict[str, Any]]) -> None:
    for said in puzzles:
        assert said["learned"] >= 0.8  # of the right program's points
        assert said["wrong"] > 0  # a check before the second update finds it
        assert (said["first"] == 0) == BUGS[said["name"]].carries  # gradients that add up begin right
        assert said["choices"].count(said["name"]) == 1
        assert len(set(said["choices"])) == 5
        if not BUGS[said["name"]].carries:
            assert min(said["others"]) > 1e-3  # every other choice would show otherwise at some parameter


def test_every_slip_has_its_mark(tmp_path: Path) -> None:
    assert ask(SCRIPT, {}, tmp_path)["tells"] == list(BUGS) == list(WIDGET.slips)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("(values[i] = v + before[part][l][i])", "(values[i] = v)"),
        ("step(p, t, learning_rate, p)", "step(p, t, 2 * learning_rate, p)"),
        ("bug(net, p, t, y);", "backward(net, p, t, y);"),
    ],
)
def test_a_puzzle_that_trains_otherwise_is_rejected(right: str, wrong: str, tmp_path: Path) -> None:
    assert unlike_python(solve(tmp_path, "puzzle.js", (right, wrong)))


def test_no_link_names_the_answer() -> None:
    names = [name for name in WIDGET.traits(sync=True) if not name.startswith("_")]
    state = {name: getattr(WIDGET, name) for name in ("puzzle", "update", "checked", "selected", "answer")}
    assert set(state) <= set(names)
    assert all(isinstance(value, int) for value in state.values())


@pytest.mark.parametrize("wrong", [{"puzzle": 0}, {"puzzle": 10_000}, {"answer": 6}, {"update": -1}])
def test_a_state_that_the_page_does_not_have_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(traitlets.TraitError):
        SpotTheBug(**wrong)
