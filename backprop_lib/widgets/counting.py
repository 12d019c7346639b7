"""See how many operations all slopes of a network take, in five ways, as it grows in width and depth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import anywidget
import traitlets

from .source import css, esm

METHODS = ("direct", "shared", "differences", "forward_mode", "backpropagation")


class Counting(anywidget.AnyWidget):  # type: ignore[misc]
    """Counts for 2-H-…-H-2 networks as bars on a logarithmic scale, and how they grow.

    Parameters
    ----------
    counts : mapping of str to rows of ints
        For cost (the cost alone), direct, shared, differences, forward_mode and backpropagation: a row for
        every depth, from 1, and in it a number for every width, from 2; None where nobody counted.  It is
        what ``symbolic.operations_table`` returns.

    Attributes
    ----------
    width : int
        H, how many neurons every hidden layer has, from 2.
    depth : int
        How many hidden layers there are, from 1.
    along : str
        What the curves are drawn over: width or depth.
    name : str
        What the state is called in a page's address, if it holds several.
    data : dict
        The counts.
    reserve, reserve_phone : int
        The height in pixels that a page keeps free for it, on a desk and on a phone.

    Raises
    ------
    ValueError
        If a row is missing or not as long as the others.
    traitlets.TraitError
        If a value lies outside its range; the trait keeps its old value.

    Examples
    --------
    >>> names = ("cost", "direct", "shared", "differences", "forward_mode", "backpropagation")
    >>> Counting({name: [[k, 2 * k]] for k, name in enumerate(names)}).operations["shared"]
    4
    """

    _esm = esm("counting")
    _css = css("frame", "formula", "controls", "curves", "counting")

    width = traitlets.Int(3, min=2).tag(sync=True)
    depth = traitlets.Int(1, min=1).tag(sync=True)
    along = traitlets.Enum(("depth", "width"), default_value="depth").tag(sync=True)
    name = traitlets.Unicode("counting").tag(sync=True)
    data = traitlets.Dict(read_only=True).tag(sync=True)
    reserve = traitlets.Int(598).tag(sync=True)
    reserve_phone = traitlets.Int(1070).tag(sync=True)

    def __init__(self, counts: Mapping[str, Sequence[Sequence[int | None]]], **traits: Any) -> None:
        data = {name: [list(row) for row in counts.get(name, [])] for name in ("cost", *METHODS)}
        shape = [len(row) for row in data["cost"]]
        for name, rows in data.items():
            if [len(row) for row in rows] != shape or not shape or len({*shape}) != 1 or 0 in shape:
                raise ValueError(f"counts[{name!r}] needs a row for every depth, all of one length")
        self._most = {"depth": len(shape), "width": shape[0] + 1}
        super().__init__(**{"width": min(3, shape[0] + 1), **traits})
        self.set_trait("data", data)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The widths of all layers."""
        return (2, *[self.width] * self.depth, 2)

    @property
    def operations(self) -> dict[str, int | None]:
        """What every method takes for these sizes, and the cost alone."""
        return {name: rows[self.depth - 1][self.width - 2] for name, rows in self.data.items()}

    @traitlets.validate("width", "depth")  # type: ignore[untyped-decorator]
    def _counted(self, proposal: Any) -> int:
        name, value = proposal["trait"].name, proposal["value"]
        if value > self._most[name]:
            raise traitlets.TraitError(f"{name} is {value}; the counts go up to {self._most[name]}")
        return int(value)
