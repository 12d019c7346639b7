"""The ledger's code runs, its shapes and numbers are NumPy's, and so is what a forgotten transpose does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import traitlets
from engine.modules import ask
from printed import holds

from backprop_lib import step
from backprop_lib.widgets import Ledger
from backprop_lib.widgets.ledger import LINES, STATE
from widgets.test_stepper_formulas import tex

SCRIPT = Path(__file__).parents[1] / "engine" / "ledger.mjs"
# Sums of at most eight terms of order one, each rounded to 53 bits, in another order: some 1e-15.
CLOSE = {"rtol": 1e-12, "atol": 1e-14}
ALPHA = 0.5  # of lines.js

SIZES = [
    {"n0": 3, "n1": 4, "n2": 2, "m": 5},
    {"n0": 4, "n1": 4, "n2": 4, "m": 4},
    {"n0": 8, "n1": 2, "n2": 7, "m": 2},
    {"n0": 1, "n1": 6, "n2": 1, "m": 3},
    {"n0": 5, "n1": 3, "n2": 3, "m": 1, "seed": 7},
]
STATES = [{**sizes, "rows": rows} for sizes in SIZES for rows in (False, True)]
NAMES = [
    f"{'-'.join(str(s[k]) for k in ('n0', 'n1', 'n2', 'm'))}-{'rows' if s['rows'] else 'columns'}"
    for s in STATES
]


def state_of(given: dict[str, Any], forget: bool) -> dict[str, Any]:
    widget = Ledger(**given, forget=forget)
    return {name: getattr(widget, name) for name in STATE}


def told(folder: Path, file: str = "", *slips: tuple[str, str]) -> dict[bool, list[list[dict[str, Any]]]]:
    """Return what the page says to every state, with its transposes (False) and without (True)."""
    states = [state_of(given, forget) for forget in (False, True) for given in STATES]
    said = ask(SCRIPT, {"states": states}, folder, file, *slips)
    return {False: said[: len(STATES)], True: said[len(STATES) :]}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, list[list[dict[str, Any]]]]:
    return told(tmp_path_factory.mktemp("ledger"))


def arrays(given: dict[str, Any]) -> dict[str, Any]:
    """Return the library's numbers, everything but W and ∂C/∂W transposed where examples are rows."""
    widget = Ledger(**given)
    net, p, (x, y) = widget.network, widget.parameters, widget.examples
    t = net.forward(p, x)
    g = net.backward(p, t, y)
    turn = (lambda kept: {l: v.T for l, v in kept.items()}) if given["rows"] else dict
    return {
        **{"W": dict(p.W), "dW": dict(g.dW), "b": turn(p.b), "db": turn(g.db)},
        **{"a": turn(t.a), "z": turn(t.z), "delta": turn(g.delta), "y": y.T if given["rows"] else y},
        **{"phi": net.phi, "m": given["m"], "learning_rate": ALPHA, "stepped": step(p, g, ALPHA).W},
    }


def judge(given: dict[str, Any], lines: list[dict[str, Any]]) -> None:
    """Run the lines as one program, from x, y, W and b alone: each computes the library's and the page's."""
    true = arrays(given)
    known = {**true, "a": {0: true["a"][0]}, **{name: {} for name in ("z", "delta", "dW", "db")}}
    known["W"] = dict(true["W"])
    assert len(lines) == LINES
    for line in lines:
        exec(f"{line['left']} = {line['code']}", known)
        name, l = re.fullmatch(r"(\w+)\[(\d)\]", line["left"]).groups()
        right = (true["stepped"] if line["id"] == "GD" else true[name])[int(l)]
        np.testing.assert_allclose(known[name][int(l)], right, **CLOSE)
        assert line["result"]["shape"] == list(right.shape)
        np.testing.assert_allclose(line["result"]["values"], right.ravel(), **CLOSE)
        sizes = {**given, "1": 1}
        assert [sizes[name] for name in line["result"]["names"]] == line["result"]["shape"]
        assert line["shapes"].endswith(f"→ {right.shape[0]} × {right.shape[1]}")


def tried(code: str, names: dict[str, Any]) -> tuple[Any, str]:
    """Return what NumPy makes of an expression, or what it says to it."""
    try:
        return eval(code, names), ""
    except ValueError as refusal:
        return None, str(refusal)


def judge_forgotten(given: dict[str, Any], lines: list[dict[str, Any]]) -> set[str]:
    """Run every line without its transposes: what NumPy raises and computes is what the page says."""
    true, found = arrays(given), set()
    for line in lines:
        value, refusal = tried(line["drawn"], dict(true))
        if refusal:
            assert line["clash"] == refusal
            assert "wrong" not in line
            found.add("clash")
            continue
        assert "clash" not in line
        if ".T" not in line["code"]:
            assert "wrong" not in line
            assert line["drawn"] == line["code"]
            continue
        assert line["wrong"]["shape"] == list(value.shape) == line["result"]["shape"]
        np.testing.assert_allclose(line["wrong"]["values"], value.ravel(), **CLOSE)
        apart = np.abs(value.ravel() - np.array(line["result"]["values"])).max()
        assert line["off"] == pytest.approx(apart, rel=1e-9, abs=1e-15)
        found.add("wrong" if apart > 1e-6 else "equal")
    return found


@pytest.mark.parametrize("index", range(len(STATES)), ids=NAMES)
def test_the_ledger_is_a_program(index: int, page: dict[bool, list[list[dict[str, Any]]]]) -> None:
    judge(STATES[index], page[False][index])


@pytest.mark.parametrize("index", range(len(STATES)), ids=NAMES)
def test_a_forgotten_transpose_does_what_numpy_does(
    index: int, page: dict[bool, list[list[dict[str, Any]]]]
) -> None:
    judge_forgotten(STATES[index], page[True][index])


