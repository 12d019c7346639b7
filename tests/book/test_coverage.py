"""The chapters of a source name every claim they teach, show every erratum once, and cite what they quote.

A page states its claims in a MyST comment, ``% claims: 001.1 001.2``; that list is a map for reviewers, and
this test keeps it whole.  An erratum is a directive, so it is on the page if it is counted here.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from errata_figures import FIGURES

BOOK = Path(__file__).parents[2] / "book"
FOLDERS = {"000": "pictures", "001": "xor", "002": "matrix", "003": "entropy"}
HOW_MANY = {"000": 44, "001": 52, "002": 22, "003": 20}
CLAIMS = {source: [f"{source}.{n}" for n in range(1, last + 1)] for source, last in HOW_MANY.items()}


def text(folder: Path) -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in sorted(folder.rglob("*.md")))


def claims(source: str) -> Counter[str]:
    lines = re.findall(r"^% claims: (.*)$", source, re.MULTILINE)
    return Counter(claim for line in lines for claim in line.split())


def errata(source: str) -> Counter[str]:
    return Counter(re.findall(r"^:{3,}\{erratum\} (E\d{3}\.\d{2})\b", source, re.MULTILINE))


def cited(source: str) -> set[str]:
    keys = re.findall(r"\{cite(?::\w+)?\}`([^`]+)`", source)
    return {key.strip() for group in keys for key in group.split(",")}


def entries(bibliography: str) -> set[str]:
    return set(re.findall(r"^@\w+\{(\S+),$", bibliography, re.MULTILINE))


@pytest.mark.parametrize("source", FOLDERS)
def test_every_claim_of_a_source_has_a_page_in_its_chapter(source):
    named = claims(text(BOOK / FOLDERS[source]))
    assert sorted(set(CLAIMS[source]) - set(named)) == [], "claims without a page"
    assert sorted(set(named) - set().union(*CLAIMS.values())) == [], "claims that do not exist"


def test_the_book_has_138_claims_to_teach():
    assert sum(map(len, CLAIMS.values())) == 138


@pytest.mark.parametrize("source", FOLDERS)
def test_every_erratum_of_a_source_is_shown_exactly_once_in_its_chapter(source):
    assert errata(text(BOOK / FOLDERS[source])) == Counter(id for id in FIGURES if id[1:4] == source)


def test_no_erratum_is_shown_outside_its_chapter():
    assert errata(text(BOOK)) == Counter(list(FIGURES))


def test_every_work_in_the_bibliography_is_cited_and_every_citation_has_its_work():
    listed, used = entries((BOOK / "references.bib").read_text(encoding="utf-8")), cited(text(BOOK))
    assert sorted(used - listed) == [], "cited, and not in the bibliography"
    assert sorted(listed - used) == [], "in the bibliography, and not cited"


@pytest.mark.parametrize("slip", ["% claims: 001.1 001.3\n", "% claims:001.2\n", "claims: 001.2\n"])
def test_a_claim_left_out_is_noticed(slip):
    assert "001.2" not in claims(slip)


def test_an_erratum_mentioned_in_prose_does_not_count_as_shown():
    assert errata("As E001.05 says, and {erratum} E001.05 too.\n") == Counter()
    assert errata(":::{erratum} E001.05 A product\n:::\n") == Counter(["E001.05"])


def test_the_bibliography_has_no_commands_that_the_page_would_show():
    assert re.findall(r"\\\w+", (BOOK / "references.bib").read_text(encoding="utf-8")) == []


def test_a_citation_of_an_unknown_work_is_noticed():
    assert cited("as {cite}`nielsen2015,nobody1900` and {cite:t}`lee2015` say") == {
        "nielsen2015", "nobody1900", "lee2015",
    }  # fmt: skip
    assert entries("@book{nielsen2015,\n  title = {A},\n}\n") == {"nielsen2015"}
