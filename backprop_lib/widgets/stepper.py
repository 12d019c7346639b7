"""Step through a 2–H–K network's numbers, forwards and backwards, on a page or in JupyterLab.

The traits are the whole state: what the page draws, and what ``parameters`` returns, are functions of them.
"""

from __future__ import annotations

from typing import Any

import anywidget
import numpy as np
import traitlets

from ..network import Network, step
from ..parameters import Parameters
from .rows import from_rows, to_rows
from .source import css, esm

DATA = ("corners", "signed_corners", "article")
PRESETS: dict[str, dict[str, Any]] = {
    "corners": {},
    "signed_corners": {},
    "article": {"learning_rate": 0.001, "biases": False, "example": 1},
}
CORNERS = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])


class Stepper(anywidget.AnyWidget):  # type: ignore[misc]
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
    start = traitlets.Dict().tag(sync=True)
    name = traitlets.Unicode("stepper").tag(sync=True)
    home = traitlets.Dict(read_only=True).tag(sync=True)
    reserve = traitlets.Int(888).tag(sync=True)
    reserve_phone = traitlets.Int(1584).tag(sync=True)

    def __init__(self, parameters: Parameters | None = None, **traits: Any) -> None:
        super().__init__(**{**PRESETS.get(traits.get("data", ""), {}), **traits})
        if parameters is not None:
            self.parameters = parameters
        self.set_trait("home", {name: getattr(self, name) for name in (*STATE, "start")})

    @property
    def network(self) -> Network:
        """The network that is drawn."""
        return Network((2, self.hidden_size, self.outputs), biases=self.biases)

    @property
    def examples(self) -> tuple[Any, Any]:
        """The data, x of shape (2, m) and y of shape (outputs, m)."""
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
        net, (x, y) = self.network, self.examples
        p = self._first(net)
        last = 12 if self.biases else 10
        for _ in range(self.passes + (self.step >= last)):  # the update itself shows the new weights
            p = step(p, net.backward(p, net.forward(p, x), y), self.learning_rate)
        return p

    @parameters.setter
    def parameters(self, p: Parameters) -> None:
        if not isinstance(p, Parameters):
            raise TypeError(f"parameters is a {type(p).__name__}; Parameters are needed")
        if len(p.sizes) != 3 or p.sizes[0] != 2 or p.sizes[1] > 50 or p.sizes[2] > 2:
            raise ValueError(f"parameters have the sizes {p.sizes}; (2, 1 to 50, 1 or 2) is needed")
        Network(p.sizes, biases=bool(p.b))._check(p)
        with self.hold_sync():
            self.hidden_size, self.outputs, self.biases = p.sizes[1], p.sizes[2], bool(p.b)
            self.start, self.passes, self.step = to_rows(p), 0, 0

    def _first(self, net: Network) -> Parameters:
        if self.start:
            given = from_rows(self.start)
            if given.sizes == net.sizes and bool(given.b) == net.biases:
                return given
        return net.initialize(np.random.RandomState(self.seed))

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

    @traitlets.observe("seed")  # type: ignore[untyped-decorator]
    def _weights_of_the_seed(self, change: Any) -> None:
        self.start = {}

    @traitlets.observe("data")  # type: ignore[untyped-decorator]
    def _fewer_examples(self, change: Any) -> None:
        if change["new"] == "article":
            self.example = 1


STATE = (
    "data", "learning_rate", "hidden_size", "outputs", "biases",
    "seed", "example", "passes", "step", "selected",
)  # fmt: skip
