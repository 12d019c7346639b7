"""Measure every page of the built book in a real browser, and hold it to the book's budgets.

    python benchmarks/pages.py [--runs 3] [--all] [--keep] [page …]

Three visits a page, on a line of 10 Mbit/s and 40 ms with a server that compresses: with an empty cache, the
same with a processor four times slower, and as the second page, after the front page (the front page itself
after the lightest one). Pages of source code are all alike, so one stands for them unless --all is given.
A page over budget ends the run with an error.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, TimeoutError, sync_playwright

from backprop_lib.publish.browser import ARGUMENTS, get
from backprop_lib.publish.build import HTML
from backprop_lib.publish.serve import server

FRONT, LIGHTEST = "index.html", "references.html"
VISIT, DOLLARS = 5, 0.08  # pages a visit, and what a gigabyte may cost: both assumed
LINE = {"offline": False, "latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}
TABLE = Path(__file__).with_name("README.md")
README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- pages.py -->\n", "<!-- end of pages.py -->\n"

# Runs in the page before anything of its own, and notes when what the reader waits for is on the screen:
# the first picture with every font that it asks for, the last widget in the window, the last of the page.
CLOCK = """
    const seen = (self.measured = { formulas: 0, widgets: 0, all: 0, shift: 0, task: 0 });
    const painted = (then) => requestAnimationFrame(() => setTimeout(() => then(performance.now())));
    const note = (what) => painted((now) => (seen[what] = now));
    const listen = (type, heard) => new PerformanceObserver((list) => list.getEntries().forEach(heard))
        .observe({ type, buffered: true });
    listen("layout-shift", (shift) => { if (!shift.hadRecentInput) seen.shift += shift.value; });
    listen("longtask", (task) => { seen.task = Math.max(seen.task, task.duration); });
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
# Everything is there: each section is laid out, each widget drawn but those that wait to be scrolled to.
QUIET = """() => document.querySelector(".bp-widget:not([data-drawn], [data-late])") === null
    && [...document.querySelectorAll("article section section")]
        .every((section) => getComputedStyle(section).contentVisibility === "visible")"""


@dataclass(frozen=True)
class Visit:
    """One visit: kB over the line, requests; milliseconds; layout shift; milliseconds of the longest task."""

    bytes: float
    requests: float
    formulas: float
    widgets: float
    all: float
    shift: float
    task: float


class Measured(NamedTuple):
    """A page's three visits, each the median of its runs."""

    cold: Visit
    slow: Visit
    second: Visit


class Budget(NamedTuple):
    """A column of the table: what it shows, and the most that it may be."""

    head: str
    visit: str
    field: str
    most: float | None
    form: str = "{:.0f}"

    def of(self, page: Measured) -> float:
        """Return the page's figure."""
        return float(getattr(getattr(page, self.visit), self.field))


COLUMNS = (
    Budget("kB", "cold", "bytes", 600),
    Budget("requests", "cold", "requests", None),
    Budget("text, ms", "cold", "formulas", 1000),
    Budget("widgets in view, ms", "cold", "widgets", 1000),
    Budget("all widgets, ms", "cold", "all", None),
    Budget("shift", "cold", "shift", 0.02, "{:.4f}"),
    Budget("longest task, ms", "cold", "task", 100),
    Budget("CPU ÷ 4: text, ms", "slow", "formulas", 2000),
    Budget("CPU ÷ 4: widgets in view, ms", "slow", "widgets", 2000),
    Budget("second page, kB", "second", "bytes", 100),
)


def over_the_line(one: dict[str, Any]) -> bool:
    """Say whether a request goes over the line; a font inside a stylesheet, or a widget's Blob, does not."""
    return bool(one["request"]["url"].startswith("http"))


def visit(context: BrowserContext, address: str, *, slower: int = 1) -> Visit:
    """Visit a page with what this context has in its cache."""
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    asked: set[str] = set()
    sizes: list[float] = []
    line.on("Network.requestWillBeSent", lambda one: over_the_line(one) and asked.add(one["requestId"]))
    line.on(
        "Network.loadingFinished",
        lambda done: done["requestId"] in asked and sizes.append(done["encodedDataLength"]),
    )
    page.add_init_script(CLOCK)
    page.goto(address, wait_until="load", timeout=60_000)
    page.wait_for_function(QUIET, timeout=60_000)
    page.wait_for_timeout(100 * slower)
    seen = page.evaluate("measured")
    page.close()
    return Visit(sum(sizes) / 1000, len(sizes), **seen)


