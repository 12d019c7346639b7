"""Find what stands behind each labeled equation: its page, lines of code, test, and rejected wrong versions.

All of it is read from the book, the library and the tests as they are; nothing is typed here.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

FORMULA = re.compile(
    r"^(`{3,}|:{3,})\{math\}\n:label: eq-([a-z]+[0-9]*)\n+(.*?)^\1$", re.DOTALL | re.MULTILINE
)
ID = re.compile(r"(?:#|//) \(([A-Z]+[0-9]*)\)(?=,|$)")
CLOSING = re.compile(r"[\s)\]}]*(?:#|//) \(")


@dataclass(frozen=True)
class Line:
    """A line of a file below the project's folder."""

    path: str
    number: int
    text: str = ""

    @property
    def short(self) -> str:
        """The file as a reader calls it, and the line."""
        return f"{self.path.removeprefix('backprop_lib/')}:{self.number}"


@dataclass(frozen=True)
class Mutant:
    """A wrong version, which a test shows to be rejected."""

    where: Line
    right: str
    wrong: str


@dataclass
class Equation:
    """A labeled equation, and everything that answers for it."""

    id: str
    tex: str
    page: str
    code: list[Line] = field(default_factory=list)
    tests: list[Line] = field(default_factory=list)
    mutants: list[Mutant] = field(default_factory=list)

    def of(self, ending: str) -> list[Line]:
        """Return the lines of code in files with this ending."""
        return [line for line in self.code if line.path.endswith(ending)]

    def mutants_of(self, ending: str) -> list[Mutant]:
        """Return the wrong versions of Python (``.py``) or JavaScript (``.js``)."""
        return [mutant for mutant in self.mutants if mutant.where.text == ending]

    @property
    def missing(self) -> list[str]:
        """Name what this equation lacks of what every equation must have."""
        needed = {
            "a line of NumPy": [line for line in self.of(".py") if "/symbolic/" not in line.path],
            "a test that judges it as it is printed": self.tests,
            "a wrong version in Python that is rejected": self.mutants_of(".py"),
        }
        if self.of(".js"):
            needed["a wrong version in JavaScript that is rejected"] = self.mutants_of(".js")
        return [what for what, found in needed.items() if not found]


def equations(root: Path) -> dict[str, Equation]:
    """Return every labeled equation of the book below `root`, in alphabetical order of the ids."""
    found: dict[str, Equation] = {}
    for page in sorted((root / "book").rglob("*.md")):
        for _, label, tex in FORMULA.findall(page.read_text("utf8")):
            name = page.relative_to(root / "book").with_suffix("").as_posix()
            found[label.upper()] = Equation(label.upper(), tex.strip(), name)
    for kind, lines in (("code", carriers(root)), ("tests", judged(root)), ("mutants", mutants(root))):
        for id, some in lines.items():
            if id in found:
                getattr(found[id], kind).extend(some)
    return dict(sorted(found.items()))


def carriers(root: Path) -> dict[str, list[Line]]:
    """Return the lines of Python and JavaScript that end in an id."""
    found = defaultdict(list)
    for path in sorted((root / "backprop_lib").rglob("*.*")):
        if path.suffix not in (".py", ".js") or "publish" in path.parts:
            continue
        content = path.read_text("utf8")
        for number, text in enumerate(content.splitlines(), start=1):
            for id in ID.findall(text):
                said = statement(content, number) if CLOSING.match(text) else text.strip()
                found[id].append(
                    Line(path.relative_to(root).as_posix(), number, re.sub(r" {2,}", "  ", said))
                )
    return found


def statement(source: str, number: int) -> str:
    """Return the statement that ends on this line of Python, on one line."""
    around = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.stmt) and node.lineno <= number == node.end_lineno
    ]
    smallest = max(around, key=lambda node: node.lineno)
    return (
        " ".join((ast.get_source_segment(source, smallest) or "").split())
        .replace("( ", "(")
        .replace(" )", ")")
    )


def assigned(path: Path, name: str) -> list[ast.expr]:
    """Return every value that a module gives to a name, or to one of its keys."""
    found = []
    for node in ast.parse(path.read_text("utf8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            held = target.value if isinstance(target, ast.Subscript) else target
            if isinstance(held, ast.Name) and held.id == name:
                found += [target, node.value] if isinstance(target, ast.Subscript) else [node.value]  # type: ignore[attr-defined]
    return found


def judged(root: Path) -> dict[str, list[Line]]:
    """Return where the tests say what the letters of each formula stand for, to judge it as it is printed."""
    found: dict[str, list[Line]] = defaultdict(list)
    for path in sorted((root / "tests" / "formulas").glob("*.py")):
        for value in assigned(path, "NAMES"):
            for key in ast.walk(value):
                if isinstance(key, ast.Constant) and re.fullmatch(r"[A-Z]+[0-9]*", str(key.value)):
                    found[str(key.value)].append(Line(path.relative_to(root).as_posix(), key.lineno))
    return found


def mutants(root: Path) -> dict[str, list[Mutant]]:
    """Return every wrong version: (module, right, wrong); JavaScript's name a .js file, or none."""
    found = defaultdict(list)
    for path in sorted((root / "tests").rglob("*.py")):
        for value in assigned(path, "MUTANTS"):
            keys = zip(value.keys, value.values, strict=True) if isinstance(value, ast.Dict) else []
            for key, group in keys:
                id = re.match(r"[A-Z]+[0-9]*(?=:|$)", str(getattr(key, "value", "")))
                if key is None or id is None:
                    continue
                for each in ast.literal_eval(group if isinstance(group, ast.List) else ast.List([group])):
                    kind = ".py" if len(each) == 3 and not each[0].endswith(".js") else ".js"
                    line = Line(path.relative_to(root).as_posix(), key.lineno, kind)
                    found[id[0]].append(Mutant(line, *each[-2:]))
    return found
