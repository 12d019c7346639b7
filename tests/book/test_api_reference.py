"""The reference in the book has every public name, and docstrings turn into text, links and examples."""

import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import backprop_lib
from backprop_lib import plots, symbolic, widgets
from backprop_lib.publish.api import clean_signature, link_ids

BOOK = Path(__file__).parents[2] / "book"
REFERENCE = "\n".join(page.read_text("utf8") for page in sorted(BOOK.glob("api*.md")))


def left_out(reference: str) -> list[str]:
    """Return public names that no page of the reference documents."""
    shown = set(re.findall(r"^\.\. automodule:: ([\w.]+)$", reference, re.MULTILINE))
    missing = []
    for package in (backprop_lib, symbolic, plots, widgets):
        for name in package.__all__:
            value = getattr(package, name)
            home = value.__name__ if isinstance(value, ModuleType) else value.__module__
            if not {home, package.__name__} & (shown - {"backprop_lib"}):
                missing.append(f"{package.__name__}.{name}")
    return missing


def test_every_public_name_is_in_the_reference() -> None:
    assert left_out(REFERENCE) == []


def test_a_module_that_is_left_out_is_noticed() -> None:
    without = REFERENCE.replace(".. automodule:: backprop_lib.sweep\n", "")
    assert left_out(without) == ["backprop_lib.sweep"]


def test_what_the_reference_documents_exists() -> None:
    for module in re.findall(r"^\.\. automodule:: ([\w.]+)$", REFERENCE, re.MULTILINE):
        import_module(module)


def as_rst(*lines: str) -> list[str]:
    found = list(lines)
    link_ids(None, "function", "f", None, None, found)
    return found


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("(BP2) Return δ.", ":eq:`eq-bp2` Return δ."),
        ("As (BP1–BP4) say.", "As :eq:`eq-bp1`–:eq:`eq-bp4` say."),
        ("(F1, F2)", ":eq:`eq-f1`, :eq:`eq-f2`"),
        ("(A), f(A) and ``(BP2)`` stay", "(A), f(A) and ``(BP2)`` stay"),
        ("|g − d|", r"\|g − d\|"),
        ("n_{l−1}", r"n\ :sub:`l−1`\ "),
        ("δ_i", r"δ\ :sub:`i`\ "),
        ("a_long_name", "a_long_name"),
        ("e^{z}", r"e\ :sup:`z`\ "),
    ],
)
def test_ids_become_links_and_indices_are_lowered(written: str, read: str) -> None:
    assert as_rst(written) == [read]


def test_an_example_and_its_answer_stay_as_they_are() -> None:
    lines = ['>>> agree("BP3", a=1, b=1)', "(BP3)  a = b"]
    assert as_rst(*lines, "", "(BP3)") == [*lines, "", ":eq:`eq-bp3`"]


def test_a_signature_is_shortened() -> None:
    written = "(W: ~collections.abc.Mapping[int, Array], b: int = <factory>)"
    assert clean_signature(None, "class", "P", None, None, written, None) == (
        "(W: Mapping[int, Array], b: int = {})",
        None,
    )
