"""Set up runs that fail for a known cause, and some that do not fail: for the detective and for its tests.

A case is settings alone; ``run`` trains it, here as on the page, from the same weights.
"""

# ruff: noqa: E501  (a case is a line)

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from .activations import Array
from .bugs import BUGS, descend
from .datasets import circles, spirals, xor_corners, xor_quadrants
from .network import Network
from .parameters import Parameters
from .run import Run
from .training import train

DATA = {
    "corners": xor_corners,
    "signed_corners": lambda: xor_corners(low=-1.0),
    "quadrants": xor_quadrants,
    "circles": circles,
    "spirals": spirals,
}


@dataclass(frozen=True)
class Case:
    """What a run is made of; the output is one σ.

    Attributes
    ----------
    data, activation, loss, scheme : str
    hidden, layers : int
        How wide the hidden layers are, and how many there are; none with 0.
    biases : bool
    scale, bias : float
        All first weights are multiplied by the one; the hidden biases begin at the other.
    seed : int
        Of the first weights, by the legacy generator, whose stream the page has too.
    learning_rate, epochs : float, int
    slip : str
        The name of a bug to go by, or nothing.
    """

    data: str = "corners"
    hidden: int = 3
    layers: int = 1
    activation: str = "sigmoid"
    loss: str = "half_squared_error"
    biases: bool = True
    scheme: str = "fan_in"
    scale: float = 1.0
    bias: float = 0.0
    seed: int = 1
    learning_rate: float = 1.0
    epochs: int = 1000
    slip: str = ""

    @property
    def network(self) -> Network:
        """The network, its output one σ."""
        hidden = [self.hidden] * self.layers
        activations = [self.activation] * self.layers + ["sigmoid"]
        return Network((2, *hidden, 1), activations, self.loss, biases=self.biases)

    @property
    def start(self) -> Parameters:
        """The first weights and biases."""
        net = self.network
        p = net.initialize(np.random.RandomState(self.seed), self.scheme)
        b = {l: p.b[l] + self.bias * (l < net.L) for l in p.b}
        return Parameters({l: self.scale * p.W[l] for l in p.W}, b)

    @property
    def points(self) -> tuple[Array, Array]:
        """The examples x and their targets y."""
        return DATA[self.data]()

    def run(self) -> Run:
        """Train, by the right gradients or by the slip's."""
        net, p, (x, y) = self.network, self.start, self.points
        if self.slip:
            return descend(net, p, x, y, self.learning_rate, self.epochs, BUGS[self.slip])
        with np.errstate(all="ignore"):  # a case may begin with numbers too large for its first forward pass
            return train(net, p, x, y, learning_rate=self.learning_rate, epochs=self.epochs).run

    def settings(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return asdict(self)


def entropy(**settings: Any) -> Case:
    """Return a case with cross-entropy."""
    return Case(loss="binary_cross_entropy", **settings)


RELU, TANH = {"activation": "relu", "scheme": "he"}, {"activation": "tanh"}
# The known cause of each, which ``diagnose(case.run()).cause`` must find; of a healthy run there is none.
CASES: tuple[tuple[str, Case], ...] = (
    ("straight", Case(layers=0, learning_rate=5.0)),
    ("rate", entropy(data="circles", hidden=8, learning_rate=40.0, epochs=300, **TANH)),
    ("symmetric", Case(scheme="constant", epochs=2000)),
    ("", Case(data="quadrants", hidden=8, learning_rate=5.0)),
    ("biases", Case(data="quadrants", hidden=12, biases=False, learning_rate=2.0)),
    ("saturated", Case(data="quadrants", hidden=8, bias=20.0)),
    ("slow", entropy(data="circles", hidden=8, learning_rate=1e-4, **TANH)),
    ("dead", entropy(data="circles", hidden=6, bias=-5.0, learning_rate=0.3, **RELU)),
    ("gradient", entropy(data="circles", hidden=6, learning_rate=0.5, epochs=300, slip="sign", **TANH)),
    ("vanishing", Case(hidden=6, layers=6)),
    ("saddle", Case(seed=3)),
    ("", entropy(data="circles", hidden=8, epochs=500, **TANH)),
    ("rate", entropy(data="circles", hidden=6, layers=4, activation="identity", scheme="he", learning_rate=20.0)),
    ("overflow", entropy(hidden=3, activation="identity", scale=1e200)),
    ("biases", entropy(data="circles", hidden=8, biases=False, learning_rate=0.5, **TANH)),
    ("symmetric", Case(scheme="zeros")),
    ("straight", entropy(data="circles", hidden=8, layers=2, activation="identity", learning_rate=0.1)),
    ("gradient", entropy(data="quadrants", hidden=4, layers=2, learning_rate=2.0, epochs=500, slip="missing transpose")),
    ("rate", entropy(data="circles", hidden=8, learning_rate=20.0, epochs=300, **RELU)),
    ("", entropy(data="corners", hidden=6, learning_rate=0.5, **RELU)),
)  # fmt: skip
