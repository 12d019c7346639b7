"""The learning slowdown on the built page, with no kernel: drag the start, and both runs follow."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGE = "entropy/output.html"


@pytest.mark.parametrize("width", [360, 1280])
def test_both_runs_follow_the_sliders_and_sigma_prime_cancels_in_one(
    watch: Callable[..., Any], address: str, width: int
) -> None:
    watched = watch(address, width=width)
    page = watched.open(PAGE)
    widget = page.get_by_role("group", name="One sigmoid neuron")
    curve = widget.locator("polyline.bp-dashed").first
    says, formulas = widget.locator(".bp-says"), widget.locator(".bp-math")
    expect(formulas).to_have_count(2)
    squared, entropy = formulas.all()

    start = widget.get_by_label("starting z")
    start.fill("4")
    widget.get_by_label("learning rate").fill("-0.82")
    widget.get_by_label("updates in all").fill("300")
    widget.get_by_label("update shown").fill("0")
    expect(says).to_contain_text("after 230 updates, with cross-entropy after 17 updates")
    expect(says).to_contain_text("leaves squared error 1.77% of its error")
    expect(squared).to_have_attribute("aria-label", "δ = (a − y) · σ′(z) = 0.982 · 0.0177 = 0.0173")
    expect(entropy).to_have_attribute(
        "aria-label", "δ = (a − y)/(a(1 − a)) · σ′(z) = 55.6 · 0.0177 = 0.982 = a − y"
    )

    before = curve.get_attribute("points")
    start.press("ArrowRight")
    expect(curve).not_to_have_attribute("points", before or "")
    start.fill("8")
    expect(says).to_contain_text("not within 300 updates, with cross-entropy after 30 updates")

    widget.get_by_role("img").first.click()  # its middle is a little left of that of its curves
    expect(widget.get_by_label("update shown")).to_have_value(re.compile("^1[0-4][0-9]$"))

    widget.get_by_text("Table of values").click()
    expect(widget.locator("table")).to_have_count(2)
    widget.get_by_label("updates in all").fill("100")
    expect(widget.locator("tbody tr").last).to_contain_text("100")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.faults == []


def test_a_picture_is_a_link_and_reset_takes_it_back(watch: Callable[..., Any], address: str) -> None:
    watched = watch(address)
    page = watched.open(PAGE)
    widget = page.get_by_role("group", name="One sigmoid neuron")
    widget.get_by_label("starting z").fill("6")
    widget.get_by_label("update shown").fill("25")
    expect(page).to_have_url(re.compile("slowdown=z:6,.*shown:25"))
    words = widget.locator(".bp-says").inner_text()

    again = watched.open(page.url.removeprefix(address + "/"))
    expect(again.get_by_label("starting z")).to_have_value("6")
    expect(widget.locator(".bp-says")).to_have_text(words, use_inner_text=True)
    widget.get_by_role("button", name="Reset").click()
    expect(again).not_to_have_url(re.compile("slowdown"))

    watched.open(f"{PAGE}?slowdown=z:99,learning_rate:1,epochs:10,shown:0")
    expect(widget.get_by_role("status")).to_contain_text("could not be read")
    assert watched.faults == []
