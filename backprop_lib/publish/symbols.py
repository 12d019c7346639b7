"""Lead every symbol on a page to its row in the table of symbols.

The table in ``notation.md`` is the only source: each of its rows is an anchor, each page ends with a line of
links to the rows that its formulas need, and static/symbols.js shows the same entry at a tap on the symbol.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from .cache import digest

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

PAGE = "notation"
HEAD = ("Symbol", "Meaning")
TABLE = re.compile(r"^\| Symbol \| Meaning \|.*\n\|[-:| ]+\|\n((?:\|.*\n)+)", re.MULTILINE)
WORDS = re.compile(r"\\(?:text|class|operatorname|mathrm|begin|end|tag)\{[^{}]*\}")
KRONECKER = re.compile(r"\\delta_\{ ?[a-z] ?[a-z] ?\}(?!\^)")  # δ with two indices and no layer
LETTER = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
GLYPHS = {r"\lambda": "λ", r"\Lambda": "Λ", r"\varphi": "φ", r"\phi": "ϕ", r"\varepsilon": "ε"} | {
    r"\odot": "⊙", r"\partial": "∂", r"\nabla": "∇",
}  # fmt: skip


def letters(tex: str) -> list[str]:
    """Return the letters of a formula as they are shown, in order; Kronecker's δ is ``δij``."""
    found = []
    for match in LETTER.finditer(KRONECKER.sub(r" \\kronecker ", WORDS.sub(" ", tex))):
        found += [glyph] if (glyph := shown(match[0])) else []
    return found


def shown(token: str) -> str:
    """Return the glyph of a TeX token, or nothing for a command that is no letter."""
    if token == r"\kronecker":
        return "δij"
    if len(token) == 1 or token in GLYPHS:
        return GLYPHS.get(token, token)
    case = "CAPITAL" if token[1].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {token[1:]}")
    except KeyError:
        return ""


@dataclass(frozen=True)
class Symbol:
    """A row of the table: the glyphs it is about, its name, what more it says, and the shape, as HTML."""

    glyphs: tuple[str, ...]
    name: str
    meaning: str
    shape: str

    @property
    def anchor(self) -> str:
        """The id of the row."""
        return f"symbol-{nodes.make_id(self.name)}"


def plain(markdown: str) -> str:
    """Return a cell without its marks: no stars, dollars, backticks or roles."""
    cell = re.sub(r"\{eq\}`eq-(\w+)`", lambda role: f"({role[1].upper()})", markdown)
    return re.sub(r"\\(?:,|;|mathsf) ?|[*$`{}]", "", cell).replace("-", "−" if "$" in markdown else "-")


def lowered(cell: str) -> str:
    """Return a shape as HTML: ``$(n_l, m)$`` with its index below the line."""
    bare = escape(cell.strip(" $")).replace(r"\,", " ").replace("-", "−")
    return re.sub(r"_(?:\{([^}]*)\}|(\w))", lambda index: f"<sub>{index[1] or index[2]}</sub>", bare)


def read(notation: str) -> list[Symbol]:
    """Return the rows of every table of symbols in the text of the notation page."""
    rows = [row for table in TABLE.findall(notation) for row in table.splitlines()]
    found = []
    for row in rows:
        symbol, meaning, shape, *_ = (cell.strip() for cell in row.strip().strip("|").split("|"))
        name, rest = re.fullmatch(r"\*\*(.+?)\*\*[,:;]? ?(.*)", meaning).groups()  # type: ignore[union-attr]
        glyphs = tuple(letters(tex)[0] for tex in re.findall(r"\$(.+?)\$", symbol))
        found.append(Symbol(glyphs, name, plain(rest), lowered(shape)))
    return found


def used(symbols: list[Symbol], formulas: list[str]) -> list[Symbol]:
    """Return the symbols that occur in these formulas, in the table's order."""
    present = {letter for tex in formulas for letter in letters(tex)}
    return [symbol for symbol in symbols if present & {*symbol.glyphs}]


def line(symbols: list[Symbol], address: str) -> str:
    """Return the links at the end of a page, as HTML."""
    links = [
        f'<li><a href="{address}#{s.anchor}" data-glyphs="{" ".join(s.glyphs)}" title="{escape(s.meaning)}">'
        f"<var>{s.glyphs[0].removesuffix('ij')}</var> {escape(s.name)}</a>"
        + (f" <span>{s.shape}</span>" if s.shape else "")
        for s in symbols
    ]
    title = "Symbols on this page"
    return f'<nav class="bp-symbols" aria-label="{title}"><p>{title}</p><ul>{"".join(links)}</ul></nav>'


def mark_rows(app: Sphinx, doctree: nodes.document) -> None:
    """Make each row of the table an anchor, named by the words in bold."""
    if app.env.docname != PAGE:
        return
    for table in doctree.findall(nodes.table):
        head, *rows = table.findall(nodes.row)
        symbols = tuple(cell.astext() for cell in head)[:2] == HEAD
        table["classes"].append("bp-rows" if symbols else "bp-dictionary")
        if symbols:
            for row in rows:
                name = next(row.findall(nodes.strong)).astext().replace("’", "'")  # as it was typed
                row["ids"].append(f"symbol-{nodes.make_id(name)}")


def end_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write the line of symbols under a page."""
    source = Path(app.srcdir, f"{PAGE}.md")
    if doctree is None or not source.exists():
        return
    formulas = [
        formula.astext() for kind in (nodes.math, nodes.math_block) for formula in doctree.findall(kind)
    ]
    found = used(read(source.read_text("utf8")), formulas)
    if found:
        context["body"] += line(found, context["pathto"](PAGE) if pagename != PAGE else "")
        app.add_js_file("symbols.js", loading_method="defer")


def seal(app: Sphinx, config: Config) -> None:
    """Write every page again when the table changes."""
    source = Path(app.srcdir, f"{PAGE}.md")
    config.symbols_digest = digest([source]) if source.exists() else ""


def setup(app: Sphinx) -> None:
    """Mark the rows when the table is read, and end each page when it is written."""
    app.add_config_value("symbols_digest", "", "html")
    app.add_css_file("reference.css", priority=710)
    app.connect("config-inited", seal)
    app.connect("doctree-read", mark_rows)
    app.connect("html-page-context", end_page, priority=700)
