"""Which module may import which, as data; and what ``import backprop_lib`` costs."""

# ruff: noqa: E501  (a module is a line)

import ast
import subprocess
import sys
from pathlib import Path

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
    "diagnosis": {"parameters"},
    "history": {"activations", "parameters"},
    "training": {
        "activations", "answers", "arguments", "diagnosis", "history", "network", "parameters", "progress", "schedules"
    },
    "datasets": {"activations", "arguments", "network", "parameters"},
    "report": {"activations"},
    "differences": {"activations", "network", "parameters"},
    "check": {"activations", "differences", "network", "parameters", "report"},
    "agreement": {"activations", "arguments"},
    "bugs": {"activations", "network", "parameters"},
    "lanes": {"activations", "answers", "network", "parameters"},
    "sweep": {"activations", "arguments", "datasets", "lanes", "network", "parameters", "progress"},
    "__init__": {
        "agreement", "answers", "check", "datasets", "differences", "history", "network", "parameters", "report",
        "schedules", "sweep", "training",
    },
}  # fmt: skip
PACKAGES = {"symbolic", "plots", "widgets", "publish"}
# What costs more than NumPy, and who alone may ask for it.
DEAR = {
    "sympy": {"symbolic"},
    "matplotlib": {"plots"},
    "anywidget": {"widgets"},
    "traitlets": {"widgets"},
    "sphinx": {"publish"},
    "docutils": {"publish"},
    "tqdm": {"progress"},
}


def imports(path):
    """Return the names a file imports, relative ones resolved to full names."""
    found = set()
    package = ["backprop_lib", *path.relative_to(ROOT).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            found |= {module} if node.module else {f"{module}.{alias.name}" for alias in node.names}
    return found


FILES = {path: imports(path) for path in ROOT.rglob("*.py")}


def part(path):
    """Return the module or subpackage of the library that a file belongs to."""
    return path.relative_to(ROOT).with_suffix("").parts[0]


def test_the_numeric_library_imports_what_is_listed_and_no_more():
    for path, names in FILES.items():
        if part(path) in ALLOWED:
            own = {name.split(".")[1] for name in names if name.startswith("backprop_lib.")}
            assert own == ALLOWED[part(path)], path.name


def test_imports_point_down():
    order = list(ALLOWED)
    for module, below in ALLOWED.items():
        assert all(order.index(name) < order.index(module) for name in below), module


def test_every_module_is_listed_or_on_top():
    """Modules on top, such as reruns of a source's program, may use the library; nothing below may use them."""
    for path, names in FILES.items():
        if part(path) in ALLOWED and part(path) != "__init__":
            tops = {name.split(".")[1] for name in names if name.startswith("backprop_lib.")} - set(ALLOWED)
            assert not tops


def test_the_two_witnesses_never_meet():
    """``symbolic`` imports nothing of the numeric library, and nothing of that imports ``symbolic``."""
    for path, names in FILES.items():
        if part(path) == "symbolic":
            own = {name.split(".")[1] for name in names if name.startswith("backprop_lib.")}
            assert own <= {"symbolic"}, path.name
        elif part(path) in ALLOWED:
            assert not any("symbolic" in name for name in names), path.name


def test_dear_packages_are_imported_by_their_owner_alone():
    for path, names in FILES.items():
        for name in names:
            assert part(path) in DEAR.get(name.split(".")[0], {part(path)}), f"{path.name} imports {name}"


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
