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

# Runs in the page before anything of its own, and notes when what the reader waits for is on the screen.
CLOCK = """
    const seen = (self.measured = { widgets: 0, formulas: 0, shift: 0 });
    const painted = (what) => requestAnimationFrame(() => setTimeout(() => (seen[what] = performance.now())));
    new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) if (!shift.hadRecentInput) seen.shift += shift.value;
    }).observe({ type: "layout-shift", buffered: true });
    addEventListener("DOMContentLoaded", () => {
        document.fonts.ready.then(() => painted("formulas"));
        new MutationObserver(() => painted("widgets"))
            .observe(document.body, { subtree: true, attributeFilter: ["data-drawn"] });
    });
"""


@dataclass(frozen=True)
class Visit:
    """One visit to a page: bytes over the line, requests, seconds until things are drawn, layout shift."""

    bytes: int
    requests: int
    widgets: float
    formulas: float
    shift: float

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
    return Visit(int(sum(sizes)), len(sizes), seen["widgets"] / 1000, seen["formulas"] / 1000, seen["shift"])


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
    print(f"{'page':24} {'kB':>6} {'requests':>9} {'widgets':>9} {'formulas':>9} {'shift':>7}")
    path = get()
    with server(HTML) as running, sync_playwright() as playwright:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        for name in pages:
            address = f"http://127.0.0.1:{running.server_port}/{name}"
            found = middle([visit(browser, address) for _ in range(runs)])
            widgets = f"{found.widgets:.2f} s" if found.widgets else "none"
            line = f"{name:24} {found.bytes / 1000:6.0f} {found.requests:9.0f} {widgets:>9}"
            print(f"{line} {found.formulas:7.2f} s {found.shift:7.4f}  {', '.join(found.over)}", flush=True)
            over += bool(found.over)
        browser.close()
    print(f"Budget: {BYTES / 1000:.0f} kB, {SECONDS} s, {SHIFT}. Pages over it: {over}.")
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main())
