"""Find the slip in a program's gradients: see it train, check parameter by parameter, name what is wrong.

A puzzle is a number: it says which slip, in which network, from which weights, and what else is offered.
"""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from ..bugs import BUGS
from ..datasets import xor_quadrants
from ..network import Network
from .source import css, esm

POINTS = 12
NETWORKS = tuple(
    (Network((2, 3, 3, 1), [hidden, hidden, "sigmoid"], "binary_cross_entropy", l2=0.3), scheme)
    for hidden, scheme in (("tanh", "glorot"), ("relu", "he"))
)
RATE = 1.0  # "moved weights" takes its step with α = 1


def _given(net: Network, scheme: str) -> dict[str, Any]:
    x, y = xor_quadrants(first=POINTS)
    spec = {"sizes": list(net.sizes), "activations": list(net.activations), "loss": net.loss, "l2": net.l2}
    return {"spec": spec, "x": x.tolist(), "y": y.tolist(), "scheme": scheme, "learning_rate": RATE}


class SpotTheBug(anywidget.AnyWidget):  # type: ignore[misc]
    """A program with one of the slips in ``bugs.BUGS``, and the gradient check (D1, D3) that gives it away.

    Attributes
    ----------
    puzzle : int
        1 to 9999; each slip comes once in twelve.
    update : int
        Before which update the gradients are checked, from 0.
    checked, selected, answer : int
        How many parameters are checked, which of them is read out (0: the last), and which choice is made
        (0: none).
    name : str
        What the state is called in a page's address, if it holds several.
    reserve, reserve_phone : int
        The height in pixels that a page keeps free for it, on a desk and on a phone.

    Raises
    ------
    traitlets.TraitError
        If a value lies outside its range; the trait keeps its old value.

    Examples
    --------
    >>> SpotTheBug(puzzle=3).networks[0]["spec"]["sizes"]
    [2, 3, 3, 1]
    """

    _esm = esm("spot_the_bug")
    _css = css("frame", "formula", "controls", "curves", "detective")

    puzzle = traitlets.Int(1, min=1, max=9999).tag(sync=True)
    update = traitlets.Int(1, min=0, max=60).tag(sync=True)
    checked = traitlets.Int(0, min=0, max=200).tag(sync=True)
    selected = traitlets.Int(0, min=0, max=200).tag(sync=True)
    answer = traitlets.Int(0, min=0, max=5).tag(sync=True)
    networks = traitlets.List(read_only=True).tag(sync=True)
    slips = traitlets.Dict(read_only=True).tag(sync=True)
    name = traitlets.Unicode("spot_the_bug").tag(sync=True)
    reserve = traitlets.Int(1054).tag(sync=True)
    reserve_phone = traitlets.Int(1669).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.set_trait("networks", [_given(*one) for one in NETWORKS])
        said = {name: {"equation": bug.equation, "sentence": bug.sentence} for name, bug in BUGS.items()}
        self.set_trait("slips", said)
