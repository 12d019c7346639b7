"""The widget that counts holds SymPy's counts, and refuses sizes and tables that nobody counted."""

from __future__ import annotations

from typing import Any

import pytest
import traitlets

from backprop_lib.symbolic import operations, operations_table
from backprop_lib.widgets import Counting
from backprop_lib.widgets.counting import METHODS

COUNTS = operations_table(range(2, 6), range(1, 4), most=2_000)


@pytest.mark.parametrize(("width", "depth"), [(2, 1), (3, 1), (5, 3)])
def test_the_counts_are_those_of_the_sizes_shown(width: int, depth: int) -> None:
    widget = Counting(COUNTS, width=width, depth=depth)
    shared = widget.operations["shared"]
    assert {**widget.operations, "shared": None} == {**operations(widget.sizes), "shared": None}
    assert shared == {(2, 1): 69, (3, 1): 92, (5, 3): None}[width, depth]


def test_a_table_with_width_and_depth_exchanged_is_found_out() -> None:
    turned = {name: [list(row) for row in zip(*rows, strict=True)] for name, rows in COUNTS.items()}
    widget = Counting(turned, width=3, depth=1)
    assert widget.operations["direct"] != operations(widget.sizes)["direct"]


@pytest.mark.parametrize(
    "wrong", [{"width": 6}, {"width": 1}, {"depth": 4}, {"depth": 0}, {"along": "time"}], ids=str
)
def test_a_state_that_nobody_counted_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(traitlets.TraitError):
        Counting(COUNTS, **wrong)
    widget = Counting(COUNTS)
    with pytest.raises(traitlets.TraitError):
        widget.set_trait(*next(iter(wrong.items())))
    assert widget.sizes == (2, 3, 2)


@pytest.mark.parametrize("name", ["cost", *METHODS])
def test_a_table_with_a_hole_is_refused(name: str) -> None:
    without = {key: rows for key, rows in COUNTS.items() if key != name}
    ragged = COUNTS | {name: [*COUNTS[name][:-1], COUNTS[name][-1][:-1]]}
    for counts in (without, ragged, {}):
        with pytest.raises(ValueError, match="needs a row for every depth"):
            Counting(counts)
