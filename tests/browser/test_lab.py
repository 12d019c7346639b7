"""The widgets in JupyterLab: ``book/jupyter.md`` is run there, and Python and picture move each other."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jupytext
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, Locator, Page, expect

from backprop_lib import widgets
from browser.conftest import placed

pytestmark = pytest.mark.browser

CHAPTER = Path(__file__).parents[2] / "book" / "jupyter.md"
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},  # all cells are in the page, in view or not
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
NOTEBOOK = "[...jupyterapp.shell.widgets('main')].find((widget) => widget.context?.path.endsWith('.ipynb'))"
RUN = f"""async (code) => {{
    const future = {NOTEBOOK}.sessionContext.session.kernel.requestExecute({{ code }});
    let said = "";
    future.onIOPub = ({{ content }}) => (said += content.text ?? content.evalue ?? "");
    await future.done;
    return said;
}}"""


# For each widget: how it is made, what Python then sets, what a reader types (None: a slider is moved).
IMPORTS = """from backprop_lib.datasets import source_001
from backprop_lib.symbolic import operations_table
from backprop_lib.widgets import *
from backprop_lib.widgets.charts import charted"""
EVERY = {
    "atlas": ("Atlas({'sigmoid': charted('sigmoid', epochs=10)})", {"seed": 3}, None),
    "counting": ("Counting(operations_table([2, 3], [1, 2]))", {"depth": 2}, None),
    "detective": ("Detective()", {"case": 2}, None),
    "spot_the_bug": ("SpotTheBug()", {"puzzle": 2}, None),
    "depth": ("Depth()", {"activation": "tanh"}, None),
    "exercise": ("Exercise.number('What is 1/8?', answer=1 / 8)", {}, "1/8"),
    "explosion": ("Explosion()", {"l2": 0.001}, None),
    "landscape": ("Landscape()", {"learning_rate": 0.1}, None),
    "ledger": ("Ledger()", {"line": 4}, None),
    "line": ("Line()", {"angle": 30.0}, None),
    "playground": ("Playground()", {"learning_rate": 4.0}, None),
    "slowdown": ("Slowdown()", {"z": 1.0}, None),
    "softmax": ("Softmax()", {"label": 1}, None),
    "speeds": ("Speeds()", {"m": 40}, None),
    "step_size": ("StepSize(*source_001())", {"log_h": -7.0}, None),
    "stepper": ("Stepper()", {"step": 3}, None),
    "weight": ("Weight()", {"selected": [1, 1, 1]}, None),
}
DRAWN = ".bp-live, .bp-line, .bp-exercise"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab on a free port of this machine, with settings and files of its own."""
    home = tmp_path_factory.mktemp("lab")
    chapter = jupytext.read(CHAPTER)
    jupytext.write(chapter, home / "jupyter.ipynb")
    cells = [IMPORTS, *(f"{name} = {made}\n{name}" for name, (made, *_) in EVERY.items())]
    made = new_notebook(metadata=chapter.metadata, cells=[new_code_cell(cell) for cell in cells])
    jupytext.write(made, home / "every.ipynb")
    for name, settings in SETTINGS.items():
        file = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folders = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    folders |= {"JUPYTERLAB_SETTINGS_DIR": str(home / "settings"), "IPYTHONDIR": str(home / "ipython")}
    with (home / "log.txt").open("w") as log:
        running = subprocess.Popen(
            [
                sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
                "--ServerApp.ip=127.0.0.1", "--IdentityProvider.token=", f"--ServerApp.root_dir={home}",
                "--LabApp.expose_app_in_browser=True", "--ServerApp.port_retries=0",
            ],
            env={**os.environ, **folders}, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        await_server(f"http://127.0.0.1:{port}/api", running, home / "log.txt")
        yield f"http://127.0.0.1:{port}/lab"
    finally:
        running.terminate()
        running.wait(30)


def await_server(address: str, running: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        assert running.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.25)
    raise AssertionError(f"JupyterLab does not answer:\n{log.read_text()}")


@contextmanager
def run(browser: Browser, address: str) -> Iterator[Page]:
    """Open a notebook and run every cell of it."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(address)
    page.wait_for_function(f"() => window.jupyterapp && {NOTEBOOK}?.sessionContext?.session?.kernel")
    page.evaluate(f"async () => {{ await {NOTEBOOK}.sessionContext.ready; await {NOTEBOOK}.revealed; }}")
    page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
    yield page
    context.close()


@pytest.fixture(scope="module")
def notebook(lab: str, browser: Browser) -> Iterator[Page]:
    """The chapter as a notebook, every cell run."""
    with run(browser, f"{lab}/tree/jupyter.ipynb") as page:
        stepper(page).wait_for()
        expect(page.locator(".widget-slider")).to_have_count(3, timeout=60_000)
        yield page


@pytest.fixture(scope="module")
def every(lab: str, browser: Browser) -> Iterator[Page]:
    """A notebook with every widget of the library, each in a cell of its own."""
    with run(browser, f"{lab}/workspaces/every/tree/every.ipynb") as page:
        page.locator(".jp-CodeCell").nth(len(EVERY)).locator(DRAWN).first.wait_for()
        yield page


def stepper(page: Page) -> Locator:
    return page.locator(".bp-stepper").first


def python(page: Page, code: str) -> Any:
    """Run code in the notebook's own kernel; what it prints is JSON."""
    said = page.evaluate(RUN, f"import json; print(json.dumps({code}))")
    return json.loads(said)


def weights_in_picture(page: Page) -> list[str]:
    """The weights in the table of all values, eight decimals each."""
    details = stepper(page).locator(".bp-values")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    rows = details.locator(".bp-table").nth(1).locator("tbody tr td:nth-child(2)")
    return sorted(text.replace("−", "-") for text in rows.all_text_contents())


def weights_in_python(page: Page) -> list[str]:
    values = python(page, "[float(w) for W in stepper.parameters.W.values() for w in W.ravel()]")
    return sorted(f"{value:.8f}" for value in values)


def same_weights(page: Page) -> list[str]:
    """Wait until the picture shows Python's weights; return them."""
    wanted = weights_in_python(page)
    for _ in range(40):
        if weights_in_picture(page) == wanted:
            return wanted
        page.wait_for_timeout(100)
    assert weights_in_picture(page) == wanted
    return wanted


def slide(page: Page, number: int, key: str, times: int) -> None:
    """Move an ordinary ipywidgets slider by keyboard."""
    handle = page.locator(".widget-slider").nth(number).locator(".noUi-handle")
    handle.scroll_into_view_if_needed()
    handle.focus()
    for _ in range(times):
        page.keyboard.press(key)


def eventually(page: Page, code: str, value: Any) -> None:
    for _ in range(60):
        if python(page, code) == value:
            return
        page.wait_for_timeout(100)
    assert python(page, code) == value


def test_a_drag_of_the_stepper_reaches_python(notebook: Page) -> None:
    before = same_weights(notebook)
    slider = stepper(notebook).get_by_label("hidden size")
    box = placed(slider)
    notebook.mouse.move(box["x"] + box["width"] * 2.5 / 49, box["y"] + box["height"] / 2)
    notebook.mouse.down()
    notebook.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2, steps=6)
    notebook.mouse.up()
    shown = int(slider.input_value())
    assert 8 < shown < 18
    eventually(notebook, "stepper.hidden_size", shown)
    assert python(notebook, "type(stepper.parameters).__name__") == "Parameters"
    after = same_weights(notebook)
    assert len(after) == 4 * shown
    assert after != before


