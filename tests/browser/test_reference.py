"""The reference pages in a real browser: search, symbols, sources, the map; and what each check rejects."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from book.test_ledger import FOUND, ROOT
from book.test_symbols import ROWS
from playwright.sync_api import Page, expect

from backprop_lib.publish import register
from browser.conftest import BOOK, Watched

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
BODY = re.search(r"```\{equations\}\n(.*?)```", (ROOT / "book" / "equations.md").read_text("utf8"), re.DOTALL)
NAMES = register.names(BODY[1].splitlines())


# What the page does with ?q=…, without loading the page and its index again.
ASK = """(words) => {
    document.getElementById("search-results").replaceChildren();
    Search.performSearch(words);
}"""


def hits(page: Page, home: str, words: str) -> list[str]:
    """Return the addresses that the book's search finds, best first."""
    if "search.html" in page.url:
        page.evaluate(ASK, words)
    else:
        page.goto(f"{home}/search.html?q={words.replace(' ', '+')}")
    expect(page.locator("#search-results p.search-summary")).to_contain_text(
        re.compile("finished|did not match"), timeout=30_000
    )
    return page.locator("#search-results li a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")


@pytest.mark.parametrize("where", ["served", "file"])
def test_the_search_finds_every_equation_by_its_id_and_its_names(
    where: str, address: str, book: Path, watch: Callable[..., Watched]
) -> None:
    home = address if where == "served" else book.as_uri()
    watched = watch(home)
    words = {f"({id})": id for id in FOUND} | {name: id for id, names in NAMES.items() for name in names}
    if where == "served":  # with an excerpt from each page that is found, which takes a while
        words = {word: id for word, id in words.items() if id in ("BP1", "GD")}
    lost = {
        word: id
        for word, id in words.items()
        if not any(f"equations.html#{id.lower()}-" in to for to in hits(watched.page, home, word))
    }
    assert lost == {}
    assert watched.faults == []


def test_a_name_that_no_equation_has_is_not_found(address: str, watch: Callable[..., Watched]) -> None:
    found = hits(watch(address).page, address, "zeroth error of the phantom layer")
    assert not any("equations.html" in to for to in found)


def test_the_search_box_leads_to_the_results(address: str, watch: Callable[..., Watched]) -> None:
    watched = watch(address)
    page = watched.open("index.html")
    page.locator("input.sidebar-search").first.fill("learning rate step")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results li a", timeout=8000)
    assert watched.faults == []


def test_a_tap_on_a_letter_says_what_it_is(address: str, watch: Callable[..., Watched]) -> None:
    watched = watch(address, width=360)
    page = watched.open("xor/backward.html")
    page.locator("#eq-bp1 .katex-html").get_by_text("δ", exact=True).first.click()
    note = page.locator(".bp-symbol")
    expect(note).to_contain_text("sensitivity")
    box = note.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    note.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"notation\.html#symbol-sensitivity$"))
    expect(page.locator("#symbol-sensitivity")).to_be_in_viewport()
    assert watched.faults == []


def test_a_note_is_closed_by_escape_and_by_a_tap_elsewhere(
    address: str, watch: Callable[..., Watched]
) -> None:
    page = watch(address).open("xor/backward.html")
    letter = page.locator("#eq-bp1 .katex-html").get_by_text("y", exact=True).first
    for close in (lambda: page.keyboard.press("Escape"), lambda: page.locator("h1").click()):
        letter.click()
        expect(page.locator(".bp-symbol")).to_contain_text("target")
        close()
        expect(page.locator(".bp-symbol")).to_have_count(0)


def dead(folder: Path) -> list[str]:
    """Return links into the sources and into the table of symbols that lead nowhere."""
    found, anchors = [], {}
    for page in folder.rglob("*.html"):
        for to in re.findall(
            r'href="([^"]*(?:source/[^"#]*|notation\.html)?#(?:L-|symbol-)[^"]*)"', page.read_text("utf8")
        ):
            path, _, anchor = to.partition("#")
            target = (page.parent / path).resolve() if path else page
            if target not in anchors:
                anchors[target] = (
                    set(re.findall(r'id="([^"]+)"', target.read_text("utf8"))) if target.exists() else set()
                )
            found += [] if anchor in anchors[target] else [f"{page.name}: {to}"]
    return found


def test_every_link_to_a_line_or_a_symbol_leads_there(book: Path) -> None:
    assert dead(book) == []


def test_a_link_to_a_line_that_is_not_there_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.py.html").write_text('<span id="L-1">x</span>', "utf8")
    (tmp_path / "page.html").write_text(
        '<a href="source/a.py.html#L-1"></a><a href="source/a.py.html#L-9"></a>', "utf8"
    )
    assert dead(tmp_path) == ["page.html: source/a.py.html#L-9"]


def test_the_page_of_equations_shows_each_with_its_lines(address: str, watch: Callable[..., Watched]) -> None:
    watched = watch(address)
    page = watched.open("equations.html")
    for id, law in FOUND.items():
        entry = page.locator(f".bp-entry:has(#entry-{id.lower()})")
        expect(entry.locator("h2")).to_contain_text(f"({id}) {NAMES[id][0]}")
        assert entry.locator("> ul a.bp-line").count() == len(law.code)
    page.locator(".bp-entry:has(#entry-bp2) a.bp-line").first.click()
    expect(page.locator("span:target")).to_contain_text("(BP2)")
    assert watched.faults == []


def test_the_map_shows_every_page_and_every_equation(address: str, watch: Callable[..., Watched]) -> None:
    page = watch(address, width=360).open("index.html")
    links = {str(link.get_attribute("href")) for link in page.locator(".bp-map a").all()}
    pages = {to for to in links if "#" not in to}
    built = {path.relative_to(BOOK).as_posix() for path in BOOK.rglob("*.html")}
    assert pages == {name for name in built if (ROOT / "book" / name).with_suffix(".md").exists()} - {
        "index.html"
    }
    assert {to.partition("#eq-")[2].upper() for to in links if "#eq-" in to} == set(FOUND)
    sizes = page.locator(".bp-map text").evaluate_all(
        "texts => texts.map((text) => parseFloat(text.getAttribute('font-size')) * text.getScreenCTM().a)"
    )
    assert min(sizes) >= 11  # CSS pixels, on a phone


def test_every_row_of_the_table_has_its_anchor(address: str, watch: Callable[..., Watched]) -> None:
    page = watch(address).open("notation.html")
    assert page.locator("tr[id^=symbol-]").evaluate_all("rows => rows.map((row) => row.id)") == [
        r.anchor for r in ROWS
    ]
