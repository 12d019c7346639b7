"""The proofs for any width: every link holds, wrong ones do not, and the ends are NumPy's numbers."""

import numpy as np
import pytest
from generic import network
from sympy import Derivative, KroneckerDelta, Sum, exp

from backprop_lib.activations import ACTIVATIONS
from backprop_lib.symbolic import Derivation, DerivationError, widths
from backprop_lib.symbolic.evaluation import entries
from backprop_lib.symbolic.widths import batch
from backprop_lib.symbolic.widths.letters import (
    C,
    W,
    a,
    delta,
    i,
    j,
    k,
    m,
    n,
    p,
    phi,
    q,
    r,
    s,
    total,
    y,
    z,
    zeta,
)

ONE = [
    widths.dz_dW,
    widths.weights,
    widths.biases,
    widths.origins,
    widths.outputs,
    widths.softmax_jacobian,
    widths.softmax_with_cross_entropy,
    widths.sigmoid_with_cross_entropy,
]
MEAN = [batch.outputs, batch.weights, batch.biases]
slope, slope_before = Derivative(phi(z[p]), z[p]), Derivative(phi(zeta[q]), zeta[q])
slope_r = Derivative(phi(z[p, r]), z[p, r])
delta_ip = KroneckerDelta(i, p)

# What is claimed wrongly in the place of each link, counted from 0.
WRONG = {
    widths.dz_dW: [
        (0, Derivative(Sum(W[j, i] * a[j], (j, 1, k)), W[p, q])),
        (1, Sum(delta_ip * KroneckerDelta(j, q) * a[i], (j, 1, k))),
        (1, Sum(KroneckerDelta(i, q) * KroneckerDelta(j, p) * a[j], (j, 1, k))),
        (2, a[q]),
        (2, delta_ip * a[p]),
    ],
    widths.weights: [
        (0, Sum(delta[i] * KroneckerDelta(i, q) * a[q], (i, 1, n))),
        (0, Sum(delta[i] * a[q], (i, 1, n))),
        (1, delta[q] * a[p]),
    ],
    widths.biases: [(0, Sum(delta[i], (i, 1, n))), (1, delta[p + 1])],
    widths.origins: [
        (0, Sum(W[q, i] * delta[i], (i, 1, n)) * slope_before),
        (0, Sum(W[i, q] * delta[i], (i, 1, n))),
        (0, W[p, q] * delta[p] * slope_before),
    ],
    widths.outputs: [
        (0, Sum(Derivative(C, a[i]), (i, 1, n))),
        (0, Sum(Derivative(C, a[p]) * Derivative(a[i], z[p]), (i, 1, n - 1))),
        (1, Sum(Derivative(C, a[i]) * slope, (i, 1, n))),
        (2, n * Derivative(C, a[p]) * slope),
        (3, 2 * (a[p] - y[p]) * slope),
        (3, (y[p] - a[p]) * slope),
        (3, a[p] - y[p]),
    ],
    widths.softmax_jacobian: [
        (0, Derivative(exp(z[i]), z[p]) / total),
        (1, delta_ip * exp(z[i]) / total - exp(z[i]) / total**2),
        (1, delta_ip * exp(z[i]) / total - exp(z[i]) * exp(z[p]) / total),
        (2, delta_ip * a[i] - a[p]),
        (3, a[i] * (1 - a[p])),
        (3, a[i] * (delta_ip - a[i])),
    ],
    widths.softmax_with_cross_entropy: [
        (0, Derivative(C, a[p]) * Derivative(a[p], z[p])),
        (1, Sum(-y[i] * (1 - a[p]), (i, 1, n))),
        (1, Sum(y[i] * (delta_ip - a[p]), (i, 1, n))),
        (2, a[p] * Sum(y[i], (i, 1, n)) - 1),
        (3, a[p] - 1),
        (3, y[p] - a[p]),
    ],
    widths.sigmoid_with_cross_entropy: [
        (0, Derivative(C, a[p])),
        (1, -y[p] / a[p] * Derivative(a[p], z[p])),
        (1, (y[p] / a[p] + (1 - y[p]) / (1 - a[p])) * Derivative(a[p], z[p])),
        (2, (a[p] - y[p]) / a[p] * Derivative(a[p], z[p])),
        (3, (a[p] - y[p]) * a[p] * (1 - a[p])),
    ],
    batch.outputs: [
        (0, Derivative(C, a[p, r]) * slope_r / m),
        (1, (a[p, r] - y[p, r]) * slope_r),
        (1, Sum((a[p, s] - y[p, s]) * slope_r, (s, 1, m)) / m),
    ],
    batch.weights: [
        (0, delta[p, r] * Derivative(z[p, r], W[p, q])),
        (1, Sum(delta[p, r] * a[q, r], (r, 1, m)) / m),
        (1, Sum(delta[q, r] * a[p, r], (r, 1, m))),
        (1, Sum(delta[p, r], (r, 1, m)) * Sum(a[q, r], (r, 1, m))),
    ],
    batch.biases: [
        (0, Sum(delta[p, i] * Derivative(z[p, i], a[p, i]), (i, 1, m))),
        (1, Sum(delta[p, r], (r, 1, m)) / m),
        (1, delta[p, 1]),
    ],
}


def name(derive):
    return f"{derive.__module__.rpartition('.')[2]}.{derive.__name__}"


