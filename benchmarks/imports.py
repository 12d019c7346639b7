"""What `import backprop_lib` costs beside `import numpy`, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import timing

OURS = "import backprop_lib"
GOALS = {"import numpy": 1.3}
CODE = "import time; begin = time.perf_counter(); {}; print(time.perf_counter() - begin)"
ASKED = "import backprop_lib.symbolic", "import backprop_lib.widgets", "from backprop_lib import *"


def seconds(statement: str) -> float:
    """Return what the statement takes in a new process, the start of Python left out."""
    command = [sys.executable, "-c", CODE.format(statement)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def loaded(statement: str) -> set[str]:
    """Return the modules that are there after a statement."""
    command = [sys.executable, "-c", f"import sys; {statement}; print(*sys.modules)"]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def main(rounds: int = 15) -> list[dict[str, object]]:
    """Return the table, after looking that nothing dear was loaded unasked."""
    dear = {"sympy", "anywidget", "matplotlib", "backprop_lib.symbolic", "backprop_lib.widgets"}
    assert not dear & loaded(OURS)
    statements = [OURS, "import numpy", *ASKED]
    found = {name: [] for name in statements}
    for _ in range(rounds):
        for name in statements:
            found[name].append(seconds(name))
    rows = timing.rows(found, dict.fromkeys(statements[1:], OURS), GOALS, 1e3, {ASKED[-1]: "all names"})
    return [timing.report("Import", "ms", f"{rounds} processes each", rows)]


if __name__ == "__main__":
    timing.hand_in(main(*map(int, sys.argv[1:])))
