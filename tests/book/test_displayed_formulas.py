r"""Every displayed formula of the book is true as it is printed, and no misprint of it is.

Its TeX is read and computed with (``printed``).  What its letters stand for is given in ``formulas`` and
comes from elsewhere: slopes from the complex step, which knows only the forward pass, or from the library.
"""

import re

import displays
import pytest
from formulas import NAMES
from printed import holds, plain

PRINTED = displays.book()


def judge(name, tex):
    """Raise unless the formula holds for all its names, and for none of those for which it must not."""
    for names in NAMES[name]:
        if names.get("holds", True):
            holds(tex, names, rtol=names.get("rtol", 1e-11))
        else:
            with pytest.raises(AssertionError):
                holds(tex, names)


# Kronecker's δ_{ij} is the same as δ_{ji}, and Σ_{ij} as Σ_{ji}, so exchanging their indices is no slip.
MISPRINTS = [
    (r"\+", "-"), ("-", "+"), (r"\^\{\\mathsf T\}", ""), (r"\\mathsf T", ""), (r"\\odot", ""), ("'", ""),
    (r"l ?\+ ?1", "l"), (r"l ?- ?1", "l"), (r"\(l\)", "(l-1)"), (r"\(L\)", "(L-1)"), ("n_l", "n_L"),
    ("_j", "_i"), ("_k", "_1"), (r"(?<!delta)(?<!sum)_\{ij\}", "_{ji}"), (r"\\sum_[a-z]", ""),
    (r"\\frac1m", ""), (r"\\tfrac12", ""), (r"\\alpha", ""), (r"\\lambda", ""), (r"\\sqrt", ""),
    (r"\\log", ""), (r"\\tanh", ""), (r"\\max", ""), (r"\\frac\{d\w+\}\{d\w+\}", ""), (">", r"\\le"),
    ("<", ">"), (r"\\le\b", r"\\ge"), (r"\\ge\b", r"\\le"), *((str(n), str(n + 1)) for n in range(10)),
]  # fmt: skip


def misprints(tex):
    """Return a formula with one slip at a time: a sign, a transpose, a factor, an index, a digit."""
    tex = plain(tex)
    for pattern, slip in MISPRINTS:
        for found in re.finditer(pattern, tex):
            yield tex[: found.start()] + found.expand(slip) + tex[found.end() :]


def taken_for_true(name, tex):
    try:
        judge(name, tex)
    except (AssertionError, LookupError, TypeError, ValueError, pytest.fail.Exception):
        return False
    return True


def test_every_displayed_formula_is_judged():
    assert sorted(PRINTED) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_printed_formula_is_true(name):
    judge(name, PRINTED[name])


@pytest.mark.parametrize("name", NAMES)
def test_no_misprint_of_the_formula_is_true(name):
    tried = list(misprints(PRINTED[name]))
    assert tried
    assert [tex for tex in tried if taken_for_true(name, tex)] == []


@pytest.mark.parametrize(
    "page",
    [
        "```{math}\na = b\n```\n",
        "$$\na = b\n$$\n",
        "```{math}\n:nowrap:\na = b\n```\n",
        "\\begin{align}\na = b\n\\end{align}\n",
        "~~~{math}\na = b\n~~~\n",
        "% formula: far-from-its-fence\n\n```{math}\n:label: eq-x1\na = b\n```\n",
        "% formula: one-of-two-names\n```{math}\n:label: eq-x1\na = b\n```\n",
    ],
)
def test_a_display_without_exactly_one_name_is_noticed(page):
    with pytest.raises(ValueError, match="a display"):
        displays.displays(page)


def test_a_display_is_found_by_its_name():
    page = "% formula: a-b\n```{math}\na = b\n```\n\n:::{math}\n:label: eq-x1\n\nc = d\n:::\n"
    assert displays.displays(page) == [("a-b", "a = b\n"), ("X1", "c = d\n")]
