"""Read what a reader's ``backward`` returned: (name, layer) ↦ array, or a sentence on what is wrong."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .activations import Array
from .network import Network
from .parameters import Gradients, Parameters

Key = tuple[str, int]
NEEDED = "Return (dW, db) or (delta, dW, db), each a mapping from the layer l = 1 … L to an array."


def arrays(returned: Any, net: Network, p: Parameters, m: int) -> tuple[dict[Key, Array], str]:
    """Return the arrays in ``returned``, or none and the trouble: what was found and what is needed."""
    mine, trouble = _arranged(returned, net)
    trouble = trouble or _misshapen(mine, net, p, m)
    return ({}, trouble) if trouble else (mine, "")


def takes_net(function: Callable[..., Any]) -> bool:
    """Return whether a function wants (net, p, t, y) and not (p, t, y)."""
    try:
        wanted = [
            parameter
            for parameter in inspect.signature(function).parameters.values()
            if parameter.default is parameter.empty
            and parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        ]
    except (TypeError, ValueError):  # a builtin may have no signature
        return False
    return len(wanted) == 4


def raised(error: Exception) -> str:
    """Return what a function raised, and in which of its lines."""
    frames = traceback.extract_tb(error.__traceback__)[1:]
    line = f" in the line `{frames[0].line}`" if frames and frames[0].line else ""
    text = f"It raised {type(error).__name__}{line}: {error}."
    if "matmul" in str(error):
        text += " Two shapes do not fit a product: is a .T missing, or one too many?"
    return text


def _arranged(returned: Any, net: Network) -> tuple[dict[Key, Any], str]:
    """Return what came back as (name, layer) ↦ value, or what is wrong with it."""
    names = ("dW", "db") if net.biases else ("dW",)
    if isinstance(returned, Gradients):
        parts = {"delta": returned.delta, "dW": returned.dW, "db": returned.db}
    elif isinstance(returned, Mapping) and set(returned) & {"dW", "db", "delta"}:
        parts = {name: returned[name] for name in ("delta", "dW", "db") if name in returned}
    elif isinstance(returned, tuple) and len(returned) in (len(names), len(names) + 1, 3):
        order = names if len(returned) == len(names) else ("delta", "dW", "db")[: len(returned)]
        parts = dict(zip(order, returned, strict=True))
    elif isinstance(returned, Mapping) and not net.biases:
        parts = {"dW": returned}
    else:
        size = f" of {len(returned)}" if isinstance(returned, tuple | list | Mapping) else ""
        return {}, f"It returned a {type(returned).__name__}{size}. {NEEDED}"
    mine: dict[Key, Any] = {}
    for name in ("delta", *names) if "delta" in parts else names:
        part, layers = parts.get(name), list(range(1, net.L + 1))
        if not isinstance(part, Mapping):
            return {}, f"{name} is a {type(part).__name__}, not a mapping. {NEEDED}"
        missing = [l for l in layers if l not in part]
        if missing:
            return {}, f"{name} has the layers {list(part)}; {missing[0]} is missing. {NEEDED}"
        mine |= {(name, l): part[l] for l in layers}
    return mine, ""


def _misshapen(mine: dict[Key, Any], net: Network, p: Parameters, m: int) -> str:
    """Return what is wrong with an array's kind, shape or numbers, and turn the others into float arrays."""
    for (name, l), value in mine.items():
        needed = {"dW": p.W[l].shape, "db": (net.sizes[l], 1), "delta": (net.sizes[l], m)}[name]
        try:
            array = np.asarray(value, dtype=np.float64)
        except (TypeError, ValueError):
            return (
                f"{name}[{l}] is a {type(value).__name__}; an array of numbers of shape {needed} is needed."
            )
        if array.shape != needed:
            why = {
                (
                    "dW",
                    array.shape == needed[::-1],
                ): " It is the transpose: rows are targets, columns origins.",
                ("db", array.shape == (net.sizes[l], m)): " The sum over the examples is missing in (BP4).",
                ("db", array.shape == (net.sizes[l],)): " Write keepdims=True in the sum of (BP4).",
            }.get((name, True), "")
            return f"{name}[{l}] has shape {array.shape}; {needed} is needed.{why}"
        if not np.isfinite(array).all():
            return f"{name}[{l}] holds NaN or an infinity."
        mine[name, l] = array
    return ""
