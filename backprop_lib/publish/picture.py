"""Take the README's picture of the stepper from the built page: ``python -m …publish.picture``."""

from __future__ import annotations

from pathlib import Path

from . import browser
from .build import HTML, root

PICTURE = Path(".github", "stepper.png")
# The hidden layer's sensitivities (BP2): every kind of number is in the picture by then.
STEP = "step 9"


def take(page_address: str, target: Path) -> None:
    """Step to (BP2) on the page and save what the stepper looks like there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.get(), args=list(browser.ARGUMENTS))
        page = chromium.new_page(viewport={"width": 1280, "height": 1000}, device_scale_factor=1.5)
        page.goto(page_address)
        page.get_by_role("button", name=STEP).first.click()
        page.mouse.move(0, 0)
        target.parent.mkdir(exist_ok=True)
        page.locator(".bp-stepper").first.screenshot(path=target)
        chromium.close()


if __name__ == "__main__":
    here = root()
    take((here / HTML / "index.html").as_uri(), here / PICTURE)
    print("The picture is taken:", PICTURE)
