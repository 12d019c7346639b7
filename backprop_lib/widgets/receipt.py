"""Write a step with all that leads to it as a receipt, and check one line by line, as ``receipt.js`` does.

A line is right if it follows from the lines above it as they stand, or is the true one: a slip is reported
where it was made, once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from ..network import Network
from ..parameters import Parameters
from .receipt_lines import STEPS, missing, slips, worth
from .receipt_text import to_latex, to_markdown
from .verdict import Verdict

KIND = "backprop_lib step"
LONGEST = 200_000
LARGEST = 1e6


def to_json(made: dict[str, Any]) -> str:
    """Return JSON with a row of numbers on a line, to be read and changed by hand."""
    return re.sub(
        r'\[([^\[\]{}"]*)\]', lambda row: f"[{' '.join(row[1].split())}]", json.dumps(made, indent=1)
    )


FORMS: dict[str, Callable[[dict[str, Any]], str]] = {
    "json": to_json,
    "markdown": to_markdown,
    "latex": to_latex,
}


def receipt(
    net: Network, p: Parameters, x: Any, y: Any, q: Parameters, learning_rate: float, passes: int, step: int
) -> dict[str, Any]:
    """Return what is given in a pass, and every line up to a step; ``q`` are the parameters after it."""
    t = net.forward(p, x)
    g = net.backward(p, t, y)
    cost = {2: np.array([[net.cost(p, x, y)]])}
    back = [("BP3", "dW", g.dW), *([("BP4", "db", g.db)] if net.biases else [])]
    order: list[tuple[str, int, list[tuple[str, int, Any]]]] = [("input", 0, [])]
    order += [
        (id, l, [(name, l, of[l])]) for l in (1, 2) for id, name, of in (("F1", "z", t.z), ("F2", "a", t.a))
    ]
    order += [("C0", 2, [("C", 2, cost[2])])]
    for l, first in ((2, "BP1"), (1, "BP2")):
        order += [(id, l, [(name, l, of[l])]) for id, name, of in [(first, "delta", g.delta), *back]]
    after = [("W", q.W), *([("b", q.b)] if net.biases else [])]
    order += [("GD", 0, [(name, l, of[l]) for name, of in after for l in (1, 2)])]
    lines = [
        {"id": id, "name": name, "layer": l, "values": values.tolist()}
        for id, _, made in order[: step + 1]
        for name, l, values in made
    ]
    return {
        "kind": KIND, "pass": passes + 1, "step": order[step][0], "layer": order[step][1], "digits": 8,
        "learning_rate": learning_rate, "x": x.tolist(), "y": y.tolist(),
        "W": {str(l): W.tolist() for l, W in p.W.items()}, "b": {str(l): b.tolist() for l, b in p.b.items()},
        "lines": lines,
    }  # fmt: skip


def check_receipt(text: str) -> tuple[Verdict, ...]:
    """Return a verdict on each line of a receipt; a wrong one says what it should be, and names a known slip.

    Raises
    ------
    ValueError
        If the text is longer than 200,000 characters, not JSON, or not what a receipt needs.
    """
    if len(text) > LONGEST:
        raise ValueError(f"A receipt has at most {LONGEST} characters.")
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("This is not JSON: paste a receipt as it was exported.") from None
    if wrong := trouble(given):
        raise ValueError(wrong)
    x, y = (np.array(given[name], float) for name in "xy")
    W, b = ({int(l): np.array(rows, float) for l, rows in given[kind].items() if l in "12"} for kind in "Wb")
    written, truth = (
        {"y": y, "W": W, "b": b, "z": {}, "a": {0: x}, "delta": {}, "dW": {}, "db": {}, "alpha": rate}
        for rate in [float(given["learning_rate"])] * 2
    )
    return tuple(_judge(line, written, truth, given["digits"]) for line in given["lines"])


def _number(value: Any, least: float = -LARGEST, most: float = LARGEST) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


def _whole(value: Any, least: int, most: int) -> bool:
    return _number(value, least, most) and float(value).is_integer()


def _matrix(value: Any, n: int, k: int) -> bool:
    rows = value if isinstance(value, list) else []
    return len(rows) == n and all(
        isinstance(row, list) and len(row) == k and all(map(_number, row)) for row in rows
    )


def trouble(given: Any) -> str:
    """Return what is wrong with the parts of a receipt, in one sentence; nothing where it can be checked."""
    if not isinstance(given, dict):
        return "A receipt is an object with x, y, W, b and lines."
    if given.get("kind") != KIND:
        return f"This is no receipt of a step: its kind is not “{KIND}”."
    names = ("x", "y", "W", "b", "lines", "digits", "learning_rate")
    x, y, W, b, lines, digits, rate = [given.get(name) for name in names]
    m = len(x[0]) if isinstance(x, list) and x and isinstance(x[0], list) else 0
    if not 1 <= m <= 100 or not _matrix(x, 2, m):
        return "x needs 2 rows of 1 to 100 numbers each."
    K = len(y) if isinstance(y, list) else 0
    if K not in (1, 2) or not _matrix(y, K, m):
        return f"y needs 1 or 2 rows of {m} numbers."
    W = W if isinstance(W, dict) else {}
    H = len(W["1"]) if isinstance(W.get("1"), list) else 0
    if not 1 <= H <= 50 or not _matrix(W["1"], H, 2):
        return "W[1] needs 1 to 50 rows of 2 numbers."
    if not _matrix(W.get("2"), K, H):
        return f"W[2] needs {K} rows of {H} numbers."
    if not isinstance(b, dict):
        return "b needs the keys 1 and 2, or none."
    if b and not (_matrix(b.get("1"), H, 1) and _matrix(b.get("2"), K, 1)):
        return f"b needs {H} rows of 1 number for layer 1 and {K} for layer 2."
    if not _number(rate, 0, 1000):
        return "learning_rate needs a number from 0 to 1000."
    if not _whole(digits, 1, 15):
        return "digits needs a whole number from 1 to 15."
    if not isinstance(lines, list) or len(lines) > 20:
        return "lines needs a list of at most 20 lines."
    for n, line in enumerate(lines, 1):
        if not isinstance(line, dict) or line.get("id") not in STEPS or not _whole(line.get("layer"), 1, 2):
            return f"Line {n} needs an id ({', '.join(STEPS)}) and a layer, 1 or 2."
    return ""


def _judge(line: dict[str, Any], world: dict[str, Any], truth: dict[str, Any], digits: int) -> Verdict:
    """Return what becomes of a line; its values go into the world as written, the true ones into truth."""
    id, layer, name = str(line["id"]), int(line["layer"]), str(line.get("name"))
    label = "C" if id == "C0" else f"{name[:9]}[{layer}]"
    if lacking := missing(id, layer, name, world):
        return Verdict("unread", f"({id}) {label}: {lacking}")
    right = worth(id, layer, name, world)
    n, k = right.shape
    if not _matrix(line.get("values"), n, k):
        return Verdict("unread", f"({id}) {label} needs {n} × {k} numbers.")
    values = np.array(line["values"], float)
    allowed = 5 * 10.0**-digits * max(float(abs(right).max()), 1e-12)

    def agrees(other: Any) -> bool:
        return bool((abs(values - other) <= allowed).all())

    real = worth(id, layer, name, truth)
    known = [why for why, other in slips(id, layer, name, world) if agrees(other)]
    if id not in ("C0", "GD"):
        world[name][layer], truth[name][layer] = values, real
    if agrees(right) or agrees(real):
        return Verdict("right", f"({id}) {label} is right.")
    i, j = np.unravel_index(int(abs(values - right).argmax()), right.shape)
    where = f", row {i + 1}, column {j + 1}" if right.size > 1 else ""
    written, needed = (f"{v[i, j]:.8f}".replace("-", "−") for v in (values, right))
    why = f" A known slip: {known[0]}" if known else ""
    text = f"({id}) {label}{where}: {written} is written, {needed} is needed.{why}"
    return Verdict("slip" if known else "wrong", text)
