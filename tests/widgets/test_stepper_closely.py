"""What the stepper's reader goes by, looks at, predicts and hands in: every number of it is NumPy's."""

# ruff: noqa: E501  (a slip is a line)

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
import traitlets
from engine.modules import ask

from backprop_lib import Parameters, step
from backprop_lib.activations import SIGMOID
from backprop_lib.widgets import Stepper
from backprop_lib.widgets.code_lines import code_lines
from backprop_lib.widgets.receipt import LONGEST
from backprop_lib.widgets.stepper_state import STATE

SCRIPT = Path(__file__).parents[1] / "engine" / "steps.mjs"
CLOSE = {"rtol": 1e-12, "atol": 1e-15}
GIVEN = Parameters(
    {1: [[1.3, -2.1], [0.5, 0.25], [-0.7, 0.9]], 2: [[3.1, -1.2, 0.4], [0.3, 0.8, -1.5]]},
    {1: [[0.1], [0.2], [-0.4]], 2: [[-0.3], [0.6]]},
)
RUNS: list[dict[str, Any]] = [
    {"data": "article"},
    {"data": "corners", "passes": 12, "learning_rate": 2.5, "example": 3},
    {"data": "signed_corners", "hidden_size": 5, "outputs": 1, "seed": 4},
    {"data": "corners", "hidden_size": 2, "biases": False, "example": 4},
    {"edits": [[0, "w1.2.1", 0.5], [1, "b2.1", -2], [1, "x1.3", 0.25], [2, "y2.2", 0.5]], "passes": 2},
    {"parameters": GIVEN, "data": "signed_corners", "example": 2},
    {"edits": [[0, "w1.1.1", 9.0], [0, "w1.1.2", 9.5], [0, "b1.1", -30.0]], "example": 4},
]
WHOLE = Stepper(GIVEN, data="signed_corners")
WHOLE.step = 12
MADE = json.loads(WHOLE.receipt())


def widgets() -> list[Stepper]:
    return [Stepper(**traits) for traits in RUNS]


def hear(folder: Path, texts: list[str], file: str = "", *slips: tuple[str, str]) -> Any:
    runs = [{"state": {name: getattr(w, name) for name in STATE}, "start": w.start} for w in widgets()]
    return ask(SCRIPT, {"runs": runs, "texts": texts}, folder, file, *slips)


@pytest.fixture(scope="module")
def page() -> Any:
    with TemporaryDirectory() as folder:
        return hear(Path(folder), [*WRONG.values(), *HOSTILE.values()])


def everywhere(judge: Callable[[int, Any], None], said: Any) -> None:
    """Judge what was said of every run."""
    for index in range(len(RUNS)):
        judge(index, said)


def numbers(widget: Stepper) -> dict[str, Any]:
    """Everything in the widget's pass, by NumPy."""
    widget.step = 0
    net, p, (x, y) = widget.network, widget.parameters, widget.examples
    t = net.forward(p, x)
    g = net.backward(p, t, y)
    q = step(p, g, widget.learning_rate)
    r, m = widget.example - 1, x.shape[1]
    dC_da = {2: (t.a[2] - y) / m, 1: p.W[2].T @ g.delta[2], 0: p.W[1].T @ g.delta[1]}
    return {"net": net, "p": p, "q": q, "x": x, "y": y, "t": t, "g": g, "r": r, "m": m, "dC_da": dC_da}


# ── how far a reader has come ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("index", range(len(RUNS)))
def test_going_back_meets_the_places_of_going_forward(index: int, page: Any) -> None:
    for granularity, walk in page["runs"][index]["walks"].items():
        assert walk["same"], granularity
        last = len(walk["words"])
        assert walk["words"][0].endswith(f" 1 of {last}")
        assert walk["words"][-1].endswith(f" {last} of {last}")


@pytest.mark.parametrize("index", range(len(RUNS)))
def test_value_by_value_each_move_makes_one_number_known(index: int, page: Any) -> None:
    known = page["runs"][index]["walks"]["neuron"]["known"]
    assert set(np.diff(known[:-1])) == {1}
    w = widgets()[index]
    sizes = (2, w.hidden_size, w.outputs)
    values = 1 + 1 + sum(2 * n + n + n * k + w.biases * n for n, k in zip(sizes[1:], sizes, strict=False))
    assert len(known) == values + 1  # and the update, in which all weights move at once


