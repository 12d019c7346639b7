"""Write an exercise down as plain data to be judged by; refuse what nobody could judge."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .. import arguments
from ..activations import Array
from .verdict import half_unit

Question = dict[str, Any]
SIGNS = {1: "positive", 0: "zero", -1: "negative"}


def numbers(
    answer: Any,
    label: str,
    digits: int,
    tolerance: float | None,
    slips: Mapping[str, Any],
    places: Sequence[str] | None,
) -> Question:
    """Return a question for a matrix of numbers; parameters and errors are those of ``Exercise.numbers``."""
    values = _matrix("answer", answer)
    digits = arguments.integer("digits", digits, least=1)
    if digits > 9:
        raise ValueError(f"digits is {digits}; at most 9 can be asked for")
    tolerance = None if tolerance is None else arguments.number("tolerance", tolerance, above=0.0)
    rows, columns = values.shape
    if places is None:
        places = [f"row {i + 1}, column {j + 1}" for i in range(rows) for j in range(columns)]
    if len(places) != values.size:
        raise ValueError(
            f"places has {len(places)} names; an answer of shape {values.shape} needs {values.size}"
        )
    return {
        "kind": "number",
        "label": label,
        "columns": columns,
        "places": list(places),
        "answer": values.ravel().tolist(),
        "shown": f"{values[0, 0]:.6g}".replace("-", "−") if values.size == 1 else "",
        "digits": digits,
        "tolerance": tolerance,
        "slips": [_slip(name, given, values, digits, tolerance) for name, given in slips.items()],
    }


def _matrix(name: str, value: Any) -> Array:
    values = arguments.real_array(name, value).astype(np.float64)
    return values.reshape(-1, 1) if values.ndim < 2 else values


def _slip(name: str, given: Any, answer: Array, digits: int, tolerance: float | None) -> dict[str, Any]:
    value, why = given if isinstance(given, tuple) and isinstance(given[-1], str) else (given, "")
    values = _matrix(f"slips[{name!r}]", value)
    if values.shape != answer.shape:
        raise ValueError(f"slips[{name!r}] has shape {values.shape}; the answer has {answer.shape}")
    allowed = [tolerance or half_unit(float(a), digits) for a in answer.ravel()]
    if (abs(values - answer).ravel() <= allowed).all():
        raise ValueError(
            f"slips[{name!r}] is the answer itself to the digits asked for; it cannot be told apart"
        )
    return {"text": f"A known slip: {name}. {why}".rstrip(), "values": values.ravel().tolist()}


def choice(choices: Mapping[str, tuple[bool, str]]) -> Question:
    """Return a question with these choices; parameters and errors are those of ``Exercise.choice``."""
    listed = [
        {"text": text, "right": bool(right), "feedback": feedback}
        for text, (right, feedback) in choices.items()
    ]
    if len(listed) < 2 or [each["right"] for each in listed].count(True) != 1:
        raise ValueError(f"choices has {len(listed)} entries; two or more, exactly one right, are needed")
    return {"kind": "choice", "choices": listed}


def signs(answer: Any, feedback: Mapping[str, str]) -> dict[str, tuple[bool, str]]:
    """Return the three signs as choices, that of ``answer`` the right one."""
    value = arguments.number("answer", np.asarray(answer).item())
    for name in feedback:
        arguments.choice("a key of feedback", name, list(SIGNS.values()))
    right = SIGNS[int(math.copysign(1, value)) if value else 0]
    return {name: (name == right, feedback.get(name, "")) for name in SIGNS.values()}


def complete(asked: Question, prompt: str, hints: Sequence[str], solution: str, title: str) -> Question:
    """Return the question with its words, and a key that changes whenever anything in it does."""
    if isinstance(hints, str):
        raise TypeError("hints is one text; a list of texts is needed")
    asked = asked | {"prompt": prompt, "hints": list(hints), "solution": solution, "title": title}
    return asked | {"key": hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:12]}


def height(asked: Question, *, phone: bool) -> int:
    """Return about how many pixels an untouched exercise takes; a test compares it with the page."""
    columns, frame = (37, 160) if phone else (66, 168)  # characters a line; the frame, buttons and feedback
    if asked["kind"] == "choice":
        fields = sum(24 * math.ceil(len(c["text"]) / (columns - 4)) + 10 for c in asked["choices"])
    else:
        rows = len(asked["answer"]) // asked["columns"]
        beneath = phone and rows * asked["columns"] > 1 and asked["label"]
        fields = 42 * rows + (32 if beneath else 0)
    return 24 * math.ceil(len(asked["prompt"]) / columns) + fields + frame
