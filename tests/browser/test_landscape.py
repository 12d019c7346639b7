"""The landscape on the built page, with no kernel: start anywhere, move the rate, see what a plane hides."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.conftest import WHOLE, placed
from browser.live import height, mounted_alone, room, settled, spoiled

pytestmark = pytest.mark.browser

PAGE, WIDGET = "lab/landscape.html", ".bp-landscape"
HOME = {
    "problem": "line", "plane": "weights", "weights": [1, 2], "pair": 0, "seed": 1, "learning_rate": 0.3,
    "updates": 50, "span": 4, "start": [-2, 2], "point": [-2, 2], "hide": [],
}  # fmt: skip
PRESETS = dict.fromkeys(("line", "neuron", "xor"), HOME)
KEYS = """() => {
    const press = () => new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true, cancelable: true });
    for (let n = 0; n < 5; n++) document.activeElement.dispatchEvent(press());
}"""
PAINTED = """(canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return new Set(data.filter((_, i) => i % 4 === 3)).size; // shades
}"""


def landscapes(page: Page) -> list[Locator]:
    """Return the line's landscape and that of XOR."""
    both = page.get_by_role("group", name="Landscape: the cost")
    expect(both).to_have_count(2)
    return both.all()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_path_follows_the_learning_rate_and_starts_where_the_reader_says(
    watch: Callable[..., Any], address: str, width: int
) -> None:
    watched = watch(address, width=width)
    page = watched.open(PAGE)
    widget, _ = landscapes(page)
    says, readout = widget.locator(".bp-says"), widget.locator(".bp-at")
    rate = widget.get_by_role("slider", name="learning rate")
    path = widget.locator(".bp-over polyline").first
    at_first = height(widget)
    assert abs(at_first - room(page, widget)) <= 2
    assert widget.locator("canvas").evaluate(PAINTED) > 50
    expect(says).to_contain_text("from 3.72 to 0.0359. It fell in every one.")

    before = path.get_attribute("points")
    rate.fill("-0.1")  # 0.794, above 2/λ
    expect(says).to_contain_text("these steps overshoot")
    expect(path).not_to_have_attribute("points", before or "")
    rate.fill("1")
    expect(says).to_contain_text("a weight beyond a million")
    rate.fill("-0.52")

    box = placed(widget.locator(".bp-over"))
    page.mouse.click(box["x"] + 0.75 * box["width"], box["y"] + 0.25 * box["height"])
    expect(readout).to_have_text(
        re.compile(r"^At the cross, w = (2|1\.9\d|2\.0\d), b = (2|1\.9\d|2\.0\d), C = ")
    )
    expect(says).not_to_contain_text("from 3.72")
    page.mouse.move(box["x"] + 0.1 * box["width"], box["y"] + 0.5 * box["height"])
    expect(readout).to_contain_text("w = −3.")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] - 30)
    expect(readout).not_to_contain_text("w = −3.")

    map_ = widget.get_by_role("group", name="The map")
    map_.focus()
    page.evaluate(KEYS)  # five between two frames
    expect(readout).to_contain_text(re.compile(r"w = (1|0\.9\d+|1\.0\d+), "))
    before = path.get_attribute("points")
    map_.press("Enter")
    expect(path).not_to_have_attribute("points", before or "")

    widget.get_by_role("combobox", name="what learns").select_option("one sigmoid neuron")
    expect(says).to_contain_text("from 0.253 to 0.114")
    widget.get_by_text("Table of values").click()
    expect(widget.locator("details tbody tr")).to_have_count(11)
    widget.get_by_text("Table of values").click()
    widget.get_by_role("button", name="Reset").click()
    expect(says).to_contain_text("from 3.72 to 0.0359")
    assert height(widget) == at_first
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.faults == []


def test_a_plane_of_thirteen_dimensions_says_how_far_the_path_is(visit: Callable[..., Page]) -> None:
    page = visit()
    _, widget = landscapes(page)
    says, plane = widget.locator(".bp-says"), widget.get_by_role("combobox", name="plane")
    expect(says).to_contain_text("14.4 from the plane; the cost there is 0.000760, and 0.153 below it")
    expect(widget.locator(".bp-path.bp-far")).not_to_have_count(0)
    plane.select_option("the path’s two directions")
    expect(says).to_contain_text("0.232 from the plane")
    expect(widget.locator(".bp-path.bp-far")).to_have_count(0)
    expect(widget.get_by_role("combobox", name="across")).to_be_disabled()
    plane.select_option("two weights")
    widget.get_by_role("combobox", name="across").select_option("w⁽²⁾₁₂")
    widget.get_by_role("combobox", name="up").first.select_option("b⁽²⁾₁")
    expect(page).to_have_url(re.compile("xor=problem:xor,plane:weights,weights:11-13"))
    words, url = says.inner_text(), page.url
    page.goto(url)
    page.evaluate(WHOLE)
    expect(says).to_have_text(words, use_inner_text=True)


def test_a_hostile_link_gives_the_chapter_s_own(watch: Callable[..., Any], address: str) -> None:
    watched = watch(address)
    whole = (
        "problem:line,plane:weights,weights:1-2,pair:0,seed:1,learning_rate:0.3,updates:50,span:4,start:-2_2"
    )
    for hostile in (
        f"{whole},point:1e99_0",
        f"{whole},point:0_0".replace("1-2", "2-2"),
        "problem:<b>",
        "NaN",
        "",
    ):
        page = watched.open(f"{PAGE}?landscape={hostile}")
        widget, _ = landscapes(page)
        expect(widget.get_by_role("status")).to_contain_text("could not be read")
        expect(widget.locator(".bp-says")).to_contain_text("from 3.72 to 0.0359")
    assert watched.faults == []


def test_a_tap_starts_a_descent(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{address}/{PAGE}")
    page.evaluate(WHOLE)
    widget, _ = landscapes(page)
    box = placed(widget.locator(".bp-over"))
    page.touchscreen.tap(box["x"] + 0.9 * box["width"], box["y"] + 0.1 * box["height"])
    expect(widget.locator(".bp-at")).to_contain_text(re.compile(r"w = 3\.[12]"))
    expect(widget.locator(".bp-says")).not_to_contain_text("from 3.72")
    context.close()


def test_a_path_that_is_wrong_on_the_page_would_be_seen(watch: Callable[..., Any], address: str) -> None:
    watched = watch(address)
    changed = spoiled(watched, "step(p, t, alpha, p);\\n        if", "step(p, t, 2 * alpha, p);\\n        if")
    page = watched.open(PAGE)
    says = landscapes(page)[0].locator(".bp-says")
    expect(says).to_contain_text("After 50 updates")
    expect(says).not_to_contain_text("to 0.0359")
    assert any(changed)


def test_taken_away_it_leaves_nothing(watch: Callable[..., Any], address: str) -> None:
    page = watch(address).open(PAGE)
    page.locator(".bp-landscape").first.wait_for()
    left = mounted_alone(page, "bp-landscape", {**HOME, "name": "l", "presets": PRESETS}, ".bp-over .bp-path")
    settled(page)
    assert left == {"drawn": 1, "listening": 1, "left": 0, "children": 0}
