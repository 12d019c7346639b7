"""Look for the cause in the network itself: what no training can give it."""

from __future__ import annotations

import numpy as np

from ..activations import Array
from ..answers import right
from ..run import Run
from .cause import Cause

EVEN = 0.9  # a share of points whose mirror image has the same label
POINTS = 500  # the first so many are compared with each other


def no_biases(run: Run, verdict: str) -> Cause | None:
    """σ(u) + σ(−u) = 1: without biases D(x) + D(−x) is one number S, and a mirrored question has a ceiling.

    D is the output's z, or the difference of two; x and −x have the same label in a mirrored question.
    """
    net = run.net
    odd = {"sigmoid", "tanh"} if net.L == 2 else {"tanh"}
    if net.biases or verdict == "diverged" or not set(net.activations[:-1]) <= {*odd, "identity"}:
        return None
    if net.sizes[-1] > 2 or not right(run.y):
        return None
    one, even = mirrored(run.x, run.y)
    if even < EVEN:
        return None
    x = run.x[:, :POINTS]
    sums = decider(run, x) + decider(run, -x)
    S = float(sums.mean())
    bent = net.L == 2 and net.activations[0] == "sigmoid"
    shares = float(one.mean()), float(1 - one.mean())
    ceiling = (1 - shares[S > 0] / 2) if bent else 0.5
    law = f"D(x) + D(−x) is {S:.3g} for every x" if bent else "D(−x) = −D(x) for every x"
    return Cause(
        "biases",
        f"there are no biases, so {law}, while {even:.0%} of the points have their mirror image's label: "
        f"at most {ceiling:.0%} of such points can be right",
        "biases",
        "xor/symmetry",
        {"S": S, "spread": float(np.ptp(sums)), "even": even, "ceiling": ceiling, "hidden": net.sizes[1]},
    )


def decider(run: Run, x: Array) -> Array:
    """Return D(x): z of the one output, or how much larger that of the second is; shape (m,)."""
    z = run.net.forward(run.end, x).z[run.net.L]
    return np.asarray(z[0] if len(z) == 1 else z[1] - z[0])


def mirrored(x: Array, y: Array) -> tuple[Array, float]:
    """Return which points are of class 1, and the share labelled as their mirror image's neighbor is."""
    one = np.asarray(y[-1] == 1)
    x, label = x[:, :POINTS], one[:POINTS]
    far = ((x[:, :, None] + x[:, None, :]) ** 2).sum(axis=0)
    return one, float((label[far.argmin(axis=1)] == label).mean())


def straight(run: Run, verdict: str) -> Cause | None:
    """On a plateau: no hidden layer bends, so the network is one matrix and its border one straight line."""
    if verdict not in ("plateau", "bouncing") or not set(run.net.activations[:-1]) <= {"identity"}:
        return None
    if run.net.L == 1:
        why, cure = "there is no hidden layer", "a hidden layer"
    else:
        why, cure = (
            f"{run.net.L} layers without a bend are one matrix",
            "σ, tanh or ReLU in the hidden layers",
        )
    return Cause(
        "straight",
        f"{why}: the border is one straight line, and the best it found costs {run.cost[-1]:.3g}",
        cure,
        "xor/line",
        {"layers": run.net.L, "cost": float(run.cost[-1])},
    )
