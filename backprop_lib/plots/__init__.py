"""Draw the book's figures: each function takes numbers and returns a ``Picture``."""

from .chains import chain
from .diagrams import topology
from .style import Picture, picture, style

__all__ = ["Picture", "chain", "picture", "style", "topology"]
