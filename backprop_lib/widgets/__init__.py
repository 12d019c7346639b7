"""Put a live network, a line or an exercise on the page, with a kernel or without.

anywidget is imported when one of them is first asked for.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .atlas import Atlas
    from .counting import Counting
    from .depth import Depth
    from .detective import Detective
    from .exercise import Exercise
    from .explosion import Explosion
    from .landscape import Landscape
    from .ledger import Ledger
    from .line import Line
    from .playground import Playground
    from .slowdown import Slowdown
    from .softmax import Softmax
    from .speeds import Speeds
    from .spot_the_bug import SpotTheBug
    from .step_size import StepSize
    from .stepper import Stepper
    from .weight import Weight

__all__ = [
    "Atlas",
    "Counting",
    "Depth",
    "Detective",
    "Exercise",
    "Explosion",
    "Landscape",
    "Ledger",
    "Line",
    "Playground",
    "Slowdown",
    "Softmax",
    "Speeds",
    "SpotTheBug",
    "StepSize",
    "Stepper",
    "Weight",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        stem = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()  # StepSize is in step_size.py
        return getattr(import_module(f".{stem}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
