"""The page of errata as built: every figure as on record, filters by keyboard, links into the chapters."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from errata_figures import FIGURES, agrees
from playwright.sync_api import Browser, expect

from backprop_lib.errata import KINDS

pytestmark = pytest.mark.browser

PAGE = "errata.html"
ERRATUM = re.compile(r'<details class="[^"]*bp-erratum[^"]*" id="([^"]+)"')


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


def lost(links: list[str], book: Path) -> list[str]:
    """Return the links that lead to no erratum of a chapter, as it was built."""
    anchors = {link.split("#")[0]: set[str]() for link in links}
    for chapter, found in anchors.items():
        found.update(ERRATUM.findall((book / chapter).read_text("utf8")))
    return [link for link in links if link.split("#")[1] not in anchors[link.split("#")[0]]]


def test_every_number_leads_to_the_erratum_in_its_chapter(
    watch: Callable[..., Any], address: str, book: Path
) -> None:
    watched = watch(address)
    page = watched.open(PAGE)
    cards = page.locator(".bp-card > p:first-child > a")
    links = cards.evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert len(links) == len(FIGURES)
    assert lost(links, book) == []
    cards.last.click()
    erratum = page.locator(f"#{links[-1].split('#')[1]}")
    expect(erratum).to_have_attribute("open", "")
    expect(erratum).to_be_in_viewport()
    assert watched.faults == []


def test_a_link_to_an_erratum_that_is_not_there_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<details class="bp-erratum" id="e000-01">', "utf8")
    assert lost(["a.html#e000-01", "a.html#e000-02"], tmp_path) == ["a.html#e000-02"]


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
