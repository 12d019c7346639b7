"""Say how a run of gradient descent ended and, where it failed, why: every cause with its numbers.

``history.diagnosis`` is a sentence; its ``causes`` hold the evidence.  Both are worked out when asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..run import Run
from .cause import Cause
from .steps import overflow, saddle, too_large, too_small, wrong_gradient
from .structure import no_biases, straight
from .units import dead, saturated, symmetric, vanishing
from .verdict import verdict

__all__ = ["CAUSES", "Cause", "Diagnosis", "diagnose", "verdict"]

# In the order of their rank: a wrong gradient explains everything after it, a theorem what no rate can mend.
CAUSES = (
    wrong_gradient, no_biases, too_large, overflow, symmetric, dead, straight, saturated, vanishing,
    too_small, saddle,
)  # fmt: skip


class Diagnosis(str):
    """One sentence that opens with the verdict and ends with the cause, if there is one.

    Attributes
    ----------
    verdict : str
        diverged, solved, rising, symmetric, bouncing, plateau or descending.
    causes : tuple of Causes
        All that were found, the deepest first; empty for a healthy run.
    """

    verdict: str
    causes: tuple[Cause, ...]

    def __new__(cls, text: str, verdict: str = "", causes: Sequence[Cause] = ()) -> Diagnosis:
        self = super().__new__(cls, text)
        self.verdict, self.causes = verdict, tuple(causes)
        return self

    @property
    def cause(self) -> str:
        """The first cause's name; empty if there is none."""
        return self.causes[0].name if self.causes else ""

    def __reduce__(self) -> tuple[Any, ...]:
        return Diagnosis, (str(self), self.verdict, self.causes)


def diagnose(run: Run) -> Diagnosis:
    """Return how a run ended, and why.

    Parameters
    ----------
    run : Run
        What ``train`` keeps as ``history.run``; one with ``backward`` has its gradients checked.

    Notes
    -----
    A solved run has no cause but a wrong gradient.  One that still descends is named only for what no
    further epoch will change: no biases where they are needed, dead neurons, a rate of next to nothing.

    Examples
    --------
    >>> from backprop_lib import Network, datasets, train
    >>> net = Network((2, 50, 1), biases=False)
    >>> history = train(net, net.initialize(0), *datasets.xor_corners(low=-1.0), learning_rate=5.0)
    >>> history.diagnosis.verdict, history.diagnosis.cause
    ('plateau', 'biases')
    >>> round(history.diagnosis.causes[0].evidence["ceiling"], 2)
    0.75
    """
    word, said = verdict(run)
    looked_at = CAUSES if word != "solved" else (wrong_gradient,)
    causes: list[Cause] = []
    with np.errstate(all="ignore"):  # the last numbers of a run may be close to overflow
        for look in looked_at:
            if (cause := look(run, word)) and not (look is saddle and causes):  # the last resort
                causes.append(cause)
    named = f"; {causes[0].sentence}" if causes and causes[0].name != word else ""
    return Diagnosis(f"{word}: {said}{named}", word, causes)
