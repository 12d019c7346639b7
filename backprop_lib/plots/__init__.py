"""Draw the book's figures: each function takes numbers and returns a ``Picture``."""

from .boundaries import accuracies_and_ceiling, decision_regions
from .chains import chain
from .costs import half_squared_errors
from .diagrams import topology
from .lines import straight_lines
from .sigmoid import sigmoid_and_slope
from .stack import stack
from .style import Picture, picture, style

__all__ = [
    "Picture",
    "accuracies_and_ceiling",
    "chain",
    "decision_regions",
    "half_squared_errors",
    "picture",
    "sigmoid_and_slope",
    "stack",
    "straight_lines",
    "style",
    "topology",
]
