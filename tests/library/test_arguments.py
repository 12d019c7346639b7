"""Bad input is an error before any work; it names the argument, the layer, what was found and what is needed."""

# ruff: noqa: E501  (a case of the table is a line)

from fractions import Fraction

import numpy as np
import pytest

from backprop_lib import Network, Parameters, Trace, datasets, gradient_check, schedules, step, sweep, train

NET = Network((2, 3, 1))
P = NET.initialize(rng=0)
X, Y = datasets.xor_corners()
T = NET.forward(P, X)
G = NET.backward(P, T, Y)
BCE = Network((2, 3, 1), loss="binary_cross_entropy")
CE = Network((2, 3, 2), ["tanh", "softmax"], "cross_entropy")
NAN, INF = float("nan"), float("inf")
W = {1: np.ones((3, 2)), 2: np.ones((1, 3))}

BAD = [
    # Network
    (lambda: Network((2,)), ValueError, "sizes is (2,); an input and an output layer are needed"),
    (lambda: Network((2, 0, 1)), ValueError, "sizes[1] is 0; it must not be below 1"),
    (lambda: Network((2, 3.0, 1)), TypeError, "sizes[1] is 3.0; a whole number is needed"),
    (lambda: Network((2, True)), TypeError, "sizes[1] is True"),
    (lambda: Network("23"), TypeError, "sizes is '23'"),
    (lambda: Network(b"ab"), TypeError, "sizes is b'ab'"),
    (lambda: Network(5), TypeError, "sizes is 5; a sequence"),
    (lambda: Network(np.array(5)), TypeError, "sizes is 5; a sequence"),
    (lambda: Network((2, 3, 1), "sigmoud"), ValueError, "the activation of layer 1 is 'sigmoud'; known are identity"),
    (lambda: Network((2, 3, 1), ["tanh"]), ValueError, "activations has 1 names; sizes (2, 3, 1) needs 2"),
    (lambda: Network((2, 3, 1), 5), TypeError, "activations is 5"),
    (lambda: Network((2, 3, 1), ["tanh", 5]), ValueError, "the activation of layer 2 is 5"),
    (lambda: Network((2, 3, 2), "softmax"), ValueError, "the activation of layer 1 is softmax"),
    (lambda: Network((2, 3, 1), loss="mse"), ValueError, "loss is 'mse'; known are half_squared_error"),
    (lambda: Network((2, 1), "tanh", "cross_entropy"), ValueError, "layer 1 is tanh"),
    (lambda: Network((2, 1), l2=-1), ValueError, "l2 is -1; it must not be below 0"),
    (lambda: Network((2, 1), l2=NAN), ValueError, "l2 is nan; a finite number is needed"),
    (lambda: Network((2, 1), l2="1"), TypeError, "l2 is '1'; a number is needed"),
    (lambda: Network((2, 1), biases=1), TypeError, "biases is 1; True or False is needed"),
    # Parameters
    (lambda: Parameters({}), ValueError, "W has the layers []"),
    (lambda: Parameters([np.ones((1, 2))]), TypeError, "W is a list; a mapping from layer number to array"),
    (lambda: Parameters({0: [[1.0]]}), ValueError, "a key of W is 0; it must not be below 1"),
    (lambda: Parameters({"1": [[1.0]]}), TypeError, "a key of W is '1'"),
    (lambda: Parameters({True: [[1.0]]}), TypeError, "a key of W is True"),
    (lambda: Parameters({1: [[1.0]], 3: [[1.0]]}), ValueError, "W has the layers [1, 3]; 1, 2, … L without a gap"),
    (lambda: Parameters({1: [1.0, 2.0]}), ValueError, "W[1] has shape (2,); two axes are needed"),
    (lambda: Parameters({1: [[1.0, 2.0], [3.0]]}), ValueError, "W[1] is ragged"),
    (lambda: Parameters({1: [["a"]]}), TypeError, "W[1] has dtype <U1; real numbers are needed"),
    (lambda: Parameters({1: [[1j]]}), TypeError, "W[1] has dtype complex128"),
    (lambda: Parameters({1: [[None]]}), TypeError, "W[1] has dtype object"),
    (lambda: Parameters({1: [[10**400]]}), TypeError, "W[1] has dtype object"),
    (lambda: Parameters({1: [[NAN]]}), ValueError, "W[1] holds nan at index (0, 0); finite numbers are needed"),
    (lambda: Parameters({1: np.ones((0, 2))}), ValueError, "W[1] is empty: shape (0, 2)"),
    (lambda: Parameters(W | {2: np.ones((1, 4))}), ValueError, "W[2] has shape (1, 4); W[1] of shape (3, 2)"),
    (lambda: Parameters(W, {1: np.ones((3, 1))}), ValueError, "b has the layers [1]; W has [1, 2]"),
    (lambda: Parameters(W, {1: np.ones((3, 1)), 2: [1.0]}), ValueError, "b[2] has shape (1,)"),
    (lambda: Parameters(W, {1: np.ones((1, 3)), 2: [[1.0]]}), ValueError, "b[1] has shape (1, 3); W[1] of shape (3, 2) needs (3, 1)"),
    # initialize
    (lambda: NET.initialize("seed"), TypeError, "rng is 'seed'"),
    (lambda: NET.initialize(-1), ValueError, "rng is -1"),
    (lambda: NET.initialize(True), TypeError, "rng is True"),
    (lambda: NET.initialize(0, "xavier"), ValueError, "scheme is 'xavier'; known are fan_in, glorot, he, zeros, constant"),
    (lambda: NET.initialize(0, "constant", INF), ValueError, "value is inf"),
    # forward, backward, cost
    (lambda: NET.forward(W, X), TypeError, "p is a dict; Parameters are needed"),
    (lambda: Network((2, 4, 1)).forward(P, X), ValueError, "W[1] has shape (3, 2); layer 1 of sizes (2, 4, 1) needs (4, 2)"),
    (lambda: Network((2, 3, 1), biases=False).forward(P, X), ValueError, "p has biases; this network has biases=False"),
    (lambda: NET.forward(Parameters(W), X), ValueError, "p has no biases"),
    (lambda: Network((2, 3)).forward(P, X), ValueError, "p has 2 layers; sizes (2, 3) needs 1"),
    (lambda: NET.forward(P, X.T), ValueError, "x has shape (4, 2); layer 0 of sizes (2, 3, 1) needs (2, m); examples are columns here: write x.T"),
    (lambda: NET.forward(P, [0, 1]), ValueError, "x has shape (2,); layer 0 of sizes (2, 3, 1) needs (2, m); for one example write x.reshape(-1, 1)"),
    (lambda: NET.forward(P, 1.0), ValueError, "x has shape ()"),
    (lambda: NET.forward(P, np.ones((2, 4, 1))), ValueError, "x has shape (2, 4, 1)"),
    (lambda: NET.forward(P, np.ones((2, 0))), ValueError, "x is empty: shape (2, 0)"),
    (lambda: NET.forward(P, [[1, 2], [3]]), ValueError, "x is ragged"),
    (lambda: NET.forward(P, [[NAN], [1]]), ValueError, "x holds nan at index (0, 0)"),
    (lambda: NET.forward(P, [[1], [-INF]]), ValueError, "x holds -inf at index (1, 0)"),
    (lambda: NET.forward(P, [[object()], [1]]), TypeError, "x has dtype object"),
    (lambda: NET.forward(P, (v for v in X)), TypeError, "x has dtype object"),
    (lambda: NET.forward(P, None), TypeError, "x has dtype object"),
    (lambda: NET.forward(P, np.ma.masked_equal(X, 0)), ValueError, "x has masked entries"),
    (lambda: NET.forward(P, X.astype("datetime64[s]")), TypeError, "x has dtype datetime64[s]"),
    (lambda: NET.backward(P, X, Y), TypeError, "t is a ndarray; the Trace that forward returned is needed"),
    (lambda: Network((2, 3, 2)).backward(Network((2, 3, 2)).initialize(0), T, Y), ValueError, "t is the trace of a network of sizes (2, 3, 1)"),
    (lambda: NET.backward(P, T, Y[:, :3]), ValueError, "y has shape (1, 3); layer 2 of sizes (2, 3, 1) needs (1, 4)"),
    (lambda: NET.backward(P, T, Y.T), ValueError, "write y.T"),
    (lambda: NET.cost(P, X, [[0, 1, 1, NAN]]), ValueError, "y holds nan at index (0, 3)"),
    (lambda: BCE.cost(P, X, 2 * Y), ValueError, "y reaches from 0.0 to 2.0; binary_cross_entropy needs labels from 0 to 1"),
    (lambda: BCE.cost(P, X, 2 * Y - 1), ValueError, "y reaches from -1.0 to 1.0"),
    (lambda: CE.cost(CE.initialize(0), X, np.ones((2, 4))), ValueError, "y has a column that does not sum to 1"),
    (lambda: NET.backward(P, Trace({}, T.a), Y), ValueError, "z[1] of the trace has shape None; (3, 4) is needed"),
    (lambda: NET.backward(P, Trace(T.z, {**T.a, 1: T.a[1][:, :2]}), Y), ValueError, "a[1] of the trace has shape (3, 2)"),
    (lambda: NET.forward(P, np.full((2, 1), np.longdouble(1e308) * 10)), ValueError, "x holds inf"),
    # step
    (lambda: step(P, G, -0.1), ValueError, "learning_rate is -0.1; it must not be below 0"),
    (lambda: step(P, G, INF), ValueError, "learning_rate is inf; a finite number is needed"),
    (lambda: step(P, G, 10**400), ValueError, "learning_rate is 1000"),
    (lambda: step(P, G, [0.1]), TypeError, "learning_rate is [0.1]; a number is needed"),
    (lambda: step(P, G, True), TypeError, "learning_rate is True"),
    (lambda: step(P, P, 0.1), TypeError, "step takes Parameters and Gradients"),
    (lambda: step(Parameters(W), G, 0.1), ValueError, "db[1] has shape (3, 1); these parameters need None"),
    (lambda: step(Network((2, 4, 1)).initialize(0), G, 0.1), ValueError, "dW[1] has shape (3, 2); these parameters need (4, 2)"),
    # train
    (lambda: train(NET, P, X, Y, learning_rate=-1), ValueError, "learning_rate is -1"),
    (lambda: train(NET, P, X, Y, learning_rate=NAN), ValueError, "learning_rate is nan"),
    (lambda: train(NET, P, X, Y, learning_rate="0.1"), TypeError, "learning_rate is '0.1'"),
    (lambda: train(NET, P, X, Y, learning_rate=lambda k: -1.0), ValueError, "learning_rate of epoch 0 is -1.0"),
    (lambda: train(NET, P, X, Y, learning_rate=lambda k: 1e300 if k < 9 else NAN), ValueError, "learning_rate of epoch 9 is nan"),
    (lambda: train(NET, P, X, Y, epochs=1.5), TypeError, "epochs is 1.5"),
    (lambda: train(NET, P, X, Y, epochs=-1), ValueError, "epochs is -1"),
    (lambda: train(NET, P, X, Y, batch_size=0), ValueError, "batch_size is 0"),
    (lambda: train(NET, P, X, Y, batch_size=5), ValueError, "batch_size is 5; there are 4 examples"),
    (lambda: train(NET, P, X, Y, batch_size=2), ValueError, "rng is None; a seed or a numpy Generator is needed"),
    (lambda: train(NET, P, X, Y, clip=0), ValueError, "clip is 0; it must be above 0"),
    (lambda: train(NET, P, X, Y, record=[2000]), ValueError, "record asks for epoch 2000"),
    (lambda: train(NET, P, X, Y, record="all"), TypeError, "record is 'a'"),
    (lambda: train(NET, P, X, Y.T), ValueError, "y has shape (4, 1)"),
    (lambda: schedules.step(1.0, every=0), ValueError, "every is 0"),
    (lambda: schedules.cosine(-1.0, 10), ValueError, "alpha is -1.0"),
    (lambda: schedules.exponential(1.0, 0), ValueError, "half_life is 0; it must be above 0"),
    # the rest
    (lambda: gradient_check(NET, P, X, Y, gradients=P), TypeError, "gradients is a Parameters"),
    (lambda: gradient_check(Network((2, 4, 1)), Network((2, 4, 1)).initialize(0), X, Y, gradients=G), ValueError, "dW[1] has shape (3, 2); the parameters need (4, 2)"),
    (lambda: sweep([], [1.0], [0]), ValueError, "sizes is empty"),
    (lambda: sweep([3], 1.0, [0]), TypeError, "learning_rates is 1.0; a sequence is needed"),
    (lambda: sweep([3], [1.0, -2.0], [0]), ValueError, "learning_rates[1] is -2.0"),
    (lambda: sweep([3], [1.0], [0.5]), TypeError, "seeds[0] is 0.5"),
    (lambda: sweep([(3, 3, 1)], [1.0], [0]), ValueError, "x has shape (2, 4); layer 0 of sizes (3, 3, 1) needs (3, m)"),
    (lambda: sweep([3], [1.0], [0], executor=4), TypeError, "executor is 4; an Executor of concurrent.futures is needed"),
    (lambda: sweep([3], [1.0], [0], x=1.0), ValueError, "x has shape (); two axes are needed"),
    (lambda: datasets.xor_corners(outputs=3), ValueError, "outputs is 3"),
    (lambda: datasets.xor_quadrants(points=10, first=11), ValueError, "first is 11; only 10 points are drawn"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "error", "message"), BAD, ids=[message[:60] for _, _, message in BAD])
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert message in str(caught.value)


