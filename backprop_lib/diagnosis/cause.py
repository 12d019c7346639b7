"""Write a cause down: its name, the sentence that says it with its numbers, a cure, and its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Cause:
    """Why a run ended as it did.

    Attributes
    ----------
    name : str
        gradient, rate, overflow, symmetric, dead, biases, straight, saturated, vanishing, slow or saddle.
    sentence, cure : str
    page : str
        The page of the book that teaches it.
    evidence : mapping from str to float
        Every number was computed from the run.
    """

    name: str
    sentence: str
    cure: str
    page: str
    evidence: Mapping[str, float] = field(default_factory=dict)
