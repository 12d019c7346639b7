"""The colors of code: quiet ones, so that a formula's id in a comment stands out and nothing shouts."""

from __future__ import annotations

from typing import ClassVar

from pygments.style import Style
from pygments.token import Comment, Error, Keyword, Literal, Name, Number, Operator, Punctuation, String, Text


def palette(ink: str, muted: str, word: str, value: str, name: str) -> dict[object, str]:
    """Return a style that uses five colors."""
    return {
        Text: ink,
        Name: ink,
        Operator: ink,
        Punctuation: ink,
        Comment: muted,
        Keyword: word,
        Name.Builtin: ink,
        Name.Function: name,
        Name.Class: name,
        Name.Decorator: name,
        Literal: value,
        Number: value,
        String: value,
        Error: ink,
    }


class Light(Style):
    """Code on a light ground."""

    background_color = "#f5f4f0"
    styles: ClassVar = palette("#24292f", "#66707a", "#5b4b9a", "#2f6b4f", "#24292f")


class Dark(Style):
    """Code on a dark ground."""

    background_color = "#1c2024"
    styles: ClassVar = palette("#dde1e5", "#8d98a3", "#b3a6f0", "#8fc9ab", "#dde1e5")
