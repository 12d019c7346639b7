"""The page of equations: ``{equations}`` lists every labeled equation with all that answers for it.

Its body gives each equation its names in words, ``BP1: name; another name``, for readers and for the search.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .ledger import Equation, Line, Mutant, equations

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LOG = logging.getLogger(__name__)
ROOT = Path(__file__).parents[2]
PAGE = "equations"


def names(body: list[str]) -> dict[str, list[str]]:
    """Return {id: names} of the directive's lines."""
    pairs = (line.split(":", 1) for line in body if line.strip())
    return {id.strip(): [name.strip() for name in said.split(";")] for id, said in pairs}


def code(text: str) -> str:
    """Return code for a line of Markdown, whatever it contains."""
    ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    return f"{ticks} {text} {ticks}" if "`" in text else f"{ticks}{text}{ticks}"


def lines_of(title: str, lines: list[Line]) -> list[str]:
    """Return the lines of code in one language, each linked."""
    shown = [f"- {{line}}`{line.short}` {code(line.text)}" for line in lines]
    return [f"**{title}**", "", *shown, ""] if lines else []


def wrong_versions(found: list[Mutant]) -> list[str]:
    """Return what was made wrong, each linked to where it is kept."""
    return [
        f"- {{line}}`{m.where.short}` {code(m.right.strip())} → {code(m.wrong.strip() or ' ')}" for m in found
    ]


def counted(number: int, what: str) -> str:
    """Return a number with its noun."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def entry(equation: Equation, said: list[str]) -> list[str]:
    """Return the Markdown about one equation."""
    python, javascript = equation.mutants_of(".py"), equation.mutants_of(".js")
    numpy = [line for line in equation.of(".py") if "/symbolic/" not in line.path]
    sympy = [line for line in equation.of(".py") if "/symbolic/" in line.path]
    also = f"Also: {', '.join(said[1:])}. " if said[1:] else ""
    tests = ", ".join(f"{{line}}`{line.short}`" for line in equation.tests)
    browser = f" and {len(javascript)} in JavaScript" if javascript else ""
    return [
        f"## ({equation.id}) {said[0]}",
        "",
        f"{also}Taught at {{eq}}`eq-{equation.id.lower()}`, on the page {{doc}}`/{equation.page}`.",
        "",
        "```{math}",
        *equation.tex.splitlines(),
        "```",
        "",
        *lines_of(
            "NumPy", sorted(numpy, key=lambda line: (line.path != "backprop_lib/network.py", line.path))
        ),
        *lines_of("SymPy", sympy),
        *lines_of("JavaScript, in the widgets", equation.of(".js")),
        f"**Judged** as it is printed, with names from {tests}.",
        "",
        f":::{{dropdown}} Rejected: {counted(len(python), 'wrong version')} in Python{browser}",
        *wrong_versions(python + javascript),
        ":::",
        "",
    ]


class Equations(SphinxDirective):
    """``{equations}``: one section for each labeled equation; one that lacks anything is a warning."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        found, said = equations(ROOT), names(list(self.content))
        self.env.temp_data["bp_names"] = said
        for id in sorted(found.keys() ^ said.keys()):
            what = "has no name here" if id in found else "is not an equation of the book"
            LOG.warning("(%s) %s", id, what, location=self.get_location())
        for equation in found.values():
            for what in equation.missing:
                LOG.warning("(%s) lacks %s", equation.id, what, location=self.get_location())
        text = [line for id, names in said.items() if id in found for line in entry(found[id], names)]
        holder = nodes.section(document=self.state.document)
        self.state.nested_parse(StringList(text, PAGE), self.content_offset, holder, match_titles=True)
        return list(holder.children)


def mark_entries(app: Sphinx, doctree: nodes.document) -> None:
    """Give each entry a class, an anchor, and its names for the search; its section is the page's own."""
    said = app.env.temp_data.get("bp_names", {}) if app.env.docname == PAGE else {}
    for section in doctree.findall(nodes.section):
        id = section[0].astext()[1:].partition(")")[0]
        if id in said:
            section["classes"].append("bp-entry")
            section["ids"].append(f"entry-{id.lower()}")
            words = [("single", word, section["ids"][0], "main", None) for word in (id, f"({id})", *said[id])]
            section.insert(1, addnodes.index(entries=words))


def search_from_file(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let the page of search results work without a server."""
    if pagename == "search":
        app.add_js_file("search.js")


def always(app: Sphinx, env: Any, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Read the page again at every build: the code and the tests that it reports on are not its source."""
    return [PAGE] if PAGE in env.found_docs else []


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("equations", Equations)
    app.connect("doctree-read", mark_entries)
    app.connect("html-page-context", search_from_file)
    app.connect("env-get-outdated", always)
