"""See which runs learn XOR: a map of seeds and learning rates for every width, and each run again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import anywidget
import numpy as np
import traitlets

from ..activations import Array
from ..datasets import xor_corners
from ..network import Network
from ..outcomes import Sweep
from ..parameters import Parameters
from .charts import NETWORKS, SEEDS, WIDTHS, ends
from .source import css, esm

LETTERS = {"solved": "s", "stuck": "k", "diverged": "d", "undecided": "u"}


class Atlas(anywidget.AnyWidget):  # type: ignore[misc]
    """How 16 seeds × 10 learning rates × 8 widths end, and one of these runs, made again on the page.

    Parameters
    ----------
    runs : mapping from a network's name to its sweeps
        As ``charts.charted`` returns them; the first of them says how a run ended, the others whether
        rounding decided it.

    Attributes
    ----------
    network : str
        sigmoid: sigmoids and half squared error, the stepper's.  relu: ReLU before a sigmoid, cross-entropy.
        straight: tanh before a straight output, half squared error.
    width : int
        Neurons of the hidden layer, 1 to 8.
    learning_rate : float
        α in (GD), one of the ten of the network.
    seed : int
        Of the first weights, 0 to 15: ``Network.initialize(numpy.random.RandomState(seed))``.
    name : str
        What the state is called in a page's address, if it holds several.
    pages : dict
        Where the stepper and the playground stand, as links from the page with this widget.
    data : dict
        The networks and a letter for the end of each run.
    reserve, reserve_phone : int
        The height in pixels that a page keeps free for it, on a desk and on a phone.

    Raises
    ------
    ValueError
        If ``runs`` holds no network, or one of another name or shape.
    traitlets.TraitError
        If a value lies outside its range; the trait keeps its old value.

    Examples
    --------
    >>> from backprop_lib.widgets.charts import charted
    >>> widget = Atlas({"sigmoid": charted("sigmoid", epochs=10)}, width=2, learning_rate=3.0, seed=5)
    >>> widget.outcome
    'stuck'
    """

    _esm = esm("atlas")
    _css = css("frame", "formula", "controls", "curves", "atlas")

    network = traitlets.Unicode("sigmoid").tag(sync=True)
    width = traitlets.Int(2, min=WIDTHS[0], max=WIDTHS[-1]).tag(sync=True)
    learning_rate = traitlets.Float(3.0).tag(sync=True)
    seed = traitlets.Int(0, min=SEEDS[0], max=SEEDS[-1]).tag(sync=True)
    name = traitlets.Unicode("atlas").tag(sync=True)
    pages = traitlets.Dict({"stepper": "../index.html", "playground": "playground.html"}).tag(sync=True)
    data = traitlets.Dict(read_only=True).tag(sync=True)
    reserve = traitlets.Int(798).tag(sync=True)
    reserve_phone = traitlets.Int(1393).tag(sync=True)

    def __init__(self, runs: Mapping[str, Sequence[Sweep]], **traits: Any) -> None:
        self.runs = {name: list(sweeps) for name, sweeps in runs.items()}
        data = {name: _chart(name, sweeps) for name, sweeps in self.runs.items()}
        if not data:
            raise ValueError("runs is empty; one network is needed")
        super().__init__(**{"network": next(iter(data)), **traits})
        self.set_trait("data", data)

    @property
    def outcome(self) -> str:
        """How the chosen run ended: solved, stuck, diverged or undecided."""
        return str(ends(self.runs[self.network])[self._place])

    @property
    def parameters(self) -> Parameters:
        """The chosen run's last finite weights and biases."""
        return self.runs[self.network][0].parameters[self._place]

    @property
    def start(self) -> Parameters:
        """The weights and biases from which the chosen run began."""
        return self.model.initialize(np.random.RandomState(self.seed))

    @property
    def model(self) -> Network:
        """The chosen run's network."""
        functions = {name: NETWORKS[self.network][name] for name in ("activations", "loss")}
        return Network((2, self.width, 1), **functions)

    @property
    def examples(self) -> tuple[Array, Array]:
        """The corners of XOR, x of shape (2, 4) and y of shape (1, 4)."""
        return xor_corners()

    @property
    def _place(self) -> tuple[int, int, int]:
        rates = NETWORKS[self.network]["learning_rates"]
        return WIDTHS.index(self.width), rates.index(self.learning_rate), SEEDS.index(self.seed)

    @traitlets.validate("network")  # type: ignore[untyped-decorator]
    def _swept(self, proposal: Any) -> str:
        if proposal["value"] not in self.runs:
            raise traitlets.TraitError(f"network is {proposal['value']!r}; known are {', '.join(self.runs)}")
        return str(proposal["value"])

    @traitlets.validate("learning_rate")  # type: ignore[untyped-decorator]
    def _charted(self, proposal: Any) -> float:
        rates = NETWORKS[self.network]["learning_rates"]
        if proposal["value"] not in rates:
            raise traitlets.TraitError(f"learning_rate is {proposal['value']}; one of {rates} is needed")
        return float(proposal["value"])

    @traitlets.observe("network")  # type: ignore[untyped-decorator]
    def _its_rates(self, change: Any) -> None:
        rates = NETWORKS[change["new"]]["learning_rates"]
        if self.learning_rate not in rates:
            self.learning_rate = min(rates, key=lambda rate: abs(np.log(rate / self.learning_rate)))


def _chart(name: str, sweeps: Sequence[Sweep]) -> dict[str, Any]:
    """Return what the page needs of a network: its functions, and a letter a run, a text for each rate."""
    if name not in NETWORKS:
        raise ValueError(f"runs has a network {name!r}; known are {', '.join(NETWORKS)}")
    network = NETWORKS[name]
    needed = (len(WIDTHS), len(network["learning_rates"]), len(SEEDS))
    if not sweeps or any(each.outcome.shape != needed for each in sweeps):
        raise ValueError(f"runs[{name!r}] needs sweeps of shape {needed}, as charts.charted returns them")
    epochs = sweeps[0].cost.shape[-1] - 1
    letters = [["".join(LETTERS[end] for end in row) for row in width] for width in ends(sweeps)]
    return {**network, "epochs": epochs, "ends": letters}
