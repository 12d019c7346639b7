"""A derivation that exists holds: true lines are accepted, and the error for a false one teaches."""

import pytest
from sympy import (
    And,
    Derivative,
    Function,
    Idx,
    IndexedBase,
    Integral,
    KroneckerDelta,
    Matrix,
    Rational,
    Sum,
    Symbol,
    asin,
    atan,
    cbrt,
    cos,
    exp,
    gamma,
    log,
    nan,
    oo,
    pi,
    sin,
    sqrt,
    symbols,
    tanh,
)

from backprop_lib.symbolic import Derivation, DerivationError

x, y, z, w, b = symbols("x y z w b", real=True)
a, C = symbols("a C", real=True)
positive = Symbol("t", positive=True)
whole = Symbol("k", integer=True)
n = Symbol("n", integer=True, positive=True)
i, j, p, q = symbols("i j p q", integer=True)
W, v = IndexedBase("W", real=True), IndexedBase("v", real=True)
sigma, f, g = Function("sigma"), Function("f"), Function("g")
SIGMOID = {sigma(z): 1 / (1 + exp(-z))}
NEURON = {C: (a - y) ** 2 / 2, a: sigma(w * x + b), **SIGMOID}
IN_RANGE = [p >= 1, p <= n]

TRUE = {
    "a square": ((x + 1) ** 2, x**2 + 2 * x + 1, {}),
    "sigmoid slope": (Derivative(sigma(z), z), sigma(z) * (1 - sigma(z)), {"given": SIGMOID}),
    "sigmoid symmetry": (sigma(z), 1 - sigma(-z), {"given": SIGMOID}),
    "tanh slope": (Derivative(tanh(z), z), 1 - tanh(z) ** 2, {}),
    "tanh by exp": (tanh(z), (exp(2 * z) - 1) / (exp(2 * z) + 1), {}),
    "Pythagoras": (sin(x) ** 2 + cos(x) ** 2, 1, {}),
    "root of a square, t > 0": (sqrt(positive**2), positive, {}),
    "a cube root": (cbrt(2 + sqrt(5)) + cbrt(sqrt(5) - 2), sqrt(5), {}),
    "whole turns": (cos(pi * whole), (-1) ** whole, {}),
    "chain rule by names": (Derivative(C, w), Derivative(C, a) * Derivative(a, w), {"given": NEURON}),
    "its value": (Derivative(C, w), (a - y) * a * (1 - a) * x, {"given": NEURON}),
    "held as a variable": (Derivative(C, a), a - y, {"given": NEURON}),
    "product rule": (Derivative(f(x) * g(x), x), f(x) * Derivative(g(x), x) + g(x) * Derivative(f(x), x), {}),
    "chain rule of unknowns": (Derivative(f(x**2), x), 2 * x * Derivative(f(y), y).subs(y, x**2), {}),
    "matrix": (Matrix([[x, y]]).T * x, Matrix([x**2, x * y]), {}),
    "renamed sum": (Sum(v[i], (i, 1, n)), Sum(v[j], (j, 1, n)), {}),
    "Kronecker": (Sum(KroneckerDelta(i, p) * v[i], (i, 1, n)), v[p], {"where": IN_RANGE}),
    "slope of a sum": (Derivative(Sum(v[j] ** 2, (j, 1, n)), v[p]), 2 * v[p], {"where": IN_RANGE}),
    "an index with a range": (Sum(KroneckerDelta(i, Idx("r", n)) * v[i], (i, 0, n - 1)), v[Idx("r", n)], {}),
    "Gauss": (Sum(j, (j, 1, n)), n * (n + 1) / 2, {}),
    "an integral": (Integral(2 * x, (x, 0, y)), y**2, {}),
    "an infinite sum": (Sum(1 / whole**2, (whole, 1, oo)), pi**2 / 6, {}),
    "conditions": (And(x > 1, y > 0), And(y > 0, x - 1 > 0), {}),
}


