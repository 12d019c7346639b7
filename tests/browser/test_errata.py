"""The page of errata as built: every figure as on record, filters by keyboard, links into the chapters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from errata_figures import FIGURES, agrees
from playwright.sync_api import Browser, expect

from backprop_lib.errata import KINDS

pytestmark = pytest.mark.browser

PAGE = "errata.html"


def test_every_erratum_is_there_with_the_figure_on_record(watch: Callable[..., Any], address: str) -> None:
    page = watch(address).open(PAGE)
    cards = page.locator(".bp-card").evaluate_all(
        "all => all.map(c => [c.querySelector('a').textContent, ...['printed', 'right', 'figure'].map("
        "  name => c.querySelector(`.bp-card-${name} .bp-card-text`).textContent.trim())])"
    )
    assert [id for id, *_ in cards] == sorted(FIGURES)
    assert [id for id, printed, right, _ in cards if not (printed and right)] == []
    assert {id: figure for id, _, _, figure in cards if not agrees(id, figure)} == {}
    assert page.locator(".katex-error").count() == 0


def test_every_number_leads_to_the_erratum_in_its_chapter(watch: Callable[..., Any], address: str) -> None:
    watched = watch(address)
    page = watched.open(PAGE)
    links = page.locator(".bp-card > p:first-child > a").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    anchors: dict[str, set[str]] = {}
    for link in links:
        anchors.setdefault(link.split("#")[0], set()).add(link.split("#")[1])
    for chapter, wanted in anchors.items():
        found = watched.open(chapter).locator("details.bp-erratum").evaluate_all("all => all.map(d => d.id)")
        assert sorted(wanted - set(found)) == [], chapter
    assert watched.faults == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_errata_are_filtered_by_keyboard(watch: Callable[..., Any], address: str, width: int) -> None:
    watched = watch(address, width=width)
    page = watched.open(PAGE)
    shown, count = page.locator(".bp-card:visible"), page.locator(".bp-filter [role=status]")
    expect(count).to_have_text(f"{len(FIGURES)} errata")
    page.get_by_label("Source").focus()
    for _ in ("000", "001", "002"):
        page.keyboard.press("ArrowDown")
    expect(shown).to_have_count(9)
    expect(count).to_have_text(f"9 of {len(FIGURES)} errata")
    page.keyboard.press("Tab")
    for _ in KINDS[: KINDS.index("pitfall") + 1]:
        page.keyboard.press("ArrowDown")
    expect(shown).to_have_count(1)
    assert page.url.endswith("?source=002&kind=pitfall")
    expect(page.get_by_role("heading", name="Source 001", exact=False)).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.faults == []


def test_a_choice_is_a_link_and_an_erratum_is_one_too(watch: Callable[..., Any], address: str) -> None:
    page = watch(address).open(f"{PAGE}?source=003&kind=shape")
    expect(page.locator(".bp-card:visible")).to_have_count(3)
    page.goto("about:blank")
    page.goto(f"{address}/{PAGE}?source=003#e001-05")
    expect(page.locator("#e001-05")).to_be_in_viewport()


def test_without_scripts_all_errata_are_shown_and_no_filter(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{PAGE}")
    expect(page.locator(".bp-card:visible")).to_have_count(len(FIGURES))
    expect(page.locator(".bp-filter")).to_be_hidden()
    context.close()


def test_on_paper_there_are_all_errata_and_no_controls(watch: Callable[..., Any], address: str) -> None:
    page = watch(address).open(PAGE)
    page.emulate_media(media="print")
    expect(page.locator(".bp-card:visible")).to_have_count(len(FIGURES))
    expect(page.locator(".bp-filter")).to_be_hidden()
