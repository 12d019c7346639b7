"""Serve the built book on this machine.

python -m backprop_lib.publish.serve
"""

from __future__ import annotations

import errno
import gzip
import os
import sys
import webbrowser
import zlib
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from backprop_lib.publish.build import HTML, root

FIRST_PORT = 8000
COMPRESSED = (".html", ".css", ".js", ".svg", ".json", ".txt")


@cache
def compressed(path: Path, changed: float) -> bytes:
    """Return a file's content as gzip, remembered until the file changes."""
    return gzip.compress(path.read_bytes(), mtime=0)


class Handler(SimpleHTTPRequestHandler):
    """Files as they are, or compressed where the browser takes that and it helps; quiet."""

    protocol_version = "HTTP/1.1"
    extensions_map: dict[str, str] = {  # noqa: RUF012 (as the class above has it)
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".woff2": "font/woff2",
    }

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Send the headers; return what follows them."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        wants = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (wants and path.suffix in COMPRESSED and path.is_file()):
            return super().send_head()
        body = compressed(path, path.stat().st_mtime)
        tag = f'"{zlib.crc32(body):08x}-{len(body):x}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("ETag", tag)
            self.end_headers()
            return None
        self.send_response(HTTPStatus.OK)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", f"{self.guess_type(str(path))}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def end_headers(self) -> None:
        """Say that a file may be kept, but must be asked for again: the next build may have changed it."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing about each request."""


class Server(ThreadingHTTPServer):
    """One thread a request; a reader who leaves in the middle of one is no error."""

    daemon_threads = True
    request_queue_size = 64  # a page opens many connections at once, and one that has to wait waits a second
    allow_reuse_address = sys.platform != "win32"  # there it would share a port that is taken

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report what is an error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def server(folder: Path, port: int = 0) -> Server:
    """Return a server of `folder`, bound to `port` of this machine (0: any free one)."""
    return Server(("127.0.0.1", port), partial(Handler, directory=str(folder)))


def next_free(folder: Path, first: int = FIRST_PORT) -> Server:
    """Return a server on port `first`, or on the next one that is free."""
    for port in range(first, first + 100):
        try:
            found = server(folder, port)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            continue
        if port != first:
            print(f"Port {first} is taken, so the book is on {port}.")
        return found
    sys.exit(f"None of the ports {first} to {first + 99} is free.")


def has_display() -> bool:
    """Say whether a browser could show a window here."""
    if sys.platform in ("win32", "darwin"):
        return not os.environ.get("SSH_CONNECTION")
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main() -> None:
    """Serve until Ctrl+C."""
    folder = root() / HTML
    if not (folder / "index.html").exists():
        sys.exit("The book is not built yet: make read builds and serves it.")
    with next_free(folder) as found:
        address = f"http://localhost:{found.server_port}"
        print(f"Read the book at {address}   (Ctrl+C stops)", flush=True)
        if has_display():
            webbrowser.open(address)
        try:
            found.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
