"""The page around a chapter: our stylesheet, the few scripts it needs, a policy that forbids all others."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ExtensionError

from backprop_lib.publish.npm import KATEX, SERIF, NotFetched, fetch
from backprop_lib.publish.type import faces, katex_rules

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

HERE = Path(__file__).parent
FOR_SEARCH = ("doctools.js", "sphinx_highlight.js", "documentation_options.js")
UNUSED = ("mystnb.", "furo-extensions")
SAID = (
    (r'(<p class="caption" role="heading")>', r'\1 aria-level="2">'),
    (r' aria-label="Toggle hidden content"', ""),  # the summary says it itself: Show source
    (r"<th\b[^>]*>(?:\s|<p>|</p>)*</th>", "<td></td>"),  # an empty corner is no header
    (r'<div role="list" class="citation-list">', '<div class="citation-list">'),
    (r' role="doc-biblioentry"', ""),
)


@cache
def first() -> str:
    """Return the one inline script, which runs before the stylesheets come."""
    return (HERE / "templates" / "first.js").read_text(encoding="utf8")


@cache
def policy() -> str:
    """Return the Content-Security-Policy: nothing from elsewhere, no eval, one inline script by its hash."""
    seal = base64.b64encode(hashlib.sha256(first().encode()).digest()).decode()
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' blob: 'sha256-{seal}'",  # a widget's module is imported from a Blob
        "style-src": "'self' 'unsafe-inline'",  # KaTeX places its glyphs with style attributes
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",  # the two or three fonts that every formula uses stand in the stylesheet
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def said(html: str) -> str:
    """Return HTML as assistive technology wants it: what Sphinx and myst-nb get wrong, put right."""
    for wrong, right in SAID:
        html = re.sub(wrong, right, html)
    return html


def fill(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Leave out what a page does not use, and give the template what it needs."""
    unused = UNUSED if pagename == "search" else UNUSED + FOR_SEARCH

    def used(asset: Any) -> bool:
        return not any(name in str(getattr(asset, "filename", asset)) for name in unused)

    for kind in ("css_files", "script_files"):
        context[kind] = [asset for asset in context.get(kind, []) if used(asset)]
    for part in ("body", "furo_navigation_tree"):
        context[part] = said(context.get(part) or "")
    context["bp_policy"] = policy()
    context["bp_first"] = first()
    context["bp_math"] = 'class="katex' in (context.get("body") or "")


def add_files(app: Sphinx, config: Config) -> None:
    """Register our templates and static files; a ``_static`` folder would be added to every page."""
    config.templates_path.append(str(HERE / "templates"))
    config.html_static_path.append(str(HERE / "static"))


def color_code(app: Sphinx) -> None:
    """Name the dark colors of code to Furo, which knows this setting only now that the builder is there."""
    app.config.pygments_dark_style = "backprop_lib.publish.colors.Dark"


def copy_type(app: Sphinx) -> None:
    """Put the type's stylesheet, KaTeX's rarer fonts and its copy handler beside the static files."""
    try:
        katex, serif = fetch(KATEX), fetch(SERIF)
    except NotFetched as reason:
        raise ExtensionError(str(reason)) from None
    target = Path(app.outdir, "_static", "type")
    (target / "fonts").mkdir(parents=True, exist_ok=True)
    (target / "type.css").write_text(katex_rules(katex) + faces(serif), encoding="utf8")
    (target / "copy-tex.js").write_bytes((katex / "copy-tex.min.js").read_bytes())
    for font in katex.glob("*.woff2"):
        (target / "fonts" / font.name).write_bytes(font.read_bytes())


def setup(app: Sphinx) -> None:
    """Add the files once, and look at each page last."""
    app.add_css_file("type/type.css", priority=100)
    app.add_css_file("theme.css", priority=700)
    app.connect("config-inited", add_files)
    app.connect("builder-inited", color_code, priority=100)
    app.connect("builder-inited", copy_type)
    app.connect("html-page-context", fill, priority=900)
