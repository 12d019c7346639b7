"""Read the lines of ``network.py`` that carry an equation's id, for the page to show beside the formula."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from .. import network

ID = re.compile(r"# \(([A-Z]+[0-9]*)\)$")
INPUT = "a = {0: x}"  # the trace begins with the input, which no equation computes


@cache
def code_lines() -> dict[str, str]:
    """Return the NumPy of each equation, keyed by its id: of several lines the first."""
    text = Path(network.__file__).read_text("utf8")
    ends = {n: found[1] for n, line in enumerate(text.splitlines(), 1) if (found := ID.search(line.rstrip()))}
    lines = {"input": INPUT}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assign | ast.Return) and (id := ends.get(node.end_lineno or 0)):
            shown = node.value if isinstance(node, ast.Return) and node.value else node
            source = ast.get_source_segment(text, shown) or ""
            lines.setdefault(id, " ".join(source.split()))
    return lines
