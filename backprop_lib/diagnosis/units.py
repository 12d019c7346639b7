"""Look for the cause in the neurons: all the same, dead, saturated, or too many layers from the cost."""

from __future__ import annotations

import numpy as np

from ..activations import Array
from ..answers import right
from ..parameters import Trace
from ..run import Run
from .cause import Cause
from .verdict import identical_neurons, stuck

FLAT_SLOPE = 0.01  # of the steepest slope: σ′ beyond |z| = 6, tanh′ beyond |z| = 3
MOST = 0.9
VANISHED = 1e-3  # of the last layer's gradient, entry by entry


def symmetric(run: Run, verdict: str) -> Cause | None:
    """Two or more neurons of a hidden layer are the same, and so are their gradients."""
    if not (twins := identical_neurons(run.end)):
        return None
    layer, n = twins
    return Cause(
        "symmetric",
        f"{n} neurons of layer {layer} have the same weights and so the same gradients: they are as one",
        "random starting weights",
        "xor/worked",
        {"layer": layer, "the same": n, "of": run.net.sizes[layer]},
    )


def dead(run: Run, verdict: str) -> Cause | None:
    """A layer's ReLUs are 0 for every point: all of them, or most on a plateau."""
    t = run.net.forward(run.end, run.x)
    for l, name in enumerate(run.net.activations, start=1):
        if name != "relu":
            continue
        count = int((t.z[l] <= 0).all(axis=1).sum())
        if count == run.net.sizes[l] or (verdict == "plateau" and 2 * count > run.net.sizes[l]):
            return Cause(
                "dead",
                f"{count} of {run.net.sizes[l]} ReLUs of layer {l} are 0 for every point, "
                "and pass no gradient back",
                "other starting weights, or a smaller rate",
                "functions",
                {"layer": l, "dead": count, "of": run.net.sizes[l]},
            )
    return None


def saturated(run: Run, verdict: str) -> Cause | None:
    """Stuck: nearly every σ or tanh of a layer, or of every wrong output, is where its slope is flat."""
    if not stuck(run, verdict):
        return None
    t = run.net.forward(run.end, run.x)
    for l, name in enumerate(run.net.activations, start=1):
        if name not in ("sigmoid", "tanh"):
            continue
        wrong = slice(None) if l < run.net.L else _wrong(run, t)
        if wrong is None:
            continue
        slopes = run.net.phi[l].prime(t.z[l][:, wrong]) / (0.25 if name == "sigmoid" else 1.0)
        if slopes.size and (share := float((slopes < FLAT_SLOPE).mean())) >= MOST:
            return Cause(
                "saturated",
                f"{share:.0%} of layer {l}'s slopes {'σ′' if name == 'sigmoid' else 'tanh′'}(z) are below a "
                f"hundredth of the steepest: on average {slopes.mean():.2g} of it is left",
                "smaller starting weights" + (", or cross-entropy" if l == run.net.L else ""),
                "entropy/output",
                {"layer": l, "flat": share, "mean slope": float(slopes.mean())},
            )
    return None


def _wrong(run: Run, t: Trace) -> Array | None:
    """Return which points are wrong; None if the cost cancels the output's slope, or there are no labels."""
    judge = right(run.y)
    if judge is None or run.net._loss.match == run.net.activations[-1]:
        return None
    return np.asarray(~judge(t.a[run.net.L]))


def vanishing(run: Run, verdict: str) -> Cause | None:
    """Stuck, and deep: little of the gradient reached the first layer from the start."""
    if not stuck(run, verdict) or run.net.L < 3:
        return None
    g = run.net.backward(run.start, run.net.forward(run.start, run.x), run.y)
    first, last = (float(np.sqrt((g.dW[l] ** 2).mean())) for l in (1, run.net.L))
    if not 0 < first < VANISHED * last:
        return None
    return Cause(
        "vanishing",
        f"an entry of ∂C/∂W⁽¹⁾ is {first / last:.2g} times one of ∂C/∂W⁽ᴸ⁾ at the start: "
        f"the gradient shrinks on its way through {run.net.L} layers",
        "fewer layers, or weights whose scale suits the activation",
        "xor/debugging",
        {"first": first, "last": last, "ratio": first / last, "layers": run.net.L},
    )
