"""What the tests of every widget do: wait until it is drawn, spoil its code, measure it, take it away."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, Route

from browser.conftest import Watched

MOUNTED_ALONE = """async ([mark, traits, part]) => {
    const source = Object.values(self.backpropSources).find((text) => text.includes(mark));
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const { default: widget } = await import(url);
    const heard = new Map(), el = document.body.appendChild(document.createElement("div"));
    const model = {
        get: (name) => traits[name], set() {}, save_changes() {},
        on: (name, f) => heard.set(name, f),
        off: (name, f) => heard.get(name) === f && heard.delete(name),
    };
    const clean = widget.render({ model, el });
    const drawn = el.querySelectorAll(part).length, listening = heard.size;
    clean();
    return { drawn, listening, left: heard.size, children: el.childElementCount };
}"""


def settled(page: Page) -> None:
    """Wait until what was asked for is drawn; a busy machine takes a while to hand the pointer on."""
    page.wait_for_timeout(50)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def spoiled(watched: Watched, right: str, wrong: str) -> list[bool]:
    """Put a slip into the code of the widgets that the page will ask for; say of each file if it is in it."""
    changed: list[bool] = []

    def spoil(route: Route) -> None:
        answer = route.fetch()
        body = answer.text()
        changed.append(right in body)
        route.fulfill(response=answer, body=body.replace(right, wrong))

    watched.page.route("**/_static/widgets/*.js", spoil)
    return changed


def height(widget: Locator) -> int:
    """Return the height of a widget in pixels."""
    return int(widget.evaluate("element => Math.round(element.getBoundingClientRect().height)"))


def room(page: Page, widget: Locator) -> float:
    """Return the height that the page keeps free for a widget."""
    place = page.locator(".bp-widget", has=widget).first
    return float(place.evaluate("element => parseFloat(getComputedStyle(element).minHeight)"))


def mounted_alone(page: Page, mark: str, traits: dict[str, Any], part: str) -> dict[str, int]:
    """Draw a widget alone and take it away; count its parts, its listeners, and what is left."""
    return dict(page.evaluate(MOUNTED_ALONE, [mark, traits, part]))