@pytest.mark.parametrize("name", TRUE)
def test_a_true_line_is_proved(name):
    left, right, options = TRUE[name]
    assert [link.how for link in Derivation(left, **options).then(right).links] == ["symbolic"]


NUMERIC = {
    "Machin": (4 * atan(Rational(1, 5)) - atan(Rational(1, 239)), pi / 4, {}),
    "reflection of an arc": (asin(x), 2 * atan(x / (1 + sqrt(1 - x**2))), {"where": [x > -1, x < 1]}),
    "a log under a condition": (log(w * (1 - w)), log(w) + log(1 - w), {"where": [w > 0, w < 1]}),
    "decimals": (0.1 * x + 0.2 * x, 0.3 * x, {}),
}


@pytest.mark.parametrize("name", NUMERIC)
def test_a_true_line_that_sympy_cannot_decide_is_tried_and_says_so(name):
    left, right, options = NUMERIC[name]
    (link,) = Derivation(left, **options).then(right).links
    assert link.how == "numeric"
    assert link.points >= (12 if (left - right).free_symbols else 1)


FALSE = {
    "sign": (Derivative(sigma(z), z), -sigma(z) * (1 - sigma(z)), {"given": SIGMOID}),
    "σ(1 + σ)": (Derivative(sigma(z), z), sigma(z) * (1 + sigma(z)), {"given": SIGMOID}),
    "missing factor": (Derivative(C, w), (a - y) * a * (1 - a), {"given": NEURON}),
    "missing slope": (Derivative(C, w), (a - y) * x, {"given": NEURON}),
    "one name too few": (Derivative(a, z), a * (1 - a), {}),
    "one term too many": (Sum(v[j], (j, 1, n)), Sum(v[j], (j, 0, n)), {}),
    "one term too few": (Sum(v[j], (j, 1, n)), Sum(v[j], (j, 1, n - 1)), {}),
    "off by one in Gauss": (Sum(j, (j, 1, n)), n * (n - 1) / 2, {}),
    "wrong index": (Sum(KroneckerDelta(i, p) * W[q, i], (i, 1, n)), W[p, q], {"where": IN_RANGE}),
    "index out of range": (Sum(KroneckerDelta(i, p) * v[i], (i, 1, n)), v[p], {}),
    "product rule": (Derivative(f(x) * g(x), x), Derivative(f(x), x) * Derivative(g(x), x), {}),
    "one element of a matrix": (Matrix([[x, y], [z, w]]), Matrix([[x, y], [w, z]]), {}),
    "strict and not": (x > 0, x >= 0, {}),
    "a small number": (exp(x), exp(x) + Rational(1, 10**80) * x, {}),
    "two small numbers": (exp(-1000 * x**2 - 1000), 2 * exp(-1000 * x**2 - 1000), {}),
    "decimals": (0.3 * x, 0.3001 * x, {}),
}


@pytest.mark.parametrize("name", FALSE)
def test_a_false_line_is_rejected_with_numbers_that_do_differ(name):
    left, right, options = FALSE[name]
    with pytest.raises(DerivationError) as caught:
        Derivation(left, **options).then(right)
    error = caught.value
    assert error.step == 1
    assert (error.left, error.right) == (Derivation(left).start, Derivation(right).start)
    assert error.counterexample
    assert error.values[0] != error.values[1]


def test_the_counterexample_can_be_put_in_by_hand():
    with pytest.raises(DerivationError) as caught:
        Derivation(x * (1 - x)).then(x * (1 + x))
    values = caught.value.counterexample
    assert abs((x * (1 - x)).subs(values) - caught.value.values[0]) < 1e-12
    assert abs((x * (1 + x)).subs(values) - caught.value.values[1]) < 1e-12


def test_the_error_says_the_line_the_numbers_and_the_slip():
    d = Derivation(Derivative(x**3, x)).then(3 * x**2, "power rule")
    with pytest.raises(DerivationError) as caught:
        d.then(-3 * x**2, "tidy")
    said = str(caught.value)
    for words in (
        "step 2 does not follow",
        "3*x**2",
        "(tidy)",
        "but at     x = ",
        "difference",
        "look for a sign",
    ):
        assert words in said