def same(t, u):
    return all(np.array_equal(t.z[l], u.z[l]) for l in t.z) and all(
        np.array_equal(t.a[l], u.a[l]) for l in t.a
    )


@pytest.mark.parametrize(
    "given",
    [
        X.tolist(),
        tuple(map(tuple, X)),
        X.astype(int),
        X.astype(bool),
        X.astype(np.float16),
        X.astype(">f8"),
        np.asfortranarray(X),
        np.repeat(X, 2, axis=1)[:, ::2],
        X[:, ::-1][:, ::-1],
        np.ma.masked_array(X),
        X.astype(np.longdouble),
        [[Fraction(0).__float__(), 0, 1, 1], [0, 1, 0, 1]],
    ],
    ids=lambda v: type(v).__name__ + str(getattr(v, "dtype", "")),
)
def test_any_array_of_the_same_numbers_gives_the_same_trace(given):
    assert same(NET.forward(P, given), T)
    assert type(NET.forward(P, given).a[0]) is np.ndarray


def test_numpy_numbers_are_numbers():
    assert (
        step(P, G, np.float32(0.5))
        == step(P, G, np.array(0.5))
        == step(P, G, Fraction(1, 2))
        == step(P, G, 0.5)
    )
    assert Network(np.array([2, 3, 1])) == Network([2, 3, 1]) == NET
    assert Network(range(2, 4)).sizes == (2, 3)
    assert Parameters({np.int64(2): W[2], np.int8(1): W[1]}) == Parameters(W)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_everything_has_the_dtype_of_the_parameters(dtype):
    p = Parameters({l: P.W[l].astype(dtype) for l in P.W}, {l: P.b[l].astype(dtype) for l in P.b})
    for net in (
        NET,
        Network((2, 3, 1), ["relu", "softmax"], l2=0.1),
        Network((2, 3, 1), "tanh", "squared_error"),
    ):
        t = net.forward(p, X)
        g = net.backward(p, t, Y)
        q = train(net, p, X, Y, epochs=3, batch_size=3, rng=0, clip=0.1).parameters
        for values in (t.z, t.a, g.delta, g.dW, g.db, q.W, q.b):
            assert {v.dtype for v in values.values()} == {np.dtype(dtype)}
        assert isinstance(net.cost(p, X, Y), float)


