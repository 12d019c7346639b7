"""Draw the book's figures: each function takes numbers and returns a ``Picture``."""

from .boundaries import accuracies_and_ceiling, decision_regions
from .chains import chain
from .costs import half_squared_errors
from .counts import bars, before_and_after
from .descents import descents
from .diagrams import topology
from .entropies import surprises, two_costs
from .explosions import on_a_log_axis, straight_to_zero, turning_cost
from .fields import arrows
from .influences import influences
from .kinks import kink
from .lines import straight_lines
from .matrices import Block, matrices
from .measurements import log_log
from .neurons import neuron
from .orders import by_depth, early_slopes, layer_products
from .passes import forward_pass, passes, two_questions
from .phases import phase_diagram
from .races import lead, times
from .rates import cost_by_rate
from .runs import fit_and_test, triptych
from .sigmoid import sigmoid_and_slope
from .slopes import one_sided
from .stack import stack
from .style import Picture, picture, style

__all__ = [
    "Block",
    "Picture",
    "accuracies_and_ceiling",
    "arrows",
    "bars",
    "before_and_after",
    "by_depth",
    "chain",
    "cost_by_rate",
    "decision_regions",
    "descents",
    "early_slopes",
    "fit_and_test",
    "forward_pass",
    "half_squared_errors",
    "influences",
    "kink",
    "layer_products",
    "lead",
    "log_log",
    "matrices",
    "neuron",
    "on_a_log_axis",
    "one_sided",
    "passes",
    "phase_diagram",
    "picture",
    "sigmoid_and_slope",
    "stack",
    "straight_lines",
    "straight_to_zero",
    "style",
    "surprises",
    "times",
    "topology",
    "triptych",
    "turning_cost",
    "two_costs",
    "two_questions",
]
