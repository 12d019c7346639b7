"""The page's diagnosis, its slips and its gradient check are Python's; and a page that is wrong is found out."""

# ruff: noqa: E501  (a slip is a line)

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import traitlets
from engine.modules import ask
from generic import network

from backprop_lib import Network, Parameters, central_differences, gradient_check
from backprop_lib.bugs import BUGS
from backprop_lib.cases import CASES
from backprop_lib.curvature import sharpest
from backprop_lib.diagnosis import diagnose
from backprop_lib.parameters import gradients
from backprop_lib.widgets import Detective
from backprop_lib.widgets.detective import GUESSES, OPEN

SCRIPT = Path(__file__).parents[1] / "engine" / "detective.mjs"
NETWORKS = [
    network((3, 4, 4, 2), ("tanh", "relu", "softmax"), "cross_entropy", 0.3),
    network((2, 4, 3), "sigmoid", "binary_cross_entropy", 0.3),
    network((3, 5, 2), ("relu", "identity"), "half_squared_error", 0.0),
    network((2, 3, 3, 1), "sigmoid", "squared_error", 0.2),
    network((2, 3, 3, 1), ("relu", "tanh", "sigmoid"), "half_squared_error", 0.1, biases=False),
]
# Both sides add at most a few dozen terms of like size in another order: some 1e-15 of the largest number.
RTOL = 1e-12
# A thousand steps of a smooth map, each rounding at 1e-16: a cost agrees to 1e-9 unless the run is chaotic.
TRAINED = 1e-6


def given(net: Network, p: Parameters, x: Any, y: Any, **more: Any) -> dict[str, Any]:
    spec = {
        "sizes": net.sizes,
        "activations": net.activations,
        "loss": net.loss,
        "l2": net.l2,
        "biases": net.biases,
    }
    W, b = ([v.ravel().tolist() for v in part.values()] for part in (p.W, p.b))
    return {"spec": spec, "W": W, "b": b, "x": x.ravel().tolist(), "y": y.ravel().tolist(), **more}


def slips_that_differ(said: list[Any]) -> list[str]:
    """Return the slips whose gradients on the page are not Python's to 1e-12."""
    wrong = []
    for (net, p, x, y), found in zip(NETWORKS, said, strict=True):
        if list(found) != list(BUGS):
            return [f"the page has {list(found)}"]
        for name, bug in BUGS.items():
            if found[name]["applies"] != bug.applies(net) or found[name]["carries"] != bug.carries:
                wrong.append(f"{name} applies, or carries, elsewhere")
            elif bug.applies(net):
                g = bug.gradients(net, p, net.forward(p, x), y)
                for part in ("delta", "dW", "db"):
                    for l, right in getattr(g, part).items():
                        off = abs(np.array(found[name][part][l]) - right.ravel()).max()
                        if not off <= RTOL * abs(right).max():
                            wrong.append(f"{name}: {part}[{l}] is off by {off}")
    return wrong


SLIPS = {"slips": [given(*args) for args in NETWORKS]}


def test_every_slip_on_the_page_has_python_s_gradients(tmp_path: Path) -> None:
    assert slips_that_differ(ask(SCRIPT, SLIPS, tmp_path)["slips"]) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("p.W[l + 1][i * n + k] : undefined", "p.W[l + 1][k * n + i] : undefined"),
        ("scale(t.delta[L], t.m)", "scale(t.delta[L], 1)"),
        ("scale(t.delta[L], -1)", "scale(t.delta[L], 1)"),
        ("t.delta[L][i] *= a * (1 - a)", "t.delta[L][i] *= a"),
        ("net.phi[l].prime(t.a[l][i])", "net.phi[l].prime(t.z[l][i])"),
        ('net.names[l] === "relu" ? () => 1', 'net.names[l] === "relu" ? () => 0'),
        ("- t.dW[l + 1][k * n + i])", ")"),
        ("sum + w * w, 0)", "sum + w, 0)"),
        ("sums(net, t, l, net.sizes[l - 1])", "sums(net, t, l, net.sizes[l])"),
        ("scale(t.dW[net.L], 1 / t.m)", "scale(t.dW[net.L], 1)"),
        ("times(net, p, t, y, 2)", "times(net, p, t, y, 1)"),
        ("times(net, p, t, y, t.m), applies", "times(net, p, t, y, 1), applies"),
        ("carries: true", "carries: false"),
        ("applies: square", "applies: always"),
    ],
)  # fmt: skip
def test_a_slip_that_is_another_is_rejected(right: str, wrong: str, tmp_path: Path) -> None:
    assert slips_that_differ(ask(SCRIPT, SLIPS, tmp_path, "bugs.js", (right, wrong))["slips"])


