"""Controls of ipywidgets on the page: the standard manager, from the book itself and only where needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import Watched
from browser.live import settled

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

PAGE, WITHOUT = "jupyter.html", "xor/forward.html"
MANAGER = "_static/ipywidgets/manager.js"


def slider(page: Page, name: str) -> Locator:
    """Bring a slider near; return its handle once the manager has drawn it."""
    page.locator(".bp-widget[data-late]").first.scroll_into_view_if_needed()
    handle = page.locator(".widget-slider", has_text=name).get_by_role("slider")
    handle.wait_for(timeout=20_000)
    return handle


def loads(watched: Watched) -> list[str]:
    """Return the addresses that the page asks for from now on."""
    asked: list[str] = []
    watched.page.on("request", lambda request: asked.append(request.url))
    return asked


@pytest.mark.parametrize("where", ["served", "file"])
def test_a_linked_slider_moves_the_stepper_and_is_moved_by_it(
    where: str, address: str, book: Path, watch: Callable[..., Watched]
) -> None:
    watched = watch(address if where == "served" else book.as_uri())
    page = watched.open(PAGE)
    hidden = page.locator(".bp-stepper").first.get_by_label("hidden size")
    expect(hidden).to_have_value("3")
    handle = slider(page, "hidden size")
    handle.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(hidden).to_have_value("7")
    hidden.fill("11")
    expect(handle).to_have_attribute("aria-valuenow", "11.0")
    assert watched.faults == []  # nothing of another host, no eval, no error


def test_what_the_reader_moved_before_the_manager_came_stays(
    address: str, watch: Callable[..., Watched]
) -> None:
    page = watch(address).open(PAGE)
    hidden = page.locator(".bp-stepper").first.get_by_label("hidden size")
    hidden.fill("5")
    handle = slider(page, "hidden size")
    handle.focus()
    page.keyboard.press("ArrowRight")
    settled(page)
    assert hidden.input_value() == str(int(float(handle.get_attribute("aria-valuenow") or "nan")))


def test_the_manager_comes_with_the_first_control_and_not_before(
    address: str, watch: Callable[..., Watched]
) -> None:
    watched = watch(address, height=500)
    asked = loads(watched)
    page = watched.open(PAGE)
    page.wait_for_selector(".bp-widget[data-drawn]")
    assert not any(MANAGER in url for url in asked)
    slider(page, "hidden size")
    assert any(MANAGER in url for url in asked)


def test_a_page_without_controls_never_asks_for_the_manager(
    address: str, watch: Callable[..., Watched]
) -> None:
    watched = watch(address)
    asked = loads(watched)
    page = watched.open(WITHOUT)
    for host in page.locator(".bp-widget").all():
        host.scroll_into_view_if_needed()
    expect(page.locator(".bp-widget:not([data-drawn])")).to_have_count(0)
    assert asked
    assert not any("ipywidgets" in url for url in asked)


def test_a_missing_manager_is_said_in_its_place(address: str, watch: Callable[..., Watched]) -> None:
    page = watch(address).page
    page.route(f"**/{MANAGER}", lambda route: route.abort())
    page.goto(f"{address}/{PAGE}")
    page.locator(".bp-widget[data-late]").first.scroll_into_view_if_needed()
    expect(page.locator('.bp-widget-note[role="alert"]').first).to_contain_text("manager.js is missing")
    expect(page.locator(".bp-stepper").first).to_be_visible()
