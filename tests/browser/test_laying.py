"""A page is laid out where the reader looks, at once, and everywhere a little later, without a jump."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.conftest import Watched, serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

PAGE, TARGET = "xor/backward.html", "eq-bp4"  # a long page, and a formula at its end
SECTIONS = "Array.from(document.querySelectorAll(`article section section`))"
LAID = f"{SECTIONS}.map((section) => getComputedStyle(section).contentVisibility)"
HEIGHT = "document.documentElement.scrollHeight"
TOP = f"document.getElementById('{TARGET}').getBoundingClientRect().top"


def settle(page: Page) -> None:
    """Wait until every section is laid out."""
    page.wait_for_selector("article section section:last-of-type", state="attached")
    for _ in range(100):
        if set(page.evaluate(LAID)) == {"visible"}:
            return
        page.wait_for_timeout(100)
    raise AssertionError("sections were left without a layout")


def test_what_is_far_below_is_laid_out_later(address: str, watch: Callable[..., Watched]) -> None:
    page = watch(address).page
    page.goto(f"{address}/{PAGE}", wait_until="domcontentloaded")
    assert "auto" in page.evaluate(LAID)
    settle(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_link_into_a_page_leads_to_its_target_and_stays_there(
    width: int, address: str, watch: Callable[..., Watched]
) -> None:
    page = watch(address, width=width).page
    page.goto(f"{address}/{PAGE}#{TARGET}")
    page.wait_for_timeout(2500)
    assert 0 <= page.evaluate(TOP) < 900
    before = page.evaluate(TOP)
    page.wait_for_timeout(1000)
    assert page.evaluate(TOP) == before


def test_a_link_followed_at_once_leads_to_its_target(address: str, watch: Callable[..., Watched]) -> None:
    page = watch(address).page
    page.goto(f"{address}/{PAGE}", wait_until="domcontentloaded")
    page.evaluate(f"location.hash = '{TARGET}'")
    settle(page)
    page.wait_for_timeout(1000)
    assert 0 <= page.evaluate(TOP) < 900


def test_late_layout_changes_no_height(address: str, watch: Callable[..., Watched]) -> None:
    """A section with its own formatting context keeps its margins, with late layout or without."""
    late, whole = watch(address).page, watch(address).page
    late.goto(f"{address}/{PAGE}")
    whole.goto(f"{address}/{PAGE}#{TARGET}")
    for page in (late, whole):
        settle(page)
        page.wait_for_timeout(500)
    assert late.evaluate(HEIGHT) == whole.evaluate(HEIGHT)


@pytest.mark.parametrize("script", ["static/type.js missing", "no JavaScript"])
def test_the_text_is_shown_when_a_script_fails(script: str, address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=script != "no JavaScript")
    page = context.new_page()
    page.route("**/type.js", lambda route: route.abort())
    page.goto(f"{address}/{PAGE}", wait_until="load")
    page.wait_for_selector("article h1", state="visible", timeout=5000)
    context.close()


def test_a_page_that_is_never_shown_is_noticed(book: Path, tmp_path: Path, browser: Browser) -> None:
    """Without its timer, a page whose type.js fails stays empty: the check above can say no."""
    text = (book / "xor/backward.html").read_text("utf8")
    assert "setTimeout(self.bpShow, 3000);" in text
    (tmp_path / "index.html").write_text(
        text.replace("setTimeout(self.bpShow, 3000);", "").replace("Content-Security-Policy", "x"), "utf8"
    )
    with serving(tmp_path) as home:
        page = browser.new_page()
        page.goto(f"{home}/index.html", wait_until="load")
        page.wait_for_timeout(4000)
        assert not page.is_visible("article h1")
        page.close()
