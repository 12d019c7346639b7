"""The table of symbols is true: its code runs and has the printed shape, its labels stand in the widgets.

And it is whole: each letter of each formula in the book has a row.
"""

import re
from collections import defaultdict
from pathlib import Path

import displays
import numpy as np
import pytest
from docutils import nodes
from generic import network

import backprop_lib
from backprop_lib import symbolic
from backprop_lib.publish import symbols

ROOT = Path(__file__).parents[2]
NOTATION = (ROOT / "book" / "notation.md").read_text("utf8")
ROWS = symbols.read(NOTATION)
WIDGETS = "\n".join(
    path.read_text("utf8") for path in (Path(backprop_lib.__file__).parent / "widgets").rglob("*.js")
)
INLINE = re.compile(r"(?<![\\$])\$([^$\n]+)\$(?!\$)")


def cells(notation: str) -> dict[str, dict[str, str]]:
    """Return the first table's cells without marks, by name and column."""
    head, _, *rows = re.search(r"(^\| Symbol \| Meaning \|(?:.*\n)+?)\n", notation, re.MULTILINE)[
        1
    ].splitlines()
    columns = [cell.strip() for cell in head.strip("|").split("|")]
    table = [[cell.strip(" `$") for cell in row.strip("|").split("|")] for row in rows]
    return {re.match(r"\*\*(.+?)\*\*", row[1])[1]: dict(zip(columns, row, strict=True)) for row in table}


def meant() -> dict[str, object]:
    """Return what the names in the column of code mean, for one network; no two of its sizes are alike."""
    net, p, x, y = network((2, 3, 4, 6), l2=0.7)
    t, l = net.forward(p, x), 2
    g = net.backward(p, t, y)
    names = {"W": p.W, "b": p.b, "z": t.z, "a": t.a, "x": x, "y": y, "delta": g.delta, "dW": g.dW, "l": l}
    names |= {"L": net.L, "sizes": net.sizes, "m": x.shape[1], "cost": net.cost(p, x, y), "phi": net.phi}
    return {**names, "l2": net.l2, "learning_rate": 0.1, "h": 1e-20}


def shape(printed: list[str], sizes: tuple[int, ...], l: int, m: int) -> tuple[int, ...]:
    """Return a printed shape as numbers."""
    known = {f"n_{k}": n for k, n in enumerate(sizes)} | {"n_L": sizes[-1], "n_l": sizes[l], "m": m, "1": 1}
    known["n_{l-1}"] = sizes[l - 1]
    return tuple(known[part] for part in printed)


def untrue(notation: str) -> list[str]:
    """Return the names of rows whose code, SymPy or label is not what the book uses."""
    names, wrong = meant(), []
    numbers, l = names["sizes"], names["l"]
    s = symbolic.network((2, 3, 1), l2=True, examples=4)  # small, since every slope is taken by diff
    for name, row in cells(notation).items():
        printed = [part.strip() for part in row["Shape"].strip("()").split(", ")] if row["Shape"] else []
        try:
            if re.match(r"\w", row["Code"]):
                assert np.shape(eval(row["Code"], dict(names))) == shape(printed, numbers, l, names["m"])
            if row["SymPy"].startswith("s."):
                value = eval(row["SymPy"], {"s": s, "l": 1})
                assert getattr(value, "shape", ()) == shape(printed, s.sizes, 1, s.m)
            assert row["Widget"] in WIDGETS
        except (AssertionError, AttributeError, LookupError, NameError):
            wrong.append(name)
    return wrong


def test_every_row_says_what_the_library_and_the_widgets_say() -> None:
    assert untrue(NOTATION) == []


@pytest.mark.parametrize(
    ("right", "wrong", "name"),
    [
        ("| $(n_l, n_{l-1})$ | `W[l]` |", "| $(n_{l-1}, n_l)$ | `W[l]` |", "weights"),
        ("| `s.W[l]` |", "| `s.weights[l]` |", "weights"),
        ("| `delta[l]` |", "| `deltas[l]` |", "sensitivity"),
        ("| `learning rate α` |", "| `step size` |", "learning rate"),
        ("| $(n_L, m)$ | `y` |", "| $(m, n_L)$ | `y` |", "target"),
    ],
)
def test_a_row_with_a_wrong_shape_or_name_is_rejected(right: str, wrong: str, name: str) -> None:
    assert NOTATION.count(right) == 1
    assert untrue(NOTATION.replace(right, wrong)) == [name]


def rowless(pages: dict[str, str], rows: list[symbols.Symbol]) -> dict[str, set[str]]:
    """Return the letters of formulas that no row explains, each with the pages where it stands."""
    known = {glyph for row in rows for glyph in row.glyphs}
    found = defaultdict(set)
    for name, page in pages.items():
        prose = displays.CELLS.sub("", page)
        formulas = [tex for _, tex in displays.displays(page)] + INLINE.findall(displays.BLOCK.sub("", prose))
        for letter in {letter for tex in formulas for letter in symbols.letters(tex)} - known:
            found[letter].add(name)
    return dict(found)


PAGES = {page.stem: page.read_text("utf8") for page in (ROOT / "book").rglob("*.md")}


def test_every_letter_of_every_formula_has_a_row() -> None:
    assert rowless(PAGES, ROWS) == {}


def test_a_letter_without_a_row_is_noticed() -> None:
    assert rowless({"page": "Let $\\xi$ be $W^{(2)}$.\n"}, ROWS) == {"ξ": {"page"}}
    assert rowless({"page": "\n```{math}\n:label: eq-q1\n\\Psi = W\n```\n"}, ROWS) == {"Ψ": {"page"}}


def test_a_row_is_an_anchor_and_a_glyph_has_one_row() -> None:
    anchors, glyphs = [row.anchor for row in ROWS], [glyph for row in ROWS for glyph in row.glyphs]
    assert len(set(anchors)) == len(anchors)
    assert len(set(glyphs)) == len(glyphs)
    assert all(
        anchor.removeprefix("symbol-") == nodes.make_id(row.name)
        for anchor, row in zip(anchors, ROWS, strict=True)
    )


def test_a_page_lists_the_symbols_of_its_formulas_and_no_others() -> None:
    found = symbols.used(ROWS, [r"\class{bp-gradient}{\delta^{(l)}} = \text{W of } z", r"\delta_{ij}"])
    assert [row.name for row in found] == [
        "layer's number",
        "pre-activation",
        "sensitivity",
        "Kronecker's delta",
    ]
