"""Gather every erratum of the book: ``{errata} 001`` lists those of source 001, each as a card.

What was printed and what is right is taken from the erratum in its chapter, so that it is said once.
The figure is glued, under the erratum's id, by the page that computes it: this one, or the chapter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from myst_nb.ext.glue.utils import PendingGlueReference
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from backprop_lib.errata import ERRATA, KINDS

from .notes import Said, said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

LOG = logging.getLogger(__name__)


class errata(nodes.General, nodes.Element):
    """The place of one source's errata."""


class card(nodes.General, nodes.Element):
    """One erratum among all."""


class controls(nodes.General, nodes.Element):
    """What the errata are filtered by; errata.js brings it to life."""


class Errata(SphinxDirective):
    """``{errata} 001``: the cards of a source's errata."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the place where the cards will stand."""
        gatherers(self.env).add(self.env.docname)
        return [errata(source_number=self.arguments[0])]


class Filter(SphinxDirective):
    """``{errata-filter}``: two lists to choose from, and how many errata are left."""

    def run(self) -> list[nodes.Node]:
        """Return the place of the controls."""
        return [controls()]


def gatherers(env: BuildEnvironment) -> set[str]:
    """Return the pages that have cards."""
    if not hasattr(env, "bp_gatherers"):
        env.bp_gatherers = set()
    return cast("set[str]", env.bp_gatherers)


class Gather(SphinxPostTransform):
    """Put the cards in their place, before glue and references are resolved in them."""

    default_priority = 4

    def run(self, **kwargs: Any) -> None:
        """Replace each place by its cards."""
        for place in list(self.document.findall(errata)):
            wanted = [id for id, record in ERRATA.items() if record.source == place["source_number"]]
            place.replace_self([self.card(id, said(self.env)[id]) for id in wanted if id in said(self.env)])

    def card(self, id: str, told: Said) -> card:
        """Return one erratum's card."""
        record = ERRATA[id]
        place = {"refdomain": "std", "reftype": "ref", "reftarget": nodes.make_id(id), "refexplicit": True}
        link = addnodes.pending_xref("", nodes.inline("", id), **place)
        detail = nodes.inline("", f"{record.kind}: {record.detail}", classes=["bp-card-detail"])
        head = nodes.paragraph("", "", link, nodes.Text(" "), *copies(told.title), nodes.Text(" "), detail)
        made = card("", head, ids=[nodes.make_id(id)], classes=["bp-card"], record=record)
        computed_in = self.env.docname if record.compute else told.docname
        figure = PendingGlueReference(refdoc=computed_in, key=id, inline=True, gtype="text", fmt_spec="s")
        lines = [(word, copies(told.told.get(word.lower(), []))) for word in ("Printed", "Right")]
        for word, content in [*lines, ("Figure", [figure])]:
            tag = nodes.inline("", word, classes=["bp-erratum-word"])
            text = nodes.inline("", "", *content, classes=["bp-card-text"])
            made += nodes.paragraph("", "", tag, nodes.Text(" "), text, classes=[f"bp-card-{word.lower()}"])
        for reference in made.findall(addnodes.pending_xref):
            reference["refdoc"] = self.env.docname
        return made


def copies(content: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Return nodes that may stand in another page."""
    return [node.deepcopy() for node in content]


def visit_card(self: HTML5Translator, node: card) -> None:
    """Open a card, with what it is filtered by."""
    data = {"data-source": node["record"].source, "data-kind": node["record"].kind}
    self.body.append(self.starttag(node, "section", **data))


def depart_card(self: HTML5Translator, node: card) -> None:
    """Close a card."""
    self.body.append("</section>\n")


def visit_controls(self: HTML5Translator, node: controls) -> None:
    """Write the two lists; without a script they are not shown, and every erratum is."""
    choices = {"source": sorted({e.source for e in ERRATA.values()}), "kind": list(KINDS)}
    lists = "".join(
        f'<label>{name.capitalize()} <select name="{name}"><option value="">all</option>'
        + "".join(f"<option>{value}</option>" for value in values)
        + "</select></label>"
        for name, values in choices.items()
    )
    count = f'<p role="status">{len(ERRATA)} errata</p>'
    self.body.append(f'<form class="bp-filter" aria-label="Filter the errata">{lists}{count}</form>\n')
    raise nodes.SkipNode


def bring(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the page with the controls its script and its styles."""
    if doctree is not None and next(doctree.findall(controls), None):
        app.add_js_file("errata.js", loading_method="defer")
        app.add_css_file("errata.css", priority=720)


def gather_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the pages with cards whenever any page is written: an erratum may have changed there."""
    return sorted(gatherers(env) & env.found_docs)


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of an erratum that the library does not know."""
    for id in sorted(set(said(env)) - set(ERRATA)):
        LOG.warning("backprop_lib.errata does not know %s", id, location=said(env)[id].docname)


def setup(app: Sphinx) -> None:
    """Add the directives and what writes them."""
    app.add_node(errata)
    app.add_node(card, html=(visit_card, depart_card))
    app.add_node(controls, html=(visit_controls, None))
    app.add_directive("errata", Errata)
    app.add_directive("errata-filter", Filter)
    app.add_post_transform(Gather)
    app.connect("env-updated", gather_again)
    app.connect("env-check-consistency", check)
    app.connect("html-page-context", bring)
