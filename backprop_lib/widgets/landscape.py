"""Look at the cost over a plane of weights, and at a descent as it is seen from that plane.

The page computes the whole picture itself; what it draws is what the properties here return.
"""

from __future__ import annotations

from typing import Any

import anywidget
import numpy as np
import traitlets

from ..activations import Array
from ..network import Network
from ..parameters import Parameters
from . import planes
from .source import css, esm

PARTS = (
    "learning_rate", "problem", "plane", "updates", "first", "second", "span", "pair", "seed", "home",
    "costs", "far", "cuts", "words", "table", "link", "class",
)  # fmt: skip
PRESETS: dict[str, dict[str, Any]] = {  # what choosing a problem also sets
    "line": {"start": [-2.0, 2.0], "point": [-2.0, 2.0], "learning_rate": 0.3, "updates": 50, "span": 4.0},
    "neuron": {"start": [-2.0, 2.0], "point": [-2.0, 2.0], "learning_rate": 3.0, "updates": 200, "span": 8.0},
    "xor": {"start": [0.0, 0.0], "point": [0.0, 0.0], "learning_rate": 20.0, "updates": 300, "span": 12.0},
}


class Landscape(anywidget.AnyWidget):  # type: ignore[misc]
    """(GD) The cost over two directions through θ₀, and the path of a descent that starts on that plane.

    Attributes
    ----------
    problem : str
        line (w and b of one linear neuron, four points), neuron (w and b of one sigmoid neuron, four labels)
        or xor (the 13 weights and biases of a 2-3-1 network); half squared error.
    plane : str
        For xor: weights (along two of them), random (two directions at a right angle) or principal (the plane
        through θ₀ that is closest to the path from there).  Two parameters have one plane only.
    weights : list of 2 ints
        The two weights of the plane, by their place in θ from 1: W⁽¹⁾ row after row, b⁽¹⁾, W⁽²⁾, b⁽²⁾.
    pair, seed : int
        Of the random directions and of xor's starting weights θ₀, 0 to 99.
    learning_rate : float
        α, 0.01 to 100.
    updates : int
        The length of the path, 10 to 500.
    span : float
        How far the picture reaches from its middle, 0.5 to 20.
    start, point : list of 2 floats
        Where the path starts and where the cost is read out: u and v, from θ₀ along the two directions.
    hide : list of str
        Parts that a class does not see, of ``landscape.PARTS``.
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
    Li et al. (2018), Visualizing the loss landscape of neural nets, sections 3 and 7.

    Examples
    --------
    >>> bowl = Landscape(problem="line", start=[-2.0, 2.0], learning_rate=0.8, updates=20)
    >>> bool(bowl.costs[-1] > bowl.costs[0])
    True
    """

    _esm = esm("landscape")
    _css = css("frame", "formula", "controls", "curves", "landscape", "omit")

    problem = traitlets.Enum(("line", "neuron", "xor"), "line").tag(sync=True)
    plane = traitlets.Enum(("weights", "random", "principal"), "weights").tag(sync=True)
    weights = traitlets.List(traitlets.Int(min=1, max=13), [1, 2], minlen=2, maxlen=2).tag(sync=True)
    pair = traitlets.Int(0, min=0, max=99).tag(sync=True)
    seed = traitlets.Int(1, min=0, max=99).tag(sync=True)
    learning_rate = traitlets.Float(0.3, min=0.01, max=100.0).tag(sync=True)
    updates = traitlets.Int(50, min=10, max=500).tag(sync=True)
    span = traitlets.Float(4.0, min=0.5, max=20.0).tag(sync=True)
    start = traitlets.List(traitlets.Float(min=-40, max=40), [0.0, 0.0], minlen=2, maxlen=2).tag(sync=True)
    point = traitlets.List(traitlets.Float(min=-40, max=40), [0.0, 0.0], minlen=2, maxlen=2).tag(sync=True)
    hide = traitlets.List(traitlets.Enum(PARTS)).tag(sync=True)
    name = traitlets.Unicode("landscape").tag(sync=True)
    reserve = traitlets.Int(1092).tag(sync=True)
    reserve_phone = traitlets.Int(1709).tag(sync=True)

    presets = traitlets.Dict(PRESETS, read_only=True).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**{**PRESETS.get(traits.get("problem", "line"), {}), **traits})

    @property
    def network(self) -> Network:
        """The network that learns."""
        return planes.PROBLEMS[self.problem][0]

    @property
    def x(self) -> Array:
        """Its inputs, one example a column."""
        return planes.PROBLEMS[self.problem][1]

    @property
    def y(self) -> Array:
        """Its targets."""
        return planes.PROBLEMS[self.problem][2]

    @property
    def center(self) -> Array:
        """θ₀, where u and v are 0."""
        return planes.center(self.problem, self.seed)

    @property
    def directions(self) -> Array:
        """The two directions, of length 1 at a right angle; shape (2, number of parameters)."""
        count = self.center.size
        if count == 2:
            return np.eye(2)
        if self.plane == "weights":
            return planes.along_weights(count, self.weights)
        if self.plane == "random":
            return planes.at_random(count, self.pair)
        return planes.of_the_path(planes.descend(self.problem, self.center, self.learning_rate, self.updates))

    @property
    def path(self) -> Array:
        """θ before the first update and after each; shape (updates + 1, number of parameters) or shorter."""
        start = self.center + np.array(self.start) @ self.directions
        return planes.descend(self.problem, start, self.learning_rate, self.updates)

    @property
    def coordinates(self) -> Array:
        """u and v of the path's shadow on the plane; shape (updates + 1, 2)."""
        return np.asarray((self.path - self.center) @ self.directions.T)

    @property
    def distances(self) -> Array:
        """How far each point of the path is from the plane; shape (updates + 1,)."""
        away = self.path - self.center
        return np.asarray(np.linalg.norm(away - away @ self.directions.T @ self.directions, axis=1))

    @property
    def costs(self) -> Array:
        """The cost along the path; shape (updates + 1,)."""
        return np.array([self._cost(theta) for theta in self.path])

    @property
    def parameters(self) -> Parameters:
        """Where the path ends."""
        return planes.shaped(self.path[-1], self.network)

    def cost_at(self, u: float, v: float) -> float:
        """(C0) Return the cost at a point of the plane, which is the height that the picture shows there."""
        return self._cost(self.center + np.array([u, v]) @ self.directions)

    def _cost(self, theta: Array) -> float:
        return self.network.cost(planes.shaped(theta, self.network), self.x, self.y)

    @traitlets.validate("learning_rate", "span")  # type: ignore[untyped-decorator]
    def _finite(self, proposal: Any) -> float:
        if not np.isfinite(proposal["value"]):  # NaN is neither below the least nor above the most
            name, value = proposal["trait"].name, proposal["value"]
            raise traitlets.TraitError(f"{name} is {value}; a number is needed")
        return float(proposal["value"])

    @traitlets.validate("start", "point")  # type: ignore[untyped-decorator]
    def _point(self, proposal: Any) -> list[float]:
        if not np.isfinite(proposal["value"]).all():
            name, value = proposal["trait"].name, proposal["value"]
            raise traitlets.TraitError(f"{name} is {value}; two numbers are needed")
        return [float(value) for value in proposal["value"]]

    @traitlets.validate("weights")  # type: ignore[untyped-decorator]
    def _two(self, proposal: Any) -> list[int]:
        first, second = proposal["value"]
        if first == second:
            raise traitlets.TraitError(f"weights is {[first, second]}; two different ones span a plane")
        return [int(first), int(second)]
