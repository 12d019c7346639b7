"""Open the chapters in JupyterLab, where a double click on a chapter opens it as a notebook.

python -m backprop_lib.publish.lab
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from backprop_lib.publish.build import root

SETTINGS = Path(sys.prefix, "share", "jupyter", "lab", "settings", "overrides.json")
OVERRIDES = {
    "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Jupytext Notebook"}},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
}


def settle() -> None:
    """Make notebooks the view of Markdown, in this environment alone."""
    SETTINGS.parent.mkdir(parents=True, exist_ok=True)
    SETTINGS.write_text(json.dumps(OVERRIDES, indent=2), encoding="utf8")


def main() -> int:
    """Start JupyterLab in book/."""
    settle()
    try:
        return subprocess.call([sys.executable, "-m", "jupyterlab", *sys.argv[1:]], cwd=root() / "book")
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
