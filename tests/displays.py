r"""Find every displayed formula of the book, and what it is called.

The one convention: a ``{math}`` block has a label (``:label: eq-bp1``) or, right above its fence, a comment
(``% formula: its-name``).
"""

import re
from pathlib import Path

BOOK = Path(__file__).parents[1] / "book"
CELLS = re.compile(r"^(`{3,})\{code-cell\}.*?^\1$", re.DOTALL | re.MULTILINE)
BLOCK = re.compile(
    r"(?:^% formula: (?P<comment>[\w-]+)\n)?^(?P<fence>[`:]{3,})\{math\}\n(?::label: eq-(?P<label>\w+)\n+)?"
    r"(?P<tex>.*?)^(?P=fence)$",
    re.DOTALL | re.MULTILINE,
)
OTHER = re.compile(
    r"\$\$|\\\[|\\begin\{(?!aligned|cases|[bp]?matrix)|\{math\}(?!`)|^% formula:", re.MULTILINE
)


def displays(page):
    """Return [(name, TeX)] for the displays in the text of one page.

    Raises
    ------
    ValueError : a display without a name, with two, or in another form, which this reader would not see
    """
    text = CELLS.sub("", page)
    found = []
    for block in BLOCK.finditer(text):
        names = [name for name in (block["comment"], (block["label"] or "").upper()) if name]
        if len(names) != 1:
            raise ValueError(f"a display needs one name, a label or `% formula: name` above it: {block[0]}")
        found.append((names[0], block["tex"]))
    if other := OTHER.search(BLOCK.sub("", text)):
        raise ValueError(
            f"a display is a {{math}} block: {text[max(0, other.start() - 60) : other.end() + 60]}"
        )
    return found


def book():
    """Return {name: TeX} for the whole book."""
    found = {}
    for page in sorted(BOOK.rglob("*.md")):
        for name, tex in displays(page.read_text("utf8")):
            if name in found:
                raise ValueError(f"{page.name}: the formula {name} is displayed twice")
            found[name] = tex
    return found
