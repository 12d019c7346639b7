"""Equations carry their id: ``:label: eq-bp1`` is shown as (BP1), and so does every reference to it.

Formulas are set by KaTeX while the book is built; the page needs no script for them.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.domains.math import MathDomain
from sphinx.errors import ExtensionError
from sphinx.util import logging

from backprop_lib.publish.npm import KATEX, NotFetched, fetch, node

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

LOG = logging.getLogger(__name__)
LABEL = re.compile(r"eq-[a-z]+[0-9]*")
# MathJax in JupyterLab knows \class; KaTeX calls the same thing \htmlClass. The T of a transpose is set in a
# font that every formula uses, so that no page waits for one more.
OPTIONS = {
    "throwOnError": True,
    "strict": "ignore",
    "trust": True,
    "macros": {r"\class": r"\htmlClass{#1}{#2}", r"\bm": r"\boldsymbol{#1}", r"\mathsf": r"\mathrm"},
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


@cache
def typesetter() -> subprocess.Popen[str]:
    """Return the process that sets formulas; it ends when its standard input does, however we end."""
    command = [str(node()), str(Path(__file__).with_name("typeset.cjs")), str(fetch(KATEX) / "katex.min.js")]
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, text=True, encoding="utf8", **pipes)


@cache
def typeset(tex: str, *, display: bool) -> dict[str, str]:
    """Return a formula's HTML with MathML inside, or the error that KaTeX reports."""
    process = typesetter()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({"tex": tex, "options": {**OPTIONS, "displayMode": display}}) + "\n")
    process.stdin.flush()
    return cast("dict[str, str]", json.loads(process.stdout.readline()))


def to_html(tex: str, where: nodes.Node, *, display: bool) -> str:
    """Return a formula as HTML; one that cannot be set is a warning at its place."""
    answer = typeset(tex, display=display)
    if "error" in answer:
        LOG.warning("formula cannot be set: %s", answer["error"], location=where)
    return answer.get("html", f'<span class="katex-error">{html.escape(tex)}</span>')


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
    self.body.append(f'<div class="bp-formula">{to_html(aligned(node.astext()), node, display=True)}</div>')
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


def have_katex(app: Sphinx) -> None:
    """Fetch KaTeX before anything else is done, or say why that is not possible."""
    try:
        fetch(KATEX)
    except NotFetched as reason:
        raise ExtensionError(str(reason)) from None


def setup(app: Sphinx) -> None:
    """Set formulas with KaTeX, and number them by their ids."""
    app.add_html_math_renderer("katex", (visit_math, None), (visit_math_block, None))
    app.add_domain(EquationDomain, override=True)
    app.connect("builder-inited", have_katex)
    app.connect("doctree-read", keep_one_anchor)
