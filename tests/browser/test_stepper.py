"""The stepper on the built page, with no kernel anywhere: by keyboard, mouse and touch, and by its link."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.conftest import placed
from browser.live import height, mounted_alone, room, settled, spoiled

pytestmark = pytest.mark.browser

PAGE = "xor/forward.html"  # its stepper starts from the article's own point
WIDGET = ".bp-stepper"
PRINTED = json.loads((Path(__file__).parents[1] / "reference_values.json").read_text("utf8"))["source_001"]
STATE = {
    "data": "corners", "learning_rate": "1", "hidden_size": "3", "outputs": "2", "biases": "on",
    "seed": "2017", "example": "2", "passes": "0", "step": "0", "selected": "1-1-1",
}  # fmt: skip


def link(**changes: Any) -> str:
    """The part of an address that holds a state."""
    return "?stepper=" + ",".join(f"{name}:{value}" for name, value in {**STATE, **changes}.items())


def stepper(page: Page) -> Locator:
    return page.locator(WIDGET).first


def picture(page: Page) -> str:
    """Everything in the diagram and beside it, as text."""
    settled(page)
    parts = ".bp-diagram, .bp-panel, .bp-dots, .bp-settings"
    show = "(root, parts) => [...root.querySelectorAll(parts)].map((part) => part.innerHTML).join('')"
    return str(stepper(page).evaluate(show, parts))


def press(page: Page, key: str, times: int = 1) -> None:
    stepper(page).locator(".bp-picture").focus()
    for _ in range(times):
        page.keyboard.press(key)
        settled(page)


def numbers(page: Page) -> set[str]:
    """Every number in the table of all values."""
    return set(stepper(page).locator(".bp-values td").all_text_contents())


def step_through_the_article(page: Page) -> None:
    """Step from first to last; the article's printed numbers stand in the table, to 8 decimals."""
    stepper(page).locator(".bp-values > summary").click()
    seen, text, drawn = numbers(page), PRINTED["printed_in_text"], PRINTED["printed_in_picture"]
    printed = [text[name] for name in ("z1", "h1", "z2", "h2", "dh1", "dh1_dz1", "dW1", "W1_new")]
    printed += [drawn[name] for name in ("dh2", "dh2_dz2_absolute", "dW2", "W2_new")]
    wanted = {
        f"{value:.8f}".replace("-", "−") for value in np.concatenate([np.ravel(values) for values in printed])
    }
    assert not wanted & seen, "the forward pass has not begun"
    for _ in range(10):
        press(page, "ArrowRight")
        seen |= numbers(page)
    assert wanted <= seen, sorted(wanted - seen)


def test_stepping_shows_the_article_s_printed_numbers(visit: Callable[..., Page]) -> None:
    step_through_the_article(visit())


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("(a[L][i], y[i]) / m", "(y[i], a[L][i]) / m"),
        ("transposeTimes(p.W[l + 1]", "times(p.W[l + 1]"),
        ("timesTranspose(delta[l], a[l - 1]", "timesTranspose(delta[l], a[l - 1].map((v) => v * 1.00001)"),
        ("less(p.W[l], alpha,", "less(p.W[l], -alpha,"),
    ],
    ids=["BP1", "BP2", "BP3", "GD"],
)
def test_a_wrong_engine_shows_on_the_page(
    right: str, wrong: str, watch: Callable[..., Any], address: str
) -> None:
    watched = watch(address)
    changed = spoiled(watched, right, wrong)
    page = watched.open(PAGE)
    with pytest.raises(AssertionError, match=r"−?0\."):
        step_through_the_article(page)
    assert any(changed)


def test_it_is_as_alive_from_a_file(watch: Callable[..., Any], book: Path) -> None:
    watched = watch(book.as_uri())
    page = watched.open(PAGE)
    step_through_the_article(page)
    stepper(page).get_by_label("hidden size").fill("6")
    expect(stepper(page).locator(".bp-neuron")).to_have_count(2 + 6 + 2)
    page.wait_for_timeout(400)
    assert watched.faults == []


def test_every_step_back_gives_the_picture_of_the_step_forward(visit: Callable[..., Page]) -> None:
    page = visit(link())
    seen = [picture(page)]
    for _ in range(15):  # into the second pass
        press(page, "ArrowRight")
        seen.append(picture(page))
    assert len(set(seen)) == len(seen)
    for before in reversed(seen[:-1]):
        press(page, "ArrowLeft")
        assert picture(page) == before


def test_buttons_and_dots_step_too(visit: Callable[..., Page]) -> None:
    page = visit(link(step=5))
    start = picture(page)
    root = stepper(page)
    root.get_by_role("button", name="one step forward").click()
    expect(root.locator(".bp-count")).to_have_text(re.compile("step 7 of 13"))
    root.get_by_role("button", name="one step back").click()
    assert picture(page) == start
    root.get_by_role("button", name="on to the next pass").click()
    expect(root.locator(".bp-count")).to_have_text(re.compile("pass 2$"))
    root.get_by_role("button", name=re.compile("^step 13:")).click()
    expect(root.locator(".bp-id")).to_have_text("(GD)")
    root.get_by_role("button", name="reset").click()
    expect(root.locator(".bp-count")).to_have_text(re.compile("step 1 of 11"))


