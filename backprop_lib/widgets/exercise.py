"""Ask a reader for a number, a sign or a choice; the page judges the answer, and knows the usual slips.

The answer and every slip are computed, never typed: ``Exercise.number("…", g.dW[2][0, 1], slips={…})``.
Texts are plain Unicode with four marks: `` `code` ``, ``*emphasis*``, ``_{subscript}``, ``^{superscript}``.
jupyterquiz was tried first: it runs an inline script (which our pages forbid), sets texts as HTML, asks
another host for MathJax, and has no dark colors, no hints and no live region.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import numpy as np
import traitlets

from .. import arguments
from .verdict import Verdict, half_unit, verdict_on_choice, verdict_on_numbers

HERE = Path(__file__).parent
IMPORT = 'import { verdict } from "./verdict.js";\n'
SIGNS = {1: "positive", 0: "zero", -1: "negative"}


def module() -> str:
    """Return verdict.js and exercise.js as the one module that a widget may have."""
    verdict, exercise = ((HERE / f"{name}.js").read_text("utf8") for name in ("verdict", "exercise"))
    if IMPORT not in exercise:
        raise ImportError(f"exercise.js does not contain the line {IMPORT!r}")
    return verdict + exercise.replace(IMPORT, "")


class Exercise(anywidget.AnyWidget):  # type: ignore[misc]
    """An exercise that checks itself.  Make one with ``number``, ``numbers``, ``sign`` or ``choice``.

    Attributes
    ----------
    exercise : dict
        Everything that is asked, judged and shown.
    solved : bool
        Whether the reader's last answer was right.
    reserve, reserve_phone : int
        The height in pixels that a page keeps free for it, on a desk and on a phone.
    """

    _esm = module()
    _css = (HERE / "exercise.css").read_text("utf8")
    exercise = traitlets.Dict().tag(sync=True)
    solved = traitlets.Bool(False).tag(sync=True)
    reserve = traitlets.Int(0).tag(sync=True)
    reserve_phone = traitlets.Int(0).tag(sync=True)

    @classmethod
    def number(cls, prompt: str, answer: Any, *, label: str = "", **options: Any) -> Exercise:
        """Ask for one number.

        Parameters
        ----------
        prompt, label : str
            The question, and what stands before the field ("∂C/∂w =" needs only "∂C/∂w").
        answer : float
            The right value, computed.
        **options
            As for ``numbers``.

        Examples
        --------
        >>> slope = Exercise.number("What is σ′(0)?", answer=1 / 4, slips={"σ itself, not its slope": 1 / 2})
        >>> slope.check("0.5")
        ✗ A known slip: σ itself, not its slope.
        >>> slope.check("1/4")
        ✓ Right: 0.25.
        """
        value = arguments.number("answer", np.asarray(answer).item() if np.size(answer) == 1 else answer)
        return cls.numbers(prompt, [[value]], label=label, **options)

    @classmethod
    def numbers(
        cls,
        prompt: str,
        answer: Any,
        *,
        label: str = "",
        digits: int = 3,
        tolerance: float | None = None,
        slips: Mapping[str, Any] | None = None,
        places: Sequence[str] | None = None,
        hints: Sequence[str] = (),
        solution: str = "",
        title: str = "Exercise",
    ) -> Exercise:
        """Ask for a matrix of numbers, field by field.

        Parameters
        ----------
        prompt, label : str
            The question, and what stands before the fields.
        answer : array of shape (rows, columns) or (n,)
            The right values, computed; a vector is shown as a column.
        digits : int
            How many significant digits are asked for: an answer may be half a unit of the last one off.
        tolerance : float, optional
            The largest difference allowed, instead of ``digits``.
        slips : mapping from the name of a slip to what it gives
            Values of the shape of ``answer``, computed; or a pair of them and a sentence that explains.
            A name completes "A known slip: …".  Sign errors are recognized always.
        places : sequence of str, optional
            What each field is called, row after row; "row 2, column 1" without it.
        hints : sequence of str
            Shown one by one, on request, before the solution.
        solution : str
        title : str
            What stands above: "Predict", "Derive", "Break it".

        Raises
        ------
        TypeError, ValueError
            If a value is not finite, a slip has another shape, or a slip cannot be told from the answer.
        """
        values = arguments.real_array("answer", answer)
        values = values.reshape(-1, 1) if values.ndim < 2 else values
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
        flat = [float(value) for value in values.ravel()]
        exercise = {
            "kind": "number",
            "label": label,
            "columns": columns,
            "places": list(places),
            "answer": flat,
            "shown": f"{flat[0]:.6g}".replace("-", "−") if len(flat) == 1 else "",
            "digits": digits,
            "tolerance": tolerance,
            "slips": [_slip(name, given, values, digits, tolerance) for name, given in (slips or {}).items()],
        }
        return cls._complete(exercise, prompt, hints, solution, title)

    @classmethod
    def choice(
        cls,
        prompt: str,
        choices: Mapping[str, tuple[bool, str]],
        *,
        hints: Sequence[str] = (),
        solution: str = "",
        title: str = "Exercise",
    ) -> Exercise:
        """Ask for one of several choices.

        Parameters
        ----------
        choices : mapping from a text to (whether it is right, what to say to whoever picks it)
        prompt, hints, solution, title
            As for ``numbers``.

        Raises
        ------
        ValueError
            If there are fewer than two choices, or not one that is right.
        """
        listed = [
            {"text": text, "right": bool(right), "feedback": feedback}
            for text, (right, feedback) in choices.items()
        ]
        if len(listed) < 2 or [choice["right"] for choice in listed].count(True) != 1:
            raise ValueError(f"choices has {len(listed)} entries; two or more, exactly one right, are needed")
        return cls._complete({"kind": "choice", "choices": listed}, prompt, hints, solution, title)

    @classmethod
    def sign(
        cls, prompt: str, answer: Any, *, feedback: Mapping[str, str] | None = None, **options: Any
    ) -> Exercise:
        """Ask whether a number is positive, zero or negative.

        Parameters
        ----------
        answer : float
            The number itself, computed; its sign is what is asked.
        feedback : mapping from "positive", "zero", "negative" to a sentence, optional
        prompt, **options
            As for ``choice``.
        """
        value, said = arguments.number("answer", np.asarray(answer).item()), feedback or {}
        for name in said:
            arguments.choice("a key of feedback", name, list(SIGNS.values()))
        right = SIGNS[int(math.copysign(1, value)) if value else 0]
        choices = {name: (name == right, said.get(name, "")) for name in SIGNS.values()}
        return cls.choice(prompt, choices, **options)

    @classmethod
    def _complete(
        cls, exercise: dict[str, Any], prompt: str, hints: Sequence[str], solution: str, title: str
    ) -> Exercise:
        if isinstance(hints, str):
            raise TypeError("hints is one text; a list of texts is needed")
        exercise |= {"prompt": prompt, "hints": list(hints), "solution": solution, "title": title}
        exercise["key"] = hashlib.sha256(json.dumps(exercise).encode()).hexdigest()[:12]
        return cls(
            exercise=exercise,
            reserve=height(exercise, phone=False),
            reserve_phone=height(exercise, phone=True),
        )

    def check(self, answer: Any) -> Verdict:
        """Return what the page says to an answer: a number, a text, an array of either, or a choice."""
        if self.exercise["kind"] == "choice":
            texts = [choice["text"] for choice in self.exercise["choices"]]
            return verdict_on_choice(self.exercise, texts.index(answer) if answer in texts else -1)
        given = np.asarray(answer, dtype=object).ravel().tolist()
        n = len(self.exercise["answer"])
        if len(given) != n:
            return Verdict("unread", f"{len(given)} values were given; {n} are needed.")
        return verdict_on_numbers(self.exercise, [x if isinstance(x, str) else repr(float(x)) for x in given])


def _slip(name: str, given: Any, answer: Any, digits: int, tolerance: float | None) -> dict[str, Any]:
    value, why = given if isinstance(given, tuple) and isinstance(given[-1], str) else (given, "")
    values = arguments.real_array(f"slips[{name!r}]", value)
    values = values.reshape(-1, 1) if values.ndim < 2 else values
    if values.shape != answer.shape:
        raise ValueError(f"slips[{name!r}] has shape {values.shape}; the answer has {answer.shape}")
    allowed = [half_unit(float(a), digits) if tolerance is None else tolerance for a in answer.ravel()]
    if (abs(values - answer).ravel() <= allowed).all():
        raise ValueError(
            f"slips[{name!r}] is the answer itself to the digits asked for; it cannot be told apart"
        )
    text = f"A known slip: {name}." if not why else f"A known slip: {name}. {why}"
    return {"text": text, "values": [float(v) for v in values.ravel()]}


def height(exercise: Mapping[str, Any], *, phone: bool) -> int:
    """Return about how many pixels an untouched exercise takes; a test compares it with the page."""
    columns, frame = (37, 160) if phone else (66, 168)  # characters a line; the frame, buttons and feedback
    if exercise["kind"] == "choice":
        fields = sum(24 * math.ceil(len(c["text"]) / (columns - 4)) + 10 for c in exercise["choices"])
    else:
        rows = len(exercise["answer"]) // exercise["columns"]
        beneath = phone and rows * exercise["columns"] > 1 and exercise["label"]
        fields = 42 * rows + (32 if beneath else 0)
    return 24 * math.ceil(len(exercise["prompt"]) / columns) + fields + frame