def test_python_moves_the_picture(notebook: Page) -> None:
    python(notebook, "setattr(stepper, 'step', 7)")
    expect(stepper(notebook).locator(".bp-count")).to_have_text(re.compile("^step 8 of 13"))
    python(notebook, "setattr(stepper, 'parameters', Network((2, 3, 1)).initialize(rng=8))")
    expect(stepper(notebook).locator(".bp-neuron")).to_have_count(2 + 3 + 1)
    first = same_weights(notebook)
    python(notebook, "setattr(stepper, 'passes', 30)")
    expect(stepper(notebook).locator(".bp-count")).to_have_text(re.compile("pass 31$"))
    assert same_weights(notebook) != first


def test_a_linked_slider_moves_the_picture_through_python(notebook: Page) -> None:
    python(notebook, "setattr(stepper, 'learning_rate', 1.0)")
    slide(notebook, 1, "ArrowRight", 3)
    rate = python(notebook, "rate.value")
    assert rate > 1
    eventually(notebook, "stepper.learning_rate == rate.value", True)
    expect(stepper(notebook).get_by_label("learning rate")).to_have_attribute(
        "aria-valuetext", re.compile(r"^[1-9]\.")
    )
    # and back: the stepper's own slider moves the linked one
    stepper(notebook).get_by_label("learning rate").fill("-1")
    eventually(notebook, "rate.value", 0.1)


