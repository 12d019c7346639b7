r"""Compute with a formula as it is printed: read its TeX and evaluate both sides with given numbers.

Side by side means the matrix product, ⊙ needs equal shapes, a superscript in parentheses is a layer, and a
subscript counts from 1.  What is not understood is an error, so that nothing on the page goes unread.
What the names may hold is told in ``letters.py``, what a display may hold in ``display.py``.
"""

from .display import holds, plain

__all__ = ["holds", "plain"]
