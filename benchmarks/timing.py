"""Time contestants in turn, round after round, so that a slow minute is everyone's.

Import this before NumPy: it leaves one thread to every library.
"""

from __future__ import annotations

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
    """Return the seconds of every round of every contestant; the order turns, so that nobody is always last."""
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
    ratio_of = {
        name: statistics.median(mine / theirs for mine, theirs in zip(seconds[ours], seconds[name], strict=True))
        for name, ours in apart.items()
    }
    found = []
    for name, all_rounds in seconds.items():
        ours = apart.get(name, name)
        found.append(
            Row(
                name, statistics.median(all_rounds) * scale, min(all_rounds) * scale, ours,
                ratio_of.get(name, 1.0), min(seconds[ours]) / min(all_rounds), goals.get(name), notes.get(name, ""),
            )
        )  # fmt: skip
    return found


def report(title: str, unit: str, work: str, found: list[Row]) -> dict[str, object]:
    """Print a table on stderr and return it as a plain dictionary."""
    print(f"\n{title}  ({work})", file=sys.stderr)
    for row in found:
        goal = "" if row.goal is None else f"goal {row.goal:g}: {row.verdict}"
        print(
            f"  {row.name:34} {row.median:10.3g} {row.minimum:10.3g} {unit:5} "
            f"ratio {row.ratio:7.3g} {row.ratio_of_minima:7.3g}  {goal}  {row.note}",
            file=sys.stderr,
        )
    return {
        "title": title, "unit": unit, "work": work, "rows": [{**asdict(row), "verdict": row.verdict} for row in found]
    }  # fmt: skip
