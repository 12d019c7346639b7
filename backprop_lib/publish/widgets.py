"""Widgets on the static page: their state stays in the page, their code moves into files that pages share.

A saved notebook repeats a widget's JavaScript once per instance; here each distinct source is one classic
script (a module would not load from file://), named by its hash, from which static/widgets.js imports it.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ExtensionError

from backprop_lib.publish.npm import MANAGER, NotFetched, fetch, node

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

# A comment on lines of its own: a fifth of what a page would load, and for readers of the repository.
COMMENT = re.compile(r"^[ ]*(?://.*|/\*(?:[^*]|\*(?!/))*\*/)\n", re.MULTILINE)
SLIDER = 40  # pixels: room for one line of a control of ipywidgets
STATE = "application/vnd.jupyter.widget-state+json"
VIEW = re.compile(r'<script type="application/vnd\.jupyter\.widget-view\+json">(.*?)</script>', re.DOTALL)


def unescape(body: str) -> Any:
    """Return what is in a JSON script of the page."""
    return json.loads(body.replace("<\\/", "</"))


def script_safe(value: Any) -> str:
    """Return JSON that may stand inside a script element."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")


class Assets:
    """The files below ``_static/widgets`` that a page's widgets need, in order and without repetition."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scripts: dict[str, str] = {}
        self.styles: dict[str, str] = {}

    def _write(self, name: str, content: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(content, encoding="utf8")

    def script(self, source: str) -> str:
        """Keep a widget's module as a classic script; return its key."""
        source = COMMENT.sub("", source)
        key = hashlib.sha256(source.encode()).hexdigest()[:16]
        self.scripts[key] = f"{key}.js"
        self._write(self.scripts[key], f'(self.backpropSources ??= {{}})["{key}"] = {script_safe(source)};\n')
        return key

    def style(self, source: str) -> None:
        """Keep a widget's stylesheet."""
        key = hashlib.sha256(source.encode()).hexdigest()[:16]
        self.styles[key] = f"{key}.css"
        self._write(self.styles[key], source)


def shared(state: dict[str, Any], assets: Assets, *, whole: bool) -> dict[str, Any]:
    """Return the page's widget state with each ``_esm`` replaced by its key, each ``_css`` moved out.

    The standard manager needs the `whole` of it; our own widgets do without the names of classes.
    """
    models: dict[str, Any] = {}
    for name, model in state["state"].items():
        traits = {
            key: value
            for key, value in model["state"].items()
            if whole or not key.startswith(("_view_", "_model_"))
        }
        if "_esm" in traits:
            traits["_esm"] = assets.script(traits["_esm"])
        if traits.pop("_css", None):
            assets.style(model["state"]["_css"])
        kept = [key for key in model if key == "buffers" or (whole and key.startswith("model_"))]
        models[name] = {"state": traits, **{key: model[key] for key in kept if model[key]}}
    return models


def place(match: re.Match[str], models: dict[str, Any]) -> str:
    """Return the element in which a widget will be drawn; its height is kept free from the start."""
    name = unescape(match[1])["model_id"]
    traits = models.get(name, {}).get("state", {})
    late = "" if "_esm" in traits else " data-late"  # a control of ipywidgets: drawn when it comes near
    usual = SLIDER if late else 0
    heights = {"reserve": traits.get("reserve", usual), "reserve-phone": traits.get("reserve_phone", usual)}
    room = ";".join(f"--bp-{key}:{height / 16:g}rem" for key, height in heights.items())
    noscript = "<noscript>This part of the page is drawn by JavaScript, which is switched off.</noscript>"
    return f'<div class="bp-widget"{late} data-model="{escape(name)}" style="{room}">{noscript}</div>'


def move_out(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Take the widgets' code out of a page, and tell the template which files it needs."""
    scripts = context.get("script_files", [])
    states = [script for script in scripts if getattr(script, "attributes", {}).get("type") == STATE]
    context["script_files"] = [script for script in scripts if script not in states]
    if not states:
        return
    assets = Assets(Path(app.outdir, "_static", "widgets"))
    state = unescape(states[0].attributes["body"])
    shown = [unescape(view)["model_id"] for view in VIEW.findall(context["body"])]
    foreign = any("_esm" not in state["state"].get(name, {}).get("state", {}) for name in shown)
    if foreign:
        serve_manager(Path(app.outdir, "_static", "ipywidgets"))
    models = shared(state, assets, whole=foreign)
    context["body"] = VIEW.sub(lambda match: place(match, models), context["body"])
    wanted = set(re.findall(r'data-model="(\w+)"', context["body"]))
    if wanted:
        context["bp_widget_state"] = script_safe(models)
        context["bp_widget_scripts"] = list(assets.scripts.values())
        context["bp_widget_styles"] = list(assets.styles.values())


def serve_manager(folder: Path) -> None:
    """Put the standard manager of ipywidgets, cut down to what a page needs, beside the static files."""
    try:
        home = fetch(MANAGER)
    except NotFetched as reason:
        raise ExtensionError(str(reason)) from None
    folder.mkdir(parents=True, exist_ok=True)
    cut = [str(node()), str(Path(__file__).with_name("manager.cjs")), str(home / "embed.js")]
    subprocess.run([*cut, str(folder / "manager.js")], check=True)
    for font in home.glob("*.woff2"):
        (folder / font.name).write_bytes(font.read_bytes())


def setup(app: Sphinx) -> None:
    """Look at each page after myst-nb has put its widgets into it."""
    app.connect("html-page-context", move_out, priority=800)
