"""Set a receipt's last step as LaTeX or Markdown: the formula, the same with its numbers in, the result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Symbol = Callable[[str, int], str]
LETTERS = {"delta": r"\delta"}
SLOPES = {"dW": r"\frac{\partial C}{\partial W", "db": r"\frac{\partial C}{\partial b"}


def plain_number(value: float) -> str:
    """Return a number with up to eight decimals, as source 001 prints its own."""
    text = f"{value:.8f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def symbol(name: str, l: int) -> str:
    """Return a quantity's letter."""
    if name == "y" or (name, l) == ("a", 0):
        return "y" if name == "y" else "x"
    return f"{SLOPES[name]}^{{({l})}}}}" if name in SLOPES else f"{LETTERS.get(name, name)}^{{({l})}}"


def matrix(values: list[list[float]]) -> str:
    """Return rows of numbers between brackets."""
    body = r" \\ ".join(" & ".join(map(plain_number, row)) for row in values)
    return rf"\left(\begin{{array}}{{{'r' * len(values[0])}}} {body} \end{{array}}\right)"


def right(id: str, l: int, name: str, put: Symbol, m: int, biases: bool, alpha: str) -> str:
    """Return the right side of a line; ``put`` writes a quantity, as a letter or as its numbers."""

    def slope(k: int) -> str:
        return rf" \odot \sigma'\left({put('z', k)}\right)"

    sides: dict[str, Callable[[], str]] = {
        "F1": lambda: f"{put('W', l)} {put('a', l - 1)}" + (f" + {put('b', l)}" if biases else ""),
        "F2": lambda: rf"\sigma\left({put('z', l)}\right)",
        "C0": lambda: rf"\frac{{1}}{{2 \cdot {m}}} \left\lVert {put('a', 2)} - {put('y', 2)} \right\rVert^2",
        "BP1": lambda: rf"\frac{{1}}{{{m}}} \left({put('a', 2)} - {put('y', 2)}\right)" + slope(2),
        "BP2": lambda: rf"\left({put('W', 2)}^{{\mathsf T}} {put('delta', 2)}\right)" + slope(1),
        "BP3": lambda: rf"{put('delta', l)} {put('a', l - 1)}^{{\mathsf T}}",
        "BP4": lambda: rf"\sum_{{r=1}}^{{{m}}} {put('delta', l)}",
        "GD": lambda: rf"{put(name, l)} - {alpha} \cdot {put(f'd{name}', l)}",
    }  # fmt: skip
    return sides[id]()


def to_latex(made: dict[str, Any]) -> str:
    """Return the LaTeX of the receipt's last step: an align* with a line for each of its quantities."""
    W, b = ({int(l): rows for l, rows in made[kind].items()} for kind in "Wb")
    world: dict[str, Any] = {"W": W, "b": b, "y": {2: made["y"]}, "a": {0: made["x"]}}
    for line in made["lines"]:
        if line["id"] not in ("C0", "GD"):
            world.setdefault(line["name"], {})[line["layer"]] = line["values"]

    def numbers(name: str, l: int) -> str:
        return matrix(world[name][l])

    shared = (len(made["x"][0]), bool(b), plain_number(made["learning_rate"]))
    parts = []
    for line in made["lines"]:
        id, l, name = line["id"], line["layer"], line["name"]
        if id != made["step"] or (id != "GD" and l != made["layer"]):
            continue
        left, arrow = "C" if id == "C0" else symbol(name, l), r"\leftarrow" if id == "GD" else "="
        value = plain_number(line["values"][0][0]) if id == "C0" else matrix(line["values"])
        sides = [right(id, l, name, put, *shared) for put in (symbol, numbers)]
        parts.append(f"{left} &{arrow} {sides[0]} \\\\\n&= {sides[1]} \\\\\n&= {value}")
    body = " \\\\\n".join(parts) or f"x &= {matrix(made['x'])} \\\\\ny &= {matrix(made['y'])}"
    return f"% {heading(made)}\n\\begin{{align*}}\n{body}\n\\end{{align*}}\n"


def heading(made: dict[str, Any]) -> str:
    """Return where in a run the step is."""
    step = made["step"]
    layer = "" if step in ("GD", "C0", "input") else f", layer {made['layer']}"
    return f"Pass {made['pass']}, {step if step == 'input' else f'({step})'}{layer}"


def to_markdown(made: dict[str, Any]) -> str:
    """Return the same in Markdown."""
    math = to_latex(made).split("\n", 1)[1].replace("align*", "aligned")
    return f"### {heading(made)}\n\n$$\n{math}$$\n"