def test_a_forgotten_factor_is_named():
    with pytest.raises(
        DerivationError, match="2 times the line before at every failing point: look for a factor"
    ):
        Derivation(Derivative(x**2 / 2, x)).then(2 * x)


def test_a_forgotten_transpose_is_named():
    with pytest.raises(DerivationError, match=r"forgotten \.T"):
        Derivation(Matrix([[x, y]])).then(Matrix([x, y]))


def test_a_wrong_element_of_a_matrix_is_located():
    with pytest.raises(DerivationError, match="row 2, column 1"):
        Derivation(Matrix([[x, y], [z, w]])).then(Matrix([[x, y], [0, w]]))


def test_a_name_without_a_definition_is_pointed_out():
    with pytest.raises(DerivationError, match=r"given=\{a: …\}"):
        Derivation(Derivative(a, z)).then(a * (1 - a))


def test_a_line_true_for_real_numbers_alone_asks_for_real_symbols():
    s = Symbol("s")
    with pytest.raises(DerivationError, match="real=True"):
        Derivation(log(exp(s))).then(s)


def test_what_cannot_be_decided_is_not_accepted():
    never = [x > 1, x < 0]
    with pytest.raises(DerivationError, match="could not be checked") as caught:
        Derivation(gamma(x) * sin(x), where=never).then(gamma(x) * cos(x))
    assert caught.value.counterexample is None


def test_then_leaves_the_old_derivation_as_it_was():
    d = Derivation(x + x)
    longer = d.then(2 * x, "add")
    assert (d.end, len(d.links), longer.end, len(longer.links)) == (2 * x, 0, 2 * x, 1)
    with pytest.raises(AttributeError):
        d.start = y
    with pytest.raises(TypeError):
        longer.given[x] = y


def test_the_arguments_are_not_modified():
    given = dict(SIGMOID)
    Derivation(sigma(z), given=given).then(1 - sigma(-z), given={a: z})
    assert given == SIGMOID


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        ("x", TypeError, "string 'x'"),
        (nan, ValueError, "not a number"),
        (float("nan"), ValueError, "not a number"),
        (oo, ValueError, "not a number"),
        (Matrix([x, nan]), ValueError, "not a number"),
        (None, TypeError, "NoneType"),
        ([x, y], TypeError, "list"),
        (object(), TypeError, "object"),
        (x > 0, TypeError, "condition"),
        (Symbol("x"), ValueError, "two different symbols are called x"),
    ],
)
def test_what_is_no_expression_is_refused(value, error, words):
    with pytest.raises(error, match=words):
        Derivation(x).then(value)


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ({x + 1: y}, TypeError, "no name"),
        ({sigma(z + 1): y}, TypeError, "plain symbols"),
        ({a: C, C: a}, ValueError, "leads back to itself"),
        ({sigma(z): sigma(z) + 1}, ValueError, "leads back to itself"),
    ],
)
def test_a_definition_that_defines_nothing_is_refused(given, error, words):
    with pytest.raises(error, match=words):
        Derivation(sigma(x) + a, given=given).then(sigma(x) + a + 0 * y + 1)


def test_a_name_cannot_be_defined_anew():
    with pytest.raises(ValueError, match="already stands for"):
        Derivation(a, given={a: x}).then(y, given={a: y})


def test_a_bound_variable_of_a_definition_captures_nothing():
    row = {v[i]: Sum(W[i, j], (j, 1, 2))}
    both = W[1, 1] + W[1, 2] + W[2, 1] + W[2, 2]
    assert Derivation(Sum(v[j], (j, 1, 2)), given=row).then(both).links[0].how == "symbolic"
    with pytest.raises(DerivationError):
        Derivation(Sum(v[j], (j, 1, 2)), given=row).then(2 * W[1, 1] + 2 * W[2, 2])
