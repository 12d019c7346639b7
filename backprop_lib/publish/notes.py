"""Notes beside the text: ``{margin}``, ``{erratum}`` and ``{dropdown}``.

A margin note stands beside the text where there is room, and below it where there is none.
An erratum is folded away until it is asked for, says what was printed and what is right, and has an anchor.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator


class aside(nodes.General, nodes.Element):
    """A note beside the text."""


class details(nodes.General, nodes.Element):
    """Text that is folded away; its first child is the summary."""


class summary(nodes.General, nodes.TextElement):
    """The line that stays visible."""


@dataclass(frozen=True)
class Said:
    """What an erratum says, and where; the errata page repeats it."""

    docname: str
    title: list[nodes.Node]
    told: dict[str, list[nodes.Node]] = field(default_factory=dict)


def said(env: BuildEnvironment) -> dict[str, Said]:
    """Return what every erratum of the book says, by its id."""
    if not hasattr(env, "bp_errata"):
        env.bp_errata = {}
    return cast("dict[str, Said]", env.bp_errata)


class Margin(SphinxDirective):
    """``{margin} Title`` with the note as its body."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the note."""
        note = aside(classes=["bp-margin"])
        if self.arguments:
            text, messages = self.state.inline_text(self.arguments[0], self.lineno)
            note += nodes.paragraph("", "", *text, *messages, classes=["bp-margin-title"])
        self.state.nested_parse(self.content, self.content_offset, note)
        return [note]


class Dropdown(SphinxDirective):
    """``{dropdown} Summary`` with text that is folded away; ``:open:`` unfolds it."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {"open": directives.flag, "class": directives.class_option}

    def run(self) -> list[nodes.Node]:
        """Return the folded text."""
        fold = details(classes=["bp-dropdown", *self.options.get("class", [])], open="open" in self.options)
        text, messages = self.state.inline_text(self.arguments[0], self.lineno)
        fold += summary("", "", *text, *messages)
        self.state.nested_parse(self.content, self.content_offset, fold)
        return [fold]


class Erratum(SphinxDirective):
    """``{erratum} E001.05 What is wrong``, with ``:printed:``, ``:right:`` and the reasons as its body."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {
        "printed": directives.unchanged,
        "right": directives.unchanged,
        "open": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Return the folded erratum, and make its id a target of ``{ref}``."""
        name, _, title = self.arguments[0].partition(" ")
        anchor = nodes.make_id(name)
        fold = details(classes=["bp-erratum"], ids=[anchor], open="open" in self.options)
        text, messages = self.state.inline_text(title.strip() or "Erratum", self.lineno)
        known = said(self.env)[name] = Said(self.env.docname, [node.deepcopy() for node in text])
        label = nodes.inline("", name, classes=["bp-erratum-id"])
        fold += summary("", "", label, nodes.Text(" "), *text, *messages)
        for option, word in (("printed", "Printed"), ("right", "Right")):
            if option in self.options:
                told, messages = self.state.inline_text(self.options[option], self.lineno)
                known.told[option] = [node.deepcopy() for node in told]
                tag = nodes.inline("", word, classes=["bp-erratum-word"])
                line = [tag, nodes.Text(" "), *told, *messages]
                fold += nodes.paragraph("", "", *line, classes=[f"bp-erratum-{option}"])
        self.state.nested_parse(self.content, self.content_offset, fold)
        self.env.get_domain("std").note_hyperlink_target(anchor, self.env.docname, anchor, name)
        return [fold]


def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop what a page's errata said, before it is read again."""
    for name in [name for name, one in said(env).items() if one.docname == docname]:
        del said(env)[name]


def merge(app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
    """Take over what another process has read."""
    said(env).update((name, one) for name, one in said(other).items() if one.docname in docnames)


def visit_details(self: HTML5Translator, node: details) -> None:
    """Open the element, unfolded if it was asked for."""
    more = {"open": ""} if node.get("open") else {}
    self.body.append(self.starttag(node, "details", **more))


def element(tag: str) -> tuple[Any, Any]:
    """Return what writes the start and the end of an HTML element."""

    def visit(self: HTML5Translator, node: nodes.Element) -> None:
        self.body.append(self.starttag(node, tag))

    def depart(self: HTML5Translator, node: nodes.Element) -> None:
        self.body.append(f"</{tag}>\n")

    return visit, depart


def setup(app: Sphinx) -> None:
    """Add the directives and what writes them."""
    app.add_node(aside, html=element("aside"))
    app.add_node(summary, html=element("summary"))
    app.add_node(details, html=(visit_details, element("details")[1]))
    app.add_directive("margin", Margin)
    app.add_directive("erratum", Erratum)
    app.add_directive("dropdown", Dropdown)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
