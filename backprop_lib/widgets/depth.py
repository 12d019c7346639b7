"""Watch the gradient on its way back through many layers: it vanishes, explodes or arrives.

The page computes every number itself; what it draws is what the properties here return.
"""

from __future__ import annotations

from typing import Any

import anywidget
import numpy as np
import traitlets

from ..activations import Array
from ..datasets import xor_quadrants
from ..network import Network, step
from ..parameters import Parameters
from .source import css, esm

POINTS = 16
PARTS = (
    "depth", "width", "activation", "scale", "seed", "initialization", "updates", "learning_rate", "layer",
    "lengths", "spread", "words", "factors", "table", "link", "class",
)  # fmt: skip
Layers = dict[int, float]


class Depth(anywidget.AnyWidget):  # type: ignore[misc]
    """(BP2) ‖δ⁽ˡ⁾‖ and ‖∂C/∂W⁽ˡ⁾‖ of every layer beside the product of factors that bounds them.

    The network has 2 inputs, ``depth`` hidden layers and one sigmoid output with cross-entropy; it learns
    the first 16 points of source 001.  ‖·‖ is the root of the sum of squares.

    Attributes
    ----------
    depth, width : int
        Hidden layers, 1 to 20, and the neurons of each, 1 to 32.
    activation : str
        Of the hidden layers: sigmoid, tanh, relu or identity.
    initialization : str
        fan_in (I1), glorot (I2) or he (I3); ``scale``, 0.1 to 10, multiplies what it draws.
    seed : int
        Of the starting weights, 0 to 99: ``numpy.random.RandomState(seed)``.
    learning_rate : float
        α in (GD), 0.001 to 10.
    updates : int
        Updates made before everything is measured, 0 to 100.
    layer : int
        The hidden layer whose factors are written out; beyond ``depth`` the last one is.
    hide : list of str
        Parts that a class does not see, of ``depth.PARTS``.
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
    Source 002, the remark on layers that learn slowly; Glorot and Bengio (2010) for the spread by layer.

    Examples
    --------
    >>> deep = Depth(depth=10, activation="sigmoid")
    >>> deep.health, Depth(depth=10, activation="relu", initialization="he").health
    ('vanishing', 'healthy')
    """

    _esm = esm("depth")
    _css = css("frame", "formula", "controls", "curves", "depth", "omit")

    depth = traitlets.Int(10, min=1, max=20).tag(sync=True)
    width = traitlets.Int(10, min=1, max=32).tag(sync=True)
    activation = traitlets.Enum(("sigmoid", "tanh", "relu", "identity"), "sigmoid").tag(sync=True)
    initialization = traitlets.Enum(("fan_in", "glorot", "he"), "fan_in").tag(sync=True)
    scale = traitlets.Float(1.0, min=0.1, max=10.0).tag(sync=True)
    seed = traitlets.Int(1, min=0, max=99).tag(sync=True)
    learning_rate = traitlets.Float(1.0, min=0.001, max=10.0).tag(sync=True)
    updates = traitlets.Int(0, min=0, max=100).tag(sync=True)
    layer = traitlets.Int(1, min=1, max=20).tag(sync=True)
    hide = traitlets.List(traitlets.Enum(PARTS)).tag(sync=True)
    name = traitlets.Unicode("depth").tag(sync=True)
    reserve = traitlets.Int(918).tag(sync=True)
    reserve_phone = traitlets.Int(1488).tag(sync=True)

    @property
    def network(self) -> Network:
        """The network that is measured; L is ``depth`` + 1."""
        activations = [self.activation] * self.depth + ["sigmoid"]
        return Network((2, *[self.width] * self.depth, 1), activations, "binary_cross_entropy")

    @property
    def x(self) -> Array:
        """The points; shape (2, 16)."""
        return xor_quadrants(first=POINTS)[0]

    @property
    def y(self) -> Array:
        """Their labels; shape (1, 16)."""
        return xor_quadrants(first=POINTS)[1]

    @property
    def start(self) -> Parameters:
        """The weights and biases before the first update."""
        p = self.network.initialize(np.random.RandomState(self.seed), self.initialization)
        return Parameters({l: self.scale * W for l, W in p.W.items()}, p.b)

    @property
    def parameters(self) -> Parameters:
        """The weights and biases that are measured."""
        return self._run()[-1][0]

    @property
    def costs(self) -> list[float]:
        """The cost before the first update and after each; the run ends before a number overflows."""
        return [cost for _, cost in self._run()]

    def _run(self) -> list[tuple[Parameters, float]]:
        net, p, x, y = self.network, self.start, self.x, self.y
        run = [(p, net.cost(p, x, y))]
        with np.errstate(all="ignore"):
            for _ in range(self.updates):
                p = step(p, net.backward(p, net.forward(p, x), y), self.learning_rate)
                if not all(np.isfinite(part).all() for part in (*p.W.values(), *p.b.values())):
                    break
                cost = net.cost(p, x, y)
                if not np.isfinite(cost):
                    break
                run.append((p, cost))
        return run

    @property
    def layers(self) -> dict[str, Layers]:
        """What is drawn, keyed 1 … L: delta, dW, spread, moved, bound and typical.

        ``spread`` is the root of the mean, over a layer's neurons, of the variance of a⁽ˡ⁾ over the examples;
        ``moved`` is how far W⁽ˡ⁾ is from its start, as a part of the start's length.  From the last layer
        back, ``bound`` multiplies ‖δ⁽ᴸ⁾‖ by max|φ′|·‖W⁽ˡ⁺¹⁾‖, and ``typical`` by the root mean square of φ′
        times ‖W⁽ˡ⁺¹⁾‖/√n_{l+1}.
        """
        net, start, p = self.network, self.start, self.parameters
        with np.errstate(all="ignore"):  # what overflows is drawn at the edge
            t = net.forward(p, self.x)
            g = net.backward(p, t, self.y)
            found: dict[str, Layers] = {
                "delta": {l: _length(g.delta[l]) for l in p.W},
                "dW": {l: _length(g.dW[l]) for l in p.W},
                "spread": {l: float(np.sqrt(t.a[l].var(axis=1).mean())) for l in p.W},
                "moved": {l: _length(p.W[l] - start.W[l]) / _length(start.W[l]) for l in p.W},
            }
            last = found["delta"][net.L]
            found |= {"bound": {net.L: last}, "typical": {net.L: last}}
            for l in range(net.L - 1, 0, -1):
                prime, W = net.phi[l].prime(t.z[l]), _length(p.W[l + 1])
                found["bound"][l] = float(abs(prime).max()) * W * found["bound"][l + 1]
                usual = float(np.sqrt((prime**2).mean())) * W / np.sqrt(net.sizes[l + 1])
                found["typical"][l] = float(usual * found["typical"][l + 1])
        return found

    @property
    def health(self) -> str:
        """Whether δ arrives at the first layer: healthy, vanishing, exploding, dead or overflow.

        It vanishes where ‖δ⁽¹⁾‖ is less than a thousandth of ‖δ⁽ᴸ⁾‖, and explodes beyond a thousand times it.
        """
        delta = self.layers["delta"]
        first, last = delta[1], delta[len(delta)]
        if len(self.costs) <= self.updates or not np.isfinite(first + last):
            return "overflow"
        if first == 0:
            return "dead"
        ratio = first / last
        return "vanishing" if ratio < 1e-3 else "exploding" if ratio > 1e3 else "healthy"

    @traitlets.validate("scale", "learning_rate")  # type: ignore[untyped-decorator]
    def _finite(self, proposal: Any) -> float:
        if not np.isfinite(proposal["value"]):  # NaN is neither below the least nor above the most
            name, value = proposal["trait"].name, proposal["value"]
            raise traitlets.TraitError(f"{name} is {value}; a number is needed")
        return float(proposal["value"])


def _length(values: Array) -> float:
    return float(np.linalg.norm(values))
