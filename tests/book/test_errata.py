"""The figure of every erratum is the one on record, and a wrong computation has another."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from errata_figures import FIGURES, agrees, tokens

from backprop_lib import Network, step
from backprop_lib.activations import SIGMOID
from backprop_lib.errata import ERRATA, KINDS, PARTS, entropy, figures, matrix, pictures, xor_numbers
from backprop_lib.errata.record import number, plain, refused, row
from backprop_lib.losses import BINARY_CROSS_ENTROPY
from backprop_lib.publish import notes
from backprop_lib.publish.notes import Said, said
from backprop_lib.shapes import ALEXNET, Convolution

AT_ONCE = [id for id, erratum in ERRATA.items() if erratum.compute]
BY_A_CHAPTER = {"E001.12", "E001.15", "E001.22", "E001.23", "E001.24"}


def test_there_is_one_record_for_each_of_the_71():
    assert list(ERRATA) == sorted(FIGURES)
    assert len(ERRATA) == sum(len(part.ERRATA) for part in PARTS) == 71
    assert {erratum.kind for erratum in ERRATA.values()} == set(KINDS)


def test_only_long_runs_are_left_to_chapters():
    assert set(ERRATA) - set(AT_ONCE) == BY_A_CHAPTER
    assert list(figures()) == AT_ONCE


@pytest.mark.parametrize("id", AT_ONCE)
def test_the_figure_is_the_one_on_record(id):
    assert agrees(id, ERRATA[id].compute())


def fraction(text):
    """Return a figure's last number that has decimals and is no mere rounding error; "" if there is none."""
    return next((t for t in reversed(tokens(text)) if re.fullmatch(r"−?\d+\.\d*[1-9]\d*", t)), "")


@pytest.mark.parametrize("id", [id for id in AT_ONCE if fraction(FIGURES[id])])
def test_a_changed_digit_or_sign_is_noticed(id):
    text = ERRATA[id].compute()
    last = fraction(text)
    head, _, tail = text.rpartition(last)
    nudged = last[:-1] + str((int(last[-1]) + 1) % 10)
    flipped = last.removeprefix("−") if last.startswith("−") else "−" + last
    for changed in (nudged, flipped, "", f"{last} {last}"):
        assert not agrees(id, head + changed + tail)


DOUBLED = {l: 2 * slope for l, slope in xor_numbers.G.dW.items()}
HALVED = replace(pictures.SQUARED_ERROR, prime=lambda a, y: a - y)
LEAKY = replace(pictures.RELU, f=lambda z: np.where(z > 0, z, 0.01 * z))
EXCHANGED = replace(entropy.L, f=lambda a, y: BINARY_CROSS_ENTROPY.f(y, a))
UNGROUPED = {k: replace(v, groups=1) if isinstance(v, Convolution) else v for k, v in ALEXNET.items()}
# Wrong versions of what the figures are computed with, at least one for each kind of erratum.
WRONG = {
    "a squared error whose slope lost its 2": ("E000.02", pictures, "SQUARED_ERROR", HALVED),
    "a softmax that is a sigmoid": ("E000.06", pictures, "SOFTMAX", SIGMOID),
    "a ReLU that leaks": ("E000.15", pictures, "RELU", LEAKY),
    "kernels that see all channels": ("E000.17", pictures, "ALEXNET", UNGROUPED),
    "inputs that already stand transposed": ("E001.05", xor_numbers, "X", xor_numbers.X.T),
    "a gradient twice as long": ("E001.13", xor_numbers, "G", replace(xor_numbers.G, dW=DOUBLED)),
    "a step of twice the rate": ("E001.30", xor_numbers, "step", lambda p, g, a: step(p, g, 2 * a)),
    "a layer more": ("E002.02", matrix, "NET", Network((3, 4, 2, 3, 1))),
    "slopes at the activations": ("E002.03", matrix, "T", replace(matrix.T, z=matrix.T.a)),
    "a sum over the examples for their mean": ("E003.04", entropy, "m", 1),
    "another loss": ("E003.06", entropy, "L", entropy.HALF_SQUARED_ERROR),
    "sums for outputs": ("E003.07", entropy, "A2", entropy.Z2),
    "arguments exchanged": ("E003.10", entropy, "L", EXCHANGED),
}


@pytest.mark.parametrize("slip", WRONG)
def test_a_wrong_version_has_another_figure(slip, monkeypatch):
    id, module, name, version = WRONG[slip]
    assert agrees(id, ERRATA[id].compute())
    monkeypatch.setattr(module, name, version)
    try:
        shown = ERRATA[id].compute()
    except ValueError as error:  # of shapes that no longer fit
        shown = str(error)
    assert not agrees(id, shown)


def test_a_wrong_version_is_there_for_each_kind():
    assert {ERRATA[id].kind for id, *_ in WRONG.values()} == set(KINDS)


def test_what_can_be_computed_is_no_erratum():
    assert refused(lambda: np.ones((1, 2)) @ np.ones((3, 2))) == "ValueError"
    with pytest.raises(AssertionError, match="after all"):
        refused(lambda: np.ones((1, 2)) @ np.ones((2, 3)))


def test_an_iteration_has_room_for_rounding_and_no_more():
    figure = (
        "cost lowest at iteration {:,}, 0.225887; above 0.5 at 102,013, above 1 at 102,299, finite to 102,695"
    )
    assert agrees("E001.22", figure.format(91_432))
    assert agrees("E001.22", figure.format(91_432 + 50))
    assert not agrees("E001.22", figure.format(91_432 - 51))


def test_what_a_page_said_is_forgotten_before_it_is_read_again():
    env, other = SimpleNamespace(), SimpleNamespace()
    for name, docname in (("E001.01", "xor/a"), ("E002.01", "matrix/b")):
        said(env)[name] = Said(docname, [])
    notes.forget(None, env, "xor/a")
    assert list(said(env)) == ["E002.01"]
    for name, docname in (("E003.01", "entropy/c"), ("E000.01", "pictures/d")):
        said(other)[name] = Said(docname, [])
    notes.merge(None, env, ["entropy/c"], other)
    assert list(said(env)) == ["E002.01", "E003.01"]


def test_numbers_are_written_with_a_true_minus():
    assert number(-0.125, 2) == "−0.12"
    assert row([[1, -2], [0.5, 3]], 1) == "[1.0 −2.0; 0.5 3.0]"
    assert plain([1, -3.5, 1e-3]) == "[1 −3.5 0.001]"
