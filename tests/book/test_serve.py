"""The book's own server: compressed where it helps, and silent about what the browser has already."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from backprop_lib.publish import widgets
from backprop_lib.publish.serve import server
from backprop_lib.widgets.source import JS


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[HTTPConnection]:
    """A connection to a server of one file."""
    (tmp_path / "a.css").write_text("a { color: red }\n" * 99, "utf8")
    with server(tmp_path) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        asking = HTTPConnection("127.0.0.1", running.server_port)
        yield asking
        asking.close()
        running.shutdown()


def answer(ask: HTTPConnection, **headers: str) -> HTTPResponse:
    """Ask for the file."""
    ask.request("GET", "/a.css", headers={name.replace("_", "-"): value for name, value in headers.items()})
    return ask.getresponse()


def test_a_file_is_sent_compressed_and_once(ask: HTTPConnection, tmp_path: Path) -> None:
    first = answer(ask, Accept_Encoding="gzip")
    assert gzip.decompress(first.read()) == (tmp_path / "a.css").read_bytes()
    tag = str(first.headers["ETag"])
    again = answer(ask, Accept_Encoding="gzip", If_None_Match=tag)
    assert (again.status, again.read()) == (304, b"")


def test_a_file_that_has_changed_is_sent_again(ask: HTTPConnection, tmp_path: Path) -> None:
    first = answer(ask, Accept_Encoding="gzip")
    first.read()
    (tmp_path / "a.css").write_text("a { color: blue }\n", "utf8")
    again = answer(ask, Accept_Encoding="gzip", If_None_Match=str(first.headers["ETag"]))
    assert again.status == 200
    assert gzip.decompress(again.read()) == b"a { color: blue }\n"


SOURCE = """// why
const a = "// no comment"; // (BP2) stays
  /** what it does,
   *  over two lines */
const b = `
x // neither is this`;
"""


def test_comments_on_lines_of_their_own_stay_in_the_repository() -> None:
    kept = 'const a = "// no comment"; // (BP2) stays\nconst b = `\nx // neither is this`;\n'
    assert widgets.COMMENT.sub("", SOURCE) == kept


@pytest.mark.parametrize("path", sorted(JS.rglob("*.js")), ids=lambda path: path.stem)
def test_a_page_s_widgets_lose_comments_only(path: Path) -> None:
    code = widgets.COMMENT.sub("", path.read_text("utf8"))
    lost = set(path.read_text("utf8").splitlines()) - set(code.splitlines())
    assert [line for line in lost if line and not line.lstrip().startswith(("//", "/*", "*"))] == []
