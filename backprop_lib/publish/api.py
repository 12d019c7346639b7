"""The API reference: docstrings as pages, each equation's id in them a link to the formula.

Signatures carry the types, so a parameter's own line says only its meaning and shape.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

ID = r"(?:(?:F|A|C|BP|I|D|M)[0-9]|GD)"
IDS = re.compile(rf"(?<![`\w])\({ID}(?:(?:, |–| and ){ID})*\)")
INDEX = re.compile(r"(?<![\w`])([^\W\d_])_(?:\{([^}`]+)\}|([0-9A-Za-z])(?!\w))")
POWER = re.compile(r"\^\{([^}`]+)\}")
LITERAL = re.compile(r"(``.*?``)")
SETTINGS = {
    "autodoc_member_order": "bysource",
    "autodoc_typehints": "signature",
    "autodoc_typehints_format": "short",
    "autodoc_type_aliases": {"Array": "Array"},
    "autodoc_preserve_defaults": True,
    "napoleon_google_docstring": False,
    "napoleon_use_param": False,
    "napoleon_use_rtype": False,
    "napoleon_custom_sections": [("Attributes", "params_style")],  # a line may be about two of them
    "python_use_unqualified_type_names": True,
    "add_module_names": False,
    "toc_object_entries_show_parents": "hide",
    "html_domain_indices": False,
    # A type that is not in this reference, such as NumPy's, stays plain text: its page is on another host.
    "nitpick_ignore_regex": [("py:.*", ".*")],
}


def settle(app: Sphinx, config: Config) -> None:
    """Set how docstrings are read."""
    for name, value in SETTINGS.items():
        config[name] = value


def marked(text: str) -> str:
    """Return text with its equations as links, its indices below the line and its powers above."""
    text = INDEX.sub(lambda index: rf"{index[1]}\ :sub:`{index[2] or index[3]}`\ ", text)
    text = POWER.sub(lambda power: rf"\ :sup:`{power[1]}`\ ", text)
    return IDS.sub(lambda ids: re.sub(ID, lambda id: f":eq:`eq-{id[0].lower()}`", ids[0][1:-1]), text)


def link_ids(app: Sphinx, what: str, name: str, value: Any, options: Any, lines: list[str]) -> None:
    """Make links of the ids in a docstring, and keep |x| from being read as a mark."""
    example = False
    for number, line in enumerate(lines):
        example = bool(line.strip()) and (example or line.lstrip().startswith(">>>"))
        if example:
            continue
        words = LITERAL.split(line)  # every second part stands in backticks
        for at in range(0, len(words), 2):
            if "``" not in words[at]:
                words[at] = marked(words[at].replace("|", r"\|").replace("*", r"\*"))
        lines[number] = "".join(words)


def clean_signature(
    app: Sphinx, what: str, name: str, value: Any, options: Any, signature: str | None, result: str | None
) -> tuple[str | None, str | None]:
    """Shorten what Python writes at length: types in full, an array's parameters, the traits of a widget."""

    def short(text: str) -> str:
        text = re.sub(r"~(?:\w+\.)+(?=\w)", "", text).replace("<factory>", "{}")
        text = text.replace("ndarray[tuple[Any, ...], dtype[Any]]", "Array")
        return text.replace("(*args: t.Any, **kwargs: t.Any)", "(**traits)")

    return signature and short(signature), result and short(result)


def setup(app: Sphinx) -> None:
    """Read docstrings in numpydoc's form; the extensions that do it come with Sphinx."""
    app.setup_extension("sphinx.ext.autodoc")
    app.connect("config-inited", settle, priority=100)
    app.connect("autodoc-process-signature", clean_signature)
    app.connect("autodoc-process-docstring", link_ids, priority=100)  # before numpydoc's sections are read
    app.setup_extension("sphinx.ext.napoleon")