def test_phase_by_phase_there_are_five_places(page: Any) -> None:
    for run in page["runs"]:
        assert run["walks"]["phase"]["whole"] == ["", "forward", "cost", "backward", "update"]


# ── a closer look ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("index", range(len(RUNS)))
def test_the_paths_of_a_neuron_add_up_to_its_slope(index: int, page: Any) -> None:
    v = numbers(widgets()[index])
    for l, layer in enumerate(page["runs"][index]["paths"]):
        for i, found in enumerate(layer):
            np.testing.assert_allclose(found["sum"], v["dC_da"][l][i, v["r"]], **CLOSE)
            assert len(found["each"]) == np.prod(v["net"].sizes[l + 1 :])
            for factors, product in found["each"]:
                np.testing.assert_allclose(np.prod(factors), product, **CLOSE)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("* slope * product", "* product"), ("p.W[l + 1][k * sizes[l] + i]", "p.W[l + 1][i * sizes[l + 1] + k]"), (") / m;", ");")],
    ids=["no slope", "the transpose", "no 1/m"],
)  # fmt: skip
def test_wrong_paths_are_noticed(right: str, wrong: str, tmp_path: Path) -> None:
    said = hear(tmp_path, [], "paths.js", (right, wrong))
    with pytest.raises(AssertionError):
        everywhere(test_the_paths_of_a_neuron_add_up_to_its_slope, said)


@pytest.mark.parametrize("index", range(len(RUNS)))
def test_flat_neurons_are_named(index: int, page: Any) -> None:
    v = numbers(widgets()[index])
    for l in (1, 2):
        slope = SIGMOID.prime(v["t"].z[l]) < 0.05
        for i, found in enumerate(page["runs"][index]["paths"][l]):
            dead = v["m"] > 1 and slope[i].all()
            assert found["ails"] == ("" if not slope[i, v["r"]] else "dead" if dead else "saturated")


def test_one_of_the_runs_has_a_flat_neuron(page: Any) -> None:
    ails = {found["ails"] for run in page["runs"] for layer in run["paths"] for found in layer}
    assert ails >= {"", "saturated"}


# ── predictions ───────────────────────────────────────────────────────────────────────────────────────────


def truth(v: dict[str, Any], asked: dict[str, Any]) -> float:
    """Return the value that a question asks for."""
    t, g, l, i, r = v["t"], v["g"], asked["l"], asked.get("i"), v["r"]
    id, j = asked["id"], asked.get("j")
    if id == "C0":
        return float(v["net"].cost(v["p"], v["x"], v["y"]))
    if id == "GD":
        return float((v["q"].b[l][i, 0]) if j is None else v["q"].W[l][i, j])
    arrays = {"F1": t.z, "F2": t.a, "BP1": g.delta, "BP2": g.delta}
    if id in arrays:
        return float(arrays[id][l][i, r])
    return float(g.dW[l][i, j] if id == "BP3" else g.db[l][i, 0])


