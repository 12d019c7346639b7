"""Two speeds on the built page, with no kernel: more examples, and the layers of one run part by as much."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGE = "entropy/mean.html"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_speeds_of_the_layers_differ_by_the_number_of_examples(
    watch: Callable[..., Any], address: str, width: int
) -> None:
    watched = watch(address, width=width)
    page = watched.open(PAGE)
    widget = page.get_by_role("group", name="Two layers trained")
    says, curve = widget.locator(".bp-says"), widget.locator("polyline.bp-dashed").first
    examples = widget.get_by_label("examples m")
    widget.get_by_label("learning rate").fill("0")
    widget.get_by_label("updates in all").fill("300")
    examples.fill("10")
    expect(says).to_contain_text("0.203 with 1/m in every gradient, and 0.0214 with 1/m in 8-14 alone")
    expect(says).to_contain_text(re.compile(r"differ by a factor of 10(\.0)?; m is 10\."))

    before = curve.get_attribute("points")
    examples.press("ArrowRight")
    expect(says).to_contain_text(re.compile(r"differ by a factor of 11(\.0)?; m is 11\."))
    expect(curve).not_to_have_attribute("points", before or "")
    examples.fill("1")
    expect(says).to_contain_text("differ by a factor of 1; m is 1.")

    widget.get_by_text("Table of values").click()
    expect(widget.locator("table")).to_have_count(2)
    widget.get_by_label("updates in all").fill("100")
    expect(widget.locator("tbody tr").last).to_contain_text("100")
    widget.get_by_role("button", name="Reset").click()
    expect(says).to_contain_text("m is 10.")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.faults == []
