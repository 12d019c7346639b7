"""Put a live network, a line or an exercise on the page, with a kernel or without.

anywidget is imported when one of them is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .exercise import Exercise
    from .line import Line
    from .stepper import Stepper

__all__ = ["Exercise", "Line", "Stepper"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module(f".{name.lower()}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
