"""Move three pre-activations and see all three outputs move: softmax, its Jacobian, δ with and without it."""

from __future__ import annotations

from typing import Any

import anywidget
import numpy as np
import traitlets

from ..activations import Array, softmax_jacobian
from ..network import Network
from ..parameters import Parameters
from .source import css, esm


class Softmax(anywidget.AnyWidget):  # type: ignore[misc]
    """(A5) Three shares of 1, the nine slopes between them and z, and δ = Jᵀ ∂C/∂a beside the diagonal alone.

    Attributes
    ----------
    z : list of 3 floats
        The pre-activations, −5 to 5.
    label : int
        The right class, 1 to 3.
    loss : str
        cross_entropy or squared_error.
    reserve, reserve_phone : int
        The height in pixels that a page keeps free for it, on a desk and on a phone.

    Raises
    ------
    traitlets.TraitError
        If a value lies outside its range; the trait keeps its old value.

    References
    ----------
    Source 000, ∂yₙ/∂zₙ = σ′(zₙ); E000.06.

    Examples
    --------
    >>> Softmax(z=[1.0, 2.0, 3.0], label=3).delta.round(8)
    array([ 0.09003057,  0.24472847, -0.33475904])
    """

    _esm = esm("softmax")
    _css = css("frame", "formula", "controls", "softmax")

    z = traitlets.List(traitlets.Float(min=-5.0, max=5.0), [1.0, 2.0, 3.0], minlen=3, maxlen=3).tag(sync=True)
    label = traitlets.Int(3, min=1, max=3).tag(sync=True)
    loss = traitlets.Enum(("cross_entropy", "squared_error"), "cross_entropy").tag(sync=True)
    reserve = traitlets.Int(576).tag(sync=True)
    reserve_phone = traitlets.Int(610).tag(sync=True)

    @property
    def network(self) -> Network:
        """A softmax with nothing before it; its one layer hands z on as it is."""
        return Network((3, 3), activations="softmax", loss=self.loss)

    @property
    def parameters(self) -> Parameters:
        """Weights that copy the input."""
        return Parameters(W={1: np.eye(3)}, b={1: np.zeros((3, 1))})

    @property
    def a(self) -> Array:
        """The three outputs, which add up to 1; shape (3,)."""
        return np.asarray(self.network.forward(self.parameters, np.reshape(self.z, (3, 1))).a[1][:, 0])

    @property
    def J(self) -> Array:
        """∂aᵢ/∂z_p, shape (3, 3)."""
        return np.asarray(softmax_jacobian(np.reshape(self.z, (3, 1)))[:, :, 0])

    @property
    def delta(self) -> Array:
        """∂C/∂z, shape (3,)."""
        net, p, y = self.network, self.parameters, np.eye(3)[:, [self.label - 1]]
        return np.asarray(net.backward(p, net.forward(p, np.reshape(self.z, (3, 1))), y).delta[1][:, 0])

    @traitlets.validate("z")  # type: ignore[untyped-decorator]
    def _finite(self, proposal: Any) -> list[float]:
        if not np.isfinite(proposal["value"]).all():  # NaN is neither below the least nor above the most
            raise traitlets.TraitError(f"z is {proposal['value']}; three numbers are needed")
        return [float(z) for z in proposal["value"]]
