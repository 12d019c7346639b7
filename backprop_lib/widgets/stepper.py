"""Step through a 2–H–K network's numbers, forwards and backwards, on a page or in JupyterLab.

The traits are the whole state: what the page draws, and what ``parameters`` returns, are functions of them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import arguments
from ..network import Network, step
from ..parameters import Parameters
from . import edits, receipt
from .rows import from_rows, to_rows
from .source import css, esm
from .stepper_state import STATE, StepperState
from .verdict import Verdict

PRESETS: dict[str, dict[str, Any]] = {
    "corners": {},
    "signed_corners": {},
    "article": {"learning_rate": 0.001, "biases": False, "example": 1},
}
PREDICTING = {"reserve": 1136, "reserve_phone": 2032}  # with the question, on the page from the start
CORNERS = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])


class Stepper(StepperState):
    """A 2–H–K sigmoid network with half squared error, one step of one pass at a time.

    Attributes
    ----------
    learning_rate : float
        α in (GD), from 0.001 to 10.
    hidden_size : int
        H, from 1 to 50.
    data : str
        corners (XOR on 0 and 1), signed_corners (XOR on −1 and 1) or article (source 001's one point).
    example : int
        The example whose numbers are drawn, from 1; the cost and every update take all of them.
    biases : bool
        Whether z⁽ˡ⁾ contains b⁽ˡ⁾.
    outputs : int
        K: 1 for the exclusive or itself, 2 for source 001's pair, [1, 0] for «no».
    seed : int
        Of the starting weights: ``Network.initialize(numpy.random.RandomState(seed))``.  A new seed replaces
        weights that were given.
    passes : int
        Updates made before the pass that is drawn, from 0 to 1000.
    step : int
        The place within that pass, from 0; the last one is the update.
    selected : list of 3 ints
        The input, hidden neuron and output whose arithmetic is written out, from 1.
    granularity : str
        How far one move goes: neuron (one value), layer (one formula of one layer) or phase.
    speed : float
        How fast it plays: 0.5, 1, 2 or 4.
    predict : bool
        Whether the reader commits to the next value, or its sign, before it is shown.
    closer : str
        The neuron or weight that is taken apart, such as n1.2 or w1.2.1; empty for none.
    edits : list
        Numbers changed by hand, each ``[pass, key, value]``, from that pass on: w1.2.1 is the weight into
        hidden neuron 2 from input 1, b2.1 a bias, x1.3 and y1.3 an input and a target of example 3.
    hide : list of str
        The controls that are left out, among pace, predict, passes, rate, width, data, example, outputs,
        biases, weights, reset, link, closer, receipt, class and table.
    start : dict
        Weights given through ``parameters``; empty for the seed's.
    name : str
        What the state is called in a page's address, if it holds several steppers.
    home : dict
        The state that «reset» goes back to in Jupyter: the one the widget was made with.
    reserve, reserve_phone : int
        The height in pixels that a page keeps free for it, on a desk and on a phone.

    Raises
    ------
    traitlets.TraitError
        If a value lies outside its range; the trait keeps its old value.

    References
    ----------
    Source 001, the worked step: ``Stepper(data="article")`` starts from its numbers.

    Examples
    --------
    >>> widget = Stepper(data="article")
    >>> widget.parameters.W[1][0].round(8)
    array([-0.67746455, -0.53663519])
    """

    _esm = esm("stepper")
    _css = css("frame", "formula", "controls", "diagram", "stepper")

    def __init__(self, parameters: Parameters | None = None, **traits: Any) -> None:
        room = PREDICTING if traits.get("predict") else {}
        super().__init__(**{**PRESETS.get(traits.get("data", ""), {}), **room, **traits})
        if parameters is not None:
            self.parameters = parameters
        self.set_trait("home", {name: getattr(self, name) for name in (*STATE, "start")})

    @property
    def network(self) -> Network:
        """The network that is drawn."""
        return Network((2, self.hidden_size, self.outputs), biases=self.biases)

    @property
    def examples(self) -> tuple[Any, Any]:
        """The data of the pass that is drawn, x of shape (2, m) and y of shape (outputs, m)."""
        return self._pass()[1:3] if self.edits else self._data()

    def _data(self) -> tuple[Any, Any]:
        x = {"corners": CORNERS, "signed_corners": 2 * CORNERS - 1}.get(self.data)
        if x is None:
            x = np.random.RandomState(0).randn(300, 2)[:1].T  # the source's generator, and its first point
        xor = ((x[0] > 0) != (x[1] > 0)).astype(float)
        return x, np.stack([xor] if self.outputs == 1 else [1 - xor, xor])

    @property
    def parameters(self) -> Parameters:
        """The weights and biases in the picture.  Assign ``Parameters`` to start from other ones.

        Raises
        ------
        TypeError, ValueError
            If what is assigned is not ``Parameters`` of a 2–H–K network with H ≤ 50 and K ≤ 2.
        """
        p, *_, after = self._pass()
        return after if self.step >= (12 if self.biases else 10) else p  # the update shows the new weights

    @parameters.setter
    def parameters(self, p: Parameters) -> None:
        if not isinstance(p, Parameters):
            raise TypeError(f"parameters is a {type(p).__name__}; Parameters are needed")
        if len(p.sizes) != 3 or p.sizes[0] != 2 or p.sizes[1] > 50 or p.sizes[2] > 2:
            raise ValueError(f"parameters have the sizes {p.sizes}; (2, 1 to 50, 1 or 2) is needed")
        Network(p.sizes, biases=bool(p.b))._check(p)
        with self.hold_sync():
            self.hidden_size, self.outputs, self.biases = p.sizes[1], p.sizes[2], bool(p.b)
            self.start, self.passes, self.step, self.edits = to_rows(p), 0, 0, []

    def receipt(self, form: str = "json") -> str:
        """Return the present step, with all that leads to it, as the page exports it.

        Parameters
        ----------
        form : str
            json, which ``check_receipt`` and the page can check; markdown or latex, the step's own formula.

        Raises
        ------
        ValueError
            If ``form`` is none of the three.

        Examples
        --------
        >>> print(Stepper(data="article", step=5).receipt("markdown").splitlines()[0])
        ### Pass 1, (C0)
        """
        arguments.choice("form", form, list(receipt.FORMS))
        p, x, y, after = self._pass()
        made = receipt.receipt(self.network, p, x, y, after, self.learning_rate, self.passes, self.step)
        return receipt.FORMS[form](made)

    @staticmethod
    def check_receipt(text: str) -> tuple[Verdict, ...]:
        """Return a verdict on each line of a receipt; a wrong one says what it should be.

        Parameters
        ----------
        text : str
            JSON that ``receipt`` or the page made, changed as you like.  A line is judged from what stands
            above it.  With ``digits`` set to 3, three digits are enough.

        Raises
        ------
        ValueError
            If it is longer than 200,000 characters, not JSON, or not what a receipt needs.

        Examples
        --------
        >>> Stepper.check_receipt(Stepper(step=2).receipt())
        (✓ (F1) z[1] is right., ✓ (F2) a[1] is right.)
        """
        return receipt.check_receipt(text)

    def _pass(self) -> tuple[Parameters, Any, Any, Parameters]:
        """Return the parameters of the pass that is drawn, its data, and the parameters after it."""
        net, (x, y) = self.network, self._data()
        p = self._first(net)
        for when in range(self.passes + 1):
            p, x, y = edits.applied(self.edits, when, p, x, y)
            after = step(p, net.backward(p, net.forward(p, x), y), self.learning_rate)
            if when < self.passes:
                p = after
        return p, x, y, after

    def _first(self, net: Network) -> Parameters:
        if self.start:
            given = from_rows(self.start)
            if given.sizes == net.sizes and bool(given.b) == net.biases:
                return given
        return net.initialize(np.random.RandomState(self.seed))
