"""The book's type: one stylesheet with KaTeX's rules and the fonts that nearly every line and formula uses.

These fonts stand inside the stylesheet. A page is then drawn once, in its own type, and nothing jumps when a
font arrives; it also works from file://, where a font cannot be preloaded.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path

# What a first formula needs; KaTeX's other fonts are fetched by the page when a formula asks for them.
FIRST_FONTS = ("Main-Regular", "Math-Italic", "Size1-Regular", "Size2-Regular")
GREEK = "U+0370-03FF"
LATIN = "U+0000-00FF, U+0131, U+0152-0153, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2212"
FACES = (
    ("latin-400-normal", 400, "normal", LATIN),
    ("latin-400-italic", 400, "italic", LATIN),
    ("latin-600-normal", 600, "normal", LATIN),
    ("greek-400-normal", 400, "normal", GREEK),
)


def inline(font: Path) -> str:
    """Return a font as the address that contains it."""
    return f"url(data:font/woff2;base64,{base64.b64encode(font.read_bytes()).decode()})"


def katex_rules(home: Path) -> str:
    """Return KaTeX's stylesheet; of each font it names woff2 only, which every browser of ten years reads."""
    css = (home / "katex.min.css").read_text(encoding="utf8")
    css = re.sub(r',url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)', "", css)
    first = rf"url\(fonts/(KaTeX_(?:{'|'.join(FIRST_FONTS)})\.woff2)\)"
    return re.sub(first, lambda match: inline(home / match[1]), css)


def faces(home: Path) -> str:
    """Return the rules for the typeface of the text."""
    return "".join(
        f'@font-face{{font-family:"Source Serif 4";font-weight:{weight};font-style:{style};'
        f"unicode-range:{characters};"
        f'src:{inline(home / f"source-serif-4-{name}.woff2")} format("woff2")}}\n'
        for name, weight, style, characters in FACES
    )