def test_unequal_layers_clash_and_equal_ones_are_wrong_without_a_word(
    page: dict[bool, list[list[dict[str, Any]]]],
) -> None:
    kinds = [judge_forgotten(given, lines) for given, lines in zip(STATES[:4], page[True], strict=False)]
    assert kinds == [{"clash"}, {"clash"}, {"wrong"}, {"wrong"}]


def test_the_transposes_are_where_the_book_has_them(page: dict[bool, list[list[dict[str, Any]]]]) -> None:
    with_transpose = [{line["id"] for line in page[False][index] if ".T" in line["code"]} for index in (0, 1)]
    assert with_transpose == [{"BP2", "BP3"}, {"F1", "BP3"}]


def true_formulas(given: dict[str, Any], lines: list[dict[str, Any]]) -> None:
    """Raise unless every formula holds as it is printed."""
    for line in lines:
        # Σ over r reads one column an example, whatever the convention: that formula is the same in both
        values = arrays({**given, "rows": given["rows"] and line["id"] != "BP4"})
        phi = values["phi"][1]
        # the reader of formulas adds a column b to every example; one row b is written out for it
        b = {
            l: np.broadcast_to(b, values["z"][l].shape) if given["rows"] else b
            for l, b in values["b"].items()
        }
        names = {
            **{name: values[name] for name in ("W", "z", "a", "delta", "m")},
            "b": b,
            **{"x": values["a"][0], "alpha": ALPHA, "sigma": phi.f, "sigma'": phi.prime},
            **{"∂C/∂W": values["dW"], "∂C/∂b": values["db"]},
            **{"∂C/∂a": {2: (values["a"][2] - values["y"]) / given["m"]}, "after": {"W": values["stepped"]}},
            **{"columns": ("x", "y", "z", "a", "delta"), "last": {"r": given["m"]}},
        }
        holds(tex(line["pieces"]), names)


@pytest.mark.parametrize("index", [0, 1, 4, 5], ids=[NAMES[i] for i in (0, 1, 4, 5)])
def test_every_formula_of_the_ledger_is_true(
    index: int, page: dict[bool, list[list[dict[str, Any]]]]
) -> None:
    true_formulas(STATES[index], page[False][index])


def test_a_formula_without_its_transpose_is_not(page: dict[bool, list[list[dict[str, Any]]]]) -> None:
    for index in (0, 1, 2, 3):  # the square network's too, where the shapes do not tell
        lines = [
            line
            for line in page[True][index]
            if ".T" in page[False][index][page[True][index].index(line)]["code"]
        ]
        for line in lines:
            with pytest.raises((AssertionError, ValueError)):
                true_formulas(STATES[index], [line])


SLIPS = {
    "F1": ("lines.js", 'q("W", l), q("a", l - 1)), q("b", l)', 'q("W", l), q("a", l - 1)), q("z", l)'),
    "F2": ("lines.js", 'apply("f", q("z", l))', 'apply("prime", q("z", l))'),
    "BP1": ("lines.js", 'hadamard(q("dC_da", 2)', 'plus(q("dC_da", 2)'),
    "BP2": ("lines.js", 'q("delta", 2)), apply("prime", q("z", 1))', 'q("delta", 2)), apply("f", q("z", 1))'),
    "BP3": ("lines.js", 'transpose(q("a", l - 1))', 'transpose(q("z", 1))'),
    "BP4": ("lines.js", 'overExamples(q("delta", l))', 'overExamples(q("z", l))'),
    "GD": ("expressions.js", "a - world.alpha * b", "a + world.alpha * b"),
    "row form": ("expressions.js", "times(turned(e.B), turned(e.A))", "times(turned(e.A), turned(e.B))"),
    "sum of rows": ("expressions.js", "world.rows\n", "!world.rows\n"),
    "code": ("wording.js", "rows ? 0 : 1", "rows ? 1 : 0"),
    "bias": ("expressions.js", "columns.size === 1 ? 0 : j", "columns.size === 1 ? 0 : 0"),
    "examples": ("lines.js", "y: array(n2 * m, 0)", "y: array(n2 * m, -1)"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_wrong_ledger_is_rejected(slip: str, tmp_path: Path) -> None:
    file, right, wrong = SLIPS[slip]
    with pytest.raises((AssertionError, KeyError, ValueError, TypeError)):
        judge_all(tmp_path, file, (right, wrong))


def judge_all(folder: Path, file: str, *slips: tuple[str, str]) -> None:
    """Judge every state of a ledger whose modules may be wrong."""
    for given, lines in zip(STATES, told(folder, file, *slips)[False], strict=True):
        judge(given, lines)


def test_what_is_said_of_a_line_names_its_dimensions(page: dict[bool, list[list[dict[str, Any]]]]) -> None:
    assert page[False][0][0]["said"].startswith(
        "Inside, n₀ meets n₀: 3 and 3 match and cancel. Outside, n₁ × m"
    )
    assert page[False][0][0]["shapes"] == "(4 × 3)(3 × 5) + (4 × 1) → 4 × 5"
    assert page[True][0][7]["said"].startswith("Without ᵀ, n₁ = 4 meets n₂ = 2.")
    assert page[True][2][7]["said"].startswith("Without ᵀ, n₁ meets n₂: both are 4, by accident.")


@pytest.mark.parametrize(
    "wrong", [{"n0": 0}, {"n1": 9}, {"m": 2.5}, {"line": LINES}, {"rows": "yes"}], ids=str
)
def test_a_ledger_that_cannot_be_drawn_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(traitlets.TraitError):
        Ledger(**wrong)
