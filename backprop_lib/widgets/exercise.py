"""Ask a reader for a number, a sign or a choice; the page judges the answer, and knows the usual slips.

The answer and every slip are computed, never typed: ``Exercise.number("…", g.dW[2][0, 1], slips={…})``.
Texts are plain Unicode with four marks: `` `code` ``, ``*emphasis*``, ``_{subscript}``, ``^{superscript}``.
jupyterquiz was tried first: it runs an inline script (which our pages forbid), sets texts as HTML, asks
another host for MathJax, and has no dark colors, no hints and no live region.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import anywidget
import numpy as np
import traitlets

from .. import arguments
from . import question
from .source import css, esm
from .verdict import Verdict, verdict_on_choice, verdict_on_numbers


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

    _esm = esm("exercise")
    _css = css("exercise")
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
        asked = question.numbers(answer, label, digits, tolerance, slips or {}, places)
        return cls._complete(asked, prompt, hints, solution, title)

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
        return cls._complete(question.choice(choices), prompt, hints, solution, title)

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
        return cls.choice(prompt, question.signs(answer, feedback or {}), **options)

    @classmethod
    def _complete(
        cls, asked: dict[str, Any], prompt: str, hints: Sequence[str], solution: str, title: str
    ) -> Exercise:
        asked = question.complete(asked, prompt, hints, solution, title)
        room = {phone: question.height(asked, phone=phone) for phone in (False, True)}
        return cls(exercise=asked, reserve=room[False], reserve_phone=room[True])

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
