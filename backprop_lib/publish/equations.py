"""Equations carry their id: ``:label: eq-bp1`` is shown as (BP1), and so does every reference to it.

Formulas are set by KaTeX while the book is built; the page needs no script for them.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.domains.math import MathDomain
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinxcontrib import katex as server

from backprop_lib.publish.npm import KATEX, NotFetched, fetch, node

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

LOG = logging.getLogger(__name__)
LABEL = re.compile(r"eq-[a-z]+[0-9]*")
# MathJax in JupyterLab knows \class; KaTeX calls the same thing \htmlClass.
OPTIONS = {
    "throwOnError": True,
    "strict": "ignore",
    "trust": True,
    "macros": {r"\class": r"\htmlClass{#1}{#2}", r"\bm": r"\boldsymbol{#1}"},
}


def displayed(label: str) -> str:
    """Return the id that is printed for a label: ``eq-bp1`` is BP1."""
    return label.removeprefix("eq-").upper()


class EquationDomain(MathDomain):
    """Sphinx's mathematics, with ids in place of running numbers."""

    def note_equation(self, docname: str, labelid: str, location: Any = None) -> None:
        """Remember where an equation is, under its id."""
        if not LABEL.fullmatch(labelid):
            LOG.warning("equation label %r: expected the form eq-bp1", labelid, location=location)
        other = self.equations.get(labelid)
        if other and other[0] != docname:
            LOG.warning("equation %s is labelled twice, also in %s", labelid, other[0], location=location)
        self.equations[labelid] = (docname, cast(Any, displayed(labelid)))

    def resolve_xref(self, *args: Any, **kwargs: Any) -> Any:
        """Return the link to an equation; its anchor is its label."""
        link = super().resolve_xref(*args, **kwargs)
        for name in ("refuri", "refid"):
            if link is not None and name in link:
                link[name] = link[name].replace("equation-eq-", "eq-")
        if link is not None:
            link["classes"].append("bp-eqref")
        return link


def to_html(tex: str, where: nodes.Node, *, display: bool) -> str:
    """Return a formula as HTML with MathML inside; one that cannot be set is a warning at its place."""
    try:
        return cast(str, server.render_latex(tex, {**OPTIONS, "displayMode": display}))
    except server.KaTeXError as error:
        LOG.warning("formula cannot be set: %s", error, location=where)
        return f'<span class="katex-error">{html.escape(tex)}</span>'


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line of text."""
    self.body.append(f'<span class="math">{to_html(node.astext(), node, display=False)}</span>')
    raise nodes.SkipNode


def aligned(tex: str) -> str:
    r"""Return TeX whose lines are aligned: ``\\`` and ``&`` need an environment, which may be left out."""
    bare = r"\begin{" not in tex and (r"\\" in tex or "&" in tex.replace(r"\&", ""))
    return rf"\begin{{aligned}}{tex}\end{{aligned}}" if bare else tex


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a displayed formula; a labelled one is a link to itself."""
    label, classes = node.get("label"), ["math", *node["classes"]]
    anchor = f' id="{label}"' if label else ""
    self.body.append(f'<div class="{" ".join(classes)}"{anchor}>')
    self.body.append(
        f'<div class="bp-formula" tabindex="-1">{to_html(aligned(node.astext()), node, display=True)}</div>'
    )
    if label:
        title = f"Link to equation {displayed(label)}"
        self.body.append(f'<a class="eqno" href="#{label}" title="{title}">({displayed(label)})</a>')
    self.body.append("</div>\n")
    raise nodes.SkipNode


def keep_one_anchor(app: Sphinx, doctree: nodes.document) -> None:
    """Remove Sphinx's own anchors (``equation-eq-bp1``): the formula has one, its label."""
    for target in list(doctree.findall(nodes.target)):
        if any(name.startswith("equation-") for name in target.get("ids", ())):
            target.parent.remove(target)
    for formula in doctree.findall(nodes.math_block):
        formula["ids"] = []


def start_katex(app: Sphinx) -> None:
    """Say which Node and which KaTeX set the formulas."""
    try:
        server.KaTeXServer.katex_path = str(fetch(KATEX) / "katex.min.js")
    except NotFetched as reason:
        raise ExtensionError(str(reason)) from None
    server.NODEJS_BINARY = str(node())


def setup(app: Sphinx) -> None:
    """Set formulas with KaTeX, and number them by their ids."""
    app.add_html_math_renderer("katex", (visit_math, None), (visit_math_block, None))
    app.add_domain(EquationDomain, override=True)
    app.connect("builder-inited", start_katex)
    app.connect("doctree-read", keep_one_anchor)
