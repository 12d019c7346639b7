"""The V of a gradient check on the built page, with no kernel: drag h through all of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from browser.conftest import placed

pytestmark = pytest.mark.browser

PAGE = "check.html"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_step_moves_through_bend_best_and_rounding(
    watch: Callable[..., Any], address: str, width: int
) -> None:
    watched = watch(address, width=width)
    page = watched.open(PAGE)
    widget = page.get_by_role("group", name="The error of three ways")
    step, says = widget.get_by_role("slider", name="step h"), widget.locator(".bp-says")
    cost = widget.locator("polyline.bp-cost")
    for place, words in (("0", "The bend decides"), ("-4.5", "of one size"), ("-13", "Rounding decides")):
        step.fill(place)
        expect(says).to_contain_text(words)
    before = cost.get_attribute("points")
    step.press("ArrowLeft")
    expect(step).to_have_attribute("aria-valuetext", "5.62·10⁻¹⁴")
    expect(cost).not_to_have_attribute("points", before or "")
    step.fill("-16")
    expect(says).to_contain_text("Rounding has eaten the slope")
    errors = widget.locator(".bp-readings tbody td:last-child").all_inner_texts()
    assert errors[:2] == ["1", "1"]
    assert errors[2].endswith(("10⁻¹⁵", "10⁻¹⁶"))

    picture = widget.get_by_role("img").first
    box = placed(picture)
    page.mouse.move(box["x"] + box["width"] - 8, box["y"] + 60)
    page.mouse.down()
    expect(step).to_have_value("0")
    page.mouse.move(box["x"] + 40, box["y"] + 60, steps=4)
    page.mouse.up()
    expect(step).to_have_value("-16")

    curve = widget.locator("polyline.bp-central").first
    before = curve.get_attribute("points")
    widget.get_by_label("weight θ").select_option(label="w⁽²⁾₂₃")
    expect(curve).not_to_have_attribute("points", before or "")
    widget.get_by_text("Table of values").click()
    expect(widget.locator("details tbody tr")).to_have_count(17)
    widget.get_by_role("button", name="Reset").click()
    expect(step).to_have_attribute("aria-valuetext", "10⁰")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.faults == []


def test_a_picture_is_a_link(watch: Callable[..., Any], address: str) -> None:
    watched = watch(address)
    page = watched.open(PAGE)
    widget = page.get_by_role("group", name="The error of three ways")
    widget.get_by_role("slider", name="step h").fill("-13.5")
    widget.get_by_label("weight θ").select_option(label="w⁽²⁾₂₃")
    expect(page).to_have_url(re.compile("step_size=log_h:-13.5,weight:2-2-3"))
    words = widget.locator(".bp-says").inner_text()
    watched.open(page.url.removeprefix(address + "/"))
    expect(widget.locator(".bp-says")).to_have_text(words, use_inner_text=True)
    watched.open(f"{PAGE}?step_size=log_h:-1,weight:2-3-1")  # there are two outputs
    expect(widget.get_by_role("status")).to_contain_text("could not be read")
    assert watched.faults == []
