"""The repository itself: sources only, clean chapters, and one label for every id."""

from __future__ import annotations

import re
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "book"
CHAPTERS = sorted(path.relative_to(ROOT).as_posix() for path in BOOK.rglob("*.md"))
HIDDEN = {"remove-cell", "remove-input", "hide-input", "hide-cell", "proof"}
LARGEST = 500_000
FORBIDDEN_FILES = (
    r"\.ipynb$",
    r"(^|/)_build/",
    r"\.min\.(js|css)$",
    r"(^|/)(utils|helpers|common|misc)\b",
    r"\.pyc$",
)
PRIVATE = (
    r"/(?:root|tmp|work)/",
    r"/(?:home|Users)/\w",
    r"C:\\\\Users",
    r"\bregistry\.\w+\.",
    r"://\S+/simpl[e]\b",
)
HEADER = {"jupytext": {"text_representation": {"extension": ".md", "format_name": "myst"}}}
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```\s*$", re.DOTALL | re.MULTILINE)
LABEL = re.compile(r"^:label: eq-([a-z]+[0-9]*)\s*$", re.MULTILINE)
CODE_ID = re.compile(r"(?:#|//) \(([A-Z]+[0-9]*)\)")


def tracked() -> list[str]:
    """Return what is, or is about to be, in git: tracked files and new ones that are not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in found if (ROOT / name).is_file()]


def text(name: str) -> str:
    """Return a file's text; binary files have none."""
    try:
        return (ROOT / name).read_text("utf8")
    except UnicodeDecodeError:
        return ""


# What may not be in the repository.


def misplaced(names: list[str]) -> list[str]:
    """Return the names of files that are built, generated, or named for nothing in particular."""
    return [name for name in names if any(re.search(pattern, name) for pattern in FORBIDDEN_FILES)]


def private(content: str) -> list[str]:
    """Return machine paths and package registries that a text names."""
    return [found for pattern in PRIVATE for found in re.findall(pattern, content)]


def test_only_sources_are_tracked() -> None:
    assert misplaced(tracked()) == []


@pytest.mark.parametrize(
    "name", ["book/a.ipynb", "_build/html/index.html", "a/b.min.js", "backprop_lib/utils.py"]
)
def test_a_file_that_is_no_source_is_rejected(name: str) -> None:
    assert misplaced([name]) == [name]


def test_no_file_is_large() -> None:
    assert [name for name in tracked() if (ROOT / name).stat().st_size > LARGEST] == []


def test_no_file_names_a_machine() -> None:
    assert {name: found for name in tracked() if (found := private(text(name)))} == {}


@pytest.mark.parametrize(
    "content",
    [
        *(f"open('/{folder}/ann/x')" for folder in ("home", "Users", "root", "tmp", "work")),
        "https://{}.example.org/katex".format("registry"),
        "https://packages.example.org/{}".format("simple"),
    ],
)
def test_a_file_that_names_a_machine_is_rejected(content: str) -> None:
    """The examples are put together here, so that this file is held to the rule as well."""
    assert private(content)


# The chapters.


def header(content: str) -> dict[str, object]:
    """Return a chapter's header."""
    match = re.match(r"---\n(.*?)\n---\n", content, re.DOTALL)
    return yaml.safe_load(match[1]) if match else {}


def clean(content: str) -> bool:
    """Say whether a header is exactly the one that every chapter has: no versions, nothing personal."""
    return header(content) == {**HEADER, "kernelspec": KERNEL}


def cells(content: str) -> Iterator[tuple[set[str], list[str]]]:
    """Yield each code cell's tags and lines of code."""
    for body in CELL.findall(content):
        tags = set(re.findall(r"[\w-]+", "".join(re.findall(r"^:tags: \[(.*)\]$", body, re.MULTILINE))))
        lines = [line for line in body.splitlines() if line.strip() and not line.startswith(":")]
        yield tags, lines


def too_long(content: str) -> list[str]:
    """Return the first lines of visible cells with more than twelve lines."""
    return [lines[0] for tags, lines in cells(content) if not tags & HIDDEN and len(lines) > 12]


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_has_a_clean_header(name: str) -> None:
    assert clean(text(name))


def test_a_header_with_a_version_is_rejected() -> None:
    content = text("book/index.md")
    assert clean(content)
    assert not clean(content.replace("format_name: myst", "format_name: myst\n    jupytext_version: 1.19.6"))


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_cell_has_twelve_lines_at_most(name: str) -> None:
    assert too_long(text(name)) == []


def test_a_cell_of_thirteen_lines_is_rejected() -> None:
    assert too_long("```{code-cell} ipython3\n" + "x = 1\n" * 13 + "```\n") == ["x = 1"]
    assert too_long("```{code-cell} ipython3\n" + "x = 1\n" * 12 + "```\n") == []


def test_cells_are_short_by_median() -> None:
    lengths = [len(lines) for name in CHAPTERS for tags, lines in cells(text(name)) if not tags & HIDDEN]
    assert statistics.median(lengths) <= 3


def listed(entry: object) -> list[str]:
    """Return every page that a table of contents names."""
    if isinstance(entry, list):
        return [name for each in entry for name in listed(each)]
    if isinstance(entry, dict):
        own = [entry[key] for key in ("root", "file") if key in entry]
        return own + [
            name for key in ("parts", "chapters", "sections") for name in listed(entry.get(key, []))
        ]
    return []


def test_the_table_of_contents_names_every_page_once() -> None:
    pages = listed(yaml.safe_load(text("_toc.yml")))
    assert sorted(f"book/{page}.md" for page in pages) == CHAPTERS


# The ledger: an id in code is a label in the book, and the reverse.


def ids_in_code(sources: list[str]) -> set[str]:
    """Return the ids at the ends of lines of Python and JavaScript."""
    return {found for source in sources for found in CODE_ID.findall(source)}


def labels(chapters: list[str]) -> list[str]:
    """Return the labels of displayed equations, as they are shown."""
    return [label.upper() for chapter in chapters for label in LABEL.findall(chapter)]


def library() -> list[str]:
    """Return the sources of the library that compute something."""
    folder = ROOT / "backprop_lib"
    paths = [path for kind in ("*.py", "*.js") for path in folder.rglob(kind)]
    return [path.read_text("utf8") for path in paths if folder / "publish" not in path.parents]


def test_every_id_in_code_is_a_label_in_the_book_and_the_reverse() -> None:
    assert ids_in_code(library()) == set(labels([text(name) for name in CHAPTERS]))


def test_an_equation_is_labeled_once() -> None:
    found = labels([text(name) for name in CHAPTERS])
    assert sorted(found) == sorted(set(found))


def test_an_id_without_a_label_is_rejected() -> None:
    sources = [*library(), "x = y  # (BP9)"]
    assert ids_in_code(sources) - set(labels([text(name) for name in CHAPTERS])) >= {"BP9"}


def test_a_label_without_a_line_of_code_is_rejected() -> None:
    chapters = [text(name) for name in CHAPTERS] + ["```{math}\n:label: eq-bp9\nx\n```\n"]
    assert set(labels(chapters)) - ids_in_code(library()) >= {"BP9"}


# What calls what.


def test_ci_runs_what_the_reader_runs() -> None:
    commands = [line for line in text(".ci/run").splitlines() if line and not line.startswith("#")]
    assert commands == ['cd "$(dirname "$0")/.." && exec make test']
