"""Draw the book's figures: each function takes numbers and returns a ``Picture``."""

from .chains import chain
from .costs import half_squared_errors
from .diagrams import topology
from .style import Picture, picture, style

__all__ = ["Picture", "chain", "half_squared_errors", "picture", "style", "topology"]
