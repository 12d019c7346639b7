"""Build the book: every page, every cell that changed, and no warning overlooked.

python -m backprop_lib.publish.build
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from .cache import digest
from .execute import execute

COMPLETE = Path("_build", "complete")
HTML = Path("_build", "html")
# Said by every kernel that starts; about this machine only, and nothing a reader can act on.
NOISE = ("Kernel is running over TCP", "MdParserConfig(", "NbParserConfig(")


def command(root: Path) -> list[str]:
    """Return the call of Jupyter Book; a warning or a missing reference is an error."""
    python = Path(sys.executable)
    book = [
        str(python.with_name("jupyter-book.exe" if sys.platform == "win32" else "jupyter-book")),
        "build",
        str(root / "book"),
    ]
    places = [
        "--config",
        str(root / "_config.yml"),
        "--toc",
        str(root / "_toc.yml"),
        "--path-output",
        str(root),
    ]
    return [*book, *places, "-W", "-n", "--keep-going"]


def seal(root: Path) -> str:
    """Return a digest of everything the book is made from; it changes when any of it does."""
    names = ("_*.yml", "requirements*.txt", "pyproject.toml", "benchmarks/results.json")
    tops = [path for name in names for path in root.glob(name)]
    sources = [path for folder in ("book", "backprop_lib", "tests") for path in (root / folder).rglob("*")]
    files = [path for path in tops + sources if path.is_file() and "__pycache__" not in path.parts]
    return digest(files, extra=" ".join(sorted(path.relative_to(root).as_posix() for path in files)))


def build(root: Path) -> int:
    """Build the book below `root` and return the exit code; ``_build/complete`` seals a clean build."""
    start, complete, made_from = time.monotonic(), root / COMPLETE, seal(root)
    if complete.exists() and complete.read_text() == made_from and (root / HTML / "index.html").exists():
        print(f"Nothing has changed since the book was built: {HTML / 'index.html'}")
        return 0
    complete.unlink(missing_ok=True)
    execute(root)
    with subprocess.Popen(
        command(root), cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf8"
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if not any(noise in line for noise in NOISE):
                print(line, end="", flush=True)
    if process.returncode:
        # Sphinx would not repeat a warning about a page that it believes to be up to date.
        (root / "_build" / ".doctrees" / "environment.pickle").unlink(missing_ok=True)
        print(
            "\nThe book was not built: what is wrong stands above, beside WARNING or Error.", file=sys.stderr
        )
        return process.returncode
    complete.parent.mkdir(exist_ok=True)
    complete.write_text(made_from)
    print(f"The book is built: {HTML / 'index.html'} ({time.monotonic() - start:.0f} s)")
    return 0


def root() -> Path:
    """Return the project's folder: the one we are in."""
    here = Path.cwd()
    if not (here / "_config.yml").exists():
        sys.exit("Run this in the project's folder, where _config.yml is.")
    return here


if __name__ == "__main__":
    sys.exit(build(root()))
