"""Keep the results of the chapters' cells between builds, in a folder named by all that can change them.

jupyter-cache looks at the cells alone, so an edited library would leave yesterday's numbers in the book.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

LIBRARY = Path(__file__).parents[1]
PUBLISH = Path(__file__).parent
WITNESSES = ("numpy", "sympy", "matplotlib", "anywidget")


def digest(files: list[Path], *, extra: str = "") -> str:
    """Return 16 hexadecimal digits that change when a file's name or content does."""
    seal = hashlib.sha256(extra.encode())
    for path in sorted(files):
        seal.update(path.name.encode())
        seal.update(path.read_bytes())
    return seal.hexdigest()[:16]


def files_that_compute(library: Path = LIBRARY) -> list[Path]:
    """Return the library's sources, but for those that only publish the book, and what was measured of it."""
    publish = library / "publish"
    return list(library.parent.glob("benchmarks/results.json")) + [
        path
        for pattern in ("*.py", "*.js", "*.css")
        for path in library.rglob(pattern)
        if publish not in path.parents
    ]


def files_that_publish() -> list[Path]:
    """Return the sources that change a page's look, but no number on it."""
    return [path for path in PUBLISH.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def cache_folder(build: Path) -> Path:
    """Return the cache's folder below ``build``, named by the library and by the packages that compute."""
    packages = " ".join(f"{name} {version(name)}" for name in WITNESSES)
    return build / ".jupyter_cache" / digest(files_that_compute(), extra=packages)


def name_the_cache(app: Sphinx, config: Config) -> None:
    """Tell myst-nb which cache to use."""
    config.nb_execution_cache_path = str(cache_folder(Path(app.outdir).parent))
    config.publish_digest = digest(files_that_publish())


def setup(app: Sphinx) -> None:
    """Pages are written again when this package changes, and executed again when the library does."""
    app.add_config_value("publish_digest", "", "html")
    app.connect("config-inited", name_the_cache)
