"""Train a network again at every touch of a control, and see the whole run, on a page or in JupyterLab.

The traits are the whole state: the page's pictures, ``history`` and ``parameters`` are functions of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import numpy as np
import traitlets

from .. import datasets
from ..activations import Array
from ..answers import accuracy
from ..history import History
from ..initialization import SCHEMES
from ..losses import LOSSES
from ..network import Network
from ..parameters import Parameters
from ..training import train
from .source import css, esm

MOST_EPOCHS = 10_000
DATA: dict[str, Callable[..., tuple[Array, Array]]] = {
    "corners": lambda outputs, seed=0: datasets.xor_corners(0.0, outputs),
    "signed_corners": lambda outputs, seed=0: datasets.xor_corners(-1.0, outputs),
    "quadrants": datasets.xor_quadrants,
    "circles": datasets.circles,
    "spirals": datasets.spirals,
}
FRESH = ("quadrants", "circles", "spirals")  # those that another seed draws anew
PARTS = (
    "data", "hidden_size", "second_size", "activation", "loss", "scheme", "seed", "biases", "batch_size",
    "l2", "learning_rate", "later_rate", "epochs", "shown", "neurons", "layers", "compare", "link", "class",
    "table",
)  # fmt: skip


class Playground(anywidget.AnyWidget):  # type: ignore[misc]
    """A network of one or two hidden layers, and the whole run of descent (GD) that its traits mean.

    Attributes
    ----------
    data : str
        corners (XOR on 0 and 1), signed_corners (on −1 and 1), quadrants (source 001's 300 points), circles
        or spirals (200 points); the last three have as many fresh points, drawn with seed 1.
    hidden_size, second_size : int
        Neurons of the first hidden layer, 1 to 50, and of the second, 0 (none) to 50.
    activation : str
        Of the hidden layers: sigmoid, tanh, relu or identity.
    loss : str
        half_squared_error, squared_error, binary_cross_entropy, each with one sigmoid output; or
        cross_entropy, with a softmax of two.
    scheme : str
        Of the first weights, as for ``Network.initialize``; ``seed`` is that of a ``RandomState``, which also
        shuffles the mini-batches.
    biases : bool
    batch_size : int
        Examples in a mini-batch; 0, or as many as there are, for all at once.
    l2 : float
        λ of the ridge penalty in (C0), 0 to 10.
    learning_rate, later_rate, since
        α, 0.001 to 10; from epoch ``since`` on, unless that is 0, it is ``later_rate``.
    epochs : int
        The length of the run, 1 to 10,000.
    shown : int
        After how many epochs the run is drawn; beyond the last one, the last one is.
    pinned : str
        A run to compare with, as the page writes it; empty for none.
    hide : list of strs
        What a class does not see: names of controls, and neurons, layers, compare, link, class, table.
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
    Source 001, whose demonstration trains such a network; Smilkov and Carter, A Neural Network Playground.

    Examples
    --------
    >>> play = Playground(hidden_size=3, learning_rate=10.0, epochs=500)
    >>> play.history.diagnosis
    'solved: all 4 points are right'
    """

    _esm = esm("playground")
    _css = css("frame", "formula", "controls", "curves", "playground")

    data = traitlets.Enum(tuple(DATA), "corners").tag(sync=True)
    hidden_size = traitlets.Int(4, min=1, max=50).tag(sync=True)
    second_size = traitlets.Int(0, min=0, max=50).tag(sync=True)
    activation = traitlets.Enum(("sigmoid", "tanh", "relu", "identity"), "sigmoid").tag(sync=True)
    loss = traitlets.Enum(tuple(LOSSES), "half_squared_error").tag(sync=True)
    scheme = traitlets.Enum(tuple(SCHEMES), "fan_in").tag(sync=True)
    seed = traitlets.Int(1, min=0, max=2**32 - 1).tag(sync=True)
    biases = traitlets.Bool(True).tag(sync=True)
    batch_size = traitlets.Int(0, min=0, max=300).tag(sync=True)
    l2 = traitlets.Float(0.0, min=0.0, max=10.0).tag(sync=True)
    learning_rate = traitlets.Float(1.0, min=0.001, max=10.0).tag(sync=True)
    since = traitlets.Int(0, min=0, max=MOST_EPOCHS).tag(sync=True)
    later_rate = traitlets.Float(1.0, min=0.001, max=10.0).tag(sync=True)
    epochs = traitlets.Int(1000, min=1, max=MOST_EPOCHS).tag(sync=True)
    shown = traitlets.Int(MOST_EPOCHS, min=0, max=MOST_EPOCHS).tag(sync=True)
    pinned = traitlets.Unicode("").tag(sync=True)
    hide = traitlets.List(traitlets.Enum(PARTS)).tag(sync=True)
    name = traitlets.Unicode("playground").tag(sync=True)
    reserve = traitlets.Int(1096).tag(sync=True)
    reserve_phone = traitlets.Int(1896).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        self._trained: tuple[Any, History] | None = None
        super().__init__(**traits)

    @property
    def network(self) -> Network:
        """The network that is trained."""
        hidden = [n for n in (self.hidden_size, self.second_size) if n]
        outputs, last = (2, "softmax") if self.loss == "cross_entropy" else (1, "sigmoid")
        activations = [*[self.activation] * len(hidden), last]
        return Network((2, *hidden, outputs), activations, self.loss, self.l2, self.biases)

    @property
    def points(self) -> tuple[Array, Array]:
        """What is learned, x of shape (2, m) and y of shape (outputs, m)."""
        return DATA[self.data](outputs=self.network.sizes[-1])

    @property
    def fresh_points(self) -> tuple[Array, Array] | None:
        """As many points that are not learned; None where the four corners are all there is."""
        return DATA[self.data](outputs=self.network.sizes[-1], seed=1) if self.data in FRESH else None

    @property
    def start(self) -> Parameters:
        """The first weights and biases."""
        return self.network.initialize(np.random.RandomState(self.seed), self.scheme)

    @property
    def history(self) -> History:
        """The run, made by ``train``; it keeps the parameters of the epoch that is shown."""
        names = ("data", "hidden_size", "second_size", "activation", "loss", "scheme", "seed", "biases", "l2")
        run = ("batch_size", "learning_rate", "since", "later_rate", "epochs", "shown")
        key = tuple(getattr(self, name) for name in (*names, *run))
        if self._trained is None or self._trained[0] != key:
            self._trained = key, self._train()
        return self._trained[1]

    @property
    def parameters(self) -> Parameters:
        """The weights and biases in the picture: those after ``shown`` epochs, or the last finite ones."""
        return self.history.snapshots.get(min(self.shown, self.epochs), self.history.parameters)

    @property
    def fresh_accuracy(self) -> float:
        """The fraction of the fresh points that ``parameters`` answer right; NaN where there are none."""
        if self.fresh_points is None:
            return float("nan")
        x, y = self.fresh_points
        return accuracy(self.network.forward(self.parameters, x).a[self.network.L], y)

    def _train(self) -> History:
        net, (x, y) = self.network, self.points
        whole = self.batch_size in (0, *range(x.shape[1], 301))
        batches: dict[str, Any] = (
            {} if whole else {"batch_size": self.batch_size, "rng": np.random.RandomState(self.seed)}
        )
        record = [min(self.shown, self.epochs)]
        return train(net, self.start, x, y, self._rate, self.epochs, record=record, **batches)

    def _rate(self, epoch: int) -> float:
        return float(self.later_rate if self.since and epoch >= self.since else self.learning_rate)

    @traitlets.validate("learning_rate", "later_rate", "l2")  # type: ignore[untyped-decorator]
    def _finite(self, proposal: Any) -> float:
        if not np.isfinite(proposal["value"]):  # NaN is neither below the least nor above the most
            raise traitlets.TraitError(f"{proposal['trait'].name} is {proposal['value']}; a number is needed")
        return float(proposal["value"])
