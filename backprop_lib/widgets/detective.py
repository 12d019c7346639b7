"""Watch a run fail, guess why, see the evidence, apply the cure: ``history.diagnosis``, live.

The traits are the settings of a ``Case``; what is drawn and named is a function of them.
"""

from __future__ import annotations

from typing import Any

import anywidget
import numpy as np
import traitlets

from ..bugs import BUGS
from ..cases import CASES, DATA, Case
from ..diagnosis import Diagnosis, diagnose
from ..run import Run
from .source import css, esm

SLIPS = ("", *BUGS)
GUESSES = (
    "rate", "slow", "gradient", "symmetric", "dead", "saturated", "biases", "straight", "vanishing", "saddle",
    "healthy",
)  # fmt: skip
MOST = 100.0  # by which first weights may be multiplied
OPEN = tuple(case for _, case in CASES if case.scale <= MOST)


def _settings(case: Case) -> dict[str, Any]:
    """Return a case's settings as the page takes them: the slip by its number, so that no link names it."""
    return {**case.settings(), "slip": SLIPS.index(case.slip)}


class Detective(anywidget.AnyWidget):  # type: ignore[misc]
    """A run, the reader's guess at what ails it, and the evidence.

    Attributes
    ----------
    case : int
        Which of the built cases is open, from 1; 0 for settings of one's own.
    data, activation, loss, scheme : str
    hidden, layers, seed, epochs : int
    biases : bool
    scale, bias, learning_rate : float
        As for ``Case``.
    slip : int
        The number of a slip in ``bugs.BUGS``, from 1; 0 for the right gradients.
    guess : str
        A cause, "healthy", or nothing yet.
    root : str
        The way from the page to the root of the book, for links.
    name : str
        What the state is called in a page's address, if it holds several.
    reserve, reserve_phone : int
        The height in pixels that a page keeps free for it, on a desk and on a phone.

    Raises
    ------
    traitlets.TraitError
        If a value lies outside its range; the trait keeps its old value.

    Examples
    --------
    >>> widget = Detective(biases=False, hidden=50, data="signed_corners")
    >>> widget.diagnosis.cause
    'biases'
    """

    _esm = esm("detective")
    _css = css("frame", "formula", "controls", "curves", "detective")

    case = traitlets.Int(0, min=0, max=len(OPEN)).tag(sync=True)
    data = traitlets.Enum(tuple(DATA), "corners").tag(sync=True)
    hidden = traitlets.Int(3, min=1, max=50).tag(sync=True)
    layers = traitlets.Int(1, min=0, max=8).tag(sync=True)
    activation = traitlets.Enum(("sigmoid", "tanh", "relu", "identity"), "sigmoid").tag(sync=True)
    loss = traitlets.Enum(("half_squared_error", "binary_cross_entropy"), "half_squared_error").tag(sync=True)
    biases = traitlets.Bool(True).tag(sync=True)
    scheme = traitlets.Enum(("fan_in", "glorot", "he", "zeros", "constant"), "fan_in").tag(sync=True)
    scale = traitlets.Float(1.0, min=0.01, max=MOST).tag(sync=True)
    bias = traitlets.Float(0.0, min=-20.0, max=20.0).tag(sync=True)
    seed = traitlets.Int(1, min=0, max=999).tag(sync=True)
    learning_rate = traitlets.Float(1.0, min=1e-4, max=100.0).tag(sync=True)
    epochs = traitlets.Int(1000, min=50, max=5000).tag(sync=True)
    slip = traitlets.Int(0, min=0, max=len(BUGS)).tag(sync=True)
    guess = traitlets.Enum(("", *GUESSES), "").tag(sync=True)
    cases = traitlets.List(read_only=True).tag(sync=True)
    root = traitlets.Unicode("../").tag(sync=True)
    name = traitlets.Unicode("detective").tag(sync=True)
    reserve = traitlets.Int(1155).tag(sync=True)
    reserve_phone = traitlets.Int(1808).tag(sync=True)

    def __init__(self, case: int = 0, **traits: Any) -> None:
        settings = _settings(OPEN[case - 1]) if 0 < case <= len(OPEN) else {}
        super().__init__(case=case, **{**settings, **traits})
        self.set_trait("cases", [_settings(each) for each in OPEN])
        self.observe(self._open, "case")

    def _open(self, change: Any) -> None:
        if change["new"]:
            with self.hold_sync():
                for name, value in _settings(OPEN[change["new"] - 1]).items():
                    setattr(self, name, value)

    @property
    def settings(self) -> Case:
        """What the run is made of."""
        names = Case().settings()
        return Case(**{name: getattr(self, name) for name in names if name != "slip"}, slip=SLIPS[self.slip])

    @property
    def run(self) -> Run:
        """The run that is drawn, made by Python."""
        return self.settings.run()

    @property
    def diagnosis(self) -> Diagnosis:
        """How it ended and why, found by Python."""
        return diagnose(self.run)

    @traitlets.validate("scale", "bias", "learning_rate")  # type: ignore[untyped-decorator]
    def _finite(self, proposal: Any) -> float:
        if not np.isfinite(proposal["value"]):  # NaN is neither below the least nor above the most
            raise traitlets.TraitError(f"{proposal['trait'].name} is {proposal['value']}; a number is needed")
        return float(proposal["value"])