def test_a_jslinked_slider_moves_the_picture_in_the_browser(notebook: Page) -> None:
    python(notebook, "setattr(stepper, 'hidden_size', 3)")
    expect(stepper(notebook).get_by_label("hidden size")).to_have_value("3")
    slide(notebook, 0, "ArrowRight", 4)
    expect(stepper(notebook).get_by_label("hidden size")).to_have_value("7")
    eventually(notebook, "stepper.hidden_size", 7)
    same_weights(notebook)


def test_interact_moves_the_picture(notebook: Page) -> None:
    slide(notebook, 2, "ArrowRight", 2)
    eventually(notebook, "stepper.seed", 2)
    first = same_weights(notebook)
    slide(notebook, 2, "ArrowRight", 1)
    eventually(notebook, "stepper.seed", 3)
    assert same_weights(notebook) != first


def test_a_number_changed_by_hand_reaches_python_and_comes_from_it(notebook: Page) -> None:
    python(notebook, "setattr(stepper, 'passes', 0)")
    python(notebook, "setattr(stepper, 'closer', 'w1.2.1')")
    field = stepper(notebook).get_by_label("changed by hand")
    field.fill("-0.25")
    field.press("Enter")
    eventually(notebook, "stepper.edits[-1][1:]", ["w1.2.1", -0.25])
    same_weights(notebook)
    python(notebook, "setattr(stepper, 'edits', [[0, 'w1.2.1', 0.75], [0, 'y1.2', 0.5]])")
    expect(field).to_have_value("0.75")
    same_weights(notebook)


def test_a_receipt_of_the_picture_is_python_s(notebook: Page) -> None:
    python(notebook, "setattr(stepper, 'step', 9)")
    root = stepper(notebook)
    expect(root.locator(".bp-count")).to_have_text(re.compile("^step 10 of 13"))
    root.locator("summary", has_text="Receipt").click()
    root.get_by_role("button", name="export as LaTeX").click()
    text = root.get_by_label("a receipt")
    assert text.input_value() == python(notebook, "stepper.receipt('latex')")
    text.fill(python(notebook, "stepper.receipt()"))
    root.get_by_role("button", name="check the receipt").click()
    expect(root.locator(".bp-said li.bp-right")).to_have_count(9)
    root.locator("summary", has_text="Receipt").click()


def test_reset_goes_back_to_what_python_began_with(notebook: Page) -> None:
    stepper(notebook).get_by_role("button", name="reset").click()
    eventually(
        notebook,
        "[stepper.hidden_size, stepper.outputs, stepper.passes, stepper.seed, stepper.edits, stepper.closer]",
        [3, 2, 0, 2017, [], ""],
    )
    same_weights(notebook)


def test_the_address_of_jupyterlab_is_left_alone(notebook: Page) -> None:
    assert notebook.url.endswith("/lab/tree/jupyter.ipynb")
    assert stepper(notebook).get_by_role("button", name="copy link").count() == 0


def test_every_widget_of_the_library_is_tried_here() -> None:
    assert sorted(made.split("(")[0].split(".")[0] for made, *_ in EVERY.values()) == sorted(widgets.__all__)


@pytest.mark.parametrize("name", EVERY)
def test_a_widget_and_python_move_each_other(name: str, every: Page) -> None:
    cell = every.locator(".jp-CodeCell").nth(1 + list(EVERY).index(name))
    widget = cell.locator(DRAWN).first
    widget.scroll_into_view_if_needed()
    assert cell.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    _, told, answer = EVERY[name]
    for trait, value in told.items():
        before = widget.inner_html()
        python(every, f"setattr({name}, {trait!r}, {value!r})")
        expect(widget).not_to_have_js_property("innerHTML", before)
    state = f"str({name}.get_state())"
    before = python(every, state)
    if answer is None:
        slider = widget.get_by_role("slider").first
        slider.press("Home" if slider.input_value() != slider.get_attribute("min") else "End")
    else:
        widget.get_by_role("textbox").fill(answer)
        widget.get_by_role("button", name="Check").click()
    for _ in range(60):
        if python(every, state) != before:
            return
        every.wait_for_timeout(100)
    raise AssertionError(f"{name} in Python does not follow its picture")
