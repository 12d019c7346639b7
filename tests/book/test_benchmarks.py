"""The table of peers says what the results say, and nothing is timed that did other work."""

import importlib.util
import json
import os
import re
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def script(monkeypatch):
    """Return a function that imports a script by its name; what it sets in the environment is forgotten."""
    monkeypatch.setattr(os, "environ", dict(os.environ))

    def load(name):
        spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        return module

    return load


def test_the_table_is_drawn_from_the_results(script):
    peers = script("peers")
    results, readme = json.loads(peers.RESULTS.read_text("utf8")), peers.README.read_text("utf8")
    between = readme.partition(peers.BEGIN)[2].partition(peers.END)[0].strip()
    assert between == peers.markdown(results)
    results["tables"]["xor"][0]["rows"][0]["minimum"] *= 2
    assert between != peers.markdown(results)


def test_every_goal_of_the_library_is_in_the_results():
    tables = json.loads((BENCHMARKS / "results.json").read_text("utf8"))["tables"]
    goals = {
        (table["title"], row["name"]): row["goal"]
        for part in tables.values()
        for table in part
        for row in table["rows"]
        if row["goal"]
    }
    step = {"NumPy loop": 0.6, "JAX, jitted step": 1.0, "PyTorch eager": 0.1, "scikit-learn fit": 0.2}
    wanted = {
        "One full-batch step of XOR, width 3": step,
        "One full-batch step of XOR, width 50": step,
        "Digits, 64-64-10": {"scikit-learn fit": 0.5, "PyTorch eager": 0.3, "the matrix products alone": 2.0},
        "784-256-10, 60,000 images": {"PyTorch eager": 0.8, "the matrix products alone": 1.15},
        "A sweep": {"JAX, vmap and jit": 1.1, "PyTorch bmm": 0.5, "NumPy loop": 1 / 30},
        "Import": {"import numpy": 1.3},
    }
    assert goals == {(title, name): goal for title, rows in wanted.items() for name, goal in rows.items()}


@pytest.mark.parametrize(
    ("ratio", "best", "goal", "verdict"),
    [(0.9, 0.9, 1.0, "met"), (1.1, 0.9, 1.0, "undecided"), (1.1, 1.1, 1.0, "missed"), (9.0, 9.0, None, "")],
)
def test_a_goal_is_met_by_both_ratios(script, ratio, best, goal, verdict):
    assert script("timing").Row("peer", 1.0, 1.0, "ours", ratio, best, goal).verdict == verdict


def test_other_work_is_not_timed(script):
    timing = script("timing")
    runs = {"ours": lambda: 2.0, "peer": lambda: 2.0 + 1e-12}
    assert timing.same_work(runs, lambda _, end: end, 1e-9, {"peer": "ours"})["ours"] == 2.0
    for wrong in (2.1, float("nan")):
        with pytest.raises(AssertionError, match="peer ends at the cost"):
            timing.same_work(runs | {"peer": lambda w=wrong: w}, lambda _, end: end, 1e-9, {"peer": "ours"})


def test_contestants_take_turns(script):
    order = []
    runs = {name: lambda name=name: order.append(name) for name in "abc"}
    seconds = script("timing").race(runs, 3)
    assert order == [*"abc", *"bca", *"cab"]
    assert {name: len(all_rounds) for name, all_rounds in seconds.items()} == dict.fromkeys("abc", 3)


def loose(requirements):
    """Return the packages of a list that are not held to one version."""
    lines = [line for line in requirements.splitlines() if line and not line.startswith(("#", "-e "))]
    return [line for line in lines if not re.fullmatch(r"[\w-]+==[\d.]+", line)]


def test_peers_are_held_to_a_version():
    text = (BENCHMARKS / "requirements.txt").read_text("utf8")
    assert loose(text) == []
    assert loose(text + "torch>=2\n") == ["torch>=2"]
