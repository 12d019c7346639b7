"""Judge one claimed equality: proved by algebra, refuted by numbers, tried at many points, or refused.

The one convention: nothing is accepted because it could not be decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sympy import Basic, Idx, MatrixBase
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from . import errors
from .definitions import Given, is_condition, write_out
from .errors import Claim
from .proof import proves_equivalent, proves_simplified, proves_zero
from .witness import try_points

ENOUGH = 12  # random points at which both sides must be defined before a numeric check counts


def judge(claim: Claim, given: Given, where: tuple[Boolean, ...]) -> tuple[str, int]:
    """Return how the claim was checked, "symbolic" or "numeric", and at how many points, or raise."""
    left, right = claim.left, claim.right
    if errors.shape(left) != errors.shape(right):
        raise errors.shape_mismatch(claim)
    if is_condition(left) != is_condition(right):
        raise TypeError(f"step {claim.step}: a condition cannot equal a number: {left} and {right}")
    if not isinstance(left, MatrixBase):
        return _judge_one(claim, left, right, given, where)
    verdicts = [
        _judge_one(
            replace(claim, place=f" in row {i + 1}, column {j + 1}"), left[i, j], right[i, j], given, where
        )
        for i in range(left.rows)
        for j in range(left.cols)
    ]
    tried = [points for how, points in verdicts if how == "numeric"]
    return ("numeric", min(tried)) if tried else ("symbolic", 0)


def _judge_one(
    claim: Claim, left: Any, right: Any, given: Given, where: tuple[Boolean, ...]
) -> tuple[str, int]:
    left, right = write_out(left, given), write_out(right, given)
    where = tuple(write_out(condition, given) for condition in where) + _ranges((left, right))
    logical = is_condition(left)
    if proves_equivalent(left, right) if logical else proves_zero(left - right, where):
        return "symbolic", 0
    equal, failures = try_points(left, right, where)
    difference = left if logical else left - right
    if failures:
        raise errors.wrong(claim, difference, failures)
    if not logical and proves_simplified(difference):
        return "symbolic", 0
    if equal >= ENOUGH or (equal and not difference.free_symbols):
        return "numeric", equal
    raise errors.undecided(claim, difference, equal)


def _ranges(sides: Iterable[Basic]) -> tuple[Boolean, ...]:
    """The conditions that an Idx with a range brings along."""
    indices = {i for e in sides for i in e.atoms(Idx) if i.lower is not None and i.upper is not None}
    return tuple(c for i in indices for c in (i >= i.lower, i <= i.upper) if isinstance(c, Relational))