def test_mixed_parameters_are_float64():
    assert Parameters({1: np.ones((1, 1), np.float32)}, {1: np.ones((1, 1))}).dtype == np.float64


def test_inputs_are_never_modified_and_results_cannot_be():
    W_, b_ = {l: P.W[l].copy() for l in P.W}, {l: P.b[l].copy() for l in P.b}
    x, y = X.copy(), Y.copy()
    p = Parameters(W_, b_)
    for array in (x, y):
        array.setflags(write=False)
    t = NET.forward(p, x)
    g = NET.backward(p, t, y)
    train(NET, p, x, y, epochs=5)
    train(NET, p, x, y, epochs=5, batch_size=2, rng=0)
    gradient_check(NET, p, x, y)
    assert p == P
    assert np.array_equal(x, X)
    assert np.array_equal(y, Y)
    assert W_[1].flags.writeable
    W_[1][0, 0] = 99.0
    assert p == P
    for values in (p.W, p.b, t.z, t.a, g.delta, g.dW, g.db):
        assert not any(v.flags.writeable for v in values.values())
        with pytest.raises(TypeError):
            values[1] = 0
    x32 = X.astype(np.float32)
    NET.forward(p, x32)
    assert x32.flags.writeable


def test_layers_are_keyed_from_1():
    with pytest.raises(KeyError):
        T.z[0]
    assert list(T.a) == [0, 1, 2]
    assert list(T.z) == list(P.W) == list(G.dW) == sorted(G.delta) == [1, 2]
