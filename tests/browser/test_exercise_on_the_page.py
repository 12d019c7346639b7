"""Exercises in the real browser, on a page without a kernel and under the book's own policy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, TimeoutError

import backprop_lib.publish.page as published
from backprop_lib.publish.widgets import Assets, script_safe, shared
from backprop_lib.widgets.exercise import Exercise
from browser.conftest import serving

pytestmark = pytest.mark.browser
STATIC = Path(published.__file__).parent / "static"
MATRIX = np.array([[0.31, -1.27, 0.044], [2.9, -0.58, 0.73]])


def asked() -> dict[str, Exercise]:
    """Return one exercise of every kind."""
    return {
        "number": Exercise.number(
            "What is ∂C/∂w^{(2)}_{12}, by (BP3)? The network is the article's, with its first point inside.",
            -0.146784,
            label="∂C/∂w",
            title="Predict",
            slips={"without σ′(z)": (-0.83, "(BP2) ends with `phi.prime(z)`.")},
            hints=["Which *two* numbers meet?", "δ⁽²⁾ and a⁽¹⁾."],
            solution="By (BP3), δ⁽²⁾a⁽¹⁾ = −0.146784.",
        ),
        "matrix": Exercise.numbers("Fill in δ⁽¹⁾a⁽⁰⁾ᵀ.", MATRIX, label="∂C/∂W⁽¹⁾", hints=["Row by row."]),
        "sign": Exercise.sign(
            "Which sign has ∂C/∂b where the output is too large?", 0.3, solution="Positive."
        ),
        "choice": Exercise.choice(
            "What does a third of the learning rate change, where the ridge is added as *one* number?",
            {
                "The run converges": (False, "The wrong term is there still."),
                "The overflow comes three times later, because each step is three times as small": (True, ""),
                "<b>Nothing</b>": (False, "Look at (GD)."),
            },
        ),
    }


def write(exercises: list[Exercise], folder: Path, old: str = "", new: str = "") -> None:
    """Write a page as the book's extension does, under its policy; ``old`` in the code becomes ``new``."""
    assets = Assets(folder / "widgets")
    states = {f"m{i}": {"state": exercise.get_state()} for i, exercise in enumerate(exercises)}
    for model in states.values():
        assert old in model["state"]["_esm"]
        model["state"]["_esm"] = model["state"]["_esm"].replace(old, new) if old else model["state"]["_esm"]
    models = shared({"state": states}, assets, whole=False)
    hosts = [
        f'<p>Before.</p><div class="bp-widget" data-model="m{i}" style="--bp-reserve:{exercise.reserve}px;'
        f'--bp-reserve-phone:{exercise.reserve_phone}px"></div>'
        for i, exercise in enumerate(exercises)
    ]
    styles = [f'<link rel="stylesheet" href="widgets/{name}">' for name in assets.styles.values()]
    scripts = [f'<script defer src="widgets/{name}"></script>' for name in assets.scripts.values()]
    for name in ("widgets.js", "theme.css"):
        shutil.copy(STATIC / name, folder)
    (folder / "index.html").write_text(
        f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Exercises</title>
        <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
        <meta http-equiv="Content-Security-Policy" content="{escape(published.policy())}">
        <link rel="stylesheet" href="theme.css">{"".join(styles + scripts)}
        <script defer src="widgets.js"></script>
        </head><body><main style="max-width: 46rem; margin: auto">{"".join(hosts)}<p>After.</p></main>
        <script type="application/vnd.jupyter.widget-state+json">{script_safe(models)}</script>
        </body></html>""",
        "utf8",
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page with the exercises is served."""
    folder = tmp_path_factory.mktemp("page")
    write(list(asked().values()), folder)
    with serving(folder) as home:
        yield home


@pytest.fixture(params=[1280])
def page(watch: Callable[..., Any], home: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return the drawn page; whatever goes wrong on it, or asks another host, fails the test."""
    watched = watch(home, width=request.param)
    open_(watched.page, home)
    yield watched.page
    assert watched.faults == []


def open_(page: Page, home: str) -> None:
    page.goto(f"{home}/index.html")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    last = page.locator(".bp-widget[data-drawn]").nth(3)  # the policy forbids waiting for a function
    last.wait_for(state="attached")
    page.evaluate("scrollTo(0, 0)")


def form(page: Page, name: str) -> Any:
    return page.locator("form").nth(list(asked()).index(name))


def said(page: Page, name: str) -> str:
    return str(form(page, name).get_by_role("status").inner_text()).replace("\n", " ")


def test_a_slip_is_recognized_with_the_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.type("-0.83")
    page.keyboard.press("Enter")
    assert "A known slip: without σ′(z). (BP2) ends with phi.prime(z)." in said(page, "number")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("−0,147")
    page.keyboard.press("Enter")
    assert "✓ Right: −0.146784." in said(page, "number")


def test_hints_come_before_the_solution_with_the_keyboard_alone(page: Page) -> None:
    opened = form(page, "number").locator(".bp-exercise-opened")
    for key in ("Tab", "Tab", "Tab"):  # field, Check, the first hint
        page.keyboard.press(key)
    names = []
    for _ in range(3):
        names.append(page.evaluate("document.activeElement.textContent"))
        page.keyboard.press("Enter")
    assert names == ["Hint 1 of 2", "Hint 2 of 2", "Show solution"]
    assert opened.locator("p").all_inner_texts() == [
        "Hint 1. Which two numbers meet?",
        "Hint 2. δ⁽²⁾ and a⁽¹⁾.",
        "Solution. By (BP3), δ⁽²⁾a⁽¹⁾ = −0.146784.",
    ]
    assert page.evaluate("document.activeElement.textContent") == "Reset"


def test_without_hints_the_solution_waits_for_one_attempt(page: Page) -> None:
    show = form(page, "sign").get_by_role("button", name="Show solution")
    show.click()
    assert "Try once" in said(page, "sign")
    form(page, "sign").get_by_label("negative").check()
    form(page, "sign").get_by_role("button", name="Check").click()
    assert "✗ Not this one." in said(page, "sign")
    show.click()
    assert "Positive." in form(page, "sign").inner_text()


def test_a_solved_exercise_may_be_compared_at_once(page: Page) -> None:
    form(page, "number").get_by_role("textbox").fill("-0.147")
    form(page, "number").get_by_role("button", name="Check").click()
    form(page, "number").get_by_role("button", name="Show solution").click()
    assert form(page, "number").locator(".bp-exercise-opened p").all_inner_texts()[-1].startswith("Solution.")


def test_a_matrix_says_which_entry_has_the_wrong_sign(page: Page) -> None:
    fields = form(page, "matrix").get_by_role("textbox")
    for i, value in enumerate(abs(MATRIX[0]).tolist() + MATRIX[1].tolist()):
        fields.nth(i).fill(f"{value:g}")
    fields.last.press("Enter")
    assert "5 of 6 are right; look at row 1, column 2. The size is right, the sign is not." in said(
        page, "matrix"
    )
    invalid = form(page, "matrix").locator("[aria-invalid=true]")
    assert invalid.count() == 1
    assert invalid.get_attribute("aria-label") == "∂C/∂W⁽¹⁾, row 1, column 2"


def test_what_cannot_be_read_is_told_apart_and_stays(page: Page) -> None:
    field = form(page, "number").get_by_role("textbox")
    field.fill("minus one")
    field.press("Enter")
    assert "? “minus one” cannot be read as a number." in said(page, "number")
    assert field.input_value() == "minus one"


def test_a_reload_keeps_everything_and_reset_forgets_it(page: Page, home: str) -> None:
    form(page, "number").get_by_role("textbox").fill("0.147")
    form(page, "number").get_by_role("button", name="Check").click()
    form(page, "number").get_by_role("button", name="Hint 1").click()
    form(page, "choice").get_by_text("three times later").click()  # chosen, not yet checked
    open_(page, home)
    assert form(page, "number").get_by_role("textbox").input_value() == "0.147"
    assert "the sign is not" in said(page, "number")
    assert form(page, "number").locator(".bp-exercise-opened p").count() == 1
    assert form(page, "choice").get_by_role("radio").nth(1).is_checked()
    assert said(page, "choice") == ""
    assert page.evaluate("Object.keys(localStorage).length") == 1

    form(page, "number").get_by_role("button", name="Reset").click()
    open_(page, home)
    assert form(page, "number").get_by_role("textbox").input_value() == ""
    assert said(page, "number") == ""
    assert form(page, "number").locator(".bp-exercise-opened p").count() == 0
    assert form(page, "choice").get_by_role("radio").nth(1).is_checked()


@pytest.mark.parametrize("kept", ["nonsense", "[]", '{"KEY": {"given": 7, "judged": 1, "opened": "x"}}'])
def test_whatever_stands_in_the_browser_store_the_page_is_drawn(page: Page, home: str, kept: str) -> None:
    kept = kept.replace("KEY", asked()["number"].exercise["key"])
    page.evaluate("kept => localStorage.setItem(`backprop-exercises:${location.pathname}`, kept)", kept)
    open_(page, home)
    form(page, "number").get_by_role("textbox").fill("-0.147")
    form(page, "number").get_by_role("button", name="Check").click()
    assert "Right" in said(page, "number")


def test_a_browser_that_keeps_nothing_still_judges(browser: Browser, home: str) -> None:
    page = browser.new_page()
    page.add_init_script(
        "Object.defineProperty(self, 'localStorage', { get() { throw new Error('refused') } })"
    )
    open_(page, home)
    form(page, "number").get_by_role("textbox").fill("-0.147")
    form(page, "number").get_by_role("textbox").press("Enter")
    assert "Right" in said(page, "number")
    page.close()


def test_every_field_has_a_name_and_nothing_an_id(page: Page) -> None:
    assert page.evaluate("document.querySelectorAll('main [id]').length") == 0
    tree = page.locator("main").aria_snapshot()
    assert 'textbox "∂C/∂w ="' in tree
    assert 'textbox "∂C/∂W⁽¹⁾, row 2, column 3"' in tree
    assert 'radio "positive"' in tree
    assert 'group "Exercise What does a third of the learning rate change' in tree


def test_markup_in_a_text_stays_text(page: Page) -> None:
    assert form(page, "choice").get_by_text("<b>Nothing</b>").count() == 1
    assert form(page, "choice").locator("b").count() == 0
    assert form(page, "number").locator("legend sup").inner_text() == "(2)"


@pytest.mark.parametrize("page", [360, 1280], indirect=True)
def test_its_room_is_kept_and_a_verdict_moves_nothing(page: Page) -> None:
    heights = page.evaluate(
        """[...document.querySelectorAll('.bp-widget')].map((host) => [
            parseFloat(getComputedStyle(host).minHeight), host.querySelector('form').offsetHeight])"""
    )
    for reserved, real in heights:
        assert real <= reserved + 2, "what is below would be pushed down when the exercise is drawn"
        assert reserved <= real + 40, "a gap would stay below the exercise"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    below = page.get_by_text("After.").bounding_box()
    form(page, "number").get_by_role("textbox").fill("-0.83")
    form(page, "number").get_by_role("textbox").press("Enter")
    assert page.get_by_text("After.").bounding_box() == below


def test_what_has_the_focus_is_outlined(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Tab")
        assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2


WRONG = {
    "the solution comes before the hints": (
        "solved() || state.opened >= hints.length",
        "true",
        test_hints_come_before_the_solution_with_the_keyboard_alone,
    ),
    "Enter does nothing": (
        'addEventListener("submit"',
        'addEventListener("never"',
        test_a_slip_is_recognized_with_the_keyboard_alone,
    ),
    "nothing is kept": (
        "localStorage.setItem",
        "(() => {})",
        test_a_reload_keeps_everything_and_reset_forgets_it,
    ),
    "texts are markup": (
        "document.createTextNode(part)",
        "document.createRange().createContextualFragment(part)",
        test_markup_in_a_text_stays_text,
    ),
    "fields have no names": ('"aria-label"', '"data-label"', test_every_field_has_a_name_and_nothing_an_id),
    "a verdict makes room for itself": (
        '"bp-exercise-feedback"',
        '"another"',
        test_its_room_is_kept_and_a_verdict_moves_nothing,
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_exercise_is_rejected(name: str, watch: Callable[..., Any], tmp_path: Path) -> None:
    old, new, theorem = WRONG[name]
    write(list(asked().values()), tmp_path, old, new)
    with serving(tmp_path) as home:
        page = watch(home).page
        open_(page, home)
        page.set_default_timeout(2000)
        arguments = {"page": page, "home": home}
        wanted = theorem.__code__.co_varnames[: theorem.__code__.co_argcount]
        with pytest.raises((AssertionError, TimeoutError)):
            theorem(**{key: arguments[key] for key in wanted})
