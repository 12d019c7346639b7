"""What a derivation says when a line does not follow: which line, at which numbers, by how much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Basic, Derivative, Float, Integer, MatrixBase, Number, nsimplify, sstr

from .witness import Counterexample


class DerivationError(ValueError):
    """A line of a derivation does not follow from the line before it.

    Attributes
    ----------
    step : the number of the wrong line; the start is line 0, so the first ``then`` is line 1
    left, right : the line before, and the line that was claimed to equal it
    difference : left − right, written out (for matrices, the first wrong element)
    counterexample : {symbol: value}, or None where no number decides
    values : the numbers that left and right have there, or None
    """

    def __init__(self, message: str, *, step: int, left: Any, right: Any, difference: Any = None) -> None:
        super().__init__(message)
        self.step, self.left, self.right, self.difference = step, left, right, difference
        self.counterexample: dict[Basic, Basic] | None = None
        self.values: tuple[Basic, Basic] | None = None

    def at(self, found: Counterexample) -> DerivationError:
        """Add the numbers at which the claim fails."""
        self.counterexample, self.values = dict(found.values), (found.left, found.right)
        return self


def short(value: Basic) -> str:
    """A value as one would write it by hand: six significant digits."""
    return (
        sstr(value if isinstance(value, Integer) else value.evalf(6), full_prec=False)
        if value.is_number
        else sstr(value)
    )


def wrong(
    step: int,
    left: Any,
    right: Any,
    reason: str,
    place: str,
    difference: Basic,
    found: Sequence[Counterexample],
) -> DerivationError:
    """The error for a line with numbers at which it fails."""
    first = found[0]
    at = ", ".join(
        f"{s} = {short(v)}" for s, v in sorted(first.values.items(), key=lambda item: str(item[0]))
    )
    lines = [
        f"step {step} does not follow{place}.",
        f"  before:    {sstr(left)}",
        f"  claimed:   = {sstr(right)}" + (f"    ({reason})" if reason else ""),
        f"  but at     {at}" if at else "  but as numbers",
        f"  the line before is {short(first.left)}, the claimed line is {short(first.right)}",
    ]
    if (
        first.difference.is_number
        and first.left != first.right
        and isinstance(first.left, Basic)
        and first.left.is_number
    ):
        lines.append(f"  difference (before − claimed): {short(first.difference)}")
    lines += [f"  hint: {hint}" for hint in hints(left, right, found)]
    return DerivationError("\n".join(lines), step=step, left=left, right=right, difference=difference).at(
        first
    )


def undecided(
    step: int, left: Any, right: Any, reason: str, place: str, difference: Basic, valid: int
) -> DerivationError:
    """The error for a line that could be neither proved nor tried at enough points: not accepted."""
    lines = [
        f"step {step} could not be checked{place}, so it is not accepted.",
        f"  before:    {sstr(left)}",
        f"  claimed:   = {sstr(right)}" + (f"    ({reason})" if reason else ""),
        f"  algebra does not decide it, and both sides are numbers at only {valid} of the points tried",
        "  hint: declare what the symbols are (real=True, positive=True, integer=True), give conditions with where=[...],",
        "        or put a smaller step between",
    ]
    if not difference.is_commutative:
        lines[-2:] = [
            "  hint: some symbols do not commute (AB ≠ BA): only what follows by multiplying out is accepted"
        ]
    return DerivationError("\n".join(lines), step=step, left=left, right=right, difference=difference)


def hints(left: Any, right: Any, found: Sequence[Counterexample]) -> list[str]:
    """What the numbers suggest about the slip."""
    said = []
    if factor := _common_factor(found):
        said.append(
            "the claimed line is −1 times the line before at every failing point: look for a sign"
            if factor == -1
            else f"the claimed line is {factor} times the line before at every failing point: look for a factor"
        )
    if all(any(not v.is_real for v in f.values.values()) for f in found):
        said.append(
            "it fails at complex numbers only: if a symbol is real, say so with Symbol(..., real=True)"
        )
    for e in (left, right):
        for d in [] if isinstance(e, MatrixBase) else e.atoms(Derivative):
            if d.expr.is_Symbol and any(c.left == 0 or c.right == 0 for c in found):
                said.append(
                    f"{d} is 0 as long as {d.expr} is a name without a definition: given={{{d.expr}: …}}"
                )
    return said


def _common_factor(found: Sequence[Counterexample]) -> Number | None:
    """The ratio claimed/before, if it is the same short number at every failing point (at least two)."""
    if len(found) < 2 or any(not f.left.is_number or f.left == 0 for f in found):
        return None
    ratios = [(f.right / f.left).evalf(40) for f in found]
    if (
        ratios[0] == 1
        or any(not r.is_real or abs(r - ratios[0]) > Float("1e-20") for r in ratios)
        or min(abs(ratios[0]), abs(ratios[0] - 1)) < Float("1e-6")
    ):
        return None
    nice = nsimplify(ratios[0], rational=True, tolerance=Float("1e-18"))
    return nice if nice.is_Rational and nice.q <= 20 and abs(nice.p) <= 100 else None


def shape_mismatch(step: int, left: Any, right: Any, reason: str) -> DerivationError:
    """The error for a matrix claimed to equal one of another shape."""
    shapes = [
        f"a matrix of shape {e.shape}" if isinstance(e, MatrixBase) else "one number" for e in (left, right)
    ]
    lines = [
        f"step {step} does not follow: the line before is {shapes[0]}, the claimed line is {shapes[1]}",
        f"  claimed:   = {sstr(right)}" + (f"    ({reason})" if reason else ""),
    ]
    if isinstance(left, MatrixBase) and isinstance(right, MatrixBase) and left.shape == right.shape[::-1]:
        lines.append("  hint: the shapes are each other's transpose: look for a forgotten .T")
    return DerivationError("\n".join(lines), step=step, left=left, right=right)
