"""Look for the cause in the steps: a wrong gradient, a rate too large or too small, an overflow, a saddle."""

from __future__ import annotations

import math

import numpy as np

from ..check import gradient_check
from ..curvature import gradient, sharpest
from ..run import Run
from .cause import Cause
from .verdict import STILL, stuck

BENDS_DOWN = -1e-6  # times λmax: far above the differences' own errors
SLOW = 0.02  # a rate of less than a hundredth of the stability limit


def wrong_gradient(run: Run, verdict: str) -> Cause | None:
    """The gradients that the run went by fail their check (D3) where it began."""
    if run.backward is None:
        return None
    t = run.net.forward(run.start, run.x)
    check = gradient_check(run.net, run.start, run.x, run.y, run.backward(run.net, run.start, t, run.y))
    if check.ok:
        return None
    count = sum(block.error.size for block in check.blocks.values())
    wrong = sum(int((block.error > check.tolerance).sum()) for block in check.blocks.values())
    return Cause(
        "gradient",
        f"{wrong} of {count} gradients fail their check: relative error {check.worst:.2g} at {check.where}",
        "the right gradient",
        "xor/debugging",
        {"wrong": wrong, "parameters": count, "worst relative error": check.worst},
    )


def too_large(run: Run, verdict: str) -> Cause | None:
    """α is above 2/λmax at the start or at the end, and the cost did not fall."""
    rose = len(run.cost) > 1 and run.cost.max() > 1.05 * run.cost[0]
    if not (verdict in ("diverged", "rising", "bouncing") or (verdict == "plateau" and rose)):
        return None
    if not len(run.learning_rate):
        return None
    places = [("start", run.start, float(run.learning_rate[0]))]
    if verdict != "plateau":
        places.append(("end", run.end, float(run.learning_rate[-1])))
    for where, p, alpha in places:
        curvature = sharpest(run.net, p, run.x, run.y).most
        if curvature > 0 and alpha * curvature > 2:
            return Cause(
                "rate",
                f"the learning rate {alpha:.4g} is above the stability limit 2/λmax = {2 / curvature:.3g} "
                f"at the {where}",
                f"a rate below {2 / curvature:.2g}",
                "xor/debugging",
                {
                    "learning rate": alpha,
                    "λmax": curvature,
                    "2/λmax": 2 / curvature,
                    "at the end": where == "end",
                },
            )
    return None


def too_small(run: Run, verdict: str) -> Cause | None:
    """α is less than a hundredth of 2/λmax, the cost has hardly fallen, and longer steps would lower it."""
    if not stuck(run, verdict) or run.cost[-1] < STILL * run.cost[0]:
        return None
    if not len(run.learning_rate) or run.learning_rate.max() <= 0:
        return None
    alpha = float(run.learning_rate.max())
    least, curvature, _ = sharpest(run.net, run.end, run.x, run.y)
    g = gradient(run.net, run.end, run.x, run.y)
    slope = g @ g > 2e-3 * curvature * run.cost[-1]  # what one step of 1/λmax is sure to gain
    if not 0 < alpha * curvature <= SLOW or not (slope or least < BENDS_DOWN * curvature):
        return None
    return Cause(
        "slow",
        f"the learning rate {alpha:.4g} is {2 / curvature / alpha:.3g} times below the stability limit "
        f"2/λmax = {2 / curvature:.3g}",
        f"a rate near {1 / curvature:.2g}",
        "xor/training",
        {"learning rate": alpha, "λmax": curvature, "2/λmax": 2 / curvature},
    )


def overflow(run: Run, verdict: str) -> Cause | None:
    """A floating-point number became larger than the largest there is."""
    if verdict != "diverged":
        return None
    weight = max(float(abs(W).max()) for W in run.end.W.values())
    data = float(abs(run.x).max())
    grew = float(run.cost[-1] / run.cost[0]) if math.isfinite(run.cost[0]) and run.cost[0] > 0 else math.inf
    begun = len(run.cost) > 1 or np.isfinite(run.cost).all()
    what = f"the cost grew {grew:.2g} times" if begun else "the cost overflowed before the first step"
    return Cause(
        "overflow",
        f"{what}, with weights up to {weight:.3g} and inputs up to {data:.3g}",
        "smaller starting weights, or scaled inputs",
        "xor/debugging",
        {"largest weight": weight, "largest input": data, "epochs": len(run.cost) - 1},
    )


def saddle(run: Run, verdict: str) -> Cause | None:
    """On a plateau: the cost bends down somewhere, so this is no minimum, and descent slides off slowly."""
    if verdict != "plateau" or not len(run.learning_rate):
        return None
    bend = sharpest(run.net, run.end, run.x, run.y)
    if not bend.least < BENDS_DOWN * abs(bend.most):
        return None
    alpha = float(run.learning_rate[-1])
    tenfold = math.log(10) / math.log1p(-alpha * bend.least) if alpha else math.inf
    return Cause(
        "saddle",
        f"this is a saddle, not a minimum: along one direction the cost bends down by {bend.least:.2g}, "
        f"and a distance grows tenfold in {tenfold:.3g} epochs",
        "more epochs, a larger rate, or another start",
        "lab/landscape",
        {"λmin": bend.least, "λmax": bend.most, "tenfold": tenfold},
    )
