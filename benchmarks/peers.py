"""Measure the library against its peers, subject by subject; keep ``results.json`` and a table.

    python benchmarks/peers.py [--rounds N] [xor batches sweeps imports]

Each subject is a process of its own.  The table goes into ``README.md`` between its two marks; with only some
subjects named, the others' last results are kept.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
RESULTS, README = HERE / "results.json", HERE / "README.md"
SUBJECTS = ("imports", "xor", "batches", "sweeps")
BEGIN, END = "<!-- peers: written by peers.py -->", "<!-- end of peers -->"
PEERS = ("numpy", "jax", "torch", "scikit-learn")


def machine() -> str:
    """Return the processor, its cores and the system."""
    names = Path("/proc/cpuinfo")
    lines = names.read_text("utf8").splitlines() if names.exists() else []
    model = next(
        (line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine()
    )
    return f"{model}, {os.cpu_count()} cores, {platform.system()}"


def compiler() -> str:
    """Return the first line that the C compiler says of itself."""
    path = shutil.which("cc")
    if path is None:
        return "none"
    said = subprocess.run([path, "--version"], capture_output=True, text=True).stdout
    return said.splitlines()[0] if said else "cc"


def load() -> float | None:
    """Return how many processes wanted a processor in the last minute, where the system says."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def measured(subject: str, rounds: int | None) -> list[dict[str, object]]:
    """Run one subject; its own words go to the terminal."""
    command = [sys.executable, str(HERE / f"{subject}.py"), *([str(rounds)] if rounds else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def markdown(found: dict[str, object]) -> str:
    """Return all tables."""
    versions = ", ".join(f"{name} {number}" for name, number in found["versions"].items())
    lines = [
        f"Measured {found['date']} on {found['machine']}.",
        f"Python {found['python']}, {versions}, {found['compiler']}.",
        f"Processes that wanted a processor when it began: {found['load']}.",
    ]
    for table in (table for subject in SUBJECTS for table in found["tables"].get(subject, [])):
        lines += ["", f"**{table['title']}** ({table['work']})", ""]
        lines += [
            f"| | median, {table['unit']} | minimum | ratio | of minima | goal | |",
            "|:--|--:|--:|--:|--:|--:|:--|",
        ]
        for row in table["rows"]:
            goal = "" if row["goal"] is None else f"{row['goal']:.3g}"
            peer = row["ours"] != row["name"]
            ratios = [f"{row['ratio']:.3g}", f"{row['ratio_of_minima']:.3g}"] if peer else ["", ""]
            what = ", ".join(filter(None, (row["verdict"], row["note"])))
            cells = [row["name"], f"{row['median']:.3g}", f"{row['minimum']:.3g}", *ratios, goal, what]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> int:
    """Measure, keep, and return 1 when a goal is missed."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int)
    arguments.add_argument("subjects", nargs="*", default=SUBJECTS)
    asked = arguments.parse_args()
    before = json.loads(RESULTS.read_text("utf8"))["tables"] if RESULTS.exists() else {}
    found = {
        "date": datetime.date.today().isoformat(), "machine": machine(), "python": platform.python_version(),
        "compiler": compiler(), "versions": {name: version(name) for name in PEERS}, "load": load(),
        "tables": before | {subject: measured(subject, asked.rounds) for subject in asked.subjects},
    }  # fmt: skip
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", "utf8")
    head, _, rest = README.read_text("utf8").partition(BEGIN)
    README.write_text(f"{head}{BEGIN}\n\n{markdown(found)}\n\n{END}{rest.partition(END)[2]}", "utf8")
    rows = [row for tables in found["tables"].values() for table in tables for row in table["rows"]]
    missed = [row["name"] for row in rows if row["verdict"] == "missed"]
    print(f"Goals: {sum(row['goal'] is not None for row in rows)}; missed: {', '.join(missed) or 'none'}.")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
