"""Backpropagation in NumPy, one line an equation, checked three ways.

``import backprop_lib`` costs NumPy alone; ``backprop_lib.symbolic``, ``.plots`` and ``.widgets`` are imported
by name.
"""

from . import datasets, schedules
from .agreement import Agreement, Disagreement, agree
from .answers import accuracy
from .check import gradient_check
from .differences import central_differences, complex_step
from .history import History
from .network import Network, step
from .outcomes import Sweep
from .parameters import Gradients, Parameters, Trace
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
