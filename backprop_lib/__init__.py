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
from .parameters import Gradients, Parameters, Trace
from .training import train

__all__ = [
    "Agreement",
    "Disagreement",
    "Gradients",
    "History",
    "Network",
    "Parameters",
    "Trace",
    "accuracy",
    "agree",
    "central_differences",
    "complex_step",
    "datasets",
    "gradient_check",
    "schedules",
    "step",
    "train",
]
__version__ = "0.1.0"
