"""axe-core finds no fault on any page, in both themes, on a desk and on a phone; and formulas can be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from backprop_lib.publish.npm import AXE, fetch
from browser.conftest import Watched, serving
from browser.test_pages import PAGES, undrawn

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
WIDTHS, THEMES = (1280, 360), ("light", "dark")
LEAST = 4.5  # WCAG AA, for text of any size

# A formula's glyphs are many and their colors few: axe leaves them out, and CONTRAST looks at them.
FAULTS = """async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const found = await axe.run(
        { exclude: [[".katex"]] },
        { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] },
    );
    const formula = (node) => document.querySelector(node.target.at(-1))?.querySelector("math");
    const silent = (id) => id === "empty-table-header"; // axe does not read MathML, which screen readers do
    return found.violations.flatMap(({ id, nodes }) => nodes
        .filter((node) => !(silent(id) && formula(node)))
        .map(({ target, html, failureSummary }) =>
            `${id}: ${target.join(" ")} ${html.slice(0, 120)} ${failureSummary.split("\\n")[1]}`));
}"""
# The least contrast of letters in formulas and figures with the ground they stand on, and the letter.
CONTRAST = """() => {
    const seen = new Map();
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgba = (color) => {
        if (!seen.has(color)) {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = color;
            canvas.fillRect(0, 0, 1, 1);
            seen.set(color, [...canvas.getImageData(0, 0, 1, 1).data]);
        }
        return seen.get(color);
    };
    const light = (color) => rgba(color).slice(0, 3)
        .map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0.05);
    const ground = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const { backgroundColor } = getComputedStyle(at);
            if (rgba(backgroundColor)[3] === 255) return backgroundColor;
        }
        return "white";
    };
    let least = [21, ""];
    for (const letter of document.querySelectorAll(".katex-html span, figure.bp-figure svg text")) {
        if (![...letter.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
        const { color, fill } = getComputedStyle(letter);
        const [one, other] = [light(letter instanceof SVGElement ? fill : color), light(ground(letter))];
        const ratio = Math.max(one, other) / Math.min(one, other);
        if (ratio < least[0]) least = [ratio, letter.textContent];
    }
    return least;
}"""


WITHOUT_LABEL = """(input) => {
    input.removeAttribute("aria-label");
    for (const part of [...input.labels].flatMap((label) => [...label.childNodes]))
        if (!part.contains(input)) part.remove();
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core's own script."""
    return (fetch(AXE) / "axe.min.js").read_text("utf8")


def faults(page: Page, axe: str) -> list[str]:
    """Return what axe finds, and letters of formulas that are too pale."""
    if not page.evaluate("'axe' in self"):
        page.evaluate(axe)
    ratio, letter = page.evaluate(CONTRAST)
    pale = [f"a contrast of {ratio:.2f}: {letter}"] if ratio < LEAST else []
    return [*page.evaluate(FAULTS), *pale]


@pytest.mark.parametrize("name", [*PAGES, "search.html", "source/backprop_lib/network.py.html"])
def test_axe_finds_no_fault(name: str, axe: str, address: str, watch: Callable[..., Watched]) -> None:
    page = watch(address).open(name)
    page.emulate_media(reduced_motion="reduce")
    assert undrawn(page) == []
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            if wrong := faults(page, axe):
                found[width, theme] = wrong
    assert found == {}


WRONG = {
    "label": '<input type="text">',
    "button-name": '<button type="button"></button>',
    "color-contrast": '<p style="color: #aaa; background: #fff">too pale</p>',
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "a contrast of": '<span class="katex-html"><span style="color: #d55e00">w</span></span>',
}


@pytest.mark.parametrize("what", WRONG)
def test_a_page_with_a_fault_is_rejected(
    what: str, axe: str, book: Path, tmp_path: Path, watch: Callable[..., Watched]
) -> None:
    page = (book / "references.html").read_text("utf8")
    (tmp_path / "index.html").write_text(page.replace("</article>", f"{WRONG[what]}</article>"), "utf8")
    (tmp_path / "_static").symlink_to(book / "_static")
    with serving(tmp_path) as home:
        assert any(fault.startswith(what) for fault in faults(watch(home).open("index.html"), axe))


def test_a_widget_whose_label_is_taken_away_is_rejected(
    axe: str, address: str, watch: Callable[..., Watched]
) -> None:
    page = watch(address).open("index.html")
    assert undrawn(page) == []
    assert faults(page, axe) == []
    slider = page.locator(".bp-stepper input[type=range]").first
    slider.evaluate(WITHOUT_LABEL)
    assert any(fault.startswith("label") for fault in faults(page, axe))


def test_code_that_only_a_mouse_can_scroll_is_rejected(
    axe: str, address: str, watch: Callable[..., Watched]
) -> None:
    page = watch(address, width=360).page
    page.route("**/page.js", lambda route: route.abort())
    page.goto(f"{address}/jupyter.html")
    assert any(fault.startswith("scrollable-region-focusable") for fault in faults(page, axe))