@pytest.fixture(scope="module")
def proved():
    """Return each derivation, made once."""
    made = {}
    return lambda derive: made.get(derive) or made.setdefault(derive, derive())


@pytest.mark.parametrize("derive", ONE + MEAN, ids=name)
def test_every_line_is_proved_for_any_width(derive, proved):
    links = proved(derive).links
    assert links
    assert all(link.how == "symbolic" and link.reason for link in links)


@pytest.mark.parametrize("derive", ONE + MEAN, ids=name)
def test_a_wrong_version_of_each_line_is_rejected(derive, proved):
    right = proved(derive)
    lines = [right.start, *(link.right for link in right.links)]
    assert {place for place, _ in WRONG[derive]} == set(range(len(right.links)))
    for place, claimed in WRONG[derive]:
        with pytest.raises(DerivationError) as caught:
            Derivation(lines[place], given=right.given, where=right.where).then(claimed)
        assert caught.value.values[0] != caught.value.values[1], claimed


def sigmoid(u):
    """Return σ(u) in SymPy."""
    return 1 / (1 + exp(-u))


def one_example(sizes, activations="sigmoid", loss="half_squared_error"):
    """Return a network of two layers and what NumPy finds for its first example, as columns."""
    net, params, x, target = network(sizes, activations, loss)
    x, target = x[:, :1], target[:, :1]
    t = net.forward(params, x)
    return params, t, target, net.backward(params, t, target)


# Widths of the input, the hidden and the output layer.
SIZES = [(2, 3, 4), (4, 2, 3), (3, 5, 2)]


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_ends_for_one_layer_are_numpys_numbers(sizes, proved):
    params, t, target, g = one_example(sizes)
    rows, columns = sizes[2], sizes[1]
    given = {
        **{n: rows, k: columns, W: params.W[2], phi: sigmoid},
        **{a: t.a[1][:, 0], zeta: t.z[1][:, 0], delta: g.delta[2][:, 0]},
    }
    ends = {
        widths.weights: ({p: rows, q: columns}, g.dW[2]),
        widths.biases: ({p: rows}, g.db[2][:, 0]),
        widths.origins: ({q: columns}, g.delta[1][:, 0]),
    }
    for derive, (over, numpys) in ends.items():
        np.testing.assert_allclose(entries(proved(derive).end, over, given), numpys, rtol=1e-12)
    output = {n: rows, phi: sigmoid, a: t.a[2][:, 0], y: target[:, 0], z: t.z[2][:, 0]}
    found = entries(proved(widths.outputs).end, {p: rows}, output)
    np.testing.assert_allclose(found, g.delta[2][:, 0], rtol=1e-12)


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_three_index_slopes_contract_to_numpys_gradient(sizes, proved):
    _, t, _, g = one_example(sizes)
    over = {i: sizes[2], p: sizes[2], q: sizes[1]}
    dz_dW = np.array(entries(proved(widths.dz_dW).end, over, {a: t.a[1][:, 0]}))
    assert np.count_nonzero(dz_dW) == sizes[2] * sizes[1]
    np.testing.assert_allclose(np.einsum("i,ipq->pq", g.delta[2][:, 0], dz_dW), g.dW[2], rtol=1e-12)


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize(
    ("derive", "activation", "loss"),
    [
        (widths.softmax_with_cross_entropy, "softmax", "cross_entropy"),
        (widths.sigmoid_with_cross_entropy, "sigmoid", "binary_cross_entropy"),
    ],
)
def test_the_matched_pairs_end_at_numpys_delta(sizes, derive, activation, loss, proved):
    _, t, target, g = one_example(sizes, ["sigmoid", activation], loss)
    found = entries(proved(derive).end, {p: sizes[2]}, {a: t.a[2][:, 0], y: target[:, 0]})
    np.testing.assert_allclose(found, g.delta[2][:, 0], rtol=1e-12)


@pytest.mark.parametrize("width", [2, 3, 5])
def test_the_softmax_jacobian_ends_at_numpys(width, proved):
    softmax, column = ACTIVATIONS["softmax"], np.random.default_rng(width).normal(size=(width, 1))
    found = entries(proved(widths.softmax_jacobian).end, {i: width, p: width}, {a: softmax.f(column)[:, 0]})
    np.testing.assert_allclose(found, softmax.jacobian(column)[..., 0], rtol=1e-12)


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_ends_for_a_batch_are_numpys_numbers(sizes, proved):
    net, params, x, target = network(sizes)
    t = net.forward(params, x)
    g = net.backward(params, t, target)
    rows, columns, examples = sizes[2], sizes[1], x.shape[1]
    given = {n: rows, k: columns, m: examples, a: t.a[1], delta: g.delta[2], W: params.W[2]}
    ends = {
        batch.weights: ({p: rows, q: columns}, g.dW[2]),
        batch.biases: ({p: rows}, g.db[2][:, 0]),
    }
    for derive, (over, numpys) in ends.items():
        np.testing.assert_allclose(entries(proved(derive).end, over, given), numpys, rtol=1e-12)
    output = {m: examples, phi: sigmoid, a: t.a[2], y: target, z: t.z[2]}
    found = entries(proved(batch.outputs).end, {p: rows, r: examples}, output)
    np.testing.assert_allclose(found, g.delta[2], rtol=1e-12)
