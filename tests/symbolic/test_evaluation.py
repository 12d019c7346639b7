"""A proof for any width gives the numbers of the network's own lines, and a wrong one does not."""

import numpy as np
import pytest
from sympy import Derivative, IndexedBase, KroneckerDelta, Symbol, exp

from backprop_lib.symbolic import widths
from backprop_lib.symbolic.evaluation import entries
from backprop_lib.symbolic.widths.letters import W, a, delta, i, k, n, p, phi, q, z, zeta

RNG = np.random.default_rng(4)
SIZES = [(2, 4), (3, 2), (4, 5)]  # (n, k): narrower, wider, and both odd and even


def layer(rows, columns):
    """Return generic numbers for a layer, none of them 0."""
    return {
        n: rows,
        k: columns,
        W: RNG.normal(size=(rows, columns)),
        a: RNG.normal(size=columns),
        delta: RNG.normal(size=rows),
        zeta: RNG.normal(size=columns),
        phi: lambda u: 1 / (1 + exp(-u)),
    }


@pytest.mark.parametrize("size", SIZES)
def test_the_tensor_and_its_contraction_are_numpys(size):
    rows, columns = size
    given = layer(*size)
    tensor = np.einsum("ip,q->ipq", np.eye(rows), given[a])
    found = entries(widths.dz_dW().end, {i: rows, p: rows, q: columns}, given)
    np.testing.assert_allclose(found, tensor, rtol=1e-15)
    # the first line of the proof, contracted here, must give what its last line says
    gradient = entries(widths.weights().end, {p: rows, q: columns}, given)
    np.testing.assert_allclose(gradient, np.einsum("i,ipq->pq", given[delta], tensor), rtol=1e-14)


@pytest.mark.parametrize("size", SIZES)
def test_the_way_back_is_the_transposed_product(size):
    given = layer(*size)
    slope = np.exp(-given[zeta]) / (1 + np.exp(-given[zeta])) ** 2
    found = entries(widths.origins().end, {q: size[1]}, given)
    np.testing.assert_allclose(found, given[W].T @ given[delta] * slope, rtol=1e-13)
    wrong = entries(widths.origins().end, {q: size[1]}, {**given, W: abs(given[W])})
    assert not np.allclose(found, wrong)


def test_indices_count_from_1_and_the_axes_keep_their_order():
    x = IndexedBase("x")
    table = [[11.0, 12.0, 13.0], [21.0, 22.0, 23.0]]
    assert entries(x[p, q], {p: 2, q: 3}, {x: table}) == table
    assert entries(x[p, q], {q: 3, p: 2}, {x: table}) == np.transpose(table).tolist()
    assert entries(KroneckerDelta(p, q), {p: 2, q: 2}, {}) == [[1, 0], [0, 1]]
    assert entries(x[1, 2] + Symbol("c"), {}, {x: table, Symbol("c"): 1}) == 13


@pytest.mark.parametrize("beyond", [0, 3])
def test_an_index_beyond_its_array_is_an_error(beyond):
    x = IndexedBase("x")
    with pytest.raises(IndexError, match="this axis of x has 2 entries"):
        entries(x[beyond], {}, {x: [1.0, 2.0]})


@pytest.mark.parametrize("open_", [a[p], Derivative(phi(z[p]), z[p]), Symbol("c")])
def test_a_letter_without_a_number_is_an_error(open_):
    with pytest.raises(TypeError, match="not given"):
        entries(open_, {p: 2}, {})
