"""The lit weight on the built page, with no kernel anywhere: by mouse, finger, keyboard and link."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from backprop_lib.datasets import three_layers
from backprop_lib.widgets import Weight
from browser.conftest import placed
from browser.live import height, mounted_alone, room, settled, spoiled

pytestmark = pytest.mark.browser

PAGE = "pictures/neuron.html"  # the network 3-4-2-3 of three_layers, its first example
WIDGET = ".bp-weight-lens"


def lens(page: Page) -> Locator:
    return page.locator(WIDGET).first


def lit(page: Page) -> dict[str, str]:
    """What is lit at once: in words, formula and numbers, in the layer's product and in the network."""
    settled(page)
    root = lens(page)
    own = ".bp-diagram circle.bp-own.bp-"
    return {
        "title": root.locator(".bp-title").inner_text(),
        "letters": root.locator(".bp-letters").get_attribute("aria-label") or "",
        "numbers": root.locator(".bp-numbers").get_attribute("aria-label") or "",
        "result": root.locator(".bp-result").get_attribute("aria-label") or "",
        "cell": root.locator(".bp-outer td.bp-own").inner_text(),
        "a": root.locator(".bp-outer thead .bp-own .bp-figures").inner_text(),
        "delta": root.locator(".bp-outer tbody th.bp-own .bp-figures").inner_text(),
        "origin": f"{root.locator(own + 'forward').count()}",
        "target": f"{root.locator(own + 'gradient').count()}",
        "edge": f"{root.locator('.bp-diagram line.bp-own').count()}",
    }


def three(value: float) -> str:
    return f"{value:#.3g}".replace("-", "−")


def agrees(found: dict[str, str], selected: list[int]) -> None:
    """Judge what is lit against Python's numbers for the same weight."""
    widget = Weight(*three_layers(), selected=selected)
    delta, a = widget.factors
    l, _, j = selected
    origin = f"x{j}" if l == 1 else f"a{j}" + {2: "⁽¹⁾", 3: "⁽²⁾"}[l]
    assert found["letters"].endswith(f" · {origin if j else '1'}")
    said = f"({three(a)})" if a < 0 else three(a) if j else "1"
    assert found["numbers"] == f"= {three(delta)} · {said}"
    assert found["result"] == f"= {three(widget.slope)}"
    assert (found["origin"], found["target"], found["edge"]) == ("1", "1", "2")


def middle(page: Page, selected: list[int], part: float = 0.25) -> tuple[float, float]:
    """A point of a weight's line on the screen: that of its two neurons, joined."""
    l, i, j = selected
    box = placed(lens(page).locator(".bp-diagram"))
    view = lens(page).locator(".bp-diagram").get_attribute("viewBox")
    assert view
    scale = box["width"] / float(view.split()[2])
    circles = lens(page).locator(".bp-neuron:not(.bp-one)")
    sizes = [3, 4, 2, 3]
    ends = []
    for layer, n in ((l - 1, j), (l, i)):
        circle = circles.nth(sum(sizes[:layer]) + n - 1)
        ends.append([float(circle.get_attribute(name) or 0) for name in ("cx", "cy")])
    (x1, y1), (x2, y2) = ends
    return box["x"] + scale * (x1 + part * (x2 - x1)), box["y"] + scale * (y1 + part * (y2 - y1))


def test_pointing_at_a_weight_lights_all_of_it_at_once(visit: Callable[..., Page]) -> None:
    page = visit()
    agrees(lit(page), [2, 1, 3])
    for selected in ([3, 2, 1], [1, 1, 1], [2, 2, 4], [3, 3, 2]):
        page.mouse.move(*middle(page, selected))
        agrees(lit(page), selected)
    page.mouse.move(2, 2)
    agrees(lit(page), [2, 1, 3])  # what was selected is lit again
    page.mouse.click(*middle(page, [3, 2, 1]))
    page.mouse.move(2, 2)
    agrees(lit(page), [3, 2, 1])


def test_pointing_at_a_number_of_the_product_lights_its_weight(visit: Callable[..., Page]) -> None:
    page = visit()
    cell = lens(page).locator(".bp-outer button").nth(7)  # row 2, column 3 of five: its bias is the fifth
    cell.hover()
    agrees(lit(page), [2, 2, 3])
    lens(page).locator(".bp-outer button").nth(9).click()
    page.mouse.move(2, 2)
    agrees(lit(page), [2, 2, 0])
    expect(lens(page).locator(".bp-id")).to_have_text("(BP4)")


