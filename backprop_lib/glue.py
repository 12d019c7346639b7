"""Put what a cell computed into the prose: ``glue("slope", 0.25)`` here, ``{glue:text}`slope:.2f``` there.

The marks are those that MyST-NB reads.  Its own function writes them too, but imports Sphinx first, in every
chapter's kernel.
"""

from __future__ import annotations

from typing import Any

HIDDEN = "application/papermill.record/"


def glue(name: str, value: Any, display: bool = False) -> None:
    """Keep ``value`` in the notebook under a name.

    Parameters
    ----------
    name : str
        One name a page; the prose refers to it.
    value : anything a notebook can show
    display : bool
        Whether to show it below the cell, too.
    """
    from IPython.core.formatters import format_display_data
    from IPython.display import display as show

    data, metadata = format_display_data(value)
    prefix = "" if display else HIDDEN
    marks = {**metadata, "scrapbook": {"name": name, "mime_prefix": prefix}}
    show({prefix + kind: content for kind, content in data.items()}, raw=True, metadata=marks)
