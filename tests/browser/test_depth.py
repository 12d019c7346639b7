"""Depth on the built page, with no kernel: stack layers, train a little, see the gradient vanish."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from browser.conftest import placed
from browser.live import height, mounted_alone, room, spoiled

pytestmark = pytest.mark.browser

PAGE = "lab/depth.html"
HOME = {
    "depth": 10, "width": 10, "activation": "sigmoid", "initialization": "fan_in", "scale": 1, "seed": 1,
    "learning_rate": 1, "updates": 0, "layer": 1, "hide": "",
}  # fmt: skip


def link(**other: object) -> str:
    """Return the query of a state; the first is the chapter's."""
    return "?depth=" + ",".join(f"{name}:{value}" for name, value in {**HOME, **other}.items())


@pytest.mark.parametrize("width", [360, 1280])
def test_layers_stacked_by_the_reader_make_the_gradient_vanish_explode_and_arrive(
    watch: Callable[..., Any], address: str, width: int
) -> None:
    watched = watch(address, width=width)
    page = watched.open(PAGE)
    widget = page.get_by_role("group", name="Depth: the gradient")
    says, verdict = widget.locator(".bp-says"), widget.locator(".bp-verdict")
    at_first = height(widget)
    assert abs(at_first - room(page, widget)) <= 2
    expect(verdict).to_have_text(re.compile("^Vanishing: .* 1.03·10⁻⁹ times .* about 12.6% of it"))
    before = widget.locator("polyline.bp-delta").get_attribute("points")

    widget.get_by_role("combobox", name="activation").select_option("identity")
    widget.get_by_role("slider", name="weights times").fill("0.6")
    expect(verdict).to_contain_text("Exploding")
    widget.get_by_role("slider", name="updates").fill("50")
    expect(verdict).to_contain_text("Overflow")
    widget.get_by_role("slider", name="weights times").fill("0")
    widget.get_by_role("combobox", name="activation").select_option("tanh")
    widget.get_by_role("combobox", name="first weights").select_option("Glorot (I2)")
    expect(verdict).to_contain_text("Healthy")
    expect(says).to_contain_text("After 50 updates")
    expect(widget.locator("polyline.bp-delta")).not_to_have_attribute("points", before or "")

    factors = widget.locator(".bp-factors .bp-math")
    layers = widget.get_by_role("slider", name="layer", exact=False).last
    layers.press("ArrowRight")
    expect(factors.first).to_have_attribute("aria-label", re.compile(r"‖δ⁽²⁾‖ ≤ max |φ′\(z⁽²⁾\)| · ‖W⁽³⁾‖"))
    box = placed(widget.get_by_role("img").first)
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + 80)
    page.mouse.down()
    page.mouse.up()
    expect(factors.first).to_have_attribute("aria-label", re.compile(r"^‖δ⁽¹⁰⁾‖"))
    assert height(widget) == at_first

    widget.get_by_text("Table of values").click()
    expect(widget.locator("details tbody tr")).to_have_count(11)
    widget.get_by_role("slider", name="hidden layers").fill("20")
    expect(widget.locator("details tbody tr")).to_have_count(21)
    expect(widget.locator(".bp-speech")).to_contain_text("After 50 updates")
    widget.get_by_role("button", name="Reset").click()
    expect(verdict).to_contain_text("1.03·10⁻⁹")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.faults == []


def test_a_picture_is_a_link_and_a_hostile_one_gives_the_chapter_s_own(
    watch: Callable[..., Any], address: str
) -> None:
    watched = watch(address)
    page = watched.open(PAGE + link(depth=20, width=32, activation="relu", initialization="he", updates=100))
    widget = page.get_by_role("group", name="Depth: the gradient")
    expect(widget.locator(".bp-says")).to_contain_text("W⁽²¹⁾ by")
    widget.get_by_role("slider", name="learning rate").fill("-1")
    expect(widget.locator(".bp-says")).to_contain_text(
        "After 100 updates the cost has gone from 1.28 to 0.217"
    )
    expect(page).to_have_url(re.compile("depth:20,width:32,activation:relu"))
    for hostile in (
        link(depth=10**9),
        link(scale="NaN"),
        link(activation="<img>"),
        "?depth=%00",
        link(seed=-1),
    ):
        watched.open(PAGE + hostile)
        expect(widget.get_by_role("status")).to_contain_text("could not be read")
        expect(widget.locator(".bp-verdict")).to_contain_text("1.03·10⁻⁹")
    watched.open(PAGE + link(hide="words-factors-seed-class"))
    expect(widget.locator(".bp-canvas").first).to_be_visible()
    for part in (
        widget.locator(".bp-verdict"),
        widget.locator(".bp-factors"),
        widget.get_by_role("slider", name="seed"),
    ):
        expect(part).to_be_hidden()
    widget.get_by_role("button", name="Reset").click()
    expect(widget.locator(".bp-verdict")).to_be_visible()
    assert watched.faults == []


def test_a_wrong_length_on_the_page_would_be_seen(watch: Callable[..., Any], address: str) -> None:
    watched = watch(address)
    changed = spoiled(
        watched, "delta: each((l) => length(t.delta[l]))", "delta: each((l) => length(t.dW[l]))"
    )
    page = watched.open(PAGE)
    expect(page.locator(".bp-verdict")).to_contain_text("Vanishing")
    expect(page.locator(".bp-verdict")).not_to_contain_text("1.03·10⁻⁹")
    assert any(changed)


def test_taken_away_it_leaves_nothing(watch: Callable[..., Any], address: str) -> None:
    page = watch(address).open(PAGE)
    page.locator(".bp-depth").wait_for()
    left = mounted_alone(
        page, "bp-depth", {**HOME, "name": "d", "updates": 100, "hide": []}, "polyline.bp-delta"
    )
    assert left == {"drawn": 1, "listening": 1, "left": 0, "children": 0}
