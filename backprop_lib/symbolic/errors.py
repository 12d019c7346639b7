"""What a derivation says when a line does not follow: which line, at which numbers, by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Basic, Derivative, Float, Integer, MatrixBase, Number, nsimplify, sstr
from sympy.core.function import AppliedUndef

from .witness import Counterexample


class DerivationError(ValueError):
    """A line of a derivation does not follow from the line before it.

    Attributes
    ----------
    step : int
        The number of the wrong line; the start is line 0, so the first ``then`` is line 1.
    left, right : SymPy expressions
        The line before, and the line that was claimed to equal it.
    difference : SymPy expression
        left − right, written out (for matrices, of the first wrong element).
    counterexample : mapping from symbols to values, or None
        Where the two lines differ; None where no number decides.
    values : pair of numbers, or None
        What left and right are there.
    """

    def __init__(self, message: str, claim: Claim, difference: Any = None) -> None:
        super().__init__(message)
        self.step, self.left, self.right, self.difference = claim.step, claim.left, claim.right, difference
        self.counterexample: dict[Basic, Basic] | None = None
        self.values: tuple[Basic, Basic] | None = None


@dataclass(frozen=True)
class Claim:
    """One line as it was typed: ``left = right``, and where in a matrix it is looked at."""

    step: int
    left: Any
    right: Any
    reason: str
    place: str = ""

    def lines(self) -> list[str]:
        """The two sides, for a message."""
        reason = f"    ({self.reason})" if self.reason else ""
        return [f"  before:    {sstr(self.left)}", f"  claimed:   = {sstr(self.right)}{reason}"]


def shape(e: Any) -> tuple[int, int] | None:
    """The shape of a matrix; None for anything else."""
    return (e.rows, e.cols) if isinstance(e, MatrixBase) else None


def short(value: Basic) -> str:
    """A value as one would write it by hand: six significant digits."""
    if isinstance(value, Integer) or not value.is_number:
        return str(sstr(value))
    return str(sstr(Integer(value) if value == round(value) else value.evalf(6), full_prec=False))


def wrong(claim: Claim, difference: Basic, found: Sequence[Counterexample]) -> DerivationError:
    """The error for a line with numbers at which it fails."""
    first = found[0]
    at = ", ".join(f"{s} = {short(first.values[s])}" for s in sorted(first.values, key=str))
    lines = [f"step {claim.step} does not follow{claim.place}.", *claim.lines()]
    lines.append(f"  but at     {at}" if at else "  but as numbers")
    lines.append(f"  the line before is {short(first.left)}, the claimed line is {short(first.right)}")
    if first.difference is not None:
        lines.append(f"  difference (before − claimed): {short(first.difference)}")
    if functions := sorted({str(f.func) for f in difference.atoms(AppliedUndef)}):
        lines.append(f"  (with a sample function in the place of {', '.join(functions)})")
    lines += [f"  hint: {hint}" for hint in hints(claim, found)]
    error = DerivationError("\n".join(lines), claim, difference)
    error.counterexample, error.values = dict(first.values), (first.left, first.right)
    return error


def undecided(claim: Claim, difference: Basic, valid: int) -> DerivationError:
    """The error for a line that could be neither proved nor tried at enough points: not accepted."""
    lines = [
        f"step {claim.step} could not be checked{claim.place}, so it is not accepted.",
        *claim.lines(),
        f"  algebra does not decide it, and both sides are numbers at only {valid} of the points tried",
        "  hint: declare what the symbols are (real=True, positive=True, integer=True), give conditions",
        "        with where=[...], or put a smaller step between",
    ]
    if not difference.is_commutative:
        lines[-2:] = [
            "  hint: some symbols do not commute (AB ≠ BA): only what multiplying out shows is accepted"
        ]
    return DerivationError("\n".join(lines), claim, difference)


def shape_mismatch(claim: Claim) -> DerivationError:
    """The error for a matrix claimed to equal one of another shape, or a number."""
    shapes = [
        f"a matrix of shape {shape(e)}" if shape(e) else "one number" for e in (claim.left, claim.right)
    ]
    lines = [
        f"step {claim.step} does not follow: the line before is {shapes[0]}, the claimed line is {shapes[1]}",
        *claim.lines(),
    ]
    if shape(claim.left) == (shape(claim.right) or ())[::-1]:
        lines.append("  hint: the shapes are each other's transpose: look for a forgotten .T")
    return DerivationError("\n".join(lines), claim)


def hints(claim: Claim, found: Sequence[Counterexample]) -> list[str]:
    """What the numbers suggest about the slip."""
    said = []
    if factor := common_factor(found):
        slip = "−1 times" if factor == -1 else f"{factor} times"
        look = "sign" if factor == -1 else "factor"
        said.append(f"the claimed line is {slip} the line before at every failing point: look for a {look}")
    if all(any(not v.is_real for v in f.values.values()) for f in found):
        said.append(
            "it fails at complex numbers only: if a symbol is real, say so with Symbol(..., real=True)"
        )
    if any(0 in (f.left, f.right) for f in found):
        names = {d for e in (claim.left, claim.right) for d in e.atoms(Derivative) if d.expr.is_Symbol}
        said += [
            f"{d} is 0 unless {d.expr} is defined: given={{{d.expr}: …}}" for d in sorted(names, key=str)
        ]
    return said


def common_factor(found: Sequence[Counterexample]) -> Number | None:
    """The ratio claimed/before, if it is the same short number other than 1 at every failing point."""
    if len(found) < 2 or any(f.difference is None or f.left == 0 for f in found):
        return None
    ratios = [(f.right / f.left).evalf(40) for f in found]
    if any(not r.is_real or abs(r - ratios[0]) > Float("1e-20") for r in ratios):
        return None
    nice = nsimplify(ratios[0], rational=True, tolerance=Float("1e-18"))
    return nice if nice.is_Rational and nice not in (0, 1) and nice.q <= 20 and abs(nice.p) <= 100 else None
