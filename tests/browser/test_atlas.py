"""The atlas on the built page: a cell loads its run, which ends as the map says, here and elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import placed
from browser.live import height, mounted_alone, room, settled, spoiled

pytestmark = pytest.mark.browser

PAGE = "lab/atlas.html"
WIDGET = ".bp-live:has(.bp-map)"
MARKS = {"✓": "solved", "–": "stuck", "×": "diverged"}
LAST = re.compile(r"Its last cost is ([\d.·⁻⁰¹²³⁴-⁹]+)")


def marks(widget: Locator) -> dict[tuple[int, int], str]:
    """Return the mark of every cell, by seed and row."""
    found = widget.locator(".bp-map .bp-sign").all_text_contents()
    return {(n % 16, n // 16): mark for n, mark in enumerate(found)}


def disagreements(page: Page, widget: Locator, chosen: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Choose cells by their sliders, and return those whose run ends otherwise than its mark says."""
    says, wrong = widget.locator(".bp-fate p").first, []
    for seed, row in chosen:
        widget.get_by_role("slider", name="seed").fill(str(seed))
        widget.get_by_role("slider", name="learning rate").fill(str(row))
        expect(says).to_contain_text(f"Seed {seed},")
        settled(page)
        if f": {MARKS[marks(widget)[seed, row]]}" not in says.inner_text():
            wrong.append((seed, row))
    return wrong


CHOSEN = [(1, 4), (0, 4), (4, 3), (9, 9), (15, 0), (7, 6)]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_cell_loads_its_run(visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width)
    widget = page.locator(WIDGET)
    says, map_ = widget.locator(".bp-fate p").first, widget.locator("svg.bp-map")
    expect(widget.locator(".bp-odds")).to_have_text(re.compile(r"Of 160 runs at width 2, \d+% have all four"))
    assert disagreements(page, widget, CHOSEN) == []

    box = placed(map_)
    page.mouse.click(box["x"] + 36 + (box["width"] - 38) * 1.5 / 16, box["y"] + 22)
    expect(says).to_contain_text("Seed 1, α = 10:")
    cells = widget.locator(".bp-cells")
    cells.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    expect(says).to_contain_text("Seed 2, α = 5:")
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    expect(says).to_contain_text("Seed 0, α = 5:")
    expect(widget.locator(".bp-speech")).to_contain_text("Seed 0, α = 5:")

    box = placed(widget.locator("svg.bp-phase"))
    page.mouse.click(box["x"] + 36 + (box["width"] - 38) * 3.5 / 8, box["y"] + 22)
    expect(widget.locator(".bp-odds")).to_contain_text("width 4")
    expect(says).to_contain_text("Seed 0, α = 10: solved")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_with_another_run_is_rejected(watch: Callable[..., Any], address: str) -> None:
    watched = watch(address)
    changed = spoiled(watched, 'dataset(\\"corners\\")', 'dataset(\\"signed_corners\\")')
    page = watched.open(PAGE)
    widget = page.locator(WIDGET)
    placed(widget)
    assert any(changed)
    assert disagreements(page, widget, CHOSEN) != []


@pytest.mark.parametrize("width", [360, 1280])
def test_it_keeps_its_height(visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width)
    widget = page.locator(WIDGET)
    heights = set()
    for network in ("sigmoids", "ReLU", "tanh"):
        label = widget.locator("option", has_text=network).inner_text()
        widget.get_by_label("network").select_option(label)
        for neurons, rate in ((1, 8), (3, 7), (8, 9), (2, 0)):
            widget.get_by_role("slider", name="hidden neurons").fill(str(neurons))
            widget.get_by_role("slider", name="learning rate").fill(str(rate))
            settled(page)
            heights.add(height(widget))
    assert len(heights) == 1
    assert heights.pop() == room(page, widget)


def test_the_third_network_diverges_and_says_so(visit: Callable[..., Page]) -> None:
    page = visit("?atlas=network:straight,width:2,learning_rate:2,seed:0")
    widget = page.locator(WIDGET)
    expect(widget.locator(".bp-fate")).to_contain_text(
        re.compile(r"diverged: after \d+ updates its numbers overflow")
    )
    expect(widget.get_by_role("link")).to_have_count(0)
    widget.get_by_text("Table of values").click()
    expect(widget.locator("tbody tr")).to_have_count(10)
    expect(widget.locator("tbody tr").first).to_contain_text("diverged")


def test_the_links_open_the_same_run(visit: Callable[..., Page]) -> None:
    page = visit("?atlas=network:sigmoid,width:3,learning_rate:4,seed:5")
    says = page.locator(WIDGET).locator(".bp-fate p").first
    found = LAST.search(says.inner_text())
    assert found is not None
    last = found[1].rstrip(".")
    page.get_by_role("link", name="stepper").click()
    page.wait_for_url(re.compile("index.html"))
    expect(page.get_by_label("updates so far")).to_have_value("1000")
    expect(page.locator(".bp-stepper")).to_contain_text(f"1000 · cost {last}")
    page.go_back()
    page.get_by_role("link", name="playground").click()
    page.wait_for_url(re.compile("playground.html"))
    expect(page.locator(".bp-live").first).to_contain_text(last)


def test_a_picture_is_a_link_and_a_hostile_one_gives_the_page_s_own(visit: Callable[..., Page]) -> None:
    page = visit()
    widget = page.locator(WIDGET)
    home = widget.locator(".bp-fate p").first.inner_text()
    widget.get_by_role("slider", name="seed").fill("9")
    expect(page).to_have_url(re.compile("atlas=network:sigmoid,width:2,learning_rate:3,seed:9"))
    query = page.url[page.url.index("?") :]
    widget.get_by_role("button", name="Reset").click()
    expect(page).not_to_have_url(re.compile("atlas="))
    expect(visit(query).locator(WIDGET).get_by_role("slider", name="seed")).to_have_value("9")
    for text in (
        "network:sigmoid,width:2,learning_rate:3.1,seed:0", "network:linear,width:2,learning_rate:3,seed:0",
        "network:sigmoid,width:2,learning_rate:NaN,seed:0", "%3Cscript%3E",
    ):  # fmt: skip
        hostile = visit(f"?atlas={text}").locator(WIDGET)
        expect(hostile.get_by_role("status")).to_contain_text("could not be read")
        expect(hostile.locator(".bp-fate p").first).to_have_text(home, use_inner_text=True)


def test_it_takes_itself_away(visit: Callable[..., Page]) -> None:
    network = {"activations": ["sigmoid", "sigmoid"], "loss": "half_squared_error", "learning_rates": [1, 3]}
    data = {"sigmoid": {**network, "epochs": 20, "ends": [["sk", "du"]]}}
    traits = {
        "network": "sigmoid",
        "width": 1,
        "learning_rate": 3,
        "seed": 0,
        "name": "atlas",
        "data": data,
        "pages": {},
    }
    found = mounted_alone(visit(), "Atlas: which runs learn XOR", traits, "rect.bp-run")
    assert found["drawn"] == 4 + 2
    assert found["listening"] > 0
    assert (found["left"], found["children"]) == (0, 0)
