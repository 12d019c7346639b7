r"""Split a display into statements, and compare the sides of each.

Rows of ``aligned`` are statements, and so is what a comma and ``&``, ``\quad`` or ``\qquad`` set apart; a row
that begins with a relation goes on with the row before.
"""

import operator
import re

import numpy as np
from numpy.testing import assert_allclose

from .expressions import Reader
from .tokens import tokens

ORDERS = {"<": operator.lt, ">": operator.gt, r"\le": operator.le, r"\ge": operator.ge, r"\ne": operator.ne}
APART = re.compile(r",\s*&|,?\s*\\qquad|,\s*\\quad")
LOOKS = (
    r"\\class\{[\w-]+\}|\\boxed|\\(?:[bB]igg?[lr]|left|right)(?![A-Za-z])|\\[,;!]|\\(?:text|display)style"
    r"|(?<=\\\\)\[\w+\]|, \\quad\\text\{elementwise\}"
)


def plain(tex):
    """Return TeX without what only concerns its looks: colors, boxes, spaces, sizes and alignment."""
    return re.sub(r"\\operatorname\{(\w+)\}", r"\\\1", re.sub(LOOKS, "", tex))


def statements(tex):
    """Return the statements that one display makes."""
    rows = re.fullmatch(r"\s*\\begin\{aligned\}(.*)\\end\{aligned\}\s*", tex, re.DOTALL)
    found = []
    for row in re.split(r"\\\\", rows[1]) if rows else [tex]:
        for part in APART.split(row):
            words = (part.replace("&", "") if rows else part).strip().rstrip(".,;")
            if found and re.match(r"=|<|>|\\(?:le|ge|ne|approx)\b", words):
                found[-1] += words
            elif words:
                found.append(words)
    return found


def holds(tex, names, rtol=1e-11):
    """Raise unless every statement of a display holds for these numbers.

    Both sides round a few dozen terms of order one, each by 10⁻¹⁶; a slip is off by a digit of the numbers.
    """
    for statement in statements(plain(tex)):
        with np.errstate(all="ignore"):  # what is not a number equals nothing
            left, *others = Reader(tokens(statement), names).statement()
        for relation, right in others:
            compare(relation, left, right, rtol, statement)
            left = right


def compare(relation, left, right, rtol, statement):
    if relation in ORDERS:
        assert np.all(ORDERS[relation](left, right)), f"{left} {relation} {right} in {statement}"
        return
    assert np.shape(left) == np.shape(right), f"shapes differ in {statement}"
    assert_allclose(left, right, rtol=rtol, atol=1e-13, err_msg=statement)