def checks_that_differ(said: list[Any], cases: list[Any]) -> list[str]:
    """Return where the page's numerical gradients and relative errors are not those of check.py."""
    wrong = []
    for (net, p, x, y, g), found in zip(cases, said, strict=True):
        numerical = central_differences(net, p, x, y)
        report = gradient_check(net, p, x, y, g)
        blocks = report.blocks
        d = np.concatenate([v.ravel() for part in (numerical.dW, numerical.db) for v in part.values()])
        error = np.concatenate(
            [
                blocks[f"{k}[{l}]"].error_of_differences.ravel()
                for k, part in (("W", p.W), ("b", p.b))
                for l in part
            ]
        )
        if not np.allclose([row["found"] for row in found], d, rtol=1e-6, atol=1e-9):
            wrong.append("numerical gradients")
        if not np.allclose(
            np.array([row["error"] for row in found], dtype=float), error, rtol=1e-4, atol=1e-8
        ):
            wrong.append("relative errors")
        if [row["ok"] for row in found] != (error <= report.tolerance_of_differences).tolist():
            wrong.append("which are wrong")
    return wrong


def vector(g: Any) -> list[float]:
    return [float(v) for part in (g.dW, g.db) for a in part.values() for v in a.ravel()]


def check_cases() -> list[Any]:
    cases = []
    for net, p, x, y in NETWORKS:
        t = net.forward(p, x)
        right = net.backward(p, t, y)
        cases.append((net, p, x, y, right))
        one = {l: dW.copy() for l, dW in right.dW.items()}
        one[1][0, 0] *= 1.01
        cases.append((net, p, x, y, gradients(dict(right.delta), one, dict(right.db))))
        cases += [(net, p, x, y, bug.gradients(net, p, t, y)) for bug in BUGS.values() if bug.applies(net)]
    return cases


CHECKS = check_cases()
ASKED = {"checks": [given(*case[:4], gradients=vector(case[4])) for case in CHECKS]}


def test_the_page_s_gradient_check_is_python_s(tmp_path: Path) -> None:
    assert checks_that_differ(ask(SCRIPT, ASKED, tmp_path)["checks"], CHECKS) == []


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("gradcheck.js", "(c - left.each[r]) / m / wide", "(c - left.each[r]) / wide"),
        ("gradcheck.js", "moved(k, at - h, before)", "moved(k, at, before)"),
        ("gradcheck.js", "max(abs(row.given), row.sum,", "max(1,"),
        ("gradcheck.js", "theta[k] = at;", ""),
        ("gradcheck.js", "error <= TOLERANCE", "error <= 0.1"),
        ("vectors.js", "const parts = [...W, ...b]", "const parts = [...b, ...W]"),
    ],
)
def test_a_wrong_gradient_check_is_rejected(file: str, right: str, wrong: str, tmp_path: Path) -> None:
    assert checks_that_differ(ask(SCRIPT, ASKED, tmp_path, file, (right, wrong))["checks"], CHECKS)


def test_both_ends_of_the_page_s_spectrum_are_python_s(tmp_path: Path) -> None:
    found = ask(SCRIPT, {"bends": [given(*args) for args in NETWORKS]}, tmp_path)["bends"]
    for (net, p, x, y), page in zip(NETWORKS, found, strict=True):
        bend = sharpest(net, p, x, y)
        assert page["most"] == pytest.approx(bend.most, rel=1e-6)
        assert page["least"] == pytest.approx(bend.least, abs=1e-5 * bend.most)
        assert abs(np.dot(page["direction"], bend.direction)) == pytest.approx(1, abs=1e-5)


# The diagnosis

RUNS = [(known, case, case.run()) for known, case in CASES]


def diagnoses_that_differ(folder: Path, *slip: Any, of: str = "") -> list[str]:
    """Return which cases, or those of one cause, the page starts, trains or names otherwise than Python."""
    asked = [one for one in RUNS if not of or one[0] == of]
    said = ask(SCRIPT, {"cases": [case.settings() for _, case, _ in asked]}, folder, *slip)["cases"]
    wrong = []
    for (known, _, run), page in zip(asked, said, strict=True):
        net, right = run.net, diagnose(run)
        for part in ("W", "b"):
            for l, values in getattr(run.start, part).items():
                if not np.allclose(page[part][l], values.ravel(), rtol=1e-12):
                    wrong.append(f"{known}: the start {part}[{l}] of {net.sizes}")
        if not np.allclose(page["x"], run.x.ravel(), rtol=1e-12) or page["y"] != run.y.ravel().tolist():
            wrong.append(f"{known}: the points")
        if page["verdict"] != right.verdict or [c["name"] for c in page["causes"]] != [
            c.name for c in right.causes
        ]:
            wrong.append(
                f"{known}: {page['verdict']} {[c['name'] for c in page['causes']]}, not {right.verdict} {[c.name for c in right.causes]}"
            )
            continue
        costs = np.array(page["cost"], dtype=float)
        if right.verdict not in ("rising", "diverged") and not np.allclose(costs, run.cost, rtol=TRAINED):
            wrong.append(f"{known}: the costs")
        for cause, theirs in zip(page["causes"], right.causes, strict=True):
            if list(cause["evidence"]) != list(theirs.evidence):
                wrong.append(f"{known}: the evidence is {list(cause['evidence'])}")
            for name, value in theirs.evidence.items():
                at_a_chaotic_end = right.verdict == "diverged" and cause["name"] == "overflow"
                if not at_a_chaotic_end and not np.isclose(
                    float(cause["evidence"][name]), float(value), rtol=1e-4, atol=1e-9
                ):
                    wrong.append(f"{known}: {name} is {cause['evidence'][name]}, not {value}")
    return wrong


