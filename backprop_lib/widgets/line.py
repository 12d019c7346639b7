"""Move one straight line among the four corners of XOR: no place is right for all of them.

The line is a single neuron, s = w₁x₁ + w₂x₂ + b, which answers 1 where s > 0.
"""

from __future__ import annotations

import anywidget
import numpy as np
import traitlets

from ..activations import Array
from ..network import Network
from ..parameters import Parameters
from .source import css, esm

CORNERS = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])
XOR = CORNERS[0] != CORNERS[1]


class Line(anywidget.AnyWidget):  # type: ignore[misc]
    """A line, the four corners, and the four sums, two and two of which are always equal.

    Attributes
    ----------
    angle : float
        Where the side of "1" lies, in degrees from the x₁ axis, −180 to 180.
    distance : float
        How far the line is from the middle of the square, towards that side; −1 to 1.
    reserve, reserve_phone : int
        The height in pixels that a page keeps free for it, on a desk and on a phone.

    Raises
    ------
    traitlets.TraitError
        If a value lies outside its range; the trait keeps its old value.

    References
    ----------
    Source 001, the picture of three lines that fail; E001.11.

    Examples
    --------
    >>> Line(angle=45.0, distance=-0.4).right
    3
    """

    _esm = esm("line")
    _css = css("line")
    angle = traitlets.Float(0.0, min=-180.0, max=180.0).tag(sync=True)
    distance = traitlets.Float(0.0, min=-1.0, max=1.0).tag(sync=True)
    reserve = traitlets.Int(357).tag(sync=True)
    reserve_phone = traitlets.Int(674).tag(sync=True)

    @property
    def parameters(self) -> Parameters:
        """The line as the ``Parameters`` of ``Network((2, 1))``."""
        w = np.array([[np.cos(np.radians(self.angle)), np.sin(np.radians(self.angle))]])
        return Parameters(W={1: w}, b={1: -w.sum(axis=1, keepdims=True) / 2 - self.distance})

    @property
    def s(self) -> Array:
        """The sums at the corners (0, 0), (0, 1), (1, 0) and (1, 1); shape (4,)."""
        return np.asarray(Network((2, 1)).forward(self.parameters, CORNERS).z[1][0])

    @property
    def right(self) -> int:
        """How many corners the line gets right."""
        return int(((self.s > 0) == XOR).sum())
