"""Detective and Spot the bug on the built pages, with no kernel: guess and cure; check and name the slip."""

# ruff: noqa: E501  (a link is a line)

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from backprop_lib.widgets import Detective, SpotTheBug
from browser.conftest import Watched, placed
from browser.live import height, mounted_alone, room, spoiled

pytestmark = pytest.mark.browser

PAGE = "lab/detective.html"
WIDGET = ".bp-live"
BUGS_PAGE = "lab/bugs.html"


def detective(page: Page) -> Locator:
    return page.get_by_role("group", name="Detective")


def ended(widget: Locator) -> None:
    expect(widget.locator(".bp-status")).to_have_text(re.compile("^After "), timeout=60_000)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_guess_opens_the_evidence_and_a_cure_mends_the_run(visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width)
    widget = detective(page)
    ended(widget)
    tall = height(widget)
    assert abs(room(page, widget) - tall) < 8
    judged, cure = widget.locator(".bp-judged"), widget.locator(".bp-cure")
    expect(judged).to_contain_text("sealed")
    expect(cure).to_be_hidden()
    widget.get_by_role("button", name="missing biases").click()
    expect(judged).to_have_text("✗ The evidence says: one straight line, not missing biases.")
    widget.get_by_role("button", name="one straight line").press("Enter")
    expect(judged).to_have_text("✓ Right: one straight line.")
    expect(widget.get_by_role("link", name="One line is not enough")).to_have_attribute(
        "href", "../xor/line.html"
    )
    expect(widget.get_by_role("button", name="one straight line")).to_have_attribute("aria-pressed", "true")
    expect(widget.locator(".bp-speech")).to_contain_text("no hidden layer")
    expect(page).to_have_url(re.compile("case:1,.*guess:straight"))
    assert height(widget) == tall
    cure.click()
    expect(judged).to_contain_text(
        "With the cure, 1 hidden layer of tanh: every point is right", timeout=60_000
    )
    expect(widget.locator("polyline.bp-forward-difference")).to_have_count(2)
    assert height(widget) == tall
    widget.get_by_text("Table of values").click()
    expect(widget.locator("details.bp-values tbody tr")).to_have_count(11)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    widget.get_by_role("button", name="Reset").click()
    expect(judged).to_contain_text("sealed")


def test_the_next_case_and_a_setting_of_one_s_own(visit: Callable[..., Page]) -> None:
    page = visit()
    widget = detective(page)
    ended(widget)
    widget.get_by_role("button", name="next case").click()
    expect(widget.locator(".bp-status")).to_contain_text("After 300 epochs", timeout=60_000)
    widget.get_by_role("button", name="rate too large").click()
    expect(widget.locator(".bp-evidence")).to_contain_text("2/λmax = 6.40")
    words = widget.locator(".bp-judged").inner_text()
    expect(page).to_have_url(re.compile("case:2.*guess:rate"))
    page.reload()
    widget.wait_for()
    expect(widget.locator(".bp-judged")).to_have_text(words, timeout=60_000)
    rate = widget.get_by_role("slider", name="learning rate")
    rate.press("ArrowLeft")
    expect(widget.get_by_role("combobox", name="case")).to_have_value("your own")
    expect(widget.locator(".bp-judged")).to_contain_text("sealed")


@pytest.mark.parametrize(
    "query",
    [
        "?detective=case:1", "?detective=case:1,hidden:1e9", "?detective=%3Cimg%20src=x%20onerror=alert(1)%3E",
        "?detective=case:2,data:corners,hidden:3,layers:0,activation:sigmoid,loss:half_squared_error,biases:on,"
        "scheme:fan_in,scale:1,bias:0,seed:1,learning_rate:5,epochs:1000,slip:0,guess:",
    ],
)  # fmt: skip
def test_a_hostile_link_gives_the_first_case_and_says_so(visit: Callable[..., Page], query: str) -> None:
    page = visit(query)
    widget = detective(page)
    expect(widget.get_by_role("status")).to_contain_text("could not be read")
    ended(widget)
    expect(widget.get_by_role("slider", name="learning rate")).to_have_attribute("aria-valuetext", "5")


def test_a_widest_and_longest_run_leaves_the_page_awake(visit: Callable[..., Page]) -> None:
    page = visit(
        "?detective=case:0,data:quadrants,hidden:50,layers:8,activation:tanh,loss:binary_cross_entropy,biases:on,"
        "scheme:glorot,scale:1,bias:0,seed:1,learning_rate:10,epochs:5000,slip:0,guess:"
    )
    widget = detective(page)
    expect(widget.locator(".bp-status")).to_contain_text("of 5000 epochs")
    frames = page.evaluate(
        "() => new Promise((done) => { let n = 0; const next = () => (++n < 5 ? requestAnimationFrame(next) : done(n)); next(); })"
    )
    assert frames == 5
    widget.get_by_role("slider", name="hidden width").fill("1")
    widget.get_by_role("slider", name="hidden layers").fill("0")
    expect(widget.get_by_role("slider", name="hidden layers")).to_have_value("0")


