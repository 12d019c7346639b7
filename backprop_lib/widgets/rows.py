"""Carry a network's parameters through a trait: lists of rows, as JSON and rows.js know them."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..parameters import Parameters


def to_rows(p: Parameters) -> dict[str, Any]:
    """Return ``{"W": {"1": rows, …}, "b": {"1": rows, …}}``."""
    return {kind: {str(l): a.astype(float).tolist() for l, a in getattr(p, kind).items()} for kind in "Wb"}


def from_rows(rows: dict[str, Any]) -> Parameters:
    """Return the parameters that ``to_rows`` gave as rows."""
    return Parameters(*({int(l): np.array(a) for l, a in rows[kind].items()} for kind in "Wb"))
