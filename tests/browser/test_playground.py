"""The playground on the built page, with no kernel: every control trains the whole run again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from backprop_lib.widgets import Playground
from browser.conftest import Watched, placed
from browser.live import height, mounted_alone, room, settled, spoiled

pytestmark = pytest.mark.browser

PAGE = "lab/playground.html"
WIDGET = ".bp-playground"
LINK = (
    "playground=data:{data},hidden_size:{hidden_size},second_size:{second_size},activation:{activation},"
    "loss:half_squared_error,scheme:fan_in,seed:1,biases:on,batch_size:0,l2:{l2},learning_rate:{rate},since:0,"
    "later_rate:1,epochs:{epochs},shown:10000,pinned:,hide:{hide}"
)
USUAL = {
    "data": "corners", "hidden_size": 4, "second_size": 0, "activation": "sigmoid", "l2": 0, "rate": 1,
    "epochs": 1000, "hide": "",
}  # fmt: skip
INK = """canvas => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    for (let k = 0; k < data.length; k++) sum = (sum * 31 + data[k]) % 1000003;
    return sum;
}"""


def link(**changes: object) -> str:
    return "?" + LINK.format(**(USUAL | changes))


def play(page: Page) -> Locator:
    return page.locator(WIDGET).first


def slide(page: Page, name: str) -> Locator:
    return play(page).get_by_role("slider", name=re.compile(f"^{name}"))


def said(page: Page) -> Locator:
    return play(page).locator(".bp-verdict")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_whole_run_follows_a_slider(visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width)
    widget = play(page)
    expect(said(page)).to_have_text(re.compile("After 1000 of 1000 epochs .* 3 of 4 points are right"))
    before = [widget.locator(f"canvas >> nth={n}").evaluate(INK) for n in (0, 1)]
    tall = height(widget)

    rate = slide(page, "learning rate α")
    rate.focus()
    page.keyboard.press("End")
    solved = Playground(learning_rate=10.0).history
    expect(said(page)).to_contain_text("All 4 points are right")
    expect(widget.locator(".bp-compared tr").last).to_contain_text(str(int((solved.accuracy == 1).argmax())))
    settled(page)
    assert [widget.locator(f"canvas >> nth={n}").evaluate(INK) for n in (0, 1)] != before

    slide(page, "hidden size").fill("50")
    expect(said(page)).to_contain_text("1000 of 1000")
    slide(page, "epoch shown").fill("100")
    expect(said(page)).to_contain_text("After 100 of 1000")
    slide(page, "2nd hidden size").fill("2")
    expect(widget.locator(".bp-norms text.bp-gradient")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert abs(height(widget) - tall) <= 1  # nothing jumps
    assert tall <= room(page, widget) + 1


def test_a_press_on_the_cost_shows_that_epoch(visit: Callable[..., Page]) -> None:
    page = visit()
    plot = play(page).locator(".bp-plot").first
    box = placed(plot)
    page.mouse.click(box["x"] + 36 + (box["width"] - 44) / 2, box["y"] + 60)
    expect(said(page)).to_contain_text(re.compile("After (499|50[01]) of 1000"))


def test_a_new_rate_goes_on_from_the_epoch_shown(visit: Callable[..., Page]) -> None:
    page = visit()
    widget = play(page)
    later = slide(page, "new rate α′")
    expect(later).to_be_disabled()
    slide(page, "epoch shown").fill("600")
    expect(said(page)).to_contain_text("After 600")
    words = said(page).inner_text()
    widget.locator(".bp-settings").get_by_label("new rate from here on").check()
    later.fill("1")
    expect(widget.get_by_label("new rate from epoch 600 on")).to_be_checked()
    expect(said(page)).to_have_text(words, use_inner_text=True)  # up to there nothing has changed
    slide(page, "epoch shown").fill("1000")
    cost = Playground(since=600, later_rate=10.0).history.cost[-1]
    expect(said(page)).to_contain_text(f"{cost:#.3g}")


def test_two_runs_are_compared(visit: Callable[..., Page]) -> None:
    page = visit()
    widget = play(page)
    widget.get_by_role("button", name="Pin this run").click()
    pinned = widget.locator(".bp-compared tbody tr").nth(1).locator("td").nth(1)
    expect(pinned).to_have_text("0.111")
    slide(page, "learning rate α").fill("1")
    expect(said(page)).to_contain_text("All 4")
    expect(pinned).to_have_text("0.111")
    expect(widget.locator("polyline.bp-pinned")).to_have_count(2)
    expect(page).to_have_url(re.compile("pinned:data@corners;hidden_size@4"))
    widget.get_by_role("button", name="Unpin").click()
    expect(pinned).to_have_text("–")


def test_a_teacher_hides_controls_and_the_link_carries_it(visit: Callable[..., Page]) -> None:
    page = visit()
    widget = play(page)
    widget.get_by_text("For a class").click()
    widget.locator(".bp-boxes").get_by_label("penalty λ").uncheck()
    expect(slide(page, "penalty λ")).to_be_hidden()
    widget.locator(".bp-boxes").get_by_label("maps of the neurons").uncheck()
    expect(widget.locator(".bp-tiles")).to_be_hidden()
    expect(page).to_have_url(re.compile("hide:l2-neurons"))
    widget.get_by_role("button", name="Reset").click()
    expect(slide(page, "penalty λ")).to_be_visible()
    expect(widget.locator(".bp-tiles")).to_be_visible()
    expect(page).not_to_have_url(re.compile("hide"))


def test_a_link_opens_its_run_and_tables_hold_its_numbers(visit: Callable[..., Page]) -> None:
    page = visit(link(data="circles", hidden_size=6, rate=10, epochs=100, hide="l2-class"))
    widget = play(page)
    expect(widget.get_by_role("combobox", name="data")).to_have_value("circles, 200 points")
    expect(widget.get_by_text("For a class")).to_be_hidden()
    run = Playground(data="circles", hidden_size=6, learning_rate=10.0, epochs=100)
    expect(said(page)).to_contain_text(f"the cost is {run.history.cost[-1]:#.3g}.")
    expect(said(page)).to_contain_text("of 200 fresh ones")
    widget.locator("summary", has_text="Table of values").click()
    expect(widget.locator(".bp-values .bp-table")).to_have_count(4)
    expect(widget.get_by_role("row", name=re.compile("^layer 1, neuron"))).to_have_count(6)


@pytest.mark.parametrize(
    "wrong", ["hello", LINK.split("=")[1].format(**(USUAL | {"rate": "NaN"})), "data:<b>"]
)
def test_a_broken_link_falls_back_and_says_so(visit: Callable[..., Page], wrong: str) -> None:
    page = visit(f"?playground={wrong}")
    expect(play(page).get_by_role("status")).to_contain_text("could not be read")
    expect(said(page)).to_contain_text("After 1000 of 1000")


def test_a_run_that_diverges_says_so_and_shows_its_last_finite_epoch(visit: Callable[..., Page]) -> None:
    page = visit(link(l2=10, rate=10, epochs=10000, hidden_size=50))
    last = Playground(l2=10.0, learning_rate=10.0, epochs=10_000, hidden_size=50).history.epochs
    expect(said(page)).to_contain_text(f"Diverged in epoch {last + 1}")
    expect(slide(page, "epoch shown")).to_have_value(str(last))


def test_a_long_run_never_freezes_the_page(visit: Callable[..., Page]) -> None:
    page = visit(link(data="quadrants", hidden_size=50, second_size=50, rate=10, epochs=10000))
    widget = play(page)
    expect(widget.locator(".bp-time .bp-value")).to_have_text(re.compile(r"^trained \d+ of 10000"))
    first = int(slide(page, "epoch shown").input_value())
    slide(page, "penalty λ").focus()  # it answers while it trains
    expect(slide(page, "epoch shown")).not_to_have_value(str(first))
    widget.get_by_role("combobox", name="data").select_option("XOR corners {0, 1}")
    slide(page, "2nd hidden size").fill("0")
    slide(page, "hidden size").fill("2")
    expect(said(page)).to_contain_text("10000 of 10000 epochs", timeout=30_000)


def test_nothing_is_left_when_it_goes(visit: Callable[..., Page]) -> None:
    page = visit()
    model = Playground()
    traits = {name: getattr(model, name) for name in model.keys if not name.startswith("_")}
    traits = {
        name: value for name, value in traits.items() if isinstance(value, bool | int | float | str | list)
    }
    found = mounted_alone(page, "Playground: train a network", traits, "canvas")
    assert found == {"drawn": 2, "listening": 1, "left": 0, "children": 0}


def test_a_page_with_a_wrong_gradient_is_noticed(watch: Callable[..., Watched], address: str) -> None:
    watched = watch(address)
    changed = spoiled(watched, "learning_rate: rateOf(state)", "learning_rate: 2 * state.learning_rate")
    page = watched.open(PAGE)
    play(page).wait_for()
    placed(play(page))
    expect(said(page)).to_contain_text("After 1000")
    assert any(changed)
    cost = Playground().history.cost[-1]
    assert f"{cost:#.3g}" not in said(page).inner_text()
