"""Turn a matplotlib figure into a picture of the book: inline SVG in the page's own colors and type.

A picture keeps no color of its own.  Each of the names below is drawn with its light-theme value and leaves
as a CSS variable, so that the figure follows light and dark on the page and in JupyterLab.
Text is set in Unicode (``z₁``, ``δ⁽²⁾``), never in mathtext, whose glyphs would not follow the page's type.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

FORWARD, GRADIENT, TARGET = "#0072b2", "#d55e00", "#009e73"
INK, MUTED, LINE, GROUND = "#1f2328", "#6a737d", "#d0d7de", "#ffffff"

VARIABLES = {
    FORWARD: "--bp-forward",
    GRADIENT: "--bp-gradient",
    TARGET: "--bp-target",
    INK: "--bp-ink",
    MUTED: "--bp-muted",
    LINE: "--bp-line",
    GROUND: "--bp-ground",
}
STYLE = Path(__file__).with_name("book.mplstyle")


@dataclass(frozen=True)
class Picture:
    """One figure of the book: panels side by side on a wide screen, stacked on a phone.

    Attributes
    ----------
    panels : tuple of str
        The SVG of each panel.
    alt : str
        What a reader who cannot see the picture needs to know; it is read out in its place.
    caption : str
        What to look for; shown under the picture.
    """

    panels: tuple[str, ...]
    alt: str
    caption: str

    def _repr_html_(self) -> str:
        alt, caption = html.escape(self.alt), html.escape(self.caption)
        panels = "".join(f'<div class="bp-panel" aria-hidden="true">{svg}</div>' for svg in self.panels)
        return (
            f'<figure class="bp-figure"><div class="bp-panels" role="img" aria-label="{alt}">{panels}</div>'
            f"<figcaption>{caption}</figcaption></figure>"
        )

    def __repr__(self) -> str:
        return f"Picture: {self.alt}"


@contextmanager
def style() -> Iterator[None]:
    """Draw in the style of the book; what the reader has set for their own figures is left as it was."""
    with plt.style.context(STYLE):
        yield


def picture(*figures: Figure, alt: str, caption: str) -> Picture:
    """Return the figures as one ``Picture`` and close them.

    Raises
    ------
    ValueError
        If ``alt`` or ``caption`` is empty: a picture without words reaches only some readers.
    """
    if not alt.strip() or not caption.strip():
        raise ValueError("alt and caption are both needed: what the picture shows, and what to look for")
    return Picture(tuple(svg(figure) for figure in figures), alt, caption)


def svg(figure: Figure) -> str:
    """Return a figure as an SVG element that scales down to its column and takes its colors from the page."""
    out = StringIO()
    with style():
        figure.savefig(out, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    plt.close(figure)
    text = out.getvalue()
    text = text[text.index("<svg") :]
    # a <style> inside inline SVG would restyle the whole page
    text = re.sub(r"<(metadata|style\b[^>]*)>.*?</\w+>\s*", "", text, flags=re.DOTALL)
    text = _own_ids(text)
    text = re.sub(r'(<svg [^>]*?)width="([\d.]+)pt" height="[\d.]+pt"', _natural_width, text, count=1)
    text = re.sub(r"font(-family)?: ([\d.]+px )?'[^\";]*", _page_font, text)
    for color, variable in VARIABLES.items():
        text = re.sub(f"(?<=: ){color}", f"var({variable}, {color})", text, flags=re.IGNORECASE)
    return text


def _natural_width(match: re.Match[str]) -> str:
    """Size the picture in CSS pixels at 4/3 of a point, and let a narrow column shrink it."""
    size = f"width: {float(match[2]) * 4 / 3:.0f}px; max-width: 100%; height: auto"
    return f'{match[1]}style="{size}; stroke-linejoin: round; stroke-linecap: butt"'


def _own_ids(text: str) -> str:
    """Drop the ids that nothing refers to, and make the rest this picture's own: a page holds many."""
    own = hashlib.sha256(text.encode()).hexdigest()[:8]
    reference = r'((?:url\(|href=")#)([\w.-]+)'
    used = {name for _, name in re.findall(reference, text)}
    text = re.sub(r' id="([\w.-]+)"', lambda m: f' id="{m[1]}-{own}"' if m[1] in used else "", text)
    return re.sub(reference, rf"\1\2-{own}", text)


def _page_font(match: re.Match[str]) -> str:
    font = "var(--bp-figure-font, sans-serif)"
    return f"font: {match[2]}{font}" if match[2] else f"font-family: {font}"
