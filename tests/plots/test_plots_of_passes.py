"""The pictures of one neuron and of both passes show the network's own numbers, and the right ones lit."""

import re

import numpy as np
import pytest

from backprop_lib.datasets import three_layers
from backprop_lib.plots import forward_pass, neuron, passes, two_questions
from backprop_lib.plots.diagrams import shown

NET, P, X, Y = three_layers()
X, Y = X[:, :1], Y[:, :1]
T = NET.forward(P, X)
G = NET.backward(P, T, Y)
WORDS = {"alt": "a picture", "caption": "look here"}
TEXT = r"<text([^>]*)>([^<]*)</text>"


def words(svg):
    """Return every text drawn, in order."""
    return [word for _, word in re.findall(TEXT, svg)]


def bold(svg):
    return [word for style, word in re.findall(TEXT, svg) if "font-weight: 700" in style]


def numbers(svg):
    return sorted(word for word in words(svg) if re.fullmatch(r"−?\d\.\d{3}", word))


@pytest.mark.parametrize(("layer", "i"), [(1, 3), (2, 1), (3, 2)])
def test_a_neuron_is_drawn_with_all_that_it_adds_up(layer, i):
    svg = neuron(NET, P, X, layer, i, **WORDS).panels[0]
    values = [*T.a[layer - 1][:, 0], T.z[layer][i - 1, 0], T.a[layer][i - 1, 0]]
    assert numbers(svg) == sorted(map(shown, values))
    for w in P.W[layer][i - 1]:
        assert any(word.endswith(f"= {shown(w)}") for word in words(svg))
    assert any(word.startswith("+ b") and word.endswith(shown(P.b[layer][i - 1, 0])) for word in words(svg))


def test_a_weight_stands_with_its_own_indices():
    (found,) = (w for w in words(neuron(NET, P, X, 2, 1, **WORDS).panels[0]) if w.startswith("w₁₃⁽²⁾"))
    assert found == f"w₁₃⁽²⁾ = {shown(P.W[2][0, 2])}"


def test_both_passes_show_every_activation_and_every_sensitivity():
    (both,), (forward,) = passes(NET, P, X, Y, **WORDS).panels, forward_pass(NET, P, X, **WORDS).panels
    activations = [shown(v) for l in T.a for v in T.a[l][:, 0]]
    assert numbers(forward) == sorted(activations)
    assert numbers(both) == sorted([*activations, *(shown(v) for l in G.delta for v in G.delta[l][:, 0])])
    assert bold(both) == bold(forward) == []


@pytest.mark.parametrize(("l", "i", "j"), [(1, 3, 2), (2, 1, 3), (3, 2, 1)])
def test_what_is_lit_multiplies_to_the_gradient_of_the_weight(l, i, j):
    a, delta = bold(passes(NET, P, X, Y, (l, i, j), **WORDS).panels[0])
    assert a == shown(T.a[l - 1][j - 1, 0])
    assert delta == shown(G.delta[l][i - 1, 0])
    product = G.delta[l][i - 1, 0] * T.a[l - 1][j - 1, 0]
    assert product == pytest.approx(G.dW[l][i - 1, j - 1], rel=1e-14)


def test_the_two_questions_stand_at_the_end_and_between_all_layers():
    drawn = words(two_questions(G.delta, **WORDS).panels[0])
    assert (drawn.count("1"), drawn.count("2")) == (1, NET.L - 1)
    assert {shown(v) for l in G.delta for v in G.delta[l][:, 0]} <= set(drawn)


def test_the_transposed_weight_lights_other_numbers():
    one, other = (bold(passes(NET, P, X, Y, (2, *ij), **WORDS).panels[0]) for ij in ((1, 2), (2, 1)))
    assert one[0] != other[0]
    assert one[1] != other[1]


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: neuron(NET, P, X, 4, 1, **WORDS), "no neuron 1 in layer 4"),
        (lambda: neuron(NET, P, X, 2, 3, **WORDS), "no neuron 3 in layer 2"),
        (lambda: passes(NET, P, X, Y, (2, 3, 1), **WORDS), "no weight"),
        (lambda: passes(NET, P, np.ones((3, 2)), np.ones((3, 2)), **WORDS), "2 columns"),
    ],
)
def test_what_is_not_there_cannot_be_drawn(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()
