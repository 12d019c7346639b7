"""Measure every page of the built book in a real browser, on a slow line and with an empty cache.

    python benchmarks/pages.py [--runs 3]

The line has 10 Mbit/s and 40 ms; the server compresses. A page over budget ends the run with an error.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from backprop_lib.publish.browser import ARGUMENTS, get
from backprop_lib.publish.build import HTML
from backprop_lib.publish.serve import server

BYTES, SECONDS, SHIFT = 600_000, 1.0, 0.02
LINE = {"offline": False, "latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}

# Runs in the page before anything of its own, and notes when what the reader waits for is on the screen:
# the first picture with every font that it asks for, the last widget in the window, the last of the page.
CLOCK = """
    const seen = (self.measured = { formulas: 0, widgets: 0, all: 0, shift: 0, busy: 0 });
    const painted = (then) => requestAnimationFrame(() => setTimeout(() => then(performance.now())));
    const note = (what) => painted((now) => (seen[what] = now));
    const listen = (type, heard) => new PerformanceObserver((list) => list.getEntries().forEach(heard))
        .observe({ type, buffered: true });
    listen("layout-shift", (shift) => { if (!shift.hadRecentInput) seen.shift += shift.value; });
    listen("longtask", (task) => { seen.busy = Math.max(seen.busy, task.duration); });
    listen("paint", ({ name, startTime }) => {
        if (name !== "first-contentful-paint") return;
        seen.formulas = startTime;
        if (document.fonts.status !== "loaded") document.fonts.ready.then(() => note("formulas"));
    });
    addEventListener("DOMContentLoaded", () => new MutationObserver((drawn) => drawn.forEach(({ target }) => {
        note("all");
        const { top, bottom } = target.getBoundingClientRect();
        if (top < innerHeight && bottom > 0) note("widgets");
    })).observe(document.body, { subtree: true, attributeFilter: ["data-drawn"] }));
"""


@dataclass(frozen=True)
class Visit:
    """One visit to a page.

    Bytes over the line and requests; seconds until the first picture stands in its own type, until the last
    widget in the window is drawn, until the last of the page is; layout shift; the longest task, in seconds.
    """

    bytes: int
    requests: int
    formulas: float
    widgets: float
    all: float
    shift: float
    busy: float

    @property
    def over(self) -> list[str]:
        """What is over budget."""
        return [
            name
            for name, found, most in (
                ("bytes", self.bytes, BYTES),
                ("widgets", self.widgets, SECONDS),
                ("formulas", self.formulas, SECONDS),
                ("shift", self.shift, SHIFT),
            )
            if found > most
        ]


def visit(browser: Browser, address: str) -> Visit:
    """Visit a page with an empty cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    sizes: list[float] = []
    line.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    page.add_init_script(CLOCK)
    page.goto(address, wait_until="load", timeout=120_000)
    page.wait_for_timeout(1500)
    seen = page.evaluate("measured")
    context.close()
    shift = seen.pop("shift")
    return Visit(int(sum(sizes)), len(sizes), shift=shift, **{name: ms / 1000 for name, ms in seen.items()})


def middle(visits: list[Visit]) -> Visit:
    """Return the median of each number."""
    numbers = {
        name: statistics.median(getattr(each, name) for each in visits) for name in Visit.__annotations__
    }
    return Visit(**numbers)


def main() -> int:
    """Print a line for each page; return 1 when one is over budget."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--runs", type=int, default=3)
    runs = arguments.parse_args().runs
    pages = sorted(path.relative_to(HTML).as_posix() for path in Path(HTML).rglob("*.html"))
    over = 0
    heads = (f"{head:>9}" for head in ("formulas", "in view", "all", "shift", "task"))
    print(f"{'page':24} {'kB':>5} {'requests':>9}", *heads)
    path = get()
    with server(HTML) as running, sync_playwright() as playwright:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        for name in pages:
            address = f"http://127.0.0.1:{running.server_port}/{name}"
            found = middle([visit(browser, address) for _ in range(runs)])
            seconds = (found.formulas, found.widgets, found.all)
            times = (f"{value:7.2f} s" if value else f"{'none':>9}" for value in seconds)
            rest = f"{found.shift:9.4f} {found.busy:7.2f} s  {', '.join(found.over)}"
            print(f"{name:24} {found.bytes / 1000:5.0f} {found.requests:9.0f}", *times, rest, flush=True)
            over += bool(found.over)
        browser.close()
    print(f"Budget: {BYTES / 1000:.0f} kB, {SECONDS} s, {SHIFT}. Pages over it: {over}.")
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main())