def test_every_case_on_the_page_has_python_s_run_causes_and_evidence(tmp_path: Path) -> None:
    assert diagnoses_that_differ(tmp_path) == []


@pytest.mark.parametrize(
    ("of", "file", "right", "wrong"),
    [
        ("overflow", "problem.js", "w[i] = scale * v", "w[i] = v"),
        ("saturated", "problem.js", "b && l < net.L && b.fill(bias)", "b && b.fill(bias)"),
        ("", "endings.js", "cost[epoch >> 1] - last", "cost[0] - last"),
        ("symmetric", "endings.js", "if (same > 1)", "if (same > 60)"),
        ("", "endings.js", "accuracy[epoch] === 1", "accuracy[epoch] > 0.5"),
        ("rate", "look_at_steps.js", "alpha * most > 2)", "alpha * most > 200)"),
        ("saturated", "look_at_neurons.js", "slope < FLAT_SLOPE", "slope < 0"),
        ("dead", "look_at_neurons.js", "v <= 0", "v < -100"),
        ("biases", "look_at_network.js", "(S > 0 ? 1 - ones : ones) / 2", "(S > 0 ? 1 - ones : ones)"),
        ("biases", "look_at_network.js", "(some[r] + some[s]) ** 2", "(some[r] - some[s]) ** 2 + 1"),
        ("vanishing", "look_at_neurons.js", "first < VANISHED * top", "first < 0"),
        ("slow", "look_at_steps.js", "alpha * most <= SLOW", "alpha * most <= 1e-9"),
        ("saddle", "look_at_steps.js", "Math.log1p(-alpha * least)", "Math.log1p(-least / alpha / 2)"),
        ("gradient", "diagnosis.js", "[wrongGradient, noBiases,", "[noBiases,"),
        ("rate", "spectrum.js", "(value - left[i]) / (2 * h)", "(value - left[i]) / h"),
    ],
)  # fmt: skip
def test_a_wrong_diagnosis_is_rejected(of: str, file: str, right: str, wrong: str, tmp_path: Path) -> None:
    assert diagnoses_that_differ(tmp_path, file, (right, wrong), of=of)


# The widget


def test_the_widget_runs_and_names_its_case() -> None:
    for n in (1, 3, 8):
        widget = Detective(case=n)
        known, case = [one for one in CASES if one[1].scale <= 100][n - 1]
        assert (widget.settings, widget.diagnosis.cause) == (case, known)
    assert Detective(biases=False, hidden=8, data="circles", activation="tanh").diagnosis.cause == "biases"


def test_every_cure_cures(tmp_path: Path) -> None:
    """After it the cause is gone, and the cost or the share of right points is better."""
    failed = [(known, case, run) for known, case, run in RUNS if known and case.scale <= 100]
    said = [diagnose(run).causes[0] for _, _, run in failed]
    plain = [{"name": c.name, "evidence": {k: float(v) for k, v in c.evidence.items()}} for c in said]
    asked = [[cause, case.settings()] for cause, (_, case, _) in zip(plain, failed, strict=True)]
    cures = ask(SCRIPT.with_name("puzzles.mjs"), {"cures": asked}, tmp_path)["cures"]
    for (known, case, run), cure in zip(failed, cures, strict=True):
        changes = {**cure["changes"], **({"slip": ""} if "slip" in cure["changes"] else {})}
        after = replace(case, **changes).run()
        assert known not in [cause.name for cause in diagnose(after).causes]
        assert after.accuracy[-1] > run.accuracy[-1] or after.cost[-1] < run.cost[-1]
        assert cure["words"]


def test_the_guesses_are_the_causes_and_that_nothing_is_wrong(tmp_path: Path) -> None:
    said = ask(SCRIPT.with_name("puzzles.mjs"), {}, tmp_path)
    assert sorted(said["causes"]) == sorted({known for known, _ in CASES} - {""})
    assert sorted(said["guesses"]) == sorted(GUESSES)
    assert set(GUESSES) == {*said["causes"], "healthy"} - {"overflow"}


@pytest.mark.parametrize(
    "wrong",
    [{"case": 99}, {"learning_rate": 0.0}, {"scale": float("nan")}, {"slip": 13}, {"guess": "bad luck"}],
)
def test_a_state_that_the_page_does_not_have_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(traitlets.TraitError):
        Detective(**wrong)


def test_choosing_a_case_sets_all_that_it_is_made_of() -> None:
    widget = Detective(learning_rate=7.0)
    widget.case = 3
    assert (widget.settings, widget.case) == (OPEN[2], 3)
    widget.case = 0
    assert widget.settings == OPEN[2], "settings of one's own begin where the case left them"
