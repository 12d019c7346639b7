"""Time contestants in turn, round after round, so that a slow minute is everyone's.

Import this before NumPy: it leaves one thread to every library.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

for library in ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM", "NUMEXPR"):
    os.environ[f"{library}_NUM_THREADS"] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

Run = Callable[[], Any]  # does the whole work once and returns what it ends with


@dataclass(frozen=True)
class Row:
    """What one contestant took, in the table's unit, and our time as a fraction of it.

    ``ratio`` is that of the medians of both; ``ratio_of_minima`` that of their best rounds.  ``goal`` is the
    most that both may be, None where the row is for orientation.
    """

    name: str
    median: float
    minimum: float
    ours: str
    ratio: float
    ratio_of_minima: float
    goal: float | None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether the goal is met, by both ratios."""
        if self.goal is None:
            return ""
        held = (self.ratio <= self.goal) + (self.ratio_of_minima <= self.goal)
        return ("missed", "undecided", "met")[held]


def race(runs: Mapping[str, Run], rounds: int) -> dict[str, list[float]]:
    """Return every contestant's seconds, round by round; the order turns, so that nobody is always last."""
    names, seconds = list(runs), {name: [] for name in runs}
    for k in range(rounds):
        for i in range(len(names)):
            name = names[(i + k) % len(names)]
            begin = time.perf_counter()
            runs[name]()
            seconds[name].append(time.perf_counter() - begin)
    return seconds


def same_work(
    runs: Mapping[str, Run], cost: Callable[[str, Any], float], bound: float, apart: Mapping[str, str]
) -> dict[str, float]:
    """Run everyone once, as a warm-up; raise unless each ends at the cost of its own ``ours``, relatively.

    Parameters
    ----------
    cost : callable
        The final cost, from a contestant's name and what its run returned.
    bound : float
        The largest relative difference of two final costs.
    apart : mapping
        For every peer, the name of our run that does the same work.
    """
    costs = {name: cost(name, run()) for name, run in runs.items()}
    for name, ours in apart.items():
        if not abs(costs[name] - costs[ours]) <= bound * abs(costs[ours]):
            raise AssertionError(f"{name} ends at the cost {costs[name]!r}, {ours} at {costs[ours]!r}")
    return costs


def rows(
    seconds: Mapping[str, list[float]],
    apart: Mapping[str, str],
    goals: Mapping[str, float],
    scale: float,
    notes: Mapping[str, str] = {},
) -> list[Row]:
    """Return a row for each of our runs and each peer; ``scale`` turns seconds into the table's unit."""
    found = []
    for name, theirs in seconds.items():
        ours = seconds[apart.get(name, name)]
        ratio = statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True))
        times = statistics.median(theirs) * scale, min(theirs) * scale
        judged = ratio, min(ours) / min(theirs), goals.get(name)
        found.append(Row(name, *times, apart.get(name, name), *judged, notes.get(name, "")))
    return found


def report(title: str, unit: str, work: str, found: list[Row]) -> dict[str, object]:
    """Print a table on stderr and return it as a plain dictionary."""
    print(f"\n{title}  ({work})", file=sys.stderr)
    for row in found:
        times = f"{row.median:10.3g} {row.minimum:10.3g} {unit:5}"
        goal = "" if row.goal is None else f"goal {row.goal:.3g}: {row.verdict}"
        ratios = f"ratio {row.ratio:7.3g} {row.ratio_of_minima:7.3g}"
        print(f"  {row.name:34} {times} {ratios}  {goal}  {row.note}", file=sys.stderr, flush=True)
    rows = [{**asdict(row), "verdict": row.verdict} for row in found]
    return {"title": title, "unit": unit, "work": work, "rows": rows}


def hand_in(tables: list[dict[str, object]]) -> None:
    """Print tables as JSON, for ``peers.py``; what a person reads went to stderr."""
    json.dump(tables, sys.stdout)