@pytest.mark.parametrize("width", [1280, 360])
def test_a_drag_of_the_slider_redraws(width: int, visit: Callable[..., Page]) -> None:
    page = visit(link(), width=width)
    slider, neurons = stepper(page).get_by_label("hidden size"), stepper(page).locator(".bp-neuron")
    expect(neurons).to_have_count(2 + 3 + 2)
    box = placed(slider)
    page.mouse.move(box["x"] + box["width"] * 2.5 / 49, box["y"] + box["height"] / 2)
    page.mouse.down()
    counts = set()
    for part in (0.2, 0.5, 0.8, 1.0):
        page.mouse.move(box["x"] + box["width"] * part, box["y"] + box["height"] / 2)
        settled(page)
        counts.add(neurons.count())
    page.mouse.up()
    assert len(counts) == 4
    expect(neurons).to_have_count(2 + 50 + 2)


def test_a_slider_moves_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit(link(step=12))
    before = picture(page)
    slider = stepper(page).get_by_label("learning rate")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    settled(page)
    assert picture(page) != before
    assert slider.get_attribute("aria-valuetext") == "1.07"  # 10^0.03


def test_a_finger_steps_picks_and_drags(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{address}/{PAGE}{link(step=2)}")
    root = stepper(page)
    root.scroll_into_view_if_needed()
    root.get_by_role("button", name="one step forward").tap()
    expect(root.locator(".bp-count")).to_have_text(re.compile("step 4 of 13"))
    root.get_by_role("button", name="one step back").tap()
    third = root.locator(".bp-neuron").nth(4)
    box = placed(third)
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(root.locator(".bp-which")).to_have_text("hidden neuron 3")
    slider = root.get_by_label("hidden size")
    box = placed(slider)
    page.touchscreen.tap(box["x"] + box["width"] - 4, box["y"] + box["height"] / 2)
    expect(root.locator(".bp-neuron")).to_have_count(2 + 50 + 2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_up_and_down_turn_to_another_neuron(visit: Callable[..., Page]) -> None:
    page = visit(link(step=1))
    which = stepper(page).locator(".bp-which")
    expect(which).to_have_text("hidden neuron 1")
    press(page, "ArrowDown")
    expect(which).to_have_text("hidden neuron 2")
    press(page, "ArrowUp", 2)
    expect(which).to_have_text("hidden neuron 3")


def test_play_walks_on_and_space_stops_it(visit: Callable[..., Page]) -> None:
    page = visit(link())
    page.emulate_media(reduced_motion="reduce")
    press(page, " ")
    expect(stepper(page).locator(".bp-count")).to_have_text(re.compile("step 3 of 13"), timeout=8000)
    assert page.evaluate("document.getAnimations().length") == 0  # steps follow each other; nothing slides
    press(page, " ")
    stopped = picture(page)
    page.wait_for_timeout(2000)
    assert picture(page) == stopped


def test_a_copied_link_restores_the_picture(visit: Callable[..., Page], browser: Browser) -> None:
    page = visit()
    root = stepper(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    root.get_by_label("data").select_option(label="corners {−1, 1}")
    root.get_by_label("hidden size").fill("5")
    root.get_by_label("learning rate").fill("0.37")
    root.get_by_label("example shown").select_option(index=2)
    root.get_by_label("updates so far").fill("61")
    root.get_by_label("biases").uncheck()
    root.get_by_role("button", name="new weights").click()
    press(page, "ArrowRight", 6)
    press(page, "ArrowDown", 3)
    root.get_by_role("button", name="copy link").click()
    expect(root.locator(".bp-note")).to_have_text(re.compile("Link copied"))
    copied = page.evaluate("navigator.clipboard.readText()")
    page.wait_for_timeout(400)
    assert page.url == copied, "the address bar holds the same state"
    other = visit(copied.split(PAGE)[1])
    assert picture(other) == picture(page)
    assert "seed:2018" in copied


@pytest.mark.parametrize(
    "query",
    [
        "?stepper=",
        "?stepper=%00%FF",
        "?stepper=<script>alert(1)</script>",
        "?stepper=" + "a:1," * 5000,
        link(hidden_size=10**9),
        link(learning_rate="NaN"),
        link(data="__proto__"),
        link(selected="1-1-99"),
    ],
    ids=["empty", "bytes", "markup", "long", "huge", "not a number", "prototype", "nowhere"],
)
def test_a_hostile_link_gives_the_chapter_s_state_and_says_so(query: str, visit: Callable[..., Page]) -> None:
    usual = picture(visit())
    page = visit(query)
    expect(stepper(page).locator(".bp-note")).to_have_text(re.compile("could not be read"))
    assert picture(page) == usual


def test_each_step_is_spoken(visit: Callable[..., Page]) -> None:
    page = visit(link())
    spoken = stepper(page).locator("[aria-live=polite]")
    expect(spoken).to_have_text(re.compile("^Step 1 of 13"))
    said = set()
    for n in range(2, 14):
        press(page, "ArrowRight")
        expect(spoken).to_have_text(re.compile(f"^Step {n} of 13, .*[0-9]"))
        said.add(spoken.text_content())
    assert len(said) == 12


def test_the_widget_gives_out_no_ids_and_leaves_nothing_behind(visit: Callable[..., Page]) -> None:
    page = visit()
    assert stepper(page).locator("[id]").count() == 0
    left = mounted_alone(page, "bp-stepper", {}, ".bp-neuron")
    assert left == {"drawn": 7, "listening": 17, "left": 0, "children": 0}


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_moves_from_step_to_step(width: int, visit: Callable[..., Page]) -> None:
    page = visit(link(hidden_size=4, passes=40), width=width)
    heights = set()
    for _ in range(13):
        heights.add(height(stepper(page)))
        press(page, "ArrowRight")
    assert len(heights) == 1


@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_keeps_the_room_that_the_stepper_takes(width: int, visit: Callable[..., Page]) -> None:
    page = visit(width=width)
    taken = height(stepper(page))
    assert taken <= room(page, stepper(page)) <= taken + 40
