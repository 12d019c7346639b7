"""The stepper taken apart on the built page: by value and phase, closely, changed, predicted, handed in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.conftest import placed
from browser.live import height, settled
from browser.test_stepper import PAGE, WIDGET, link, numbers, picture, press, stepper

pytestmark = pytest.mark.browser
__all__ = ["PAGE", "WIDGET"]

FRONT = link() + ","


def where(page: Page) -> Locator:
    return stepper(page).locator(".bp-count")


def fold(page: Page, name: str) -> None:
    stepper(page).locator("summary").filter(has_text=name).click()


def test_value_by_value_only_what_is_computed_is_shown(visit: Callable[..., Page]) -> None:
    page = visit(link(granularity="neuron"))
    fold(page, "Table of all values")
    count = int(re.findall(r"of (\d+)", where(page).text_content() or "")[0])
    press(page, "ArrowRight", 2)
    expect(where(page)).to_have_text(re.compile(f"^value 3 of {count}"))
    neurons = stepper(page).locator(".bp-values tbody").first
    expect(neurons.locator("tr").nth(3).locator("td").first).not_to_have_text("–")
    expect(neurons.locator("tr").nth(4).locator("td").first).to_have_text("–")
    seen = picture(page)
    press(page, "ArrowRight", 3)
    press(page, "ArrowLeft", 3)
    assert picture(page) == seen


def test_phase_by_phase_takes_four_moves(visit: Callable[..., Page]) -> None:
    page = visit(link())
    stepper(page).get_by_label("go by").select_option("one phase")
    titles = []
    for stop in range(2, 6):
        press(page, "ArrowRight")
        expect(where(page)).to_have_text(re.compile(f"^stop {stop} of 5"))
        titles.append(stepper(page).locator(".bp-title").text_content())
    assert titles == [
        "The whole way forward",
        "The cost",
        "The whole way back",
        "Every weight takes its step",
    ]


def test_it_plays_faster_where_asked(visit: Callable[..., Page]) -> None:
    page = visit(link(speed=4))
    press(page, " ")
    expect(where(page)).to_have_text(
        re.compile("pass 2$"), timeout=15_000
    )  # at the usual speed it takes 21 seconds
    expect(stepper(page).get_by_label("play at")).to_have_value("4 ×")


def test_a_click_on_a_neuron_writes_out_all_its_paths(visit: Callable[..., Page]) -> None:
    page = visit(link(step=9))
    stepper(page).locator(".bp-neuron").first.click()
    lines = stepper(page).locator(".bp-closer .bp-lines")
    expect(lines).to_contain_text("All 6 paths from it to the cost")
    expect(lines.locator(".bp-way")).to_have_count(6)
    expect(lines.locator(".bp-sum .bp-total")).to_have_text(re.compile(r"\d"))
    stepper(page).get_by_role("button", name="back to the step").click()
    expect(stepper(page).locator(".bp-closer")).to_be_hidden()
    expect(stepper(page).locator(".bp-title")).to_be_visible()


def test_by_keyboard_an_edge_shows_its_arithmetic_once_it_is_known(visit: Callable[..., Page]) -> None:
    page = visit(link(step=1))
    press(page, "Enter")
    look, lines = stepper(page).get_by_label("look at"), stepper(page).locator(".bp-closer .bp-lines")
    expect(look).to_be_visible()
    look.select_option("weight input 2 → hidden 1")
    expect(lines.locator(".bp-num")).to_have_count(0)
    lines.get_by_role("button", name=re.compile("BP3")).click()
    expect(where(page)).to_have_text(re.compile("^step 11 of 13"))
    expect(lines.locator(".bp-num")).to_have_count(9)  # four products δ · a, and their sum
    look.focus()
    page.keyboard.press("Escape")
    expect(stepper(page).locator(".bp-closer")).to_be_hidden()
    expect(stepper(page).locator(".bp-picture")).to_be_focused()


def test_a_number_changed_by_hand_changes_everything_after_it_until_reset(visit: Callable[..., Page]) -> None:
    page = visit(FRONT.replace("passes:0", "passes:3") + "closer:w1.1.1")
    usual = picture(page)
    field = stepper(page).get_by_label("changed by hand")
    field.fill("−3/4")
    field.press("Enter")
    fold(page, "Table of all values")
    expect(stepper(page).locator(".bp-values")).to_contain_text("−0.75000000")
    field.press("ArrowUp")
    expect(field).to_have_value("−0.65")
    expect(stepper(page).locator(".bp-values")).to_contain_text("−0.65000000")
    field.fill("no number")
    field.press("Enter")
    expect(stepper(page).locator(".bp-trouble")).to_contain_text("cannot be read as a number")
    stepper(page).get_by_role("button", name="undo").click()
    settled(page)
    assert picture(page) == usual
    field.fill("2")
    field.press("Enter")
    expect(stepper(page).locator(".bp-batch")).to_contain_text("1 changed by hand")
    stepper(page).get_by_role("button", name="reset").click()
    expect(where(page)).to_have_text(re.compile("^step 1 of 11"))
    expect(stepper(page).locator(".bp-batch")).not_to_contain_text("changed by hand")


def test_inputs_and_targets_change_by_touch(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{address}/{PAGE}{link(step=5)}")
    root = stepper(page)
    placed(root)
    output = root.locator(".bp-neuron").last
    box = placed(output)
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    root.get_by_role("button", name="y2 less 0.1").tap()
    expect(root.get_by_label("y2, changed by hand")).to_have_value("0.9")
    expect(root.locator(".bp-batch")).to_contain_text("1 changed by hand")
    root.get_by_label("look at").select_option("input 1")
    root.get_by_role("button", name="x1 more 0.1").tap()
    expect(root.locator(".bp-batch")).to_contain_text("2 changed by hand")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_a_prediction_comes_before_the_step_and_a_slip_is_named(visit: Callable[..., Page]) -> None:
    page = visit(FRONT.replace("step:0", "step:8") + "predict:on")
    root, said = stepper(page), stepper(page).locator(".bp-verdict")
    before = where(page).text_content() or ""
    press(page, "ArrowRight")
    expect(said).to_have_text(re.compile("^Commit to a sign or a value"))
    expect(where(page)).to_have_text(before)
    expect(root.get_by_label("your value")).to_be_focused()
    error = root.evaluate("root => root.querySelector('.bp-predict .bp-math').getAttribute('aria-label')")
    assert error.startswith("δ1⁽¹⁾ = (")
    # σ′ forgotten: the two products alone, from the numbers in the picture
    fold(page, "Table of all values")
    table = root.locator(".bp-values tbody")
    expect(table).to_have_count(3)
    cells = lambda n, row: [  # noqa: E731
        float(text.replace("−", "-")) if re.search(r"\d", text) else 0.0
        for text in table.nth(n).locator("tr").nth(row).locator("td").all_text_contents()
    ]
    deltas = [cells(0, row)[4] for row in (5, 6)]
    weights = [cells(1, row)[0] for row in (6, 9)]
    slip = sum(d * w for d, w in zip(deltas, weights, strict=True))
    root.get_by_label("your value").fill(f"{slip:.6f}")
    root.get_by_role("button", name="commit").click()
    expect(said).to_have_text(re.compile("^✗ σ′\\(z\\) is forgotten"))
    press(page, "ArrowRight")
    expect(where(page)).to_have_text(re.compile("^step 10 of 13"))
    right = root.locator(".bp-result .bp-num").text_content() or ""
    press(page, "ArrowLeft")
    root.get_by_label("your value").fill(right)
    root.get_by_label("your value").press("Enter")
    expect(said).to_have_text(re.compile("^✓ Right: .*First tries right: 1 of 2"))
    root.get_by_role("button", name="step on").click()
    root.get_by_role("button", name="show me").click()
    expect(where(page)).to_have_text(re.compile("^step 11 of 13"))


def test_a_receipt_goes_out_and_comes_back_checked(visit: Callable[..., Page]) -> None:
    page = visit(link(step=11))
    root = stepper(page)
    fold(page, "Receipt")
    text = root.get_by_label("a receipt")
    for form, mark in (
        ("Markdown", "### Pass 1, (BP4)"),
        ("LaTeX", "\\begin{align*}"),
        ("JSON", '"backprop_lib step"'),
    ):
        root.get_by_role("button", name=f"export as {form}").click()
        expect(text).to_have_value(re.compile(re.escape(mark)))
    with page.expect_download() as saved:
        root.get_by_role("button", name="save the receipt").click()
    assert saved.value.suggested_filename == "backprop-step.json"
    root.get_by_role("button", name="check the receipt").click()
    expect(root.locator(".bp-said li.bp-right")).to_have_count(11)
    made = json.loads(text.input_value())
    made["lines"][8]["values"] = [[-value for value in row] for row in made["lines"][8]["values"]]
    text.fill(json.dumps(made))
    root.get_by_role("button", name="check the receipt").click()
    expect(root.locator(".bp-said li.bp-wrong")).to_have_text(
        re.compile(r"\(BP2\) delta\[1\].* the sign is not right")
    )
    for hostile in ("<img src=x onerror=alert(1)>", "[" * 60000, '{"kind": "backprop_lib step", "x": "<b>"}'):
        text.fill(hostile)
        root.get_by_role("button", name="check the receipt").click()
        expect(root.locator(".bp-told")).to_have_text(re.compile("^✗ "))
        expect(root.locator(".bp-said li")).to_have_count(0)


def test_a_teacher_s_link_hides_controls_and_reset_brings_them_back(visit: Callable[..., Page]) -> None:
    page = visit(FRONT + "hide:rate_receipt_closer")
    root = stepper(page)
    expect(root.get_by_label("learning rate")).to_be_hidden()
    expect(root.locator("summary", has_text="Receipt")).to_be_hidden()
    root.locator(".bp-neuron").nth(3).click()
    expect(root.locator(".bp-closer")).to_be_hidden()
    fold(page, "For a class")
    root.locator(".bp-boxes").get_by_label("hidden size").uncheck()
    expect(root.locator(".bp-settings").get_by_label("hidden size")).to_be_hidden()
    page.wait_for_url(re.compile("hide:rate_width_closer_receipt"))
    root.get_by_role("button", name="reset").click()
    expect(root.locator(".bp-settings").get_by_label("learning rate")).to_be_visible()


@pytest.mark.parametrize("extra", ["granularity:word", "edits:0~w1.9.9~1", "hide:everything", "closer:<b>"])
def test_a_broken_addition_gives_the_chapter_s_state_and_says_so(
    extra: str, visit: Callable[..., Page]
) -> None:
    page = visit(FRONT + extra)
    expect(stepper(page).locator(".bp-note")).to_have_text(re.compile("could not be read"))
    expect(where(page)).to_have_text(re.compile("^step 1 of 11"))


def test_saturated_neurons_are_ringed_named_and_spoken(visit: Callable[..., Page]) -> None:
    page = visit(FRONT.replace("step:0", "step:2") + "edits:0~b1.1~-9,closer:n1.1")
    root = stepper(page)
    expect(root.locator(".bp-flat")).to_have_count(1)
    expect(root.locator("svg text.bp-dead")).to_have_count(1)
    expect(root.locator(".bp-mark-words")).to_have_text(re.compile("^Dead: saturated at all 4 examples"))
    expect(root.locator("[aria-live=polite]")).to_have_text(re.compile("It is dead"))
    fold(page, "Table of all values")
    expect(root.locator(".bp-values")).to_contain_text("hidden 1 (dead)")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("extra", ["granularity:neuron", "closer:n0.1", "predict:on"])
def test_nothing_moves_however_one_goes(extra: str, width: int, visit: Callable[..., Page]) -> None:
    page = visit(FRONT + extra, width=width)
    heights = set()
    for _ in range(8):
        heights.add(height(stepper(page)))
        press(page, "ArrowRight")
        if "predict" in extra:
            stepper(page).get_by_role("button", name="show me").click()
        settled(page)
    assert len(heights) == 1


def test_the_id_leads_to_the_equation_in_the_book(visit: Callable[..., Page]) -> None:
    page = visit(link(step=9))
    id = stepper(page).locator("a.bp-id")
    expect(id).to_have_text("(BP2)")
    assert (id.get_attribute("href") or "").endswith("equations.html#entry-bp2")
    expect(stepper(page).locator(".bp-code")).to_contain_text("delta[l] = (p.W[l + 1].T @ delta[l + 1])")
    assert numbers(page) == set()
