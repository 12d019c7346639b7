"""A book is built anew exactly when something it is made from has changed."""

import pytest

from backprop_lib.publish import build

SOURCES = (
    "_config.yml",
    "_toc.yml",
    "requirements.txt",
    "book/page.md",
    "backprop_lib/network.py",
    "tests/mutants.py",
)


@pytest.fixture
def project(tmp_path):
    for name in SOURCES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def test_the_seal_stays_while_nothing_changes(project):
    before = build.seal(project)
    (project / "_build").mkdir()
    (project / "_build" / "index.html").write_text("a result, not a source")
    assert build.seal(project) == before


@pytest.mark.parametrize("name", SOURCES)
def test_the_seal_changes_with_every_source(project, name):
    before = build.seal(project)
    (project / name).write_text("changed")
    assert build.seal(project) != before


def test_the_seal_changes_when_a_page_moves(project):
    before = build.seal(project)
    (project / "book" / "folder").mkdir()
    (project / "book" / "page.md").rename(project / "book" / "folder" / "page.md")
    assert build.seal(project) != before


def test_a_book_that_is_as_it_was_is_not_built_again(project, monkeypatch, capsys):
    def never(root):
        raise AssertionError("built again")

    monkeypatch.setattr(build, "execute", never)
    (project / build.HTML).mkdir(parents=True)
    (project / build.HTML / "index.html").write_text("")
    (project / build.COMPLETE).write_text(build.seal(project))
    assert build.build(project) == 0
    assert "Nothing has changed" in capsys.readouterr().out
    (project / "book" / "page.md").write_text("changed")
    with pytest.raises(AssertionError, match="built again"):
        build.build(project)
