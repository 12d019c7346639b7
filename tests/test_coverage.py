"""The chapters of source 001 name every claim they teach and show every erratum once.

A page states its claims in a MyST comment, ``% claims: 001.1 001.2``; that list is a map for reviewers, and
this test keeps it whole.  An erratum is a directive, so it is on the page if it is counted here.
"""

import re
from collections import Counter
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[1] / "book" / "xor"
CLAIMS = [f"001.{n}" for n in range(1, 53)]
ERRATA = [f"E001.{n:02d}" for n in range(1, 35)]


def text(folder: Path) -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in sorted(folder.glob("*.md")))


def claims(source: str) -> Counter[str]:
    lines = re.findall(r"^% claims: (.*)$", source, re.MULTILINE)
    return Counter(claim for line in lines for claim in line.split())


def errata(source: str) -> Counter[str]:
    return Counter(re.findall(r"^:{3,}\{erratum\} (E\d{3}\.\d{2})\b", source, re.MULTILINE))


def test_every_claim_of_source_001_has_a_page():
    named = claims(text(PAGES))
    assert sorted(set(CLAIMS) - set(named)) == [], "claims without a page"
    assert sorted(set(named) - set(CLAIMS)) == [], "claims that do not exist"


def test_every_erratum_of_source_001_is_shown_exactly_once():
    assert errata(text(PAGES)) == Counter(ERRATA)


@pytest.mark.parametrize("slip", ["% claims: 001.1 001.3\n", "% claims:001.2\n", "claims: 001.2\n"])
def test_a_claim_left_out_is_noticed(slip):
    assert "001.2" not in claims(slip)


def test_an_erratum_mentioned_in_prose_does_not_count_as_shown():
    assert errata("As E001.05 says, and {erratum} E001.05 too.\n") == Counter()
    assert errata(":::{erratum} E001.05 A product\n:::\n") == Counter(["E001.05"])
