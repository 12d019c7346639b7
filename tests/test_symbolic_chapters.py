"""The derivations that the chapters show hold, and each has a wrong version that is rejected."""

import pytest
from sympy import Derivative, KroneckerDelta, Matrix, Rational, Sum, exp

from backprop_lib.symbolic import Derivation, DerivationError, ceiling, regularizer, sigmoid, widths

READY = [
    sigmoid.slope,
    sigmoid.symmetry,
    ceiling.antipodes,
    ceiling.never_both,
    regularizer.ridge,
    regularizer.curl,
    regularizer.curl_of_ridge,
    widths.weights,
    widths.biases,
    widths.origins,
]


@pytest.mark.parametrize("derive", READY)
def test_every_line_of_a_ready_derivation_is_proved(derive):
    links = derive().links
    assert links
    assert all(link.how == "symbolic" and link.reason for link in links)


s, v, H, j = ceiling.s, ceiling.v, ceiling.H, ceiling.j
w, lam, m, k, n, i = (getattr(regularizer, name) for name in ("w", "lam", "m", "k", "n", "i"))
WRONG = {
    "σ′ = σ(1 + σ)": (sigmoid.slope, 3, sigmoid.sigma(sigmoid.z) * (1 + sigmoid.sigma(sigmoid.z))),
    "σ′ with e⁺ᶻ": (sigmoid.slope, 1, exp(sigmoid.z) / (1 + exp(-sigmoid.z)) ** 2),
    "σ(z) + σ(−z) = 0": (sigmoid.symmetry, 2, 0),
    "the ceiling's sum starts at 0": (ceiling.antipodes, 1, Sum(v[j], (j, 0, H))),
    "the ceiling's sum counts twice": (ceiling.antipodes, 1, 2 * Sum(v[j], (j, 1, H))),
    "the ceiling with a bias": (ceiling.antipodes, 0, Sum(v[j] * 2 * sigmoid.sigma(s[j]), (j, 1, H))),
    "ridge without λ": (regularizer.ridge, 1, w[k] / m),
    "ridge with a factor 2": (regularizer.ridge, 1, 2 * lam * w[k] / m),
    "ridge of the wrong weight": (regularizer.ridge, 1, lam * w[i] / m),
    "curl 0": (regularizer.curl, 1, 0),
    "curl of the other sign": (regularizer.curl, 1, 2 * lam * (regularizer.w0 - regularizer.w1)),
    "BP3 with indices exchanged": (widths.weights, 1, widths.delta[widths.q] * widths.a[widths.p]),
    "BP3 with one delta short": (
        widths.weights,
        0,
        Sum(widths.delta[i] * KroneckerDelta(i, widths.q) * widths.a[widths.q], (i, 1, widths.n)),
    ),
    "BP2 without the transpose": (
        widths.origins,
        0,
        Sum(widths.W[widths.q, widths.i] * widths.delta[widths.i], (widths.i, 1, widths.n))
        * Derivative(widths.phi(widths.zeta[widths.q]), widths.zeta[widths.q]),
    ),
    "BP4 of the wrong neuron": (widths.biases, 1, widths.delta[widths.p + 1]),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_version_is_rejected(name):
    derive, kept, claimed = WRONG[name]
    right = derive()
    d = Derivation(right.start, right.name, given=right.given, where=right.where)
    for link in right.links[:kept]:
        d = d.then(link.right, link.reason)
    with pytest.raises(DerivationError) as caught:
        d.then(claimed)
    assert caught.value.step == kept + 1
    assert caught.value.values[0] != caught.value.values[1]


def test_the_codes_term_is_no_gradient_and_the_ridge_term_is_one():
    assert regularizer.curl().end != 0
    assert regularizer.curl_of_ridge().end == 0
    ridge = Matrix([regularizer.lam * regularizer.w0, regularizer.lam * regularizer.w1])
    with pytest.raises(DerivationError):
        regularizer.curl(ridge)


def test_the_ceiling_is_three_quarters_for_balanced_classes():
    assert ceiling.accuracy(Rational(1, 2)) == Rational(3, 4)
    assert ceiling.accuracy(Rational(1, 10)) == Rational(19, 20)


def test_no_split_of_a_class_beats_the_ceiling():
    """Every way to sort antipodal pairs that D(x) + D(−x) = S ≥ 0 allows, counted out."""
    best = 0
    for signs in [(1, 1), (1, -1), (-1, 1)]:  # never both negative
        for other in [(1, 1), (1, -1), (-1, 1)]:
            right = sum(sign > 0 for sign in signs) + sum(sign < 0 for sign in other)
            best = max(best, Rational(right, 4))
    assert best == ceiling.accuracy(Rational(1, 2))
