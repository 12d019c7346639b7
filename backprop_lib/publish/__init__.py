"""What turns the chapters into a site; as a Sphinx extension it is called ``backprop_lib.publish``.

Sphinx is imported only when it asks for the extension, so that building and serving start without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the parts of the extension, each of which says what it does."""
    from backprop_lib.publish import (
        api,
        cache,
        cells,
        citations,
        equations,
        errata,
        map,
        notes,
        page,
        register,
        sources,
        symbols,
        widgets,
    )

    content = (cache, api, citations, equations, notes, errata, cells, widgets)
    for part in (*content, map, register, sources, symbols, page):
        part.setup(app)
    # env_version: what is kept of a page between builds; a higher number reads every page again.
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
