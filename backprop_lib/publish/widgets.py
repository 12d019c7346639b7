"""Widgets on the static page: their state stays in the page, their code moves into files that pages share.

A saved notebook repeats a widget's JavaScript once per instance; here each distinct source is one classic
script (a module would not load from file://), named by its hash, from which static/widgets.js imports it.
"""

from __future__ import annotations

import hashlib
import json
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

STATE = "application/vnd.jupyter.widget-state+json"
VIEW = re.compile(r'<script type="application/vnd\.jupyter\.widget-view\+json">(.*?)</script>', re.DOTALL)
ELSEWHERE = "This control needs Python behind it: open the chapter in JupyterLab (make lab)."


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
        key = hashlib.sha256(source.encode()).hexdigest()[:16]
        self.scripts[key] = f"{key}.js"
        self._write(self.scripts[key], f'(self.backpropSources ??= {{}})["{key}"] = {script_safe(source)};\n')
        return key

    def style(self, source: str) -> None:
        """Keep a widget's stylesheet."""
        key = hashlib.sha256(source.encode()).hexdigest()[:16]
        self.styles[key] = f"{key}.css"
        self._write(self.styles[key], source)


def shared(state: dict[str, Any], assets: Assets) -> dict[str, Any]:
    """Return the page's widget state with each ``_esm`` replaced by its key, each ``_css`` moved out."""
    models: dict[str, Any] = {}
    for name, model in state["state"].items():
        traits = {
            key: value for key, value in model["state"].items() if not key.startswith(("_view_", "_model_"))
        }
        if "_esm" in traits:
            traits["_esm"] = assets.script(traits["_esm"])
        if traits.pop("_css", None):
            assets.style(model["state"]["_css"])
        models[name] = {"state": traits, **({"buffers": model["buffers"]} if model.get("buffers") else {})}
    return models


def place(match: re.Match[str], models: dict[str, Any]) -> str:
    """Return the element in which a widget will be drawn; its height is kept free from the start."""
    name = unescape(match[1])["model_id"]
    traits = models.get(name, {}).get("state", {})
    if "_esm" not in traits:
        return f'<p class="bp-widget-note">{ELSEWHERE}</p>'
    heights = {"reserve": traits.get("reserve", 0), "reserve-phone": traits.get("reserve_phone", 0)}
    room = ";".join(f"--bp-{key}:{height / 16:g}rem" for key, height in heights.items())
    noscript = "<noscript>This part of the page is drawn by JavaScript, which is switched off.</noscript>"
    return f'<div class="bp-widget" data-model="{escape(name)}" style="{room}">{noscript}</div>'


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
    models = shared(unescape(states[0].attributes["body"]), assets)
    context["body"] = VIEW.sub(lambda match: place(match, models), context["body"])
    wanted = set(re.findall(r'data-model="(\w+)"', context["body"]))
    if wanted:
        context["bp_widget_state"] = script_safe(models)
        context["bp_widget_scripts"] = list(assets.scripts.values())
        context["bp_widget_styles"] = list(assets.styles.values())


def setup(app: Sphinx) -> None:
    """Look at each page after myst-nb has put its widgets into it."""
    app.connect("html-page-context", move_out, priority=800)
