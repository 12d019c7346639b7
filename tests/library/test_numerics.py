"""Every formula stays finite and exact where the textbook's form overflows, divides by zero or cancels."""

import numpy as np
import pytest

from backprop_lib import Network, Parameters
from backprop_lib.activations import ACTIVATIONS, RELU, SIGMOID, SOFTMAX
from backprop_lib.losses import LOSSES

EXTREMES = np.array([[-1e308, -1000.0, -745.0, -1e-320, -0.0, 0.0, 1e-320, 37.0, 745.0, 1000.0, 1e308]])


@pytest.fixture(autouse=True)
def _floating_point_errors_raise():
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        yield


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("name", ["identity", "sigmoid", "tanh", "relu"])
def test_phi_and_its_slope_are_finite_for_every_finite_z(name, dtype):
    z = np.clip(EXTREMES, -3e38, 3e38).astype(dtype)
    phi = ACTIVATIONS[name]
    for v in (phi.f(z), phi.prime(z)):
        assert np.isfinite(v).all()
        assert v.dtype == dtype
        assert v.shape == z.shape


def test_sigmoid_is_exact_far_out():
    assert SIGMOID.f(np.array([-1000.0, 1000.0])).tolist() == [0.0, 1.0]
    assert SIGMOID.prime(np.array([-1000.0, 1000.0])).tolist() == [0.0, 0.0]
    assert SIGMOID.f(np.array([-700.0])) == np.exp(-700.0)
    assert SIGMOID.prime(np.array([40.0])) == pytest.approx(np.exp(-40.0), rel=1e-15)  # σ(1 − σ) would give 0


def test_sigmoid_of_z_and_of_minus_z_add_to_1():
    z = np.linspace(-50, 50, 1001)
    np.testing.assert_allclose(SIGMOID.f(z) + SIGMOID.f(-z), 1.0, rtol=1e-15)


def test_softmax_is_exact_far_out_and_does_not_care_about_a_shift():
    assert SOFTMAX.f(np.array([[1000.0], [0.0]])).tolist() == [[1.0], [0.0]]
    z = np.array([[1.0, -2.0], [0.5, 3.0], [-1.0, 0.0]])
    np.testing.assert_allclose(SOFTMAX.f(z + 1e4), SOFTMAX.f(z), rtol=1e-11)
    np.testing.assert_allclose(SOFTMAX.f(z).sum(axis=0), 1.0, rtol=1e-15)


def test_softmax_has_no_elementwise_slope():
    with pytest.raises(TypeError, match="Jacobian"):
        SOFTMAX.prime(np.zeros((2, 1)))


def test_softmax_with_an_elementwise_slope_is_wrong():
    """E000.06: z = (1, 2, 3), squared error against e₃."""
    z, y = np.array([[1.0], [2.0], [3.0]]), np.array([[0.0], [0.0], [1.0]])
    a = SOFTMAX.f(z)
    right = LOSSES["squared_error"].delta(SOFTMAX, z, a, y)
    np.testing.assert_allclose(right[:, 0], [0.04406609, 0.19550201, -0.2395681], atol=5e-9)
    np.testing.assert_allclose(
        (2 * (a - y) * a * (1 - a))[:, 0], [0.01475152, 0.09046948, -0.14909862], atol=5e-9
    )
    matched = LOSSES["cross_entropy"].delta(SOFTMAX, z, a, y)
    np.testing.assert_allclose(matched[:, 0], [0.09003057, 0.24472847, -0.33475904], atol=5e-9)


def test_the_slope_of_relu_at_its_kink_is_0():
    assert RELU.prime(np.array([-1.0, -0.0, 0.0, 1.0])).tolist() == [0.0, 0.0, 0.0, 1.0]


def one_weight(z, loss, activation="sigmoid"):
    net = Network((1, 1), activation, loss)
    return net, Parameters({1: [[z]]}, {1: [[0.0]]}), [[1.0]]


@pytest.mark.parametrize(("z", "y", "cost", "delta"), [
    (40.0, 0.0, 40.0, 1.0), (-40.0, 1.0, 40.0, -1.0),
    (1000.0, 0.0, 1000.0, 1.0), (-1000.0, 1.0, 1000.0, -1.0),
    (1000.0, 1.0, 0.0, 0.0), (-1000.0, 0.0, 0.0, 0.0), (0.0, 0.5, np.log(2), 0.0),
])  # fmt: skip
def test_binary_cross_entropy_is_exact_where_sigmoid_saturates(z, y, cost, delta):
    net, p, x = one_weight(z, "binary_cross_entropy")
    assert net.cost(p, x, [[y]]) == cost
    assert net.backward(p, net.forward(p, x), [[y]]).delta[1] == delta


@pytest.mark.parametrize("z", [1000.0, 40.0])
def test_cross_entropy_is_exact_where_softmax_saturates(z):
    net = Network((1, 2), "softmax", "cross_entropy")
    p = Parameters({1: [[z], [0.0]]}, {1: [[0.0], [0.0]]})
    assert net.cost(p, [[1.0]], [[0.0], [1.0]]) == z
    assert net.backward(p, net.forward(p, [[1.0]]), [[0.0], [1.0]]).delta[1][:, 0].tolist() == pytest.approx(
        [1.0, -1.0]
    )
    assert net.cost(p, [[1.0]], [[1.0], [0.0]]) == pytest.approx(0.0, abs=1e-17)


@pytest.mark.parametrize(
    ("activation", "loss"), [("softmax", "binary_cross_entropy"), ("sigmoid", "cross_entropy")]
)
def test_an_unmatched_cross_entropy_is_finite_where_every_answer_is_right(activation, loss):
    net = Network((1, 2), activation, loss)
    p = Parameters({1: [[1000.0], [-1000.0]]}, {1: [[0.0], [0.0]]})
    y = [[1.0], [0.0]]
    assert net.cost(p, [[1.0]], y) == 0.0
    assert net.backward(p, net.forward(p, [[1.0]]), y).delta[1].tolist() == [[0.0], [0.0]]


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "identity", "softmax"])
def test_phi_takes_the_complex_z_of_the_complex_step(name):
    """The real part is φ(z), the imaginary part h times its slope."""
    z = np.array([[-30.0, -1.5, 0.7, 30.0], [-2.0, 0.3, 1.1, -0.4]])
    phi, h = ACTIVATIONS[name], 1e-20
    nudge = np.array([[1.0], [-2.0]])
    a = phi.f(z + 1j * h * nudge)
    np.testing.assert_allclose(a.real, phi.f(z), rtol=1e-15)
    slope = (
        phi.prime(z) * nudge
        if phi.jacobian is None
        else np.einsum("ijr,jr->ir", phi.jacobian(z), nudge * np.ones_like(z))
    )
    np.testing.assert_allclose(a.imag / h, slope, rtol=1e-13, atol=1e-16)  # 1 − tanh² and a(1 − a) cancel


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "identity"])
def test_the_vector_jacobian_product_is_that_of_a_diagonal_jacobian(name):
    z, v = np.array([[0.3, -2.0], [1.7, 0.2]]), np.array([[1.0, 2.0], [3.0, -4.0]])
    np.testing.assert_allclose(ACTIVATIONS[name].vjp(z, v), v * ACTIVATIONS[name].prime(z), rtol=1e-15)
