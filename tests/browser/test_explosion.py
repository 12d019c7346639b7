"""The push on the built page, with no kernel: a smaller rate delays the end, a stronger penalty brings it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from browser.live import height, room

pytestmark = pytest.mark.browser

PAGE = "xor/explosion.html"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_end_moves_with_rate_and_penalty(watch: Callable[..., Any], address: str, width: int) -> None:
    watched = watch(address, width=width)
    page = watched.open(PAGE)
    widget = page.get_by_role("group", name="A push in proportion")
    says = widget.locator(".bp-says")
    at_first = height(widget)
    assert abs(at_first - room(page, widget)) <= 2
    expect(says).to_contain_text("ends at t* = 2,283. The recurrence overflows in iteration 2,301.")
    before = widget.locator("polyline.bp-means").first.get_attribute("points")
    widget.get_by_role("slider", name="learning rate").fill("-4")
    expect(says).to_contain_text("the end lies beyond the picture")
    expect(widget.locator("polyline.bp-means").first).not_to_have_attribute("points", before or "")
    widget.get_by_role("slider", name="penalty").fill("-2")
    expect(says).to_contain_text("ends at t* = 685")
    expect(page).to_have_url(re.compile("explosion=learning_rate:0.0001,l2:0.01,m0:14.6"))
    widget.get_by_text("Table of values").click()
    expect(widget.locator("details tbody tr")).to_have_count(11)
    widget.get_by_text("Table of values").click()
    widget.get_by_role("button", name="Reset").click()
    expect(says).to_contain_text("2,301")
    assert height(widget) == at_first
    watched.open(f"{PAGE}?explosion=learning_rate:1e9,l2:0.01,m0:14.6")
    expect(widget.get_by_role("status")).to_contain_text("could not be read")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.faults == []
