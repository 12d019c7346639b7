"""Read what happened in a run of ``train``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from .activations import Array
from .parameters import Parameters
from .run import Run

if TYPE_CHECKING:
    from .diagnosis import Diagnosis


@dataclass(frozen=True, eq=False)
class History:
    """The curves and the end of a run; index k of a curve is the state after k epochs.

    Attributes
    ----------
    parameters : Parameters
        The last ones, or the last at which everything was finite if the run overflowed.
    cost, data_cost, l2_cost : arrays of length epochs + 1, shorter if the run overflowed
        C of (C0), and its two terms apart.
    accuracy : array of that length
        The fraction of examples answered right (see ``answers.accuracy``); NaN where ``y`` holds no labels.
    learning_rate : array
        α of every epoch that was begun.
    snapshots : mapping from epoch to Parameters
        The epochs asked for with ``record``.
    run : Run
        What ``diagnosis`` looks at.
    """

    parameters: Parameters
    cost: Array
    data_cost: Array
    l2_cost: Array
    accuracy: Array
    learning_rate: Array
    snapshots: Mapping[int, Parameters]
    run: Run

    def __post_init__(self) -> None:
        for name in ("cost", "data_cost", "l2_cost", "accuracy", "learning_rate"):
            array = np.array(getattr(self, name), dtype=float)
            array.setflags(write=False)
            object.__setattr__(self, name, array)
        object.__setattr__(self, "snapshots", MappingProxyType(dict(self.snapshots)))

    @property
    def epochs(self) -> int:
        """The number of epochs that ended with finite numbers."""
        return len(self.cost) - 1

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """How the run ended, and why if it failed: a sentence, with its causes (see ``diagnosis``)."""
        from .diagnosis import diagnose  # a run that nobody asks about costs nothing

        return diagnose(self.run)

    def __repr__(self) -> str:
        return (
            f"History({self.epochs} epochs, cost {self.cost[0]:.4g} → {self.cost[-1]:.4g}; {self.diagnosis})"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return History, (*(values | {"snapshots": dict(self.snapshots)}).values(),)
