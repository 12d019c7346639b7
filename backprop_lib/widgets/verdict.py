"""Say what a typed answer amounts to: right, a known slip, a wrong sign, too few digits, or not a number.

The same rules as ``verdict.js``, sentence for sentence: ``Exercise.check`` says in Python what the page says.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

EXAMPLES = "Write a number such as -0.147, 1.4e-3 or 3/4."
TOO_FEW = "Right to {} digit{}; {} are asked for: look at the {}."
MISPLACED = "The digits are right, the decimal point is misplaced."
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
DECIMAL = re.compile(r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(?:(?:[eE]|\*10\^)([+-]?[0-9]{1,3}))?")


@dataclass(frozen=True)
class Verdict:
    """A judgement: what ``kind`` of answer it was, the sentence for the reader, a mark for every field."""

    kind: str
    text: str
    marks: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.kind == "right"

    def __repr__(self) -> str:
        return f"{'✓' if self else '✗'} {self.text}"


class Read(NamedTuple):
    """A text read as a number: its value and how it was understood, or the trouble with it."""

    value: float = math.nan
    note: str = ""
    trouble: str = ""


class Reading(NamedTuple):
    """One way to understand what is typed: the values it gives at every place, to so many digits."""

    kind: str
    text: str
    values: Sequence[float]
    digits: int


def read(text: str) -> Read:
    """Return the number that ``text`` stands for, or the trouble: a sentence that says how to write one."""
    quoted = f"“{text[:40]}”"
    plain = re.sub(r"[ \t\r\n\u00a0\u2009\u202f]+", " ", text)
    plain = re.sub(r"^ | \Z", "", plain)
    plain = re.sub(r"[−–‐‑]", "-", plain)
    plain = re.sub(r"[·×]", "*", plain)
    plain = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+", lambda s: "^" + s[0].translate(SUPERSCRIPTS), plain)
    plain = re.sub(r" ?([/*^+-]) ?", r"\1", plain)
    if plain == "":
        return Read(trouble=f"Nothing is written here yet. {EXAMPLES}")
    comma = "," in plain
    if comma and "." in plain:
        return Read(trouble=f"{quoted} has a comma and a point; leave out what separates the thousands.")
    plain = plain.replace(",", ".", 1)
    parts = [DECIMAL.fullmatch(part) for part in plain.split("/")]
    numbers = [float(f"{part[1]}e{part[2] or 0}") for part in parts if part]
    if len(parts) > 2 or len(numbers) < len(parts):
        return Read(trouble=f"{quoted} cannot be read as a number. {EXAMPLES}")
    above, below = numbers if len(numbers) == 2 else (numbers[0], 1.0)
    if below == 0:
        return Read(trouble=f"{quoted} divides by zero.")
    value = above / below
    if not math.isfinite(value):
        return Read(trouble=f"{quoted} is too large to be a number here.")
    return Read(value, f"Read as {plain.replace('-', '−')}. " if comma else "")


def half_unit(value: float, digits: int) -> float:
    """Return half a unit in the last of ``digits`` significant digits of ``value``: what rounding moves."""
    exponent = -1 if value == 0 else Decimal(repr(value)).adjusted()
    return float(f"5e{exponent - digits}") * (1 + 1e-9)


def readings(exercise: dict[str, Any]) -> list[Reading]:
    """Return the ways an answer can be read, first match first."""
    answer, digits = exercise["answer"], exercise["digits"]
    least = max(1, min(2, digits - 1))  # agreeing in one digit of three is no agreement

    def times(factor: float) -> list[float]:
        return [value * factor for value in answer]

    fewer = range(digits - 1, least - 1, -1) if exercise["tolerance"] is None else ()
    return [
        Reading("right", "Right.", answer, digits),
        *(Reading("slip", slip["text"], slip["values"], digits) for slip in exercise["slips"]),
        Reading("sign", "The size is right, the sign is not.", times(-1), least),
        *(
            Reading("digits", TOO_FEW.format(d, "" if d == 1 else "s", digits, ORDINALS[d]), answer, d)
            for d in fewer
        ),
        Reading("factor", "That is twice the right value.", times(2), digits),
        Reading("factor", "That is half the right value.", times(0.5), digits),
        *(Reading("point", MISPLACED, times(power), digits) for power in (1e1, 1e-1, 1e2, 1e-2, 1e3, 1e-3)),
    ]


def verdict_on_numbers(exercise: dict[str, Any], texts: Sequence[str]) -> Verdict:
    """Return the verdict on the texts in an exercise's fields, one text for each place."""
    places, n = exercise["places"], len(exercise["answer"])
    given = [read(text) for text in texts]
    unread = [i for i in range(n) if given[i].trouble]
    if unread:
        where = f"{places[unread[0]]}: " if n > 1 else ""
        marks = tuple("unread" if g.trouble else "" for g in given)
        return Verdict("unread", where + given[unread[0]].trouble, marks)

    def fits(reading: Reading, i: int) -> bool:
        allowed = exercise["tolerance"] or half_unit(reading.values[i], reading.digits)
        return bool(abs(given[i].value - reading.values[i]) <= allowed)

    known = readings(exercise)
    wrong = [i for i in range(n) if not fits(known[0], i)]
    marks = tuple("wrong" if i in wrong else "right" for i in range(n))
    if not wrong:
        shown = exercise["shown"]
        return Verdict("right", f"Right: {shown}." if shown else "Right, every one.", marks)

    def first(wanted: Sequence[int]) -> Reading | None:
        return next((r for r in known if all(fits(r, i) for i in wanted)), None)

    note, whole, part = given[wrong[0]].note, first(range(n)), first(wrong)
    if whole:
        return Verdict(whole.kind, note + whole.text, marks)
    if n == 1:
        return Verdict("wrong", f"{note}Not this value.", marks)
    if len(wrong) == n:
        return Verdict("wrong", f"{note}None of the {n} is right yet.", marks)
    named = "; ".join(places[i] for i in wrong[:3]) + (" …" if len(wrong) > 3 else "")
    count = f"{note}{n - len(wrong)} of {n} are right; look at {named}."
    return Verdict(part.kind, f"{count} {part.text}", marks) if part else Verdict("wrong", count, marks)


def verdict_on_choice(exercise: dict[str, Any], picked: int) -> Verdict:
    """Return the verdict on the choice with this number, or on none (-1)."""
    choices = exercise["choices"]
    if not 0 <= picked < len(choices):
        return Verdict("unread", "Nothing is chosen yet.", ("",) * len(choices))
    kind = "right" if choices[picked]["right"] else "wrong"
    marks = tuple(kind if i == picked else "" for i in range(len(choices)))
    text = f"{'Right.' if kind == 'right' else 'Not this one.'} {choices[picked]['feedback']}"
    return Verdict(kind, text.removesuffix(" "), marks)
