"""Show a progress bar on runs longer than two seconds, where someone is watching.

That is: where stderr is a terminal, or in a notebook opened by a person.  It stays silent under pytest, where
the environment has ``CI``, and in the built book, whose kernels belong to no Jupyter session.
``progress=True`` and ``progress=False`` overrule all of it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sized
from typing import Any

PATIENCE = 2.0  # seconds before a bar appears


def progress_bar(
    steps: Iterable[Any], unit: str, show: bool | None, total: int | None = None
) -> Iterable[Any]:
    """Return ``steps``, or a tqdm bar around them; without tqdm there is no bar.

    ``total`` is how many there are, where ``steps`` itself has no length.
    """
    if not (someone_is_watching() if show is None else show):
        return steps
    try:
        from tqdm import tqdm
    except ImportError:
        return steps
    total = len(steps) if isinstance(steps, Sized) else total
    bar: Iterable[Any] = tqdm(
        steps, total=total, unit=f" {unit}", delay=PATIENCE, leave=False, file=sys.stderr
    )
    return bar


def someone_is_watching() -> bool:
    """Return whether a bar would be seen while it moves."""
    if "CI" in os.environ or "PYTEST_CURRENT_TEST" in os.environ:
        return False
    # Jupyter names the notebook to a kernel that a person opened; a kernel that builds the book has no name.
    return "JPY_SESSION_NAME" in os.environ or (sys.stderr is not None and sys.stderr.isatty())
