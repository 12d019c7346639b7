"""The built book, served here with gzip, and a real browser that reports everything a page does wrong."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, sync_playwright

from backprop_lib.publish import browser as found
from backprop_lib.publish.build import COMPLETE, HTML
from backprop_lib.publish.serve import server

ROOT = Path(__file__).parents[2]
BOOK = ROOT / HTML
PLACED = """async (element) => {
    const block = element.clientHeight > innerHeight ? "start" : "center";
    element.scrollIntoView({ behavior: "instant", block });
    for (let before = "", since = 0; since < 3; ) {
        await new Promise((done) => requestAnimationFrame(done));
        const { x, y, width, height } = element.getBoundingClientRect();
        const now = JSON.stringify({ x, y, width, height });
        since = now === before ? since + 1 : 0;
        before = now;
        if (since === 3) return JSON.parse(now);
    }
}"""
WHOLE = """async () => {
    document.documentElement.classList.add("bp-whole");
    await document.fonts.ready;
}"""


@dataclass
class Watched:
    """A page, and what it did that no page of the book may do."""

    page: Page
    home: str
    faults: list[str] = field(default_factory=list)

    def route(self, route: Route) -> None:
        """Let through what the book itself serves; stop and record everything else."""
        address = route.request.url
        if address.startswith((self.home, "blob:", "data:")):
            route.continue_()
        else:
            self.faults.append(f"asked another host: {urlparse(address).netloc or address}")
            route.abort()

    def watch(self) -> None:
        """Listen to the page."""
        page = self.page
        page.route("**/*", self.route)
        page.on("console", lambda said: said.type == "error" and self.faults.append(f"console: {said.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        page.on(
            "response",
            lambda answer: answer.status >= 400 and self.faults.append(f"{answer.status}: {answer.url}"),
        )

    def open(self, name: str) -> Page:
        """Open a page of the book, have all of it laid out, and wait until it is quiet."""
        self.page.goto(f"{self.home}/{name}", wait_until="load")
        self.page.evaluate(WHOLE)
        self.page.wait_for_timeout(150)
        return self.page


def placed(element: Locator) -> dict[str, float]:
    """Bring an element into view and return its ``x``, ``y``, ``width``, ``height`` once it stands still."""
    return dict(element.evaluate(PLACED))


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port; yield its address."""
    with server(folder) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def book() -> Path:
    """The folder of the built book, or the one that BACKPROP_BOOK names."""
    if other := os.environ.get("BACKPROP_BOOK"):
        return Path(other)
    assert (ROOT / COMPLETE).exists(), "The book is not built, or not without a warning: make test builds it."
    return BOOK


@pytest.fixture(scope="session")
def address(book: Path) -> Iterator[str]:
    """Where the built book is served."""
    with serving(book) as home:
        yield home


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """An installed browser; none is a failure."""
    path = found.installed()
    assert path, found.NONE
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(found.ARGUMENTS))
        yield running
        running.close()


@pytest.fixture
def watch(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Return what opens a watched page: ``watch(home, width=360)``."""
    contexts = []

    def start(home: str, width: int = 1280, height: int = 900) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        watched = Watched(context.new_page(), home)
        watched.watch()
        return watched

    yield start
    for context in contexts:
        context.close()


@pytest.fixture
def visit(
    request: pytest.FixtureRequest, watch: Callable[..., Watched], address: str
) -> Iterator[Callable[..., Page]]:
    """Open the module's PAGE and go to its WIDGET; afterwards the page must have done nothing forbidden."""
    opened = []

    def start(query: str = "", **size: int) -> Page:
        watched = watch(address, **size)
        opened.append(watched)
        page = watched.open(request.module.PAGE + query)
        widget = page.locator(request.module.WIDGET).first
        widget.wait_for()
        placed(widget)
        return page

    yield start
    assert [watched.faults for watched in opened] == [[] for _ in opened]
