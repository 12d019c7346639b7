"""Work out each line of a receipt from the lines above it, and what the classic slips would write there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..activations import SIGMOID, Array

STEPS = ("F1", "F2", "C0", "BP1", "BP2", "BP3", "BP4", "GD")
QUANTITY = {"F1": "z", "F2": "a", "C0": "C", "BP1": "delta", "BP2": "delta", "BP3": "dW", "BP4": "db"}

World = dict[str, Any]

NEEDS: dict[str, Callable[[int, str], list[tuple[str, int]]]] = {
    "F1": lambda l, name: [("a", l - 1)],
    "F2": lambda l, name: [("z", l)],
    "C0": lambda l, name: [("a", 2)],
    "BP1": lambda l, name: [("a", 2), ("z", 2)],
    "BP2": lambda l, name: [("delta", 2), ("z", 1)],
    "BP3": lambda l, name: [("delta", l), ("a", l - 1)],
    "BP4": lambda l, name: [("delta", l)],
    "GD": lambda l, name: [(f"d{name}", l)],
}


def missing(id: str, l: int, name: Any, world: World) -> str:
    """Return why a line cannot be worked out: it is not of this network, or rests on one that is missing."""
    named = name in (("W", "b") if world["b"] else ("W",)) if id == "GD" else name == QUANTITY[id]
    fits = {"C0": l == 2, "BP1": l == 2, "BP2": l == 1, "BP4": bool(world["b"])}.get(id, True)
    if not named or not fits:
        return "there is no such line in this network."
    lacking = [f"{quantity}[{k}]" for quantity, k in NEEDS[id](l, name) if k not in world[quantity]]
    return f"{lacking[0]} is missing above it." if lacking else ""


def worth(id: str, l: int, name: str, world: World) -> Array:
    """Return the values that a line needs, worked out from the values that stand above it."""
    W, b, z, a, y, delta = (world[part] for part in ("W", "b", "z", "a", "y", "delta"))
    m = y.shape[1]
    lines: dict[str, Callable[[], Any]] = {
        "F1": lambda: W[l] @ a[l - 1] + b.get(l, 0),
        "F2": lambda: SIGMOID.f(z[l]),
        "C0": lambda: ((a[2] - y) ** 2).sum().reshape(1, 1) / (2 * m),
        "BP1": lambda: (a[2] - y) * SIGMOID.prime(z[2]) / m,
        "BP2": lambda: (W[2].T @ delta[2]) * SIGMOID.prime(z[1]),
        "BP3": lambda: delta[l] @ a[l - 1].T,
        "BP4": lambda: delta[l].sum(axis=1, keepdims=True),
        "GD": lambda: world[name][l] - world["alpha"] * world[f"d{name}"][l],
    }
    return lines[id]()  # type: ignore[no-any-return]


NO_SLOPE, NO_MEAN, SIGN = "σ′(z) is forgotten.", "the 1/m is forgotten.", "the sign is not right."
Z_FOR_A, A_FOR_Z = "z was used for a.", "a was used for z in σ′."


def slips(id: str, l: int, name: str, world: World) -> list[tuple[str, Array]]:
    """Return what each slip would write in a line; those that cannot be made here are left out."""
    W, z, a, y, delta = (world[part] for part in ("W", "z", "a", "y", "delta"))
    m, right, prime = y.shape[1], worth(id, l, name, world), SIGMOID.prime
    if id == "F1":
        return [("the bias is left out.", W[l] @ a[l - 1])]
    if id == "F2":
        return [
            ("that is z, before the squash.", z[l]),
            ("the sign in the exponent is lost.", SIGMOID.f(-z[l])),
        ]
    if id == "C0":
        return [(NO_MEAN, right * m), ("the half is forgotten.", right * 2)]
    if id == "BP1":
        miss = (a[2] - y) / m
        return [(NO_SLOPE, miss), (NO_MEAN, right * m), (A_FOR_Z, miss * prime(a[2])), (SIGN, -right)]
    if id == "BP2":
        found = [(NO_SLOPE, W[2].T @ delta[2])]
        if W[2].shape[0] == W[2].shape[1]:
            found.append(("the transpose of W[2] is forgotten.", (W[2] @ delta[2]) * prime(z[1])))
        if 1 in a:
            found.append((A_FOR_Z, (W[2].T @ delta[2]) * prime(a[1])))
        return [*found, (SIGN, -right)]
    if id == "BP3":
        found = [(Z_FOR_A, delta[l] @ z[l - 1].T)] if l - 1 in z else []
        if right.shape[0] == right.shape[1]:
            found.append(("the transpose: rows are targets, columns origins.", right.T))
        return [*found, (NO_MEAN, right * m), (SIGN, -right)]
    if id == "BP4":
        averaged = "δ is averaged over the examples; it carries the 1/m already."
        return [(averaged, right / m), (NO_MEAN, right * m), (SIGN, -right)]
    slope = world[f"d{name}"][l]
    return [
        ("the step goes uphill.", world[name][l] + world["alpha"] * slope),
        ("the learning rate is forgotten.", world[name][l] - slope),
    ]
