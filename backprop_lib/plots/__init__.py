"""Draw the book's figures: each function takes numbers and returns a ``Picture``."""

from .boundaries import accuracies_and_ceiling, decision_regions
from .chains import chain
from .costs import half_squared_errors
from .diagrams import topology
from .explosions import on_a_log_axis, straight_to_zero, turning_cost
from .fields import arrows
from .lines import straight_lines
from .measurements import log_log
from .runs import fit_and_test, triptych
from .sigmoid import sigmoid_and_slope
from .stack import stack
from .style import Picture, picture, style

__all__ = [
    "Picture",
    "accuracies_and_ceiling",
    "arrows",
    "chain",
    "decision_regions",
    "fit_and_test",
    "half_squared_errors",
    "log_log",
    "on_a_log_axis",
    "picture",
    "sigmoid_and_slope",
    "stack",
    "straight_lines",
    "straight_to_zero",
    "style",
    "topology",
    "triptych",
    "turning_cost",
]
