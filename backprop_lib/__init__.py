"""Backpropagation in NumPy, one line an equation, checked three ways.

``import backprop_lib`` costs NumPy alone; ``backprop_lib.symbolic``, ``.plots`` and ``.widgets`` are imported
by name.
"""

from .network import Network, step
from .parameters import Gradients, Parameters, Trace

__all__ = ["Gradients", "Network", "Parameters", "Trace", "step"]
__version__ = "0.1.0"
