"""Go through the lines of a pass and see which dimensions must match, for columns or rows of examples.

The traits are the whole state; the arrays in the picture are functions of them.
"""

from __future__ import annotations

from typing import Any

import anywidget
import numpy as np
import traitlets

from ..activations import Array
from ..network import Network
from ..parameters import Parameters
from .source import css, esm

LINES = 12
STATE = ("n0", "n1", "n2", "m", "rows", "forget", "line", "seed")


class Ledger(anywidget.AnyWidget):  # type: ignore[misc]
    """(F1, F2, BP1–BP4, GD) Every line of an n₀–n₁–n₂ sigmoid network, with shapes, code and numbers.

    Attributes
    ----------
    n0, n1, n2 : int
        The widths, from 1 to 8.
    m : int
        Examples, from 1 to 8.
    rows : bool
        Whether an example is a row, as in source 001 and in PyTorch, or a column, as in this book.
    forget : bool
        Whether every line has lost its transpose.
    line : int
        The line that is drawn, from 0: F1, F2, F1, F2, BP1, BP3, BP4, BP2, BP3, BP4, GD, GD.
    seed : int
        Of the numbers: weights, biases and examples from ``numpy.random.RandomState(seed)``.
    name : str
        What the state is called in a page's address, if it holds several ledgers.
    home : dict
        The state that «reset» goes back to: the one the widget was made with.
    reserve, reserve_phone : int
        The height in pixels that a page keeps free for it, on a desk and on a phone.

    Raises
    ------
    traitlets.TraitError
        If a value lies outside its range; the trait keeps its old value.

    References
    ----------
    Source 002, its shapes and four equations; E002.02, E002.04.

    Examples
    --------
    >>> widget = Ledger(n0=3, n1=4, n2=2, m=5)
    >>> widget.parameters.W[2].shape, widget.examples[0].shape
    ((2, 4), (3, 5))
    """

    _esm = esm("ledger")
    _css = css("frame", "formula", "controls", "ledger")

    n0 = traitlets.Int(3, min=1, max=8).tag(sync=True)
    n1 = traitlets.Int(4, min=1, max=8).tag(sync=True)
    n2 = traitlets.Int(2, min=1, max=8).tag(sync=True)
    m = traitlets.Int(5, min=1, max=8).tag(sync=True)
    rows = traitlets.Bool(False).tag(sync=True)
    forget = traitlets.Bool(False).tag(sync=True)
    line = traitlets.Int(0, min=0, max=LINES - 1).tag(sync=True)
    seed = traitlets.Int(2, min=0, max=2**32 - 1).tag(sync=True)
    name = traitlets.Unicode("ledger").tag(sync=True)
    home = traitlets.Dict(read_only=True).tag(sync=True)
    reserve = traitlets.Int().tag(sync=True)
    reserve_phone = traitlets.Int().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        tall = max(self.n0, self.n1, self.n2, self.m)
        for name, height in (
            ("reserve", max(796, 836 + 45 * (tall - 8))),
            ("reserve_phone", 1520 + 37 * (tall - 5)),
        ):
            if name not in traits:
                self.set_trait(name, height)
        self.set_trait("home", {name: getattr(self, name) for name in STATE})

    @property
    def network(self) -> Network:
        """The network whose lines these are."""
        return Network((self.n0, self.n1, self.n2))

    @property
    def parameters(self) -> Parameters:
        """Its weights and biases, from −1 to 1; the same in both conventions."""
        return self._drawn()[0]

    @property
    def examples(self) -> tuple[Array, Array]:
        """x of shape (n_0, m) and y of shape (n_2, m), one example a column."""
        return self._drawn()[1:]

    def _drawn(self) -> tuple[Parameters, Array, Array]:
        rng, (n0, n1, n2), m = np.random.RandomState(self.seed), self.network.sizes, self.m
        W1, b1, W2, b2, x = (
            2 * rng.random_sample(shape) - 1 for shape in ((n1, n0), (n1, 1), (n2, n1), (n2, 1), (n0, m))
        )
        return Parameters({1: W1, 2: W2}, {1: b1, 2: b2}), x, rng.random_sample((n2, m))
