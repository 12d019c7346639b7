"""The line on the built page, with no kernel anywhere: move it, and never find four of four."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGE = "xor/line.html"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_line_moves_by_keyboard_and_three_of_four_is_the_best(
    watch: Callable[..., Any], address: str, width: int
) -> None:
    watched = watch(address, width=width)
    page = watched.open(PAGE)
    line = page.locator(".bp-line")
    score, half = line.locator(".bp-line-score"), line.locator("polygon")
    expect(score).to_contain_text("of 4 right")
    before = half.get_attribute("points")
    direction = line.get_by_label("direction")
    best = 0
    for _ in range(72):  # once around, in steps of the slider
        direction.press("ArrowRight")
        if direction.input_value() == "180":
            direction.fill("-180")
        best = max(best, int(score.inner_text().split()[0]))
    assert best == 3
    line.get_by_label("distance").fill("-0.4")
    direction.fill("45")
    expect(score).to_have_text("3 of 4 right; your best so far: 3")
    assert half.get_attribute("points") != before
    hollow, full = line.locator(".bp-line-sums > p:not(.bp-line-score)").all_inner_texts()
    assert hollow.split(" = ")[1] == full.split(" = ")[1] == "0.80"
    assert watched.faults == []