def visits(browser: Browser, home: str, name: str) -> Measured:
    """Visit a page cold, cold and slow, and second."""
    found = []
    before = LIGHTEST if name == FRONT else FRONT
    for first, slower in (("", 1), ("", 4), (before, 1)):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        if first:
            visit(context, f"{home}/{first}")
        found.append(visit(context, f"{home}/{name}", slower=slower))
        context.close()
    return Measured(*found)


def again(browser: Browser, home: str, name: str) -> Measured:
    """Visit a page; a throttled line that is stuck, as happens once in some hundred visits, is tried anew."""
    try:
        return visits(browser, home, name)
    except TimeoutError:
        return visits(browser, home, name)


def middle(found: list[Visit]) -> Visit:
    """Return the median of each number."""
    return Visit(
        **{name: statistics.median(getattr(v, name) for v in found) for name in Visit.__annotations__}
    )


def over(page: Measured) -> list[str]:
    """Return the heads of the budgets that a page misses."""
    return [each.head for each in COLUMNS if each.most is not None and each.of(page) > each.most]


def row(name: str, page: Measured) -> str:
    """Return a page's line of the table; what is over budget is bold."""
    bad = over(page)
    cells = [
        each.form.format(each.of(page)) if each.of(page) or each.field == "shift" else "–" for each in COLUMNS
    ]
    shown = (f"**{cell}**" if each.head in bad else cell for cell, each in zip(cells, COLUMNS, strict=True))
    return f"| {name.removesuffix('.html')} | {' | '.join(shown)} |"


def heads() -> Iterator[str]:
    """Yield the head of the table, and the budgets."""
    yield f"| page | {' | '.join(each.head for each in COLUMNS)} |"
    yield f"|:--|{'--:|' * len(COLUMNS)}"
    most = (f"≤ {each.most:g}" if each.most is not None else "" for each in COLUMNS)
    yield f"| *budget* | {' | '.join(most)} |"


def million(pages: list[Measured]) -> list[str]:
    """Say what a million visits move: each opens one page with an empty cache, and then some more."""
    first = statistics.median(page.cold.bytes for page in pages)
    further = statistics.median(page.second.bytes for page in pages)
    total = (first + (VISIT - 1) * further) / 1000
    cost = total * 1000 * DOLLARS
    return [
        f"    a visit of {VISIT} pages   {first:.0f} kB for the first, "
        f"{further:.0f} kB for each other: {total:.2f} MB",
        f"    a million visits     {total * 1000:.0f} GB, from any host of static files",
        f"    at ${DOLLARS} a GB        ${cost:.0f}; on a host that gives traffic away, nothing",
    ]


def named(folder: Path, *, every: bool) -> list[str]:
    """Return the pages to measure."""
    pages = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    sources = [name for name in pages if name.startswith("source/")]
    largest = max(sources, key=lambda name: (folder / name).stat().st_size, default="")
    return [name for name in pages if every or name == largest or name not in sources]


def keep(file: Path, lines: list[str]) -> None:
    """Replace what stands between the two marks of a file."""
    before, rest = file.read_text("utf8").split(BEGIN)
    after = rest.split(END)[1]
    file.write_text(f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n\n{END}{after}", "utf8")


def main() -> int:
    """Print a line for each page; return 1 when one is over budget."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("pages", nargs="*", help="such as xor/line; all of them if none is named")
    arguments.add_argument("--runs", type=int, default=3, help="visits of each kind; medians are shown")
    arguments.add_argument("--all", action="store_true", help="every page of source code too")
    arguments.add_argument("--keep", action="store_true", help="write the results into the two READMEs")
    arguments.add_argument("--book", type=Path, default=HTML, help="the folder of the built book")
    asked = arguments.parse_args()
    pages = [f"{name}.html" for name in asked.pages] or named(asked.book, every=asked.all)
    lines, found = list(heads()), []
    print(*lines, sep="\n")
    with server(asked.book) as running, sync_playwright() as playwright:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=get(), args=list(ARGUMENTS))
        for name in pages:
            home = f"http://127.0.0.1:{running.server_port}"
            runs = [again(browser, home, name) for _ in range(asked.runs)]
            page = Measured(*(middle(list(each)) for each in zip(*runs, strict=True)))
            lines.append(row(name, page))
            found.append(page)
            print(lines[-1], flush=True)
        version = browser.version
        browser.close()
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    when = f"{today}, Chromium {version}, medians of {asked.runs}"
    missed = sum(bool(over(page)) for page in found)
    verdict = f"{when}. Pages over a budget: {missed} of {len(pages)}."
    print(verdict, *million(found), sep="\n")
    if asked.keep:
        keep(TABLE, [verdict, "", *lines])
        keep(
            README,
            [
                f"Measured on {today} over {len(pages)} pages; five pages a visit and the price are assumed:",
                "",
                *million(found),
            ],
        )
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