def slips(v: dict[str, Any], asked: dict[str, Any]) -> dict[str, float]:
    """Return what some slips give, by a word that is in their sentence."""
    t, g, p, y, m, r = (v[name] for name in ("t", "g", "p", "y", "m", "r"))
    id, l, i, j, right = asked["id"], asked["l"], asked.get("i"), asked.get("j"), truth(v, asked)
    prime, sigma = SIGMOID.prime, SIGMOID.f
    if id == "F1":
        return {"after the squash": sigma(right), "bias is left out": right - (p.b[l][i, 0] if p.b else 0)}
    if id == "F2":
        z = t.z[l][i, r]
        return {"z itself": z, "sign in the exponent": sigma(-z), "the slope": prime(z)}
    if id == "C0":
        return {
            "1/m": right * m,
            "half": 2 * right,
            "the example shown": 0.5 * ((t.a[2] - y)[:, r] ** 2).sum(),
        }
    if id in ("BP1", "BP2"):
        error, z, a = v["dC_da"][l][i, r], t.z[l][i, r], t.a[l][i, r]
        common = {
            "σ′(z) is forgotten": error,
            "1/m": right * m,
            "sign": -right,
            "a was used for z": error * prime(a),
        }
        if id == "BP1":
            return common
        W, delta = p.W[2], g.delta[2][:, r]
        if i < W.shape[0] <= W.shape[1]:
            common["transpose"] = W[i, : W.shape[0]] @ delta * prime(z)
        if len(W) > 1:
            common |= {f"output {k + 1};": W[k, i] * delta[k] * prime(z) for k in range(len(W))}
        return common
    if id == "BP3":
        delta, a = g.delta[l], t.a[l - 1]
        found = {
            "1/m": right * m,
            "sign": -right,
            "Only the example": delta[i, r] * a[j, r],
            "bias's slope": delta[i].sum(),
        }
        if l > 1:
            found["z was used"] = delta[i] @ t.z[l - 1][j]
        if i < len(a) and j < len(delta):
            found["transpose"] = delta[j] @ a[i]
        return found
    if id == "BP4":
        return {
            "averaged": right / m,
            "1/m is forgotten": right * m,
            "sign": -right,
            "Only": g.delta[l][i, r],
        }
    old, slope = (p.W[l][i, j], g.dW[l][i, j]) if j is not None else (p.b[l][i, 0], g.db[l][i, 0])
    change = right - old
    return {"Uphill": old - change, "learning rate": old - slope, "the change": change, "not moved": old}


@pytest.mark.parametrize("index", range(len(RUNS)))
def test_a_prediction_is_judged_by_numpy_s_value(index: int, page: Any) -> None:
    v, asked = numbers(widgets()[index]), page["runs"][index]["asked"]
    assert {one["id"] for one in asked} >= {"F1", "F2", "C0", "BP1", "BP2", "BP3", "GD"}
    for one in asked:
        right = truth(v, one)
        np.testing.assert_allclose(one["value"], right, rtol=1e-11, atol=1e-15)
        assert one["right"] == "right"
        if one["sign"]:
            middle = 0.5 if one["id"] == "F2" else 0.0
            assert one["sign"] == [right > middle, right <= middle]


@pytest.mark.parametrize("index", range(len(RUNS)))
def test_a_slip_is_recognized_by_the_value_it_gives(index: int, page: Any) -> None:
    v, seen = numbers(widgets()[index]), set()
    for one in page["runs"][index]["asked"]:
        expected = slips(v, one)
        for (text, value), (kind, said) in zip(one["slips"], one["said"], strict=True):
            assert (kind, said) == ("slip", text)
            for word in (word for word in expected if word in text):
                np.testing.assert_allclose(
                    value, expected[word], rtol=1e-9, atol=1e-14, err_msg=f"{one} {word}"
                )
                seen.add((one["id"], word))
    assert len(seen) > 12


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("miss / m]", "miss]"), ("t.delta[l][at] * m]", "t.delta[l][at]  * m * m]"), ("-t.delta[l][at]]", "2.5 * t.delta[l][at]]"),
        ("error * prime(t.a[l][at])", "error * prime(t.z[l][at]) * 0.7"), ("term(k, i * n + k)", "term(k, i * n)"),
        ("D(i, s) * A(t.z[l - 1], j, s)", "D(i, s) * A(t.z[l - 1], j, r)"), ("old + alpha * slope", "old + slope"),
    ],
    ids=["σ′", "1/m", "sign", "a for z", "transpose", "z for a", "uphill"],
)  # fmt: skip
def test_a_slip_with_a_wrong_value_is_noticed(right: str, wrong: str, tmp_path: Path) -> None:
    said = hear(tmp_path, [], "guesses.js", (right, wrong))
    with pytest.raises(AssertionError):
        everywhere(test_a_slip_is_recognized_by_the_value_it_gives, said)


# ── receipts ──────────────────────────────────────────────────────────────────────────────────────────────


