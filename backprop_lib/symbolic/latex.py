"""Set a derivation as formulas: aligned LaTeX that KaTeX and MathJax both read, or plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sympy import pretty, sstr

from .definitions import is_condition
from .printer import formula

if TYPE_CHECKING:
    from .derivation import Derivation, Link

LAYOUTS = ("auto", "beside", "below", "none")
PHONE = 36  # characters of a formula that fit a phone beside its reason

GREEK = "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau varphi"
CAPITALS = {
    "Γ": "Gamma",
    "Δ": "Delta",
    "Θ": "Theta",
    "Λ": "Lambda",
    "Π": "Pi",
    "Σ": "Sigma",
    "Φ": "Phi",
    "Ω": "Omega",
}
SIGNS = {  # what \text{} cannot set alike in KaTeX and MathJax is set as mathematics
    **{letter: rf"\{name} " for letter, name in zip("αβγδεζηθικλμνξπρστφ", GREEK.split(), strict=True)},
    **{letter: rf"\{name} " for letter, name in CAPITALS.items()},
    **{sign: f"^{{{plain}}}" for sign, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁻ˡᵀʳ", "0123456789()-lTr", strict=True)},
    **{sign: f"_{{{plain}}}" for sign, plain in zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖ", "0123456789ijk", strict=True)},
    "′": "'", "−": "{-}", "·": r"\cdot ", "×": r"\times ", "⊙": r"\odot ", "∂": r"\partial ", "∇": r"\nabla ",
    "≤": r"\le ", "≥": r"\ge ", "≠": r"\ne ", "≈": r"\approx ", "→": r"\to ", "⇒": r"\Rightarrow ",
    "⇔": r"\Leftrightarrow ", "∈": r"\in ", "∞": r"\infty ", "√": r"\surd ", "½": r"\tfrac12 ",
    "¼": r"\tfrac14 ", "<": r"\lt ", ">": r"\gt ", "ŷ": r"\hat{y}", "~": r"\sim ", "^": r"\wedge ",
    "\\": r"\backslash ", **{mark: "\\" + mark for mark in "%#&_{}$"},
}  # fmt: skip


def text(words: str) -> str:
    """Prose for use inside a formula: escaped, with ``$…$`` and mathematical signs set as mathematics."""
    check_balanced(words, "the reason")
    pieces = re.split(r"\$([^$]*)\$", words)
    return "".join(piece if i % 2 else _prose(piece) for i, piece in enumerate(pieces))


def _prose(words: str) -> str:
    marks = "".join(map(re.escape, SIGNS))
    runs = re.findall(f"[{marks}]|[^{marks}]+", words.replace("\n", " "))
    return _tex(SIGNS.get(run) or rf"\text{{{run}}}" for run in runs)


def _tex(pieces: Iterable[str]) -> str:
    """Join, with an empty base before each super- or subscript, so that none meets another."""
    return "".join("{}" + piece if piece[0] in "^_'" else piece for piece in pieces)


def check_balanced(tex: str, what: str) -> None:
    """Raise unless ``tex`` is a string whose ``$…$`` or braces close."""
    if not isinstance(tex, str):
        raise TypeError(f"{what} is {tex!r}; it takes a string")
    for piece in re.split(r"\$([^$]*)\$", tex)[1::2] if what == "the reason" else [tex]:
        depth = 0
        for mark in re.findall(r"(?<!\\)[{}]", piece):
            depth += 1 if mark == "{" else -1
            if depth < 0:
                break
        if depth:
            raise ValueError(f"{what}: the braces of {piece!r} do not close")


def aligned(d: Derivation, reasons: str) -> str:
    """The whole chain as one ``aligned`` environment."""
    if reasons not in LAYOUTS:
        raise ValueError(f"reasons is {reasons!r}; it takes one of {', '.join(map(repr, LAYOUTS))}")
    sign = r"\iff" if is_condition(d.start) else "="
    if reasons == "auto":
        widest = max((_width(link.right) + len(_words(link)) for link in d.links), default=0)
        reasons = "beside" if widest <= PHONE else "below"
    rows = [f"{d.name} &{sign} {formula(d.start)}" if d.name else f"& {formula(d.start)}"]
    for link in d.links:
        said = rf"{{\small {text(_words(link))}}}" if link.reason or link.how == "numeric" else ""
        right = formula(link.right)
        if not said or reasons == "none":
            rows.append(f"&{sign} {right}")
        elif reasons == "beside":
            rows.append(rf"&{sign} {right} \quad {said}")
        else:
            rows += [rf"&{sign} \quad {said}", rf"& \quad\; {right}"]
    body = " \\\\\n".join(rows)
    return f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}"


def plain(d: Derivation) -> str:
    """The chain as text, one line each, with how each line was checked."""
    sign = "⇔" if is_condition(d.start) else "="
    lines = [f"{d.name} {sign} {sstr(d.start)}" if d.name else f"  {sstr(d.start)}"]
    for link in d.links:
        how = link.how if link.how == "symbolic" else f"numeric, {link.points} points"
        lines.append(f"{sign} {sstr(link.right)}    [{link.reason}{'; ' if link.reason else ''}{how}]")
    return "\n".join(lines)


def _words(link: Link) -> str:
    """The reason, and the numeric check where that is all there is."""
    if link.how == "symbolic":
        return link.reason
    checked = f"checked numerically at {link.points} points"
    return f"{link.reason} ({checked})" if link.reason else checked


def _width(e: Any) -> int:
    return max(map(len, pretty(e, use_unicode=True, wrap_line=False).splitlines()))
