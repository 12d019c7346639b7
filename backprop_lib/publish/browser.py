"""Find a browser for the tests and the measurements, or get one; to have none is a failure, never a skip.

python -m backprop_lib.publish.browser
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
ARGUMENTS = (
    "--no-sandbox",  # root in a container has no sandbox, and the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NONE = (
    "The tests need a browser and none could be had: install Google Chrome or Chromium "
    "(on Debian: apt-get install chromium) and run the same command again."
)


def installed() -> str | None:
    """Return an installed Chrome or Chromium, or else the one that playwright downloaded."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    found = found or next((place for place in PLACES if Path(place).exists()), None)
    return found or playwrights_own()


def playwrights_own() -> str | None:
    """Return playwright's own Chromium, if it is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def ways() -> list[list[str]]:
    """Return the commands that may bring a browser, the least intrusive first."""
    commands = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        commands.append(
            ["sh", "-c", "apt-get update -q && apt-get install -qy --no-install-recommends chromium"]
        )
    return commands


def get() -> str:
    """Return a browser's path, downloading one if there is none."""
    if path := installed():
        return path
    for command in ways():
        print("No browser yet; trying:", " ".join(command[-4:]), flush=True)
        subprocess.run(
            command, check=False, timeout=900, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if path := installed():
            return path
    sys.exit(NONE)


if __name__ == "__main__":
    print("Browser:", get())