def close(a: Any, b: Any) -> bool:
    """Whether two receipts are the same, numbers to 1e-12."""
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(close(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(close, a, b))
    if isinstance(a, float | int) and not isinstance(a, bool):
        return abs(a - b) <= 1e-12 * abs(a) + 1e-14
    return bool(a == b)


@pytest.mark.parametrize("index", range(len(RUNS)))
def test_the_page_and_python_hand_out_the_same_receipts(index: int, page: Any) -> None:
    widget = widgets()[index]
    for place, said in enumerate(page["runs"][index]["receipts"]):
        widget.step = place
        assert close(said["made"], json.loads(widget.receipt())), place
        assert said["latex"] == widget.receipt("latex")
        assert said["markdown"] == widget.receipt("markdown")
        verdicts = widget.check_receipt(json.dumps(said["made"]))
        assert all(verdicts), verdicts
        assert said["checked"]["lines"] == [{"kind": v.kind, "text": v.text} for v in verdicts]


def changed(line: int, by: Any) -> str:
    """Return the receipt of a whole pass with one line's values changed."""
    made = json.loads(json.dumps(MADE))
    made["lines"][line]["values"] = np.asarray(by(np.array(made["lines"][line]["values"]))).tolist()
    return json.dumps(made)


ORDER = [line["id"] for line in MADE["lines"]]
P, T = GIVEN, MADE["lines"]
WRONG = {
    "F1: the bias is left out.": changed(0, lambda z: z - P.b[1]),
    "F2: that is z, before the squash.": changed(1, lambda a: np.array(T[0]["values"])),
    "C0: the 1/m is forgotten.": changed(4, lambda C: C * 4),
    "BP1: σ′(z) is forgotten.": changed(5, lambda d: d / SIGMOID.prime(np.array(T[2]["values"]))),
    "BP3: the sign is not right.": changed(6, lambda d: -d),
    "BP4: δ is averaged over the examples; it carries the 1/m already.": changed(7, lambda d: d / 4),
    "BP2: σ′(z) is forgotten.": changed(8, lambda d: d / SIGMOID.prime(np.array(T[0]["values"]))),
    "GD: the step goes uphill.": changed(11, lambda W: 2 * P.W[1] - W),
    "BP2: ": changed(8, lambda d: d + np.eye(*d.shape) * 1e-4),
}
HOSTILE = {
    "nothing": "",
    "a word": "hello",
    "a list": "[]",
    "null": "null",
    "another kind": '{"kind": "x"}',
    "markup": json.dumps({**MADE, "x": "<img src=x onerror=alert(1)>"}),
    "a ragged matrix": json.dumps({**MADE, "x": [[1, 2], [3]]}),
    "a truth for a number": json.dumps({**MADE, "x": [[True], [False]]}),
    "a huge number": json.dumps({**MADE, "learning_rate": 10**30}),
    "no number": json.dumps({**MADE, "learning_rate": None}),
    "an unknown line": json.dumps({**MADE, "lines": [{"id": "__proto__", "layer": 1}]}),
    "a line in no layer": json.dumps({**MADE, "lines": [{"id": "F1", "layer": 7}]}),
    "a line out of order": json.dumps({**MADE, "lines": MADE["lines"][5:6]}),
    "a line of another name": json.dumps({**MADE, "lines": [{**MADE["lines"][0], "name": "constructor"}]}),
    "a line without values": json.dumps({**MADE, "lines": [{**MADE["lines"][0], "values": 3}]}),
    "many lines": json.dumps({**MADE, "lines": MADE["lines"] * 9}),
    "digits in words": json.dumps({**MADE, "digits": "many"}),
    "weights that do not fit": json.dumps({**MADE, "W": {"1": [[1, 2]], "2": [[1, 2]]}}),
    "a prototype": '{"__proto__": {"kind": "backprop_lib step"}}',
    "nested": "[" * 5000,
    "too long": " " * (LONGEST + 1),
}  # fmt: skip


@pytest.mark.parametrize("index", range(len(WRONG)), ids=list(WRONG))
def test_a_wrong_line_is_found_where_the_slip_was_made(index: int, page: Any) -> None:
    (name, text), said = list(WRONG.items())[index], page["checks"][index]
    verdicts = Stepper.check_receipt(text)
    assert said["lines"] == [{"kind": v.kind, "text": v.text} for v in verdicts]
    id, sentence = name.split(": ", 1)
    first = next(v for v in verdicts if not v)
    assert first.text.startswith(f"({id}) ")
    assert " is needed." in first.text
    assert first.kind == ("slip" if sentence else "wrong")
    assert first.text.endswith(sentence)
    assert len([v for v in verdicts if not v]) == 1, verdicts


@pytest.mark.parametrize("index", range(len(HOSTILE)), ids=list(HOSTILE))
def test_what_is_no_receipt_is_refused_with_a_reason(index: int, page: Any) -> None:
    text, said = list(HOSTILE.values())[index], page["checks"][len(WRONG) + index]
    if "trouble" in said:
        with pytest.raises(ValueError, match=f"^{re.escape(said['trouble'])}$"):
            Stepper.check_receipt(text)
        return
    verdicts = Stepper.check_receipt(text)
    assert not all(verdicts)
    assert said["lines"] == [{"kind": v.kind, "text": v.text} for v in verdicts]


def test_fewer_digits_are_enough_where_they_are_asked_for() -> None:
    made = {**MADE, "digits": 3}
    made["lines"] = [
        {**line, "values": [[float(f"{v:.4g}") for v in row] for row in line["values"]]}
        for line in MADE["lines"]
    ]
    assert all(Stepper.check_receipt(json.dumps(made)))
    assert not all(Stepper.check_receipt(json.dumps({**made, "digits": 8})))


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("receipt_lines.js", "hadamard(mul(turn(W[2]), delta[2]), prime(z[1]))", "hadamard(mul(turn(W[2]), delta[2]), sigma(z[1]))"),
        ("receipt_lines.js", "/ (2 * y[0].length)", "/ y[0].length"),
        ("receipt.js", "[\"dW\", t.dW]", "[\"dW\", t.dW.map((d) => d?.map((g) => -g))]"),
        ("receipt_text.js", "\\\\odot", "\\\\cdot"),
    ],
)  # fmt: skip
def test_a_wrong_receipt_is_noticed(file: str, right: str, wrong: str, tmp_path: Path) -> None:
    said = hear(tmp_path, [], file, (right, wrong))
    with pytest.raises((AssertionError, KeyError)):
        everywhere(test_the_page_and_python_hand_out_the_same_receipts, said)