def test_a_wrong_law_on_the_page_is_seen(watch: Callable[..., Watched], address: str) -> None:
    watched = watch(address)
    changed = spoiled(watched, "alpha * most > 2", "alpha * most > 2000")
    page = watched.open(PAGE)
    widget = detective(page)
    ended(widget)
    assert any(changed)
    widget.get_by_role("button", name="next case").click()
    expect(widget.locator(".bp-status")).to_contain_text("After 300 epochs", timeout=60_000)
    widget.get_by_role("button", name="rate too large").click()
    expect(widget.locator(".bp-judged")).to_contain_text("✗")


# Spot the bug


def bugs(page: Page) -> Locator:
    return page.get_by_role("group", name="Spot the bug")


@pytest.fixture
def puzzle(watch: Callable[..., Watched], address: str) -> Callable[..., tuple[Watched, Locator]]:
    """Open the page of puzzles."""

    def start(query: str = "", width: int = 1280) -> tuple[Watched, Locator]:
        watched = watch(address, width=width)
        widget = bugs(watched.open(BUGS_PAGE + query))
        widget.wait_for()
        placed(widget)
        return watched, widget

    return start


@pytest.mark.parametrize("width", [360, 1280])
def test_the_check_lights_the_biases_and_the_slip_is_named(
    puzzle: Callable[..., tuple[Watched, Locator]], width: int
) -> None:
    watched, widget = puzzle(width=width)
    tall = height(widget)
    assert abs(room(watched.page, widget) - tall) < 8
    found, judged = widget.locator(".bp-found-so-far"), widget.locator(".bp-judged")
    checked = widget.get_by_role("slider", name="parameters checked")
    checked.press("ArrowRight")
    expect(found).to_contain_text("1 of 25 parameters are checked before update 2: 0 differ")
    expect(widget.locator(".bp-suspect")).to_contain_text("w⁽³⁾₁₁")
    widget.get_by_role("button", name="check all").click()
    expect(found).to_contain_text("6 differ")
    assert widget.locator("line.bp-edge.bp-differs").count() == 6
    assert widget.locator("line.bp-edge.bp-agrees").count() == 19
    expect(widget.locator(".bp-suspect")).to_contain_text("ratio 2.00")  # two inputs
    strip = widget.get_by_role("img", name="The relative error")
    box = placed(strip)
    watched.page.mouse.click(box["x"] + 60, box["y"] + 120)
    expect(widget.locator(".bp-suspect")).to_contain_text("✓ agrees")
    widget.locator(".bp-guess").first.click()
    expect(judged).to_have_text(re.compile("^[✓✗]"))
    widget.get_by_role("button", name="bias stepped n times").press("Space")
    expect(judged).to_have_text("✓ Right: bias stepped n times, in (BP4).")
    expect(widget.locator(".bp-speech")).to_contain_text("Every weight agrees")
    assert height(widget) == tall
    widget.get_by_text("Table of values").click()
    expect(widget.locator("details tbody tr")).to_have_count(25)
    widget.get_by_role("button", name="next puzzle").click()
    expect(widget.locator(".bp-number")).to_have_text("Puzzle 2")
    expect(judged).to_contain_text("then decide")
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.faults == []


def test_gradients_that_add_up_pass_before_the_first_update_and_fail_after_it(
    puzzle: Callable[..., tuple[Watched, Locator]],
) -> None:
    watched, widget = puzzle("?spot_the_bug=puzzle:3,update:0,checked:25,selected:0,answer:0")
    found = widget.locator(".bp-found-so-far")
    expect(found).to_contain_text("before update 1: 0 differ")
    widget.get_by_role("slider", name="look before update").press("ArrowRight")
    expect(found).to_contain_text("before update 2: 25 differ")
    widget.get_by_role("button", name="not reset").click()
    expect(widget.locator(".bp-judged")).to_contain_text("✓ Right")
    expect(watched.page).to_have_url(re.compile(r"puzzle:3,update:1,checked:25,selected:0,answer:[1-5]$"))
    assert watched.faults == []


@pytest.mark.parametrize(
    "query", ["?spot_the_bug=puzzle:0", "?spot_the_bug=sign", "?spot_the_bug=puzzle:3,answer:9"]
)
def test_a_hostile_link_gives_the_first_puzzle_and_says_so(
    puzzle: Callable[..., tuple[Watched, Locator]], query: str
) -> None:
    watched, widget = puzzle(query)
    expect(widget.get_by_role("status")).to_contain_text("could not be read")
    expect(widget.locator(".bp-number")).to_have_text("Puzzle 1")
    assert watched.faults == []


def test_both_widgets_leave_nothing_behind(visit: Callable[..., Page]) -> None:
    one, other = Detective(case=1), SpotTheBug()
    names = [
        name
        for name in one.traits(sync=True)
        if name[0] != "_" and name not in ("layout", "tabbable", "tooltip")
    ]
    page = visit()
    ended(detective(page))
    left = mounted_alone(page, "a run that failed, and why", {n: getattr(one, n) for n in names}, "button")
    assert (left["drawn"] > 12, left["left"], left["children"]) == (True, 0, 0)
    page.goto(page.url.split("?")[0].replace("detective.html", "bugs.html"))
    bugs(page).wait_for()
    names = [
        name
        for name in other.traits(sync=True)
        if name[0] != "_" and name not in ("layout", "tabbable", "tooltip")
    ]
    left = mounted_alone(page, "whose gradients have a slip", {n: getattr(other, n) for n in names}, "line")
    assert (left["drawn"] > 25, left["left"], left["children"]) == (True, 0, 0)
