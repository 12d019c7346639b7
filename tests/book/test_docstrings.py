"""The examples in docstrings run, and every public function says what it does."""

import doctest
import importlib
import inspect
from pathlib import Path

import pytest

import backprop_lib

MODULES = sorted(
    path.stem for path in Path(backprop_lib.__file__).parent.glob("*.py") if path.stem != "__init__"
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name):
    module = importlib.import_module(f"backprop_lib.{name}")
    assert doctest.testmod(module).failed == 0


def test_the_readme_s_example_runs():
    found = doctest.testfile(str(Path(__file__).parents[2] / "README.md"), module_relative=False)
    assert found.attempted > 5
    assert found.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_every_public_name_has_a_docstring(name):
    module = importlib.import_module(f"backprop_lib.{name}")
    assert module.__doc__
    for key, value in vars(module).items():
        if not key.startswith("_") and inspect.getmodule(value) is module and callable(value):
            assert inspect.getdoc(value), f"{name}.{key}"


def test_the_examples_of_the_heart_are_there():
    for value in (
        backprop_lib.Network,
        backprop_lib.train,
        backprop_lib.gradient_check,
        backprop_lib.sweep,
        backprop_lib.agree,
    ):
        assert ">>>" in value.__doc__
