"""Five programs give the same slopes; SymPy counts their operations, and formulas know the counts."""

from __future__ import annotations

import doctest
from functools import cache
from types import ModuleType

import numpy as np
import pytest
from sympy import Symbol, count_ops

from backprop_lib import Network, Parameters
from backprop_lib.symbolic import (
    Program,
    SymbolicNetwork,
    counting,
    network,
    operations,
    operations_table,
    program,
    programs,
)
from backprop_lib.symbolic.programs import PROGRAMS

SIZES = [(5, 2), (2, 3, 2), (2, 4, 3, 3), (2, 2, 3, 2, 2)]
FORMULAS = [name for name in PROGRAMS if name != "shared"]


@cache
def twin(sizes: tuple[int, ...], biases: bool = False) -> SymbolicNetwork:
    """Return a symbolic network, made once."""
    return network(sizes, biases=biases)


@cache
def made(name: str, sizes: tuple[int, ...]) -> Program:
    """Return one program for a network, made once."""
    return program(twin(sizes), name)


@pytest.mark.parametrize(
    ("sizes", "figures"),
    [
        ((2, 3, 2), {"direct": 1_716, "shared": 92, "backpropagation": 84}),
        ((2, 3, 3, 3, 2), {"direct": 74_325, "shared": 607, "backpropagation": 204}),
    ],
)
def test_the_figures_of_the_page_are_counted(sizes: tuple[int, ...], figures: dict[str, int]) -> None:
    assert {name: made(name, sizes).operations for name in figures} == figures


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_says_what_sympy_counts(name: str, sizes: tuple[int, ...]) -> None:
    assert operations(sizes)[name] == made(name, sizes).operations


@pytest.mark.parametrize("sizes", SIZES)
def test_the_cost_alone_takes_what_sympy_counts(sizes: tuple[int, ...]) -> None:
    s = twin(sizes)
    names = [name for l in s.W for M in (s.names.z[l], s.names.a[l]) for name in M]
    assert operations(sizes)["cost"] == sum(count_ops(s.given[name]) for name in (*names, s.names.C))


@pytest.mark.parametrize("constant", ["ACTIVATION", "SLOPE"])
def test_a_formula_with_a_wrong_constant_is_rejected(constant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, constant, getattr(counting, constant) - 1)
    with pytest.raises(ArithmeticError, match=r"backpropagation of \(2, 2, 2\): SymPy counts 63, not"):
        operations_table([2], [1])


def test_a_formula_that_forgets_the_paths_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_product", lambda above, below: sum(above) + len(above) - 1 + sum(below))
    with pytest.raises(ArithmeticError, match=r"direct of \(2, 2, 2\): SymPy counts 856, not"):
        operations_table([2], [1])


# All five compute the gradient.


def slopes(name: str, sizes: tuple[int, ...], biases: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return what a program computes, and what the library does, at the same generic numbers."""
    net, rng = Network(sizes, biases=biases), np.random.default_rng(5)
    W = {l: rng.normal(size=(sizes[l], sizes[l - 1])) for l in range(1, len(sizes))}
    b = {l: rng.normal(size=(sizes[l], 1)) for l in W} if biases else {}
    p, x, y = Parameters(W, b), rng.normal(size=(sizes[0], 1)), rng.uniform(size=(sizes[-1], 1))
    g = net.backward(p, net.forward(p, x), y)
    in_order = [v for l in W for M in (W, b) if l in M for v in M[l].ravel()]
    found = program(twin(sizes, biases), name).function()(*x.ravel(), *y.ravel(), *in_order)
    right = [v for l in W for M in (g.dW, g.db) if l in M for v in M[l].ravel()]
    return np.array(found), np.array(right)


# Differences with h = 1e-5 are good to h² and ε/h, some 1e-10; the others round a few dozen times.
@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize("sizes", [(2, 3, 2), (2, 2, 3, 2)])
@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_computes_the_slopes(name: str, sizes: tuple[int, ...], biases: bool) -> None:
    found, right = slopes(name, sizes, biases)
    np.testing.assert_allclose(found, right, rtol=0, atol=1e-9 if name == "differences" else 1e-14)


def test_a_program_with_a_wrong_line_is_rejected() -> None:
    right = made("backpropagation", (2, 3, 2))
    name, e = right.lines[-1]
    wrong = Program((*right.lines[:-1], (name, -e)), right.slopes, right.given)
    numbers = np.random.default_rng(0).normal(size=len(right.given))
    assert wrong.operations == right.operations + 1
    assert not np.allclose(wrong.function()(*numbers), right.function()(*numbers), rtol=1e-3)


def test_each_line_uses_what_is_known_by_then() -> None:
    for name in PROGRAMS:
        written = made(name, (2, 3, 2))
        known: set[Symbol] = set(written.given)
        for line, e in written.lines:
            assert e.free_symbols <= known, name
            known.add(line)
        assert all(e.free_symbols <= known for e in written.slopes)


# The table of the widget.


def test_the_table_has_a_row_a_depth_and_a_column_a_width() -> None:
    found = operations_table([2, 3], [1, 2], most=4000)
    assert found["direct"] == [[856, 1716], [3944, 13_299]]
    assert found["shared"] == [[69, 92], [149, None]]
    assert found["backpropagation"][1][1] == 144


def test_backpropagation_costs_a_small_multiple_of_the_cost_at_every_size() -> None:
    for depth in range(1, 7):
        for width in range(2, 12):
            said = operations((2, *[width] * depth, 2))
            assert said["backpropagation"] < 2.5 * said["cost"]
            assert said["backpropagation"] < said["forward_mode"] < said["differences"] < said["direct"]


@pytest.mark.parametrize("sizes", [(2,), (2, 1, 2), (2, 0, 2), (2, 2.0, 2), ()])
def test_sizes_without_a_formula_are_refused(sizes: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="2 or more"):
        operations(sizes)


def test_a_program_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="'guess' is not one of direct, shared, differences"):
        program(twin((2, 3, 2)), "guess")


@pytest.mark.parametrize("module", [counting, programs])
def test_the_examples_run(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
