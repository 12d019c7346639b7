"""Draw the book as a map: ``{map}`` makes one line of stations for each part of the table of contents.

A station is a page, with the equations that live there; ``{count}`` in a sentence counts what the book holds.
"""

from __future__ import annotations

import re
import textwrap
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective, SphinxRole

from .ledger import equations

if TYPE_CHECKING:
    from sphinx.application import Sphinx

WIDTH, LEFT, SIZE = 300, 26, 14.5
CHARACTERS = 36  # of a title that fit beside a station
FORWARD, BACKWARD = re.compile(r"[FAC]\d"), re.compile(r"BP\d|GD|M\d")


class here(nodes.General, nodes.Element):
    """The place of the map."""


class count(nodes.Inline, nodes.Element):
    """The place of a number."""


class Map(SphinxDirective):
    """``{map}`` with the caption as its body."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the place of the map; the pages it shows are not all read yet."""
        return [here(caption=" ".join(self.content))]


class Count(SphinxRole):
    """``{count}`equations```, or errata, pages, wrong versions."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the place of the number."""
        return [count(what=self.text)], []


def parts(app: Sphinx) -> list[tuple[str, list[str]]]:
    """Return each part's caption and its pages, from the table of contents."""
    found = []
    for tree in app.env.external_site_map.root.subtrees:
        found.append(
            (tree.caption or "", [Path(str(item)).with_suffix("").as_posix() for item in tree.items])
        )
    return found


def ids(app: Sphinx) -> dict[str, list[str]]:
    """Return the equations that each page labels."""
    found: dict[str, list[str]] = {}
    for label, (page, _) in app.env.get_domain("math").equations.items():
        found.setdefault(page, []).append(label.removeprefix("eq-").upper())
    return {page: sorted(labels) for page, labels in found.items()}


def circle(y: float, labels: list[str]) -> str:
    """Return a page's circle: filled by the way its equations go, half and half for both ways."""
    forward, backward = (any(map(way.fullmatch, labels)) for way in (FORWARD, BACKWARD))
    fill = "forward" if forward else "gradient" if backward else "ground"
    half = (
        f'<path d="M8 {y - 6:g}a6 6 0 0 1 0 12z" fill="var(--bp-gradient)"/>' if forward and backward else ""
    )
    ring = 'stroke="var(--bp-muted)" stroke-width="1.5"'
    return f'<circle cx="8" cy="{y:g}" r="6" fill="var(--bp-{fill})" {ring}/>{half}'


def station(y: float, address: str, title: str, labels: list[str]) -> tuple[str, float]:
    """Return the SVG of a page, and where the next one begins."""
    lines, leading = textwrap.wrap(title, CHARACTERS), SIZE * 1.25
    spans = "".join(
        f'<tspan x="{LEFT}" y="{y + 5 + n * leading:g}">{escape(line)}</tspan>'
        for n, line in enumerate(lines)
    )
    text = f'<text font-size="{SIZE}" fill="var(--bp-ink)">{spans}</text>'
    link = f'<a href="{escape(address)}">{circle(y, labels)}{text}</a>'
    end = y + (len(lines) - 1) * leading
    if labels:
        end += 19
        named = " ".join(f'<a href="{escape(address)}#eq-{id.lower()}">({id})</a>' for id in labels)
        place = f'x="{LEFT}" y="{end + 4:g}" font-size="12"'
        link += f'<text class="bp-ids" {place} fill="var(--bp-muted)">{named}</text>'
    return link, end + 31


def panel(caption: str, stations: list[tuple[str, str, list[str]]]) -> str:
    """Return the SVG of a part: its name, and its pages along a line."""
    drawn, y, last = [], 42.0, 42.0
    for address, title, labels in stations:
        last = y
        svg, y = station(y, address, title, labels)
        drawn.append(svg)
    line = f'<path d="M8 42V{last:g}" stroke="var(--bp-line)" stroke-width="3"/>'
    head = (
        f'<text x="0" y="15" font-size="15" font-weight="600" fill="var(--bp-ink)">{escape(caption)}</text>'
    )
    name = f"<title>{escape(caption)}</title>"
    return f'<svg viewBox="0 0 {WIDTH} {y - 14:g}" role="group">{name}{head}{line}{"".join(drawn)}</svg>'


def drawn(app: Sphinx, docname: str, caption: str) -> str:
    """Return the map as HTML."""
    labels, panels = ids(app), []
    for name, pages in parts(app):
        stations = [
            (app.builder.get_relative_uri(docname, page), app.env.titles[page].astext(), labels.get(page, []))
            for page in pages
        ]
        panels.append(f'<div class="bp-panel">{panel(name, stations)}</div>')
    alt = f"Map of the book: {len(panels)} parts, each a line of pages with the equations that live there"
    figure = f'<figure class="bp-figure bp-wide bp-map" aria-label="{alt}">'
    told = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f'{figure}<div class="bp-panels">{"".join(panels)}</div>{told}</figure>'


def counted(app: Sphinx) -> dict[str, int]:
    """Return what can be counted."""
    laws = equations(Path(__file__).parents[2]).values()
    anchors = app.env.get_domain("std").anonlabels
    return {
        "equations": len(laws),
        "errata": sum(bool(re.fullmatch(r"e\d{3}-\d{2}", name)) for name in anchors),
        "pages": len(app.env.found_docs),
        "wrong versions": sum(len(law.mutants) for law in laws),
    }


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Draw the map and write the numbers, now that every page is read."""
    for place in list(doctree.findall(here)):
        place.replace_self(nodes.raw("", drawn(app, docname, place["caption"]), format="html"))
    places = list(doctree.findall(count))
    numbers = counted(app) if places else {}
    for place in places:
        place.replace_self(nodes.Text(str(numbers[place["what"]])))


def again(app: Sphinx, env: Any) -> list[str]:
    """Write the first page at every build: its map shows the other pages."""
    return [app.config.root_doc]


def setup(app: Sphinx) -> None:
    """Add the map and the numbers."""
    app.add_node(here)
    app.add_node(count)
    app.add_directive("map", Map)
    app.add_role("count", Count())
    app.connect("doctree-resolved", fill)
    app.connect("env-updated", again)
