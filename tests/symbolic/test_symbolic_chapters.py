"""The derivations that the chapters show hold, and each has a wrong version that is rejected."""

import pytest
from sympy import Matrix, exp

from backprop_lib.symbolic import Derivation, DerivationError, regularizer, sigmoid

READY = [sigmoid.slope, sigmoid.symmetry, regularizer.ridge, regularizer.curl, regularizer.curl_of_ridge]


@pytest.mark.parametrize("derive", READY)
def test_every_line_of_a_ready_derivation_is_proved(derive):
    links = derive().links
    assert links
    assert all(link.how == "symbolic" and link.reason for link in links)


w, lam, m, k, i = (getattr(regularizer, name) for name in ("w", "lam", "m", "k", "i"))
WRONG = {
    "σ′ = σ(1 + σ)": (sigmoid.slope, 3, sigmoid.sigma(sigmoid.z) * (1 + sigmoid.sigma(sigmoid.z))),
    "σ′ with e⁺ᶻ": (sigmoid.slope, 1, exp(sigmoid.z) / (1 + exp(-sigmoid.z)) ** 2),
    "σ(z) + σ(−z) = 0": (sigmoid.symmetry, 2, 0),
    "ridge without λ": (regularizer.ridge, 1, w[k] / m),
    "ridge with a factor 2": (regularizer.ridge, 1, 2 * lam * w[k] / m),
    "ridge of the wrong weight": (regularizer.ridge, 1, lam * w[i] / m),
    "curl 0": (regularizer.curl, 1, 0),
    "curl of the other sign": (regularizer.curl, 1, 2 * lam * (regularizer.w0 - regularizer.w1)),
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
