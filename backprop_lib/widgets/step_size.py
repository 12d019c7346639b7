"""Watch three ways to take a slope from the cost alone grow better, and then worse, as h becomes smaller.

A point of every curve is a calculation: the page moves one weight of a real network and runs it forwards.
"""

from __future__ import annotations

from typing import Any

import anywidget
import numpy as np
import traitlets

from ..differences import moves
from ..network import Network
from ..parameters import Parameters
from .rows import to_rows
from .source import css, esm

MOST = 200  # weights of a layer


class StepSize(anywidget.AnyWidget):  # type: ignore[misc]
    """(D1, D2, D3) The error of forward and central differences and of the complex step, against h.

    Parameters
    ----------
    net : Network
        Sigmoids throughout, half squared error, no penalty.
    p, x, y
        As for ``net.cost``; one example.

    Attributes
    ----------
    log_h : float
        The power of ten that h is, −16 to 0.
    weight : list of 3 ints
        The layer, row and column of the weight that is moved, from 1.
    name : str
        What the state is called in a page's address, if it holds several.
    reserve, reserve_phone : int
        The height in pixels that a page keeps free for it, on a desk and on a phone.

    Raises
    ------
    ValueError
        If the network is of another kind or large, or there is more than one example.
    traitlets.TraitError
        If a value lies outside its range, or the network has no such weight; the trait keeps its old value.

    References
    ----------
    Squire and Trapp (1998) for the complex step; Higham (2002), chapter 1, for what rounding does.

    Examples
    --------
    >>> from backprop_lib.datasets import source_001
    >>> widget = StepSize(*source_001(), log_h=-5.0)
    >>> {name: round(slope, 8) for name, slope in widget.slopes.items()}
    {'forward': 0.0072325, 'central': 0.00723246, 'complex': 0.00723246}
    """

    _esm = esm("step_size")
    _css = css("frame", "formula", "controls", "curves")

    log_h = traitlets.Float(0.0, min=-16.0, max=0.0).tag(sync=True)
    weight = traitlets.List(traitlets.Int(min=1), [1, 1, 1], minlen=3, maxlen=3).tag(sync=True)
    sizes = traitlets.List(read_only=True).tag(sync=True)
    biases = traitlets.Bool(read_only=True).tag(sync=True)
    start = traitlets.Dict(read_only=True).tag(sync=True)
    x = traitlets.List(read_only=True).tag(sync=True)
    y = traitlets.List(read_only=True).tag(sync=True)
    name = traitlets.Unicode("step_size").tag(sync=True)
    reserve = traitlets.Int(744).tag(sync=True)
    reserve_phone = traitlets.Int(932).tag(sync=True)

    def __init__(self, net: Network, p: Parameters, x: Any, y: Any, **traits: Any) -> None:
        kind = (set(net.activations), net.loss, net.l2)
        if kind != ({"sigmoid"}, "half_squared_error", 0.0):
            raise ValueError(
                f"the network has {kind}; sigmoids, half_squared_error and no penalty are needed"
            )
        if max(W.size for W in p.W.values()) > MOST:
            raise ValueError(f"a layer has more than {MOST} weights, too many to choose from")
        if np.shape(x) != (net.sizes[0], 1):
            raise ValueError(f"x has shape {np.shape(x)}; one example, {(net.sizes[0], 1)}, is needed")
        net.cost(p, x, y)  # says what else is wrong
        self._of = net, p, np.asarray(x, dtype=float), np.asarray(y, dtype=float)
        super().__init__()
        for name, value in (
            ("sizes", list(net.sizes)),
            ("biases", net.biases),
            ("start", to_rows(p)),
            ("x", self._of[2][:, 0].tolist()),
            ("y", self._of[3][:, 0].tolist()),
        ):
            self.set_trait(name, value)
        for name, value in traits.items():
            if not self.has_trait(name):
                raise TypeError(f"StepSize has no trait {name!r}")
            setattr(self, name, value)

    @property
    def h(self) -> float:
        """How far the weight is moved."""
        return float(10.0**self.log_h)

    @property
    def slopes(self) -> dict[str, float]:
        """What each method says ∂C/∂w is, at this h."""
        net, p, x, y = self._of
        l, i, j = self.weight
        at = (i - 1) * net.sizes[l - 1] + j - 1
        ((_, moved),) = moves(net, p, x, y, "W", l)  # every weight of a small layer at once
        h = self.h

        def cost(by: complex) -> Any:
            return moved(by)[0][at].sum()

        return {
            "forward": float((cost(h) - cost(0.0)) / h),
            "central": float((cost(h) - cost(-h)) / (2 * h)),  # (D1)
            "complex": float(cost(1j * h).imag / h),  # (D2)
        }

    @traitlets.validate("weight")  # type: ignore[untyped-decorator]
    def _weight(self, proposal: Any) -> list[int]:
        l, i, j = proposal["value"]
        sizes = self._of[0].sizes
        if l >= len(sizes) or i > sizes[l] or j > sizes[l - 1]:
            raise traitlets.TraitError(f"weight is {[l, i, j]}; a network of sizes {sizes} has none there")
        return [l, i, j]

    @traitlets.validate("log_h")  # type: ignore[untyped-decorator]
    def _log_h(self, proposal: Any) -> float:
        if not np.isfinite(proposal["value"]):  # NaN is neither below the least nor above the most
            raise traitlets.TraitError(f"log_h is {proposal['value']}; −16 to 0 is needed")
        return float(proposal["value"])
