"""Every page of the built book, in a real browser; and for every check a page that it rejects."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from book.test_repository import listed
from playwright.sync_api import Page, expect

from browser.conftest import BOOK, ROOT, Watched, serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


PAGES = [f"{name}.html" for name in listed(yaml.safe_load((ROOT / "_toc.yml").read_text("utf8")))]
CHAPTERS = pytest.mark.parametrize("name", PAGES)


# Every widget comes into view for a moment, as it does for a reader.
SEEN = """async () => {
    for (const host of document.querySelectorAll(".bp-widget")) {
        host.scrollIntoView({ behavior: "instant" });
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
}"""


def scroll(page: Page) -> list[str]:
    """Report a page that is wider than its window."""
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{wide} px too wide"] if wide > 0 else []


def formulas(page: Page) -> list[str]:
    """Report formulas that could not be set, or that cannot be read aloud or copied as TeX."""
    return page.evaluate("""() => [
        ...[...document.querySelectorAll(".katex-error")].map((bad) => `not set: ${bad.textContent}`),
        ...[...document.querySelectorAll(".math")].filter((math) =>
            !math.querySelector('.katex-mathml annotation[encoding="application/x-tex"]')
        ).map((bare) => `no MathML: ${bare.textContent.slice(0, 40)}`),
    ]""")


def unspoken(page: Page) -> list[str]:
    """Report pictures that say nothing to those who cannot see them."""
    return page.evaluate("""() => [
        ...[...document.querySelectorAll("img")].filter((img) => !img.alt.trim()),
        ...[...document.querySelectorAll('svg[role="img"]')].filter((svg) =>
            !svg.getAttribute("aria-label")?.trim() && !svg.getAttribute("aria-labelledby")
            && !svg.querySelector("title")?.textContent.trim()),
        ...[...document.querySelectorAll("figure svg")].filter((svg) =>
            !svg.closest('[role="img"], [aria-hidden="true"]') && !svg.querySelector("title")),
    ].map((picture) => `no text for ${picture.outerHTML.slice(0, 80)}`)""")


def undrawn(page: Page) -> list[str]:
    """Report widgets that were not drawn, and the marks of widgets that nobody drew."""
    page.evaluate(SEEN)
    expect(page.locator(".bp-widget:not([data-drawn], :has(.bp-widget-note))")).to_have_count(0, timeout=8000)
    return page.evaluate("""() => [
        ...[...document.querySelectorAll('.bp-widget-note[role="alert"]')].map((note) => note.textContent),
        ...[...document.querySelectorAll('script[type*="widget-view"]')].map(() => "a mark without a widget"),
        ...[...document.querySelectorAll(".bp-widget")].filter((host) => host.offsetHeight < 40)
            .map(() => "empty"),
    ]""")


def policies(page: Page) -> list[str]:
    """Report a page that does not forbid other hosts and eval."""
    meta = page.locator('meta[http-equiv="Content-Security-Policy"]')
    if meta.count() != 1:
        return ["no policy"]
    policy = str(meta.get_attribute("content"))
    return [rule for rule in ("unsafe-eval", "http:", "https:", "*") if rule in policy]


Check = Callable[[Page], list[str]]
CHECKS: dict[str, tuple[Check, str]] = {
    "formulas": (formulas, '<span class="math"><span class="katex-error">\\frac</span></span>'),
    "alt text": (unspoken, '<figure><svg viewBox="0 0 9 9"></svg></figure>'),
    "widgets": (undrawn, '<p class="bp-widget-note" role="alert">This part could not be drawn</p>'),
    "width": (scroll, '<div style="width: 5000px">wide</div>'),
}


@CHAPTERS
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_is_whole(name: str, width: int, address: str, watch: Callable[..., Watched]) -> None:
    watched = watch(address, width=width)
    page = watched.open(name)
    assert {what: found for what, (check, _) in CHECKS.items() if (found := check(page))} == {}
    assert watched.faults == []  # no error, and nothing asked of another host
    assert policies(page) == []


@CHAPTERS
def test_a_page_works_from_a_file(name: str, book: Path, watch: Callable[..., Watched]) -> None:
    watched = watch(book.as_uri())
    page = watched.open(name)
    assert undrawn(page) == []
    assert watched.faults == []


def test_the_search_finds_a_word(address: str, watch: Callable[..., Watched]) -> None:
    watched = watch(address)
    page = watched.open("search.html?q=gradient")
    page.wait_for_selector("#search-results li", timeout=8000)
    assert watched.faults == []
    assert policies(page) == []


@pytest.fixture
def doctored(book: Path, tmp_path: Path) -> Callable[[str], str]:
    """Return what writes a copy of the first page with something added to it, and returns the folder."""

    def write(addition: str) -> str:
        for each in ("_static", "documentation_options.js"):
            if (book / each).is_dir():
                shutil.copytree(book / each, tmp_path / each, dirs_exist_ok=True)
        page = (book / "index.html").read_text("utf8")
        (tmp_path / "index.html").write_text(page.replace("</article>", f"{addition}</article>"), "utf8")
        return str(tmp_path)

    return write


FAULTS = {
    "a picture from another host": '<img alt="far" src="https://example.org/far.png">',
    "an inline script": "<script>document.title = 'taken'</script>",
    "a missing file": '<img alt="gone" src="gone.png">',
    "a script from another host": '<script src="https://example.org/far.js"></script>',
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_that_misbehaves_is_reported(
    fault: str, doctored: Callable[[str], str], watch: Callable[..., Watched]
) -> None:
    with serving(Path(doctored(FAULTS[fault]))) as home:
        watched = watch(home)
        watched.open("index.html")
        assert watched.faults


@pytest.mark.parametrize("what", CHECKS)
def test_a_page_that_is_not_whole_is_reported(
    what: str, doctored: Callable[[str], str], watch: Callable[..., Watched]
) -> None:
    check, wrong = CHECKS[what]
    with serving(Path(doctored(wrong))) as home:
        page = watch(home, width=360).open("index.html")
        assert check(page)


def test_a_page_without_a_policy_is_reported(
    book: Path, tmp_path: Path, watch: Callable[..., Watched]
) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>bare</title>", "utf8")
    with serving(tmp_path) as home:
        assert policies(watch(home).open("index.html")) == ["no policy"]


def test_an_edited_policy_forbids_nothing_and_is_reported(
    doctored: Callable[[str], str], watch: Callable[..., Watched]
) -> None:
    folder = Path(doctored(""))
    page = (folder / "index.html").read_text("utf8")
    (folder / "index.html").write_text(
        page.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'"), "utf8"
    )
    with serving(folder) as home:
        assert policies(watch(home).open("index.html")) == ["unsafe-eval"]


def test_the_book_has_pages() -> None:
    assert BOOK.name == "html"
    assert "index.html" in PAGES
