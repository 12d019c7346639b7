"""Backpropagation in NumPy, one line an equation, checked three ways.

``import backprop_lib`` costs NumPy and the network; every other name comes with its module when it is first
asked for.  ``backprop_lib.symbolic``, ``.plots`` and ``.widgets`` are imported by name.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from .network import Network, step
from .parameters import Gradients, Parameters, Trace

if TYPE_CHECKING:
    from . import datasets, schedules
    from .agreement import Agreement, Disagreement, agree
    from .answers import accuracy
    from .check import gradient_check
    from .differences import central_differences, complex_step
    from .history import History
    from .outcomes import Sweep
    from .report import GradientCheck
    from .sweep import sweep
    from .training import train

__all__ = [
    "Agreement",
    "Disagreement",
    "GradientCheck",
    "Gradients",
    "History",
    "Network",
    "Parameters",
    "Sweep",
    "Trace",
    "accuracy",
    "agree",
    "central_differences",
    "complex_step",
    "datasets",
    "gradient_check",
    "schedules",
    "step",
    "sweep",
    "train",
]
__version__ = "0.1.0"

# Where each name is at home that is not loaded yet.
_HOMES = {
    "agreement": ("Agreement", "Disagreement", "agree"),
    "answers": ("accuracy",),
    "check": ("gradient_check",),
    "differences": ("central_differences", "complex_step"),
    "history": ("History",),
    "outcomes": ("Sweep",),
    "report": ("GradientCheck",),
    "sweep": ("sweep",),
    "training": ("train",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    elif name in ("datasets", "schedules"):
        value = import_module(f".{name}", __name__)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """A package whose functions are not hidden when a module of the same name is imported: ``sweep``."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
