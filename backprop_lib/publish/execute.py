"""Run the chapters' cells side by side before the build, which would run one chapter after the other.

What succeeds is in the cache when Sphinx looks for it; what fails is left to Sphinx, which says where.
"""

from __future__ import annotations

import logging
import os
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from .cache import cache_folder

TIMEOUT = 600  # seconds a cell may take, as in _config.yml
LONGEST = ("training", "explosion", "symmetry")  # started first, so that none of them is left for the end


def chapters(book: Path) -> list[Path]:
    """Return the pages that have cells, those that take longest first."""
    pages = [page for page in book.rglob("*.md") if "{code-cell}" in page.read_text(encoding="utf8")]
    return sorted(pages, key=lambda page: (page.stem not in LONGEST, -page.stat().st_size))


def execute(root: Path) -> None:
    """Execute every chapter below ``root/book`` whose cells are not in the cache, one process a core."""
    from jupyter_cache import get_cache

    folder = str(cache_folder(root / "_build"))
    cache = get_cache(folder)
    waiting = []
    for page in chapters(root / "book"):
        record = cache.add_nb_to_project(str(page), read_data={"name": "myst_nb_md", "type": "plugin"})
        if cache.get_cached_project_nb(record.pk) is None:
            waiting.append(page)
    if not waiting:
        return
    print(f"Executing {len(waiting)} chapters …", flush=True)
    # Spawned, not forked: a forked copy of the cache's database connection can hang.
    with ProcessPoolExecutor(mp_context=get_context("spawn"), initializer=hush) as pool:
        done = [pool.submit(execute_one, folder, page) for page in waiting]
        for count, future in enumerate(as_completed(done), start=1):
            page, seconds, ok = future.result()
            verdict = f"{seconds:.0f} s" if ok else "stopped; the build will say where"
            print(f"  {count} of {len(waiting)}: {page.relative_to(root)} ({verdict})", flush=True)


def hush() -> None:
    """Leave out what kernels say about themselves; what a cell writes to stderr stays in its output."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def execute_one(folder: str, page: Path) -> tuple[Path, float, bool]:
    """Execute one chapter into the cache, and return how long it took and whether it ran to its end."""
    from jupyter_cache import get_cache
    from jupyter_cache.executors import load_executor

    start = time.monotonic()
    quiet = logging.getLogger("execute")
    quiet.setLevel(logging.CRITICAL)
    runner = load_executor("local-serial", get_cache(folder), logger=quiet)
    result = runner.run_and_cache(filter_uris=[str(page)], timeout=TIMEOUT)
    return page, time.monotonic() - start, bool(result.succeeded)
