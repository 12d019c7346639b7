"""Show the library's sources beside the book, so that a line of code can be linked to and read offline.

``{line}`network.py:183``` is a link to that line; the API reference links each name to where it is defined.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from html import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_for_filename
from sphinx import addnodes
from sphinx.util.docutils import SphinxRole

from .cache import digest

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = "source"
ROOT = Path(__file__).parents[2]


def address(app: Sphinx, docname: str, path: str, number: int) -> str:
    """Return the link from a page to a line of a file, and remember that the file is to be shown."""
    shown: dict[str, set[str]] = app.env.__dict__.setdefault("bp_sources", {})
    shown.setdefault(docname, set()).add(path)
    return f"{'../' * docname.count('/')}{FOLDER}/{path}.html#L-{number}"


class LineRole(SphinxRole):
    """``{line}`path:number```, the path below the library or, if it is not there, below the project."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link to the line."""
        path, _, number = self.text.rpartition(":")
        below = f"backprop_lib/{path}" if (ROOT / "backprop_lib" / path).is_file() else path
        if not (ROOT / below).is_file():
            message = self.inliner.reporter.error(f"no such file: {path}", line=self.lineno)
            return [], [message]
        to = address(self.env.app, self.env.docname, below, int(number))
        return [nodes.reference("", self.text, refuri=to, internal=True, classes=["bp-line"])], []


def link_definitions(app: Sphinx, doctree: nodes.document) -> None:
    """Link each signature of the API reference to its source."""
    for signature in doctree.findall(addnodes.desc_signature):
        module, name = signature.get("module"), signature.get("fullname")
        if not module or not name:
            continue
        try:
            value: Any = import_module(module)
            for part in name.split("."):
                value = getattr(value, part)
            value = value.fget if isinstance(value, property) else getattr(value, "func", value)
            path = Path(inspect.getsourcefile(inspect.unwrap(value)) or "")
            number = inspect.getsourcelines(inspect.unwrap(value))[1]
        except (AttributeError, TypeError, OSError):
            continue  # a constant or an attribute has no definition of its own
        below = path.relative_to(ROOT).as_posix()
        to = address(app, app.env.docname, below, number)
        signature += nodes.reference("", "source", refuri=to, internal=True, classes=["bp-line"])


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Make a page of every file that the book links into, unless it stands there as it would be made."""
    shown: dict[str, set[str]] = getattr(app.env, "bp_sources", {})
    formatter = HtmlFormatter(linenos="inline", linespans="L", wrapcode=True)
    kept = Path(app.doctreedir, "sources.json")
    before = json.loads(kept.read_text("utf8")) if kept.exists() else {}
    around = f"{app.config.publish_digest} {sorted(title.astext() for title in app.env.titles.values())}"
    seals = {path: digest([ROOT / path], extra=around) for path in sorted(set().union(*shown.values()))}
    for path, seal in seals.items():
        if before.get(path) == seal and Path(app.outdir, FOLDER, f"{path}.html").exists():
            continue
        text = (ROOT / path).read_text("utf8")
        body = highlight(text, get_lexer_for_filename(path), formatter)
        yield (
            f"{FOLDER}/{path}",
            {"title": path, "body": f"<h1>{escape(path)}</h1>\n{body}", "parents": [], "toc": ""},
            "page.html",
        )
    kept.write_text(json.dumps(seals), "utf8")


def forget(app: Sphinx, env: Any, docname: str) -> None:
    """Forget what a page linked to, before it is read again."""
    getattr(env, "bp_sources", {}).pop(docname, None)


def merge(app: Sphinx, env: Any, docnames: list[str], other: Any) -> None:
    """Take over what another process read."""
    mine = env.__dict__.setdefault("bp_sources", {})
    mine.update({name: paths for name, paths in getattr(other, "bp_sources", {}).items() if name in docnames})


def setup(app: Sphinx) -> None:
    """Add the role, and write the sources after the pages."""
    app.add_role("line", LineRole())
    app.connect("doctree-read", link_definitions)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("html-collect-pages", pages)
