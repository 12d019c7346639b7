"""Join a widget's JavaScript modules into the one that anywidget takes, without a bundler; its styles too.

Each module becomes a function that returns what it exports, so that two files may use the same name inside.
Names are unique in all of ``js``: ``engine`` computes, ``parts`` draws for many, each widget has a folder.
"""

from __future__ import annotations

import re
from pathlib import Path

JS = Path(__file__).parent / "js"
IMPORT = re.compile(r'^import (\{[^}]*\}) from "\.\.?/(?:\w+/)?([\w.]+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|const|let|class) (\w+))", re.MULTILINE)


def file(name: str, folder: Path = JS) -> Path:
    """Return the one file of this name.

    Raises
    ------
    ValueError
        If there is none, or there are several.
    """
    found = list(folder.rglob(name))
    if len(found) != 1:
        raise ValueError(f"{len(found)} files below {folder.name} are called {name}; one is needed")
    return found[0]


def gather(folder: Path) -> None:
    """Write every module into one folder, where a script of Node's finds it by its name alone."""
    for source in JS.rglob("*.js"):
        text = IMPORT.sub(r'import \1 from "./\2.js";', source.read_text(encoding="utf8"))
        (folder / source.name).write_text(text, encoding="utf8")


def esm(stem: str, folder: Path = JS) -> str:
    """Return ``stem.js`` and everything that it imports as one ES module.

    Raises
    ------
    ValueError
        If a file imports or exports in a form that is not understood, or imports run in a circle.
    """
    parts: dict[str, str] = {}
    _collect(stem, folder, parts, ())
    return "\n".join(parts.values())


def css(*stems: str) -> str:
    """Return stylesheets as one, in this order.

    The first of them are shared, and a page may load them again after another widget's own: a rule of a
    widget's own that overrules a shared one has to be more specific.
    """
    return "\n".join(file(f"{stem}.css").read_text(encoding="utf8") for stem in stems)


def _collect(stem: str, folder: Path, parts: dict[str, str], path: tuple[str, ...]) -> None:
    if stem in path:
        raise ValueError(f"{stem}.js imports itself, by way of {' → '.join(path)}")
    if stem in parts:
        return
    text = file(f"{stem}.js", folder).read_text(encoding="utf8")
    for _, other in IMPORT.findall(text):
        _collect(other, folder, parts, (*path, stem))
    body = IMPORT.sub(lambda found: f"const {found[1].replace(' as ', ': ')} = ${found[2]};", text)
    exports = EXPORT.findall(body)
    body = EXPORT.sub("", body)
    top = not path
    if re.search(r"^import\b", body, re.MULTILINE) or re.search(
        r"^export\b(?! default)" if top else r"^export\b", body, re.MULTILINE
    ):
        raise ValueError(f"{stem}.js has an import or export that is not one plain line")
    parts[stem] = (
        body if top else f"const ${stem} = (() => {{\n{body}\nreturn {{ {', '.join(exports)} }};\n}})();"
    )
