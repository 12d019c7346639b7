"""Names that come late are the names that a type checker was promised, and no module hides a function."""

import ast
import subprocess
import sys
from pathlib import Path

import backprop_lib


def promised(source):
    """Return what the block for type checkers imports: a name to the module that it comes from."""
    block = next(node for node in ast.parse(source).body if isinstance(node, ast.If))
    return {
        alias.name: line.module
        for line in block.body
        if isinstance(line, ast.ImportFrom)
        for alias in line.names
    }


SOURCE = Path(backprop_lib.__file__).read_text(encoding="utf-8")


def late(source):
    """Return the names that come late and their modules, by the promise and by the table."""
    table = next(
        node.value
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_HOMES"
    )
    kept = {name: home for home, names in ast.literal_eval(table).items() for name in names}
    return {name: home for name, home in promised(source).items() if home}, kept


def test_a_late_name_comes_from_the_module_that_is_promised():
    told, kept = late(SOURCE)
    assert told == kept
    told, kept = late(SOURCE.replace("from .answers import", "from .report import"))
    assert told != kept


def test_every_name_is_there_and_no_other():
    assert set(backprop_lib.__all__) <= set(dir(backprop_lib))
    assert not hasattr(backprop_lib, "no_such_name")


def test_a_module_does_not_hide_the_function_of_its_name():
    code = "import backprop_lib.sweep, backprop_lib; print(callable(backprop_lib.sweep))"
    assert run(code) == "True"
    bare = "import backprop_lib, types; backprop_lib.__class__ = types.ModuleType; import backprop_lib.sweep;"
    assert run(bare + "print(callable(backprop_lib.sweep))") == "False"


def run(code):
    """Return what a new process prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()
