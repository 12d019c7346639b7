"""Backpropagation in NumPy, one line an equation, checked three ways.

``import backprop_lib`` costs NumPy alone; ``backprop_lib.symbolic``, ``.plots`` and ``.widgets`` are imported
by name.
"""

from . import datasets, schedules
from .answers import accuracy
from .history import History
from .network import Network, step
from .parameters import Gradients, Parameters, Trace
from .training import train

__all__ = [
    "Gradients",
    "History",
    "Network",
    "Parameters",
    "Trace",
    "accuracy",
    "datasets",
    "schedules",
    "step",
    "train",
]
__version__ = "0.1.0"
