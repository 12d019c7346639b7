"""Draw the book's figures: each function takes numbers and returns a ``Picture``."""

from .diagrams import topology
from .style import Picture, picture, style

__all__ = ["Picture", "picture", "style", "topology"]