def test_arrow_keys_walk_along_the_network_and_say_where(visit: Callable[..., Page]) -> None:
    page = visit()
    lens(page).locator(".bp-picture").focus()
    route = [
        ("Down", [2, 1, 4]), ("Down", [2, 1, 0]), ("Down", [2, 2, 1]), ("Up", [2, 1, 0]), ("Up", [2, 1, 4]),
        ("Right", [3, 1, 1]), ("Right", [3, 1, 1]), ("Left", [2, 1, 1]), ("Left", [1, 1, 1]),
        ("Left", [1, 1, 1]),
    ]  # fmt: skip
    for key, selected in route:
        page.keyboard.press(f"Arrow{key}")
        agrees(lit(page), selected)
    spoken = lens(page).locator("[aria-live=polite]")
    expect(spoken).to_have_text(re.compile("^The slope of w1,11, from input 1 to .*, is δ .* times a "))
    lens(page).locator(".bp-outer button[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    agrees(lit(page), [1, 1, 2])
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"


def test_a_drag_moves_the_numbers_and_reset_brings_them_back(visit: Callable[..., Page]) -> None:
    page = visit()
    before = lit(page)
    for number in range(4):  # this weight, and the three inputs
        slider = lens(page).get_by_role("slider").nth(number)
        slider.focus()
        last = lit(page)
        page.keyboard.press("Home")
        assert lit(page)["result"] != last["result"]
    lens(page).get_by_role("button", name="reset").click()
    assert lit(page) == before


def test_a_finger_lights_the_nearest_weight(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{address}/{PAGE}")
    lens(page).wait_for()
    page.touchscreen.tap(*middle(page, [1, 4, 3], 0.4))
    agrees(lit(page), [1, 4, 3])
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_a_copied_link_opens_the_same_picture(visit: Callable[..., Page]) -> None:
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lens(page).get_by_role("slider").nth(0).press("Home")
    lens(page).locator(".bp-outer button").nth(3).click()
    page.mouse.move(2, 2)
    lens(page).get_by_role("button", name="copy link").click()
    expect(lens(page).locator(".bp-note")).to_have_text(re.compile("Link copied"))
    copied = page.evaluate("navigator.clipboard.readText()")
    page.wait_for_timeout(400)
    assert page.url == copied
    assert lit(visit(copied.split(PAGE)[1])) == lit(page)


@pytest.mark.parametrize(
    "query", ["?weight=", "?weight=selected:9-9-9", "?weight=<b>", "?weight=" + "x:1," * 4000]
)
def test_a_hostile_link_gives_the_page_s_own_picture(query: str, visit: Callable[..., Page]) -> None:
    page = visit(query)
    expect(lens(page).locator(".bp-note")).to_have_text(re.compile("could not be read"))
    agrees(lit(page), [2, 1, 3])


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_moves_from_weight_to_weight_and_the_page_keeps_the_room(
    width: int, visit: Callable[..., Page]
) -> None:
    page = visit(width=width)
    lens(page).locator(".bp-picture").focus()
    heights = set()
    for key in (
        ["ArrowDown"] * 10
        + ["ArrowLeft"]
        + ["ArrowDown"] * 16
        + ["ArrowRight", "ArrowRight"]
        + ["ArrowDown"] * 9
    ):
        page.keyboard.press(key)
        settled(page)
        heights.add(height(lens(page)))
    assert len(heights) == 1
    assert heights.pop() <= room(page, lens(page)) + 1


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("timesTranspose(delta[l], a[l - 1]", "timesTranspose(delta[l], a[l - 1].map((v) => v * 1.01)"),
        ("a: t.a[l - 1][j]", "a: t.a[l][i]"),
        ("delta: t.delta[l][i], slope: t.dW", "delta: 1.01 * t.delta[l][i], slope: t.dW"),
    ],
    ids=["slope", "a", "δ"],
)
def test_a_wrong_number_shows_on_the_page(
    right: str, wrong: str, watch: Callable[..., Any], address: str
) -> None:
    watched = watch(address)
    changed = spoiled(watched, right, wrong)
    page = watched.open(PAGE)
    lens(page).wait_for()
    with pytest.raises(AssertionError):
        agrees(lit(page), [2, 1, 3])
    assert any(changed)


def test_the_picture_gives_out_no_ids_and_leaves_nothing_behind(visit: Callable[..., Page]) -> None:
    page = visit()
    assert lens(page).locator("[id]").count() == 0
    home = {
        "parameters": {"W": {"1": [[1, 2]]}, "b": {"1": [[3]]}},
        "x": [[1], [2]], "y": [[0]], "example": 1, "selected": [1, 1, 2],
    }  # fmt: skip
    traits = {
        **home, "home": home, "activations": ["sigmoid"], "loss": "half_squared_error", "name": "w"
    }  # fmt: skip
    left = mounted_alone(page, "bp-weight-lens", traits, ".bp-neuron")
    assert left == {"drawn": 4, "listening": 7, "left": 0, "children": 0}
