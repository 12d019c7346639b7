"""The cost of not going backwards on the built page: two sliders, bars, curves and a sentence that counts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import placed
from browser.live import height, mounted_alone, room, settled

pytestmark = pytest.mark.browser

PAGE = "lab/cost.html"
WIDGET = ".bp-live:has(.bp-bars)"
STATES = [
    (2, 1),
    (3, 3),
    (10, 1),
    (10, 5),
    (7, 4),
]  # width and depth; the last two have the longest sentences


@pytest.mark.parametrize("width", [360, 1280])
def test_bars_curves_and_words_follow_the_sliders(visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width)
    widget = page.locator(WIDGET)
    says, bars = widget.locator(".bp-says"), widget.locator("rect.bp-bar")
    neurons, layers = widget.get_by_label("neurons in every"), widget.get_by_label("hidden layers")
    expect(says).to_contain_text("74,325 operations: backpropagation needs 204, 364 times fewer")
    expect(says).to_contain_text("finds 607")
    expect(bars).to_have_count(5)

    layers.fill("1")
    expect(says).to_contain_text("12 weights. Written out, all slopes take 1,716 operations")
    expect(says).to_contain_text("finds 92. The cost alone takes 46")
    long = bars.first.get_attribute("width") or ""
    layers.press("ArrowRight")
    expect(says).to_contain_text("13,299 operations")
    expect(bars.first).not_to_have_attribute("width", long)

    heights = set()
    for n, depth in STATES:
        neurons.fill(str(n))
        layers.fill(str(depth))
        settled(page)
        heights.add(height(widget))
    expect(says).to_contain_text("did not look for shared subexpressions")
    expect(bars).to_have_count(4)
    assert len(heights) == 1
    assert heights.pop() == room(page, widget)

    growth = widget.get_by_role("img", name="Operations over")
    box = placed(growth)
    page.mouse.click(box["x"] + 40, box["y"] + 120)
    expect(layers).to_have_value("1")
    widget.get_by_label("curves over").select_option("the number of neurons")
    expect(growth).to_have_attribute("aria-label", re.compile("^Operations over the width"))
    page.mouse.click(box["x"] + box["width"] - 14, box["y"] + 120)
    expect(neurons).to_have_value("10")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_table_has_every_count(visit: Callable[..., Page]) -> None:
    page = visit()
    widget = page.locator(WIDGET)
    widget.get_by_text("Table of values").click()
    rows = widget.locator("tbody tr")
    expect(rows).to_have_count(5)
    expect(rows.nth(2)).to_have_text("374,3256,150958607204")
    widget.get_by_label("curves over").select_option("the number of neurons")
    expect(rows).to_have_count(9)
    expect(rows.nth(8)).to_contain_text("not counted")


def test_a_picture_is_a_link_and_a_hostile_one_gives_the_page_s_own(visit: Callable[..., Page]) -> None:
    page = visit()
    widget = page.locator(WIDGET)
    widget.get_by_label("hidden layers").fill("4")
    expect(page).to_have_url(re.compile("counting=width:3,depth:4,along:depth"))
    expect(widget.locator(".bp-speech")).to_contain_text("355,665 operations")
    query = page.url[page.url.index("?") :]
    widget.get_by_role("button", name="Reset").click()
    expect(page).not_to_have_url(re.compile("counting"))

    again = visit(query).locator(WIDGET)
    expect(again.get_by_label("hidden layers")).to_have_value("4")
    for text in ("width:99,depth:1,along:depth", "width:3", "<b>", "width:3,depth:1,along:time"):
        hostile = visit(f"?counting={text}").locator(WIDGET)
        expect(hostile.get_by_role("status")).to_contain_text("could not be read")
        expect(hostile.locator(".bp-says")).to_contain_text("74,325")


def test_it_takes_itself_away(visit: Callable[..., Page]) -> None:
    names = ("cost", "direct", "shared", "differences", "forward_mode", "backpropagation")
    data = {name: [[10 * k + 20, 100 * k + 200]] for k, name in enumerate(names)}
    traits = {"width": 2, "depth": 1, "along": "width", "name": "counting", "data": data}
    found = mounted_alone(visit(), "What it costs not to go backwards", traits, "rect.bp-bar")
    assert found["drawn"] == 5
    assert found["listening"] > 0
    assert (found["left"], found["children"]) == (0, 0)
