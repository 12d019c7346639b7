"""The page of equations finds what answers for each of them, and misses nothing that is taken away."""

import re
import shutil
from pathlib import Path

import pytest

from backprop_lib.publish import ledger, register

ROOT = Path(__file__).parents[2]
FOUND = ledger.equations(ROOT)


def test_every_equation_has_a_line_a_test_and_a_rejected_wrong_version() -> None:
    assert FOUND
    assert {id: law.missing for id, law in FOUND.items() if law.missing} == {}


def test_every_equation_has_a_name_in_words() -> None:
    page = (ROOT / "book" / "equations.md").read_text("utf8")
    body = re.search(r"```\{equations\}\n(.*?)```", page, re.DOTALL)[1]
    said = register.names(body.splitlines())
    assert set(said) == set(FOUND)
    every = [name for names in said.values() for name in names]
    assert len(set(every)) == len(every)


def test_a_line_is_where_it_is_said_to_be() -> None:
    for law in FOUND.values():
        for line in law.code:
            text = (ROOT / line.path).read_text("utf8").splitlines()[line.number - 1]
            assert f"({law.id})" in text


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what the ledger reads."""
    for folder in ("book", "backprop_lib", "tests"):
        ignored = shutil.ignore_patterns("__pycache__", "publish", "*.json")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    return tmp_path


TAKEN = {
    "a line of NumPy": ("backprop_lib/network.py", "# (F2)", "#"),
    "a test that judges it as it is printed": ("tests/formulas/xor.py", '"F2"', '"F20"'),
    "a wrong version in Python that is rejected": ("tests/library/test_mutants.py", '"F2"', '"F20"'),
    "a wrong version in JavaScript that is rejected": ("tests/engine/mutants.py", '"F2:', '"F20:'),
}


@pytest.mark.parametrize("what", TAKEN)
def test_what_is_taken_away_is_missed(what: str, copy: Path) -> None:
    file, right, wrong = TAKEN[what]
    numpy = sorted((copy / "backprop_lib").glob("*.py")) if what == "a line of NumPy" else []
    others = [path for path in numpy if path != copy / file and right in path.read_text("utf8")]
    for path in (copy / file, *others):
        assert right in path.read_text("utf8")
        path.write_text(path.read_text("utf8").replace(right, wrong), "utf8")
    assert ledger.equations(copy)["F2"].missing == [what]


def test_a_statement_over_several_lines_is_shown_whole() -> None:
    source = "def f(x):\n    return (\n        x\n        + 1\n    )  # (F1)\n"
    assert ledger.statement(source, 5) == "return (x + 1)"


def test_code_with_backticks_is_still_code() -> None:
    assert register.code("a`b") == "`` a`b ``"
    assert register.code("a[b]") == "`a[b]`"
