"""Watch the recurrence of source 001's penalty, m ← m + c m², reach infinity in finite time."""

from __future__ import annotations

from typing import Any

import anywidget
import numpy as np
import traitlets

from ..activations import Array
from .source import css, esm

WEIGHTS, SHOWN = 100, 10_000


class Explosion(anywidget.AnyWidget):  # type: ignore[misc]
    """The mean weight m of a layer of 100 weights that are pushed by αλΣw², and 1/m on its way to zero.

    Attributes
    ----------
    learning_rate, l2, m0 : float
        α, 0.0001 to 0.1; λ, 10⁻⁶ to 0.01; and the mean at the start, 1 to 100.
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
    Source 001, its penalty without a gradient; E001.23.

    Examples
    --------
    >>> widget = Explosion()
    >>> round(widget.end), widget.overflow
    (2283, 2301)
    """

    _esm = esm("explosion")
    _css = css("frame", "formula", "controls", "curves", "explosion")

    learning_rate = traitlets.Float(0.003, min=1e-4, max=0.1).tag(sync=True)
    l2 = traitlets.Float(1e-4, min=1e-6, max=0.01).tag(sync=True)
    m0 = traitlets.Float(14.6, min=1.0, max=100.0).tag(sync=True)
    name = traitlets.Unicode("explosion").tag(sync=True)
    reserve = traitlets.Int(454).tag(sync=True)
    reserve_phone = traitlets.Int(797).tag(sync=True)

    @property
    def c(self) -> float:
        """αλn, the factor of m² in each iteration."""
        return float(self.learning_rate * self.l2 * WEIGHTS)

    @property
    def end(self) -> float:
        """t* = 1/(c m₀), when the formula m₀/(1 − c m₀ t) is infinite."""
        return float(1 / (self.c * self.m0))

    @property
    def means(self) -> Array:
        """m before the first iteration and after each of 10,000, or as long as it is finite."""
        means = [self.m0]
        with np.errstate(over="ignore"):
            while len(means) <= SHOWN and np.isfinite(means[-1]):
                means.append(np.float64(means[-1]) + self.c * np.square(np.float64(means[-1])))
        return np.array(means if np.isfinite(means[-1]) else means[:-1])

    @property
    def overflow(self) -> int | None:
        """The iteration in which m overflows; None if all of 10,000 are finite."""
        means = self.means
        return None if len(means) > SHOWN else len(means)

    @traitlets.validate("learning_rate", "l2", "m0")  # type: ignore[untyped-decorator]
    def _finite(self, proposal: Any) -> float:
        if not np.isfinite(proposal["value"]):  # NaN is neither below the least nor above the most
            name, value = proposal["trait"].name, proposal["value"]
            raise traitlets.TraitError(f"{name} is {value}; a number is needed")
        return float(proposal["value"])
