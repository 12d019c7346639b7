"""A picture of the book takes its colors and type from the page, keeps its ids to itself, and has words."""

import re

import matplotlib as mpl

mpl.use("agg")

import matplotlib.pyplot as plt
import pytest

from backprop_lib.plots.style import GRADIENT, Picture, picture, style
from plots.pictures import WORDS, presentable


def drawn(slope=1.0, **words):
    with style():
        figure, axes = plt.subplots()
        axes.plot([0, 1], [0, slope], color=GRADIENT)
        axes.set_xlabel("δ⁽¹⁾")
    return picture(figure, **({"alt": "a line", "caption": "It rises."} | words))


def test_a_picture_follows_the_theme():
    html = drawn()._repr_html_()
    fixed = re.sub(r"var\(--bp-[\w-]+, #[0-9a-f]{6}\)", "", html, flags=re.IGNORECASE)
    assert "var(--bp-gradient" in html
    assert re.findall(r"#[0-9a-f]{6}", fixed, re.IGNORECASE) == []
    assert "<style" not in html
    assert "DejaVu" not in html


def test_two_pictures_share_no_id():
    first, second = (set(re.findall(r'\bid="([^"]+)"', drawn(s)._repr_html_())) for s in (1, 2))
    assert first
    assert first.isdisjoint(second)


def test_every_reference_in_a_picture_finds_its_id():
    html = drawn()._repr_html_()
    assert set(re.findall(r'(?:url\(|href=")#([^)"]+)', html)) == set(re.findall(r'\bid="([^"]+)"', html))


def test_the_same_figure_gives_the_same_bytes():
    assert drawn() == drawn()


@pytest.mark.parametrize("words", [{"alt": " "}, {"caption": ""}])
def test_a_picture_without_words_is_refused(words):
    with pytest.raises(ValueError, match="both needed"):
        drawn(**words)


def test_words_cannot_become_markup():
    html = drawn(alt='"><script>', caption="<b>")._repr_html_()
    assert "<script" not in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    "wrong",
    [
        Picture(('<svg><g id="a"/></svg>', '<svg><g id="a"/></svg>'), **WORDS),
        Picture(("<svg>" + "x" * 70_000 + "</svg>",), **WORDS),
        Picture(("<svg></svg>",), alt="", caption=WORDS["caption"]),
        Picture(("<svg></svg>",), alt=WORDS["alt"], caption=""),
    ],
    ids=["an id twice", "large", "no words instead", "no words below"],
)
def test_a_picture_that_is_not_fit_for_a_page_is_refused(wrong):
    with pytest.raises(AssertionError):
        presentable(wrong)
