"""Watch two layers train, with 1/m in every gradient beside 1/m in one alone, live.

The network is 2-6-1 with cross-entropy; the examples are the first m of source 001's points.
"""

from __future__ import annotations

from typing import Any

import anywidget
import numpy as np
import traitlets

from ..activations import Array
from ..datasets import xor_quadrants
from ..network import Network
from ..parameters import Parameters
from .rows import to_rows
from .source import css, esm

NETWORK = Network((2, 6, 1), loss="binary_cross_entropy")
MOST = 250


def _data() -> dict[str, Any]:
    """Return what the page computes with: the widths, 250 points, their labels, and the start."""
    x, y = xor_quadrants(first=MOST)
    start = to_rows(NETWORK.initialize(rng=1))
    return {"sizes": list(NETWORK.sizes), "x": x.tolist(), "y": y.tolist(), "start": start}


class Speeds(anywidget.AnyWidget):  # type: ignore[misc]
    """Two runs from one start: every gradient that of the mean (BP1–BP4), or ∂C/∂W⁽²⁾ alone, as 8-14 has it.

    Attributes
    ----------
    m : int
        How many of the points are learned, 1 to 250.
    learning_rate : float
        α in (GD), 0.001 to 10.
    epochs : int
        How many updates the runs have, 10 to 500.
    name : str
        What the state is called in a page's address, if it holds several.
    data : dict
        The widths, all points, their labels and the start.
    reserve, reserve_phone : int
        The height in pixels that a page keeps free for it, on a desk and on a phone.

    Raises
    ------
    traitlets.TraitError
        If a value lies outside its range; the trait keeps its old value.

    References
    ----------
    Source 003, 8-14 to 8-19; E003.02.

    Examples
    --------
    >>> widget = Speeds(m=20)
    >>> widget.x.shape, widget.parameters.W[2].shape
    ((2, 20), (1, 6))
    """

    _esm = esm("speeds")
    _css = css("frame", "formula", "controls", "curves")

    m = traitlets.Int(10, min=1, max=MOST).tag(sync=True)
    learning_rate = traitlets.Float(1.0, min=0.001, max=10.0).tag(sync=True)
    epochs = traitlets.Int(300, min=10, max=500).tag(sync=True)
    name = traitlets.Unicode("speeds").tag(sync=True)
    data = traitlets.Dict(read_only=True).tag(sync=True)
    reserve = traitlets.Int(551).tag(sync=True)
    reserve_phone = traitlets.Int(803).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.set_trait("data", _data())

    @property
    def network(self) -> Network:
        """The network that both runs train."""
        return NETWORK

    @property
    def parameters(self) -> Parameters:
        """The weights and biases from which both runs start."""
        return NETWORK.initialize(rng=1)

    @property
    def x(self) -> Array:
        """The m inputs; shape (2, m)."""
        return xor_quadrants(first=self.m)[0]

    @property
    def y(self) -> Array:
        """Their labels; shape (1, m)."""
        return xor_quadrants(first=self.m)[1]

    @traitlets.validate("learning_rate")  # type: ignore[untyped-decorator]
    def _finite(self, proposal: Any) -> float:
        if not np.isfinite(proposal["value"]):  # NaN is neither below the least nor above the most
            raise traitlets.TraitError(f"learning_rate is {proposal['value']}; a number is needed")
        return float(proposal["value"])
