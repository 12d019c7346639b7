"""The traits of the stepper: its whole state, the same names as in a link, and what each may hold."""

from __future__ import annotations

from typing import Any

import anywidget
import numpy as np
import traitlets

from . import edits
from .code_lines import code_lines

DATA = ("corners", "signed_corners", "article")
PARTS = (
    "pace", "predict", "passes", "rate", "width", "data", "example", "outputs", "biases", "weights", "reset",
    "link", "closer", "receipt", "class", "table",
)  # fmt: skip
STATE = (
    "data", "learning_rate", "hidden_size", "outputs", "biases",
    "seed", "example", "passes", "step", "selected",
    "granularity", "speed", "predict", "closer", "edits", "hide",
)  # fmt: skip


class StepperState(anywidget.AnyWidget):  # type: ignore[misc]
    """The state of a ``Stepper``, whose attributes say what each trait means."""

    learning_rate = traitlets.Float(1.0, min=0.001, max=10.0).tag(sync=True)
    hidden_size = traitlets.Int(3, min=1, max=50).tag(sync=True)
    data = traitlets.Enum(DATA, default_value="corners").tag(sync=True)
    example = traitlets.Int(2, min=1, max=4).tag(sync=True)
    biases = traitlets.Bool(True).tag(sync=True)
    outputs = traitlets.Int(2, min=1, max=2).tag(sync=True)
    seed = traitlets.Int(2017, min=0, max=2**32 - 1).tag(sync=True)
    passes = traitlets.Int(0, min=0, max=1000).tag(sync=True)
    step = traitlets.Int(0, min=0, max=12).tag(sync=True)
    selected = traitlets.List(traitlets.Int(min=1, max=50), [1, 1, 1], minlen=3, maxlen=3).tag(sync=True)
    granularity = traitlets.Enum(("neuron", "layer", "phase"), default_value="layer").tag(sync=True)
    speed = traitlets.Enum((0.5, 1.0, 2.0, 4.0), default_value=1.0).tag(sync=True)
    predict = traitlets.Bool(False).tag(sync=True)
    closer = traitlets.Unicode("").tag(sync=True)
    edits = traitlets.List().tag(sync=True)
    hide = traitlets.List(traitlets.Enum(PARTS)).tag(sync=True)
    start = traitlets.Dict().tag(sync=True)
    code = traitlets.Dict(code_lines(), read_only=True).tag(sync=True)
    name = traitlets.Unicode("stepper").tag(sync=True)
    home = traitlets.Dict(read_only=True).tag(sync=True)
    reserve = traitlets.Int(968).tag(sync=True)
    reserve_phone = traitlets.Int(1752).tag(sync=True)

    @traitlets.validate("learning_rate")  # type: ignore[untyped-decorator]
    def _learning_rate(self, proposal: Any) -> float:
        if not np.isfinite(proposal["value"]):  # NaN is neither below the least nor above the most
            raise traitlets.TraitError(f"learning_rate is {proposal['value']}; 0.001 to 10 is needed")
        return float(proposal["value"])

    @traitlets.validate("example")  # type: ignore[untyped-decorator]
    def _example(self, proposal: Any) -> int:
        m = 1 if self.data == "article" else 4
        if proposal["value"] > m:
            raise traitlets.TraitError(f"example is {proposal['value']}; data {self.data!r} has {m}")
        return int(proposal["value"])

    @traitlets.validate("edits")  # type: ignore[untyped-decorator]
    def _edits(self, proposal: Any) -> list[Any]:
        try:
            return edits.read(proposal["value"])
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None

    @traitlets.validate("closer")  # type: ignore[untyped-decorator]
    def _closer(self, proposal: Any) -> str:
        key = proposal["value"]
        if key and not (edits.KEY.fullmatch(key) and key[0] in "nw"):
            raise traitlets.TraitError(f"closer is {key!r}; a key such as n1.2 or w1.2.1, or none, is needed")
        return str(key)

    @traitlets.observe("seed")  # type: ignore[untyped-decorator]
    def _weights_of_the_seed(self, change: Any) -> None:
        self.start = {}

    @traitlets.observe("data")  # type: ignore[untyped-decorator]
    def _fewer_examples(self, change: Any) -> None:
        if change["new"] == "article":
            self.example = 1