# ── the traits ────────────────────────────────────────────────────────────────────────────────────────────


def test_an_edit_holds_from_its_pass_on() -> None:
    widget = Stepper(edits=[[2, "w1.1.1", 0.5], [1, "x2.2", 3.0]])
    untouched = Stepper()
    for passes in range(4):
        widget.passes = untouched.passes = passes
        assert (widget.parameters == untouched.parameters) == (passes < 2), passes
        assert (widget.examples[0][1, 1] == 3.0) == (passes >= 1)
    widget.passes = 2
    assert widget.parameters.W[1][0, 0] == 0.5


def test_an_edit_that_does_not_fit_is_left_out() -> None:
    widget = Stepper(edits=[[0, "w1.4.1", 0.5], [0, "w2.1.3", 0.25]], hidden_size=3)
    assert widget.parameters.W[2][0, 2] == 0.25
    widget.hidden_size = 2
    assert widget.parameters == Stepper(hidden_size=2).parameters


@pytest.mark.parametrize(
    ("trait", "value"),
    [
        ("granularity", "word"), ("speed", 3), ("predict", "yes"), ("hide", ["everything"]), ("closer", "b1.1"),
        ("closer", "n1"), ("edits", [[0, "w1.1.1", float("nan")]]), ("edits", [[0, "w1.1.1", 1e4]]),
        ("edits", [[-1, "w1.1.1", 1]]), ("edits", [[0, "n1.1", 1]]), ("edits", [[0, "w1.1.1"]]), ("edits", ["w1.1.1"]),
        ("edits", [[0, "w1.1.1", 1]] * 41), ("edits", [[True, "w1.1.1", 1]]), ("edits", [[0, "w1.1.01", 1]]),
    ],
)  # fmt: skip
def test_a_state_that_cannot_be_is_refused(trait: str, value: Any) -> None:
    widget = Stepper()
    before = getattr(widget, trait)
    with pytest.raises(traitlets.TraitError):
        setattr(widget, trait, value)
    assert getattr(widget, trait) == before


def test_the_code_on_the_page_is_network_py_s() -> None:
    lines = code_lines()
    assert set(lines) == {"input", "F1", "F2", "C0", "BP1", "BP2", "BP3", "BP4", "GD"}
    assert lines["BP2"] == "delta[l] = (p.W[l + 1].T @ delta[l + 1]) * phi[l].prime(t.z[l])"


def test_a_receipt_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="form"):
        Stepper().receipt("word")
