"""Point at a weight and see why its slope is a product: what came forward times what came back.

The traits are the whole state; the picture, ``gradients`` and ``slope`` are functions of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import anywidget
import numpy as np
import traitlets

from .. import arguments
from ..activations import Array
from ..network import Network
from ..parameters import Gradients, Parameters
from .rows import from_rows, to_rows
from .source import css, esm

WIDEST, DEEPEST = 12, 6
SLIDERS = 4  # more inputs than these have none


def small() -> tuple[Network, Parameters, Array, Array]:
    """Return a generic network of sizes (2, 3, 2) and one example: no number in it is special."""
    W = {
        1: np.array([[0.8, -0.5], [0.3, 0.9], [-1.1, 0.4]]),
        2: np.array([[1.2, -0.7, 0.5], [-0.4, 0.8, 1.0]]),
    }
    b = {1: np.array([[0.2], [-0.1], [0.5]]), 2: np.array([[0.1], [-0.3]])}
    return Network((2, 3, 2)), Parameters(W, b), np.array([[0.9], [-0.6]]), np.array([[1.0], [0.0]])


def heights(sizes: Sequence[int], m: int) -> dict[str, int]:
    """Return the pixels that a picture takes: a row of its table for each neuron, and lines of sliders."""
    rows = 51 * (max(sizes[1:]) - 3)
    sliders = 1 + (sizes[0] if sizes[0] <= SLIDERS else 0) + (m > 1)
    return {
        "reserve": max(556, 646 + rows + 58 * ((sliders - 1) // 4)),
        "reserve_phone": 1160 + rows + 58 * (sliders - 3),
    }


def _rows(values: Any, widget: Any) -> Any:
    return np.asarray(values).tolist()


def _array(rows: Any, widget: Any) -> Array:
    return np.array(rows, dtype=float)


class Weight(anywidget.AnyWidget):  # type: ignore[misc]
    """(BP3, BP4) A network in which a weight lights δ_i, a_j and their product, its slope for one example.

    Parameters
    ----------
    network, parameters, x, y : Network, Parameters, arrays of shapes (n_0, m) and (n_L, m)
        All four, or none for a small network of sizes (2, 3, 2).  At most 12 neurons a layer and 6 layers.

    Attributes
    ----------
    parameters : Parameters
        The weights and biases in the picture, those that the reader moved included.
    x, y : arrays
        The examples and their targets, one a column.
    example : int
        The one whose numbers are drawn, from 1.
    selected : list of 3 ints
        The weight that is lit: its layer, its target i and its origin j, from 1; j = 0 is the bias.
    activations, loss : list of str, str
        The network's, which stay as they are.
    name : str
        What the state is called in a page's address, if it holds several of these pictures.
    home : dict
        The state that «reset» goes back to: the one the widget was made with.
    reserve, reserve_phone : int
        The height in pixels that a page keeps free for it, on a desk and on a phone.

    Raises
    ------
    TypeError
        If some of ``network``, ``parameters``, ``x`` and ``y`` are given, and some not.
    ValueError
        If the network is too large to draw, or has an l2, whose slope is no product of two factors.
    traitlets.TraitError
        If parameters, x, y or a selection do not belong to the network; the trait keeps its old value.

    References
    ----------
    Source 000, its last picture: forward pass and backward pass side by side; claim 000.42.

    Examples
    --------
    >>> widget = Weight(selected=[2, 1, 3])
    >>> delta, a = widget.factors
    >>> bool(delta * a == widget.slope)
    True
    """

    _esm = esm("weight")
    _css = css("frame", "formula", "controls", "diagram", "weight")

    parameters = traitlets.Instance(Parameters).tag(
        sync=True, to_json=lambda p, _: to_rows(p), from_json=lambda rows, _: from_rows(rows)
    )
    x = traitlets.Any().tag(sync=True, to_json=_rows, from_json=_array)
    y = traitlets.Any().tag(sync=True, to_json=_rows, from_json=_array)
    example = traitlets.Int(1, min=1).tag(sync=True)
    selected = traitlets.List(traitlets.Int(min=0), [2, 1, 3], minlen=3, maxlen=3).tag(sync=True)
    activations = traitlets.List(read_only=True).tag(sync=True)
    loss = traitlets.Unicode(read_only=True).tag(sync=True)
    name = traitlets.Unicode("weight").tag(sync=True)
    home = traitlets.Dict(read_only=True).tag(sync=True)
    reserve = traitlets.Int().tag(sync=True)
    reserve_phone = traitlets.Int().tag(sync=True)

    def __init__(
        self,
        network: Network | None = None,
        parameters: Parameters | None = None,
        x: Any = None,
        y: Any = None,
        **traits: Any,
    ) -> None:
        if network is None and parameters is None and x is None and y is None:
            network, parameters, x, y = small()
        if network is None or parameters is None or x is None or y is None:
            raise TypeError("network, parameters, x and y are one picture: give all four, or none")
        if max(network.sizes) > WIDEST or network.L > DEEPEST:
            raise ValueError(
                f"the network has sizes {network.sizes}; at most {WIDEST} neurons a layer and {DEEPEST} "
                "layers can be drawn"
            )
        if network.l2:
            raise ValueError(f"the network has l2 = {network.l2}; without it a slope is one product")
        network.cost(parameters, x, y)  # every error in the network's own words
        self._network = network
        if network.L == 1:
            traits.setdefault("selected", [1, 1, 1])
        super().__init__(
            parameters=parameters, x=x, y=y, **{**heights(network.sizes, np.shape(x)[1]), **traits}
        )
        self.set_trait("activations", list(network.activations))
        self.set_trait("loss", network.loss)
        state = {"parameters": to_rows(self.parameters), "x": _rows(self.x, self), "y": _rows(self.y, self)}
        self.set_trait("home", {**state, "example": self.example, "selected": self.selected})

    @property
    def network(self) -> Network:
        """The network that is drawn."""
        return self._network

    @property
    def gradients(self) -> Gradients:
        """What a pass backward computes on the example shown, alone."""
        r = slice(self.example - 1, self.example)
        t = self._network.forward(self.parameters, self.x[:, r])
        return self._network.backward(self.parameters, t, self.y[:, r])

    @property
    def factors(self) -> tuple[float, float]:
        """(δ_i, a_j) of the weight that is lit; a bias has a = 1."""
        l, i, j = self.selected
        a = self._network.forward(self.parameters, self.x).a[l - 1][:, self.example - 1]
        return float(self.gradients.delta[l][i - 1, 0]), float(a[j - 1]) if j else 1.0

    @property
    def slope(self) -> float:
        """∂Cʳ/∂w_ij of the weight that is lit, or ∂Cʳ/∂b_i."""
        l, i, j = self.selected
        g = self.gradients
        return float(g.dW[l][i - 1, j - 1] if j else g.db[l][i - 1, 0])

    @traitlets.validate("parameters")  # type: ignore[untyped-decorator]
    def _belonging(self, proposal: Any) -> Parameters:
        p: Parameters = proposal["value"]
        try:
            self._network._check(p)
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from error
        return p

    @traitlets.validate("x", "y")  # type: ignore[untyped-decorator]
    def _examples(self, proposal: Any) -> Array:
        name, L = proposal["trait"].name, self._network.L
        l = 0 if name == "x" else L
        old = self.x if self.x is not None else proposal["value"]
        try:
            return arguments.examples(
                name, proposal["value"], self._network.sizes[l], f"layer {l}", np.shape(old)[1]
            )
        except (TypeError, ValueError) as error:
            raise traitlets.TraitError(str(error)) from error

    @traitlets.validate("example")  # type: ignore[untyped-decorator]
    def _example(self, proposal: Any) -> int:
        m = np.shape(self.x)[1]
        if proposal["value"] > m:
            raise traitlets.TraitError(f"example is {proposal['value']}; x has {m}")
        return int(proposal["value"])

    @traitlets.validate("selected")  # type: ignore[untyped-decorator]
    def _selection(self, proposal: Any) -> list[int]:
        l, i, j = proposal["value"]
        sizes = self._network.sizes
        least = 0 if self._network.biases else 1
        if not (1 <= l <= self._network.L and 1 <= i <= sizes[l] and least <= j <= sizes[l - 1]):
            raise traitlets.TraitError(
                f"selected is {[l, i, j]}; a network of sizes {sizes} has no such weight"
            )
        return [l, i, j]
