"""Watch one sigmoid neuron learn, or not, from a bad start: squared error beside cross-entropy, live.

The neuron sees x = 1 and should answer y = 0; both runs begin at w = b = z/2.
"""

from __future__ import annotations

from typing import Any

import anywidget
import numpy as np
import traitlets

from ..activations import Array
from ..network import Network
from ..parameters import Parameters
from .source import css, esm


class Slowdown(anywidget.AnyWidget):  # type: ignore[misc]
    """Two runs from one start, and δ = ∂C/∂a · σ′(z) (BP1) of each, taken apart into its two factors.

    Attributes
    ----------
    z : float
        The starting pre-activation, −4 to 8: the larger, the more confidently wrong.
    learning_rate : float
        α in (GD), 0.01 to 10.
    epochs : int
        How many updates the runs have, 10 to 1000.
    shown : int
        After how many of them the factors of δ are shown, 0 to 1000; at most ``epochs`` counts.
    name : str
        What the state is called in a page's address, if it holds several.
    reserve, reserve_phone : int
        The height in pixels that a page keeps free for it, on a desk and on a phone.

    Raises
    ------
    traitlets.TraitError
        If a value lies outside its range; the trait keeps its old value.

    References
    ----------
    Source 003, 8-12 and 8-13; E003.09.  Nielsen (2015), chapter 3, shows two such runs of recorded numbers.

    Examples
    --------
    >>> widget = Slowdown(z=2.0)
    >>> net, p = widget.networks["binary_cross_entropy"], widget.parameters
    >>> t = net.forward(p, widget.x)
    >>> round(net.backward(p, t, widget.y).delta[1].item(), 6)
    0.880797
    """

    _esm = esm("slowdown")
    _css = css("frame", "formula", "controls", "curves")

    z = traitlets.Float(4.0, min=-4.0, max=8.0).tag(sync=True)
    learning_rate = traitlets.Float(0.15, min=0.01, max=10.0).tag(sync=True)
    epochs = traitlets.Int(300, min=10, max=1000).tag(sync=True)
    shown = traitlets.Int(0, min=0, max=1000).tag(sync=True)
    name = traitlets.Unicode("slowdown").tag(sync=True)
    reserve = traitlets.Int(805).tag(sync=True)
    reserve_phone = traitlets.Int(1121).tag(sync=True)

    @property
    def networks(self) -> dict[str, Network]:
        """The neuron with each of the two costs, by the cost's name."""
        return {loss: Network((1, 1), loss=loss) for loss in ("half_squared_error", "binary_cross_entropy")}

    @property
    def parameters(self) -> Parameters:
        """The weight and the bias from which both runs start."""
        half = np.full((1, 1), self.z / 2)
        return Parameters(W={1: half}, b={1: half})

    @property
    def x(self) -> Array:
        """The one input, 1; shape (1, 1)."""
        return np.ones((1, 1))

    @property
    def y(self) -> Array:
        """Its target, 0; shape (1, 1)."""
        return np.zeros((1, 1))

    @traitlets.validate("z", "learning_rate")  # type: ignore[untyped-decorator]
    def _finite(self, proposal: Any) -> float:
        if not np.isfinite(proposal["value"]):  # NaN is neither below the least nor above the most
            raise traitlets.TraitError(f"{proposal['trait'].name} is {proposal['value']}; a number is needed")
        return float(proposal["value"])
