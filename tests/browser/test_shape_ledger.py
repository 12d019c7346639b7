"""The shape ledger on the built page, with no kernel anywhere: line by line, turned, without transposes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from backprop_lib import step
from backprop_lib.widgets import Ledger
from browser.live import height, mounted_alone, room, settled, spoiled

pytestmark = pytest.mark.browser

PAGE = "matrix/shapes.html"  # Ledger(n0=3, n1=4, n2=2, m=5)
WIDGET = ".bp-ledger"
LINES = 12


def ledger(page: Page) -> Locator:
    return page.locator(WIDGET).first


def text(page: Page, part: str) -> str:
    settled(page)
    return ledger(page).locator(part).first.inner_text()


def line(page: Page, number: int) -> None:
    ledger(page).locator(".bp-entry-line").nth(number).click()


def result(page: Page) -> list[float]:
    """The numbers of the line, in full."""
    settled(page)
    cells = ledger(page).locator(".bp-result-numbers").last.locator(".bp-num")
    titles = cells.evaluate_all("cells => cells.map((cell) => cell.title)")
    return [float(title.replace("−", "-")) for title in titles]


def step_through(page: Page, rows: bool) -> None:
    """Go from the first line to the last: each runs in Python, and its numbers are those on the page."""
    widget = Ledger(n0=3, n1=4, n2=2, m=5)
    net, p, (x, y) = widget.network, widget.parameters, widget.examples
    known: dict[str, Any] = {"W": dict(p.W), "phi": net.phi, "m": 5, "learning_rate": 0.5}
    known |= {"b": {l: b.T if rows else b for l, b in p.b.items()}, "a": {0: x.T if rows else x}}
    known |= {"y": y.T if rows else y, "z": {}, "delta": {}, "dW": {}, "db": {}}
    for number in range(LINES):
        code = text(page, ".bp-code")
        exec(code, known)
        name, l = re.match(r"(\w+)\[(\d)\] = ", code).groups()
        # the page sums in another order: some 1e-16 of numbers of order one
        np.testing.assert_allclose(result(page), known[name][int(l)].ravel(), rtol=1e-12, atol=1e-14)
        shape = known[name][int(l)].shape
        assert text(page, ".bp-shapes").endswith(f"→ {shape[0]} × {shape[1]}")
        if number < LINES - 1:
            ledger(page).get_by_role("button", name="next line").click()
    g = net.backward(p, net.forward(p, x), y)
    assert np.allclose(known["W"][1], step(p, g, 0.5).W[1], rtol=1e-12)


@pytest.mark.parametrize("rows", [False, True], ids=["columns", "rows"])
def test_the_code_on_the_page_runs_line_by_line(rows: bool, visit: Callable[..., Page]) -> None:
    page = visit()
    if rows:
        ledger(page).get_by_role("button", name="row: x Wᵀ").click()
    step_through(page, rows)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("sum += at(A, i, k) * at(B, k, j)", "sum += at(A, i, k) * at(B, k, j) * 1.01"),
        ('transpose(q(\\"W\\", 2)), q(\\"delta\\", 2)', 'transpose(q(\\"W\\", 2)), q(\\"a\\", 2)'),
        ("a - world.alpha * b", "a + world.alpha * b"),
    ],
    ids=["a product", "BP2", "GD"],
)
def test_a_wrong_line_shows_on_the_page(
    right: str, wrong: str, watch: Callable[..., Any], address: str
) -> None:
    watched = watch(address)
    changed = spoiled(watched, right, wrong)
    page = watched.open(PAGE)
    ledger(page).scroll_into_view_if_needed()
    expect(ledger(page).locator(".bp-code")).to_have_text("z[1] = W[1] @ a[0] + b[1]")
    with pytest.raises(AssertionError, match="Not equal to tolerance"):
        step_through(page, rows=False)
    assert any(changed)


def test_one_switch_turns_formula_code_shapes_and_numbers_together(visit: Callable[..., Page]) -> None:
    page = visit()
    parts = (".bp-formula", ".bp-code", ".bp-shapes")
    columns, before = [text(page, part) for part in parts], result(page)
    assert columns[1:] == ["z[1] = W[1] @ a[0] + b[1]", "(4 × 3)(3 × 5) + (4 × 1) → 4 × 5"]
    ledger(page).get_by_role("button", name="row: x Wᵀ").click()
    rows, after = [text(page, part) for part in parts], result(page)
    assert rows[1:] == ["z[1] = a[0] @ W[1].T + b[1]", "(5 × 3)(3 × 4) + (1 × 4) → 5 × 4"]
    assert rows[0] != columns[0]
    assert np.reshape(after, (5, 4)).T.ravel().tolist() == before
    ledger(page).get_by_role("button", name="column: W a").click()
    assert [text(page, part) for part in parts] == columns


def test_a_forgotten_transpose_clashes_or_is_wrong_in_silence(visit: Callable[..., Page]) -> None:
    page = visit()
    line(page, 7)  # BP2
    right = result(page)
    ledger(page).get_by_label("forget the transpose").check()
    assert "(size 2 is different from 4)" in text(page, ".bp-error")
    verdicts = ledger(page).locator(".bp-verdict").all_inner_texts()
    assert [n for n, word in enumerate(verdicts) if word == "clash"] == [5, 7, 8]
    ledger(page).get_by_role("button", name="make n₁ and n₂ equal").click()
    assert text(page, ".bp-sentence").startswith("Without ᵀ, n₁ meets n₂: both are 4, by accident.")
    assert ledger(page).locator(".bp-verdict").nth(7).inner_text() == "wrong"
    wrong = ledger(page).locator(".bp-num.bp-wrong").all_inner_texts()
    assert len(wrong) == len(right)
    shown = ledger(page).locator(".bp-num.bp-gradient").all_inner_texts()
    assert shown != wrong
    ledger(page).get_by_role("button", name="reset").click()
    settled(page)
    assert ledger(page).locator(".bp-error").count() == 0


def test_keys_go_from_line_to_line_and_each_is_spoken(visit: Callable[..., Page]) -> None:
    page = visit()
    line(page, 0)
    spoken = ledger(page).locator("[aria-live=polite]")
    for number, key in enumerate(["ArrowDown", "ArrowRight", "ArrowDown"], start=2):
        page.keyboard.press(key)
        expect(ledger(page).locator(".bp-title")).to_have_text(re.compile(f"^{number} of 12"))
        expect(spoken).to_have_text(re.compile(f"^Line {number} of 12: .*[0-9]"))
    page.keyboard.press("ArrowUp")
    expect(ledger(page).locator(".bp-title")).to_have_text(re.compile("^3 of 12"))
    page.keyboard.press("End")
    expect(ledger(page).locator(".bp-title")).to_have_text(re.compile("^12 of 12"))
    assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "step"


def test_a_finger_goes_through_it(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{address}/{PAGE}")
    ledger(page).wait_for()
    ledger(page).get_by_role("button", name="row: x Wᵀ").tap()
    ledger(page).get_by_role("button", name="next line").tap()
    expect(ledger(page).locator(".bp-title")).to_have_text(re.compile("^2 of 12"))
    ledger(page).locator(".bp-entry-line").nth(8).tap()
    expect(ledger(page).locator(".bp-code")).to_have_text("dW[1] = delta[1].T @ a[0]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_a_copied_link_opens_the_same_line(visit: Callable[..., Page]) -> None:
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ledger(page).get_by_label("hidden n₁").fill("6")
    ledger(page).get_by_role("button", name="row: x Wᵀ").click()
    line(page, 8)
    ledger(page).get_by_role("button", name="copy link").click()
    expect(ledger(page).locator(".bp-note")).to_have_text(re.compile("Link copied"))
    copied = page.evaluate("navigator.clipboard.readText()")
    page.wait_for_timeout(400)
    assert page.url == copied
    other = visit(copied.split(PAGE)[1])
    assert text(other, ".bp-stage") == text(page, ".bp-stage")
    assert text(other, ".bp-shapes") == "(6 × 5)(5 × 3) → 6 × 3"


@pytest.mark.parametrize("query", ["?ledger=", "?ledger=n0:99", "?ledger=<i>", "?ledger=" + "n0:3," * 4000])
def test_a_hostile_link_gives_the_page_s_own_ledger(query: str, visit: Callable[..., Page]) -> None:
    page = visit(query)
    expect(ledger(page).locator(".bp-note")).to_have_text(re.compile("could not be read"))
    assert text(page, ".bp-code") == "z[1] = W[1] @ a[0] + b[1]"


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_moves_from_line_to_line_and_the_page_keeps_the_room(
    width: int, visit: Callable[..., Page]
) -> None:
    page = visit(width=width)
    heights = set()
    for number in range(LINES):
        line(page, number)
        settled(page)
        heights.add(height(ledger(page)))
    assert len(heights) == 1
    assert heights.pop() <= room(page, ledger(page)) + 1


def test_the_ledger_gives_out_no_ids_and_leaves_nothing_behind(visit: Callable[..., Page]) -> None:
    page = visit()
    assert ledger(page).locator("[id]").count() == 0
    home = {"n0": 3, "n1": 4, "n2": 2, "m": 5, "rows": False, "forget": False, "line": 0, "seed": 2}
    left = mounted_alone(page, "bp-ledger", {**home, "home": home, "name": "l"}, ".bp-entry-line")
    assert left == {"drawn": 12, "listening": 8, "left": 0, "children": 0}
