"""Keep what a run of gradient descent leaves behind, for a diagnosis to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .activations import Array
from .network import Network
from .parameters import Gradients, Parameters, Trace

Backward = Callable[[Network, Parameters, Trace, Array], Gradients]


@dataclass(frozen=True, eq=False)
class Run:
    """A network, its data, where the run began and where it ended.

    Attributes
    ----------
    net : Network
    start, end : Parameters
        The first ones, and the last at which everything was finite.
    x, y : arrays of shape (n_0, m) and (n_L, m)
    cost, accuracy : arrays
        C and the fraction of points answered right, at the start and after every epoch; accuracy NaN without
        labels.
    learning_rate : array
        α of every epoch that was begun.
    overflowed : bool
        Whether the run stopped early because a number was not finite.
    backward : callable, optional
        The gradients that the run went by, if they are to be checked: called as ``backward(net, p, t, y)``.
    """

    net: Network
    start: Parameters
    end: Parameters
    x: Array
    y: Array
    cost: Array
    accuracy: Array
    learning_rate: Array
    overflowed: bool = False
    backward: Backward | None = None
