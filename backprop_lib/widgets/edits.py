"""Numbers changed by hand in the stepper: read a list of edits, put those of a pass into a network.

An edit is ``[pass, key, value]`` and holds from that pass on.  A key is a letter and places counted from 1:
``w1.2.1`` is the weight into hidden neuron 2 from input 1, ``b2.1`` a bias, ``x1.3`` and ``y1.3`` an input
and a target of example 3.  ``edits.js`` says the same on the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..activations import Array
from ..parameters import Parameters

MOST = 1000.0
MANY = 40
KEY = re.compile(r"([wbxyn])((?:0|[1-9][0-9]?)(?:\.[1-9][0-9]?){1,2})")
NEEDED = "[pass, key, value] such as [0, 'w1.2.1', 0.5] is needed"

Edit = tuple[int, str, float]


def read(edits: Any) -> list[list[Any]]:
    """Return the edits as the page holds them.

    Raises
    ------
    ValueError
        If there are more than 40, or one is not a pass to 1000, a key, and a number from −1000 to 1000.
    """
    if len(edits) > MANY:
        raise ValueError(f"edits has {len(edits)} entries; at most {MANY} can be made")
    return [_one(n, edit) for n, edit in enumerate(edits)]


def _one(n: int, edit: Any) -> list[Any]:
    if not isinstance(edit, Sequence) or isinstance(edit, str) or len(edit) != 3:
        raise ValueError(f"edits[{n}] is {edit!r}; {NEEDED}")
    when, key, value = edit
    if isinstance(when, bool) or not isinstance(when, int) or not 0 <= when <= 1000:
        raise ValueError(f"edits[{n}] has the pass {when!r}; a whole number from 0 to 1000 is needed")
    if not isinstance(key, str) or not KEY.fullmatch(key) or key[0] == "n":
        raise ValueError(f"edits[{n}] has the key {key!r}; {NEEDED}")
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MOST:
        raise ValueError(f"edits[{n}] has the value {value!r}; a number from −1000 to 1000 is needed")
    return [when, key, value]


def places(key: str, arrays: Mapping[str, Mapping[int, Array]]) -> tuple[str, int, tuple[int, int]] | None:
    """Return an array's name, its layer and the entry that a key means; None where there is no such entry."""
    kind, *at = key[0], *(int(part) for part in key[1:].split("."))
    name = {"w": "W"}.get(kind, kind)
    layer, entry = (at[0], at[1:]) if kind in "wb" else (0, at)
    i, j = (*entry, 1)[:2]
    array = arrays.get(name, {}).get(layer)
    right = len(at) == (3 if kind == "w" else 2)
    if array is None or not right or i > array.shape[0] or j > array.shape[1] or i < 1:
        return None
    return name, layer, (i - 1, j - 1)


def applied(edits: Sequence[Any], when: int, p: Parameters, x: Array, y: Array) -> Any:
    """Return the parameters, x and y with the edits of one pass in them; those that do not fit are not."""
    mine = [(key, value) for at, key, value in edits if at == when]
    if not mine:
        return p, x, y
    arrays = {
        "W": {l: np.array(W) for l, W in p.W.items()},
        "b": {l: np.array(b) for l, b in p.b.items()},
        "x": {0: np.array(x)},
        "y": {0: np.array(y)},
    }
    for key, value in mine:
        if place := places(key, arrays):
            name, layer, entry = place
            arrays[name][layer][entry] = value
    return Parameters(arrays["W"], arrays["b"]), arrays["x"][0], arrays["y"][0]
