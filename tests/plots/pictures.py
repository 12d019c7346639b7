"""What every picture of the book is held to: it is small, no id stands in it twice, and it has its words."""

from __future__ import annotations

import re

from backprop_lib.plots.style import Picture

WORDS = {"alt": "what is shown", "caption": "what to look for"}


def presentable(picture: Picture, largest: int = 60_000) -> None:
    """Raise AssertionError unless a picture drawn with WORDS is fit for a page."""
    html = picture._repr_html_()
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert max(map(len, picture.panels)) < largest
    assert WORDS["alt"] in html
    assert WORDS["caption"] in html
