"""Citations by author and year, in round brackets: ``{cite}`nielsen2015` `` is shown as (Nielsen, 2015)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def brackets() -> BracketStyle:
    """Return round brackets, with semicolons between several works."""
    return BracketStyle(left="(", right=")", sep="; ")


@dataclass
class RoundBrackets(AuthorYearReferenceStyle):
    """(Nielsen, 2015), or Nielsen (2015) where the sentence itself names the author."""

    bracket_parenthetical: BracketStyle = field(default_factory=brackets)
    bracket_textual: BracketStyle = field(default_factory=brackets)


def setup(app: Sphinx) -> None:
    """Tell sphinxcontrib-bibtex of the style, under the name that ``_config.yml`` asks for."""
    register_plugin("sphinxcontrib.bibtex.style.referencing", "round_brackets", RoundBrackets)
