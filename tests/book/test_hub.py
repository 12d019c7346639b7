"""A hub can run the notebooks: what repo2docker would do, done in a clean environment with the same files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from book.test_repository import ROOT, tracked

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

CHAPTER = "book/jupyter.md"  # the library, and two kinds of widgets


def run(*command: str, at: Path, python: Path) -> subprocess.CompletedProcess[str]:
    """Run a command where that Python is the first one."""
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JUPYTER"))}
    return subprocess.run(
        command, cwd=at, env={**clean, "PATH": path}, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A copy of the repository, and the Python of an environment built as repo2docker builds it."""
    copy = tmp_path_factory.mktemp("hub")
    for name in tracked():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, copy / name)
    subprocess.run([sys.executable, "-m", "venv", str(copy / ".venv")], check=True)
    python = copy / ".venv" / "bin" / "python"
    done = run(
        "python", "-m", "pip", "install", "-q", "-r", ".binder/requirements.txt", at=copy, python=python
    )
    assert done.returncode == 0, done.stderr[-2000:]
    done = run("./.binder/postBuild", at=copy, python=python)
    assert done.returncode == 0, done.stderr
    return copy, python


def execute(chapter: str, at: Path, python: Path) -> subprocess.CompletedProcess[str]:
    """Open a chapter as a notebook and run every cell of it."""
    command = ("jupytext", "--to", "ipynb", "--execute", "--set-kernel", "python3", chapter)
    return run("python", "-m", *command, at=at, python=python)


def test_a_chapter_runs_in_the_hub_s_environment(hub: tuple[Path, Path]) -> None:
    at, python = hub
    done = execute(CHAPTER, at, python)
    assert done.returncode == 0, done.stderr[-2000:]
    cells = json.loads((at / CHAPTER).with_suffix(".ipynb").read_text("utf8"))["cells"]
    assert all(cell["execution_count"] for cell in cells if cell["cell_type"] == "code")
    views = [out for cell in cells for out in cell.get("outputs", []) if "data" in out]
    assert any("application/vnd.jupyter.widget-view+json" in out["data"] for out in views)


def test_a_double_click_opens_a_chapter_as_a_notebook(hub: tuple[Path, Path]) -> None:
    _, python = hub
    settings = python.parents[1] / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    assert "Jupytext Notebook" in settings.read_text("utf8")


def test_a_chapter_that_asks_for_more_than_the_environment_has_is_rejected(hub: tuple[Path, Path]) -> None:
    at, python = hub
    text = (at / CHAPTER).read_text("utf8")
    (at / "book" / "more.md").write_text(text.replace("import traitlets", "import sphinx"), "utf8")
    done = execute("book/more.md", at, python)
    assert done.returncode != 0
    assert "No module named 'sphinx'" in done.stderr


def test_the_hub_s_python_is_new_enough() -> None:
    named = (ROOT / ".binder" / "runtime.txt").read_text("utf8").strip()
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]["requires-python"]
    least = tuple(map(int, needed.removeprefix(">=").split(".")))
    assert tuple(map(int, named.removeprefix("python-").split("."))) >= least
