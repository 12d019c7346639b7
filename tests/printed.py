r"""Compute with a formula as it is printed: read its TeX and evaluate both sides with given numbers.

Side by side means the matrix product, ⊙ needs equal shapes, a superscript in parentheses is a layer, and a
subscript counts from 1.  A letter may mean another thing where it has subscripts (``d_`` beside ``d``).  Of
what has one column per example (``columns``) only column r is meant in a sum over r.  What is not understood
is an error, so that nothing on the page goes unread.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.testing import assert_allclose

TOKEN = re.compile(r"\\text\{[^}]*\}|\\[A-Za-z]+|\\\\|\S")
END = "∎"
RELATIONS = ("=", r"\leftarrow", r"\approx", r"\sim")
STOPS = {*RELATIONS, *"+-)}|,>&", r"\le", r"\\", r"\end", r"\rVert", END}
FUNCTIONS = {"log": np.log, "tanh": np.tanh, "max": np.maximum, "Im": np.imag}


def plain(tex):
    """Return TeX without what only concerns its looks: colors, spaces, sizes and alignment."""
    tex = re.sub(
        r"\\class\{[\w-]+\}|\\[bB]ig[lr]|\\[,;!]|(?<=\\\\)\[\w+\]|, \\quad\\text\{elementwise\}", "", tex
    )
    return re.sub(r"\\operatorname\{(\w+)\}", r"\\\1", tex)


def statements(tex):
    """Return the equations that one display holds."""
    rows = re.fullmatch(r"\s*\\begin\{aligned\}(.*)\\end\{aligned\}\s*", tex, re.DOTALL)
    return rows[1].replace("&", "").split(r"\\") if rows else re.split(r",\s*\\qquad", tex)


def holds(tex, names, rtol=1e-11):
    """Raise unless every equation of a display holds for these numbers.

    Both sides round a few dozen terms of order one, each by 10⁻¹⁶; a slip is off by a digit of the numbers.
    """
    for statement in statements(plain(tex)):
        with np.errstate(all="ignore"):  # what is not a number equals nothing
            left, *others = Reader(TOKEN.findall(statement), names).equation()
        for right in others:
            assert np.shape(left) == np.shape(right), f"shapes differ in {statement}"
            assert_allclose(left, right, rtol=rtol, atol=1e-13, err_msg=statement)


@dataclass
class Symbol:
    """A letter with all that is attached to it."""

    name: str
    layer: int | None = None
    indices: list = field(default_factory=list)
    power: int = 1
    transposed: bool = False


class Reader:
    """Read tokens from left to right, and compute while reading."""

    def __init__(self, tokens, names):
        self.tokens, self.names, self.at = [*tokens, END], {**FUNCTIONS, **names}, 0

    def peek(self):
        return self.tokens[self.at]

    def take(self, *wanted):
        """Return the next token if it is one of those wanted, else nothing."""
        if self.peek() not in wanted:
            return ""
        self.at += 1
        return self.tokens[self.at - 1]

    def need(self, *wanted):
        if self.peek() not in wanted:
            raise ValueError(f"found {self.peek()!r}, expected {wanted}: {''.join(self.tokens)}")
        self.at += 1

    def equation(self):
        before = self.names
        if r"\leftarrow" in self.tokens:
            self.names = before | before["after"]
        sides, self.names = [self.expression()], before
        while self.take(*RELATIONS):
            sides.append(self.law() if self.peek().startswith(r"\text") else self.expression())
        self.need(END)
        if len(sides) == 1:
            raise ValueError(f"no equation: {''.join(self.tokens)}")
        return sides

    def law(self):
        """Make a random number as it is told to be, from a standard one that is given."""
        if self.take(r"\text{uniform on }"):
            self.need(r"\pm")
            return self.expression() * self.names["uniform"]
        self.need(r"\text{normal with mean }")
        mean = self.expression()
        self.need(r"\text{ and variance }")
        return mean + np.sqrt(self.expression()) * self.names["normal"]

    def expression(self):
        value = -self.product() if self.take("-") else self.product()
        while sign := self.take("+", "-"):
            other = self.product()
            if np.shape(value) != np.shape(other) and np.shape(other) != (*np.shape(value)[:1], 1):
                raise ValueError(f"a sum of shapes {np.shape(value)} and {np.shape(other)}")
            value = value + other if sign == "+" else value - other
        return value

    def product(self):
        value = self.factor()
        while self.peek() not in STOPS and not self.peek().startswith(r"\text"):
            if self.take(r"\odot"):
                other = self.factor()
                assert np.shape(value) == np.shape(other), f"{np.shape(value)} ⊙ {np.shape(other)}"
                value = value * other
            elif self.take("/"):
                value = value / self.factor()
            else:
                other = self.factor()
                value = value @ other if np.ndim(value) and np.ndim(other) else value * other
        return value

    def factor(self):
        value = self.atom()
        while self.take("^"):
            value = value.T if self.transpose() else value ** self.group()
        return value

    def transpose(self):
        """Say whether {\\mathsf T} comes next, and pass it."""
        found = self.tokens[self.at : self.at + 4] == ["{", r"\mathsf", "T", "}"]
        self.at += 4 * found
        return found

    def atom(self):
        if self.peek().isdigit():
            digits = ""
            while self.peek().isdigit():
                digits += self.take(self.peek())
            return float(digits)
        read = {
            "{": lambda: self.until("}"),
            "(": lambda: self.until(")"),
            "|": lambda: abs(self.until("|")),
            r"\lVert": lambda: np.sqrt((abs(self.until(r"\rVert")) ** 2).sum()),
            r"\frac": self.fraction,
            r"\tfrac": self.fraction,
            r"\sqrt": lambda: np.sqrt(self.group()),
            r"\sum": self.sum,
            r"\underset": self.underset,
            r"\begin": self.cases,
        }.get(self.peek())
        if read is None:
            return self.value(self.symbol())
        self.at += 1
        return read()

    def until(self, end):
        value = self.expression()
        self.need(end)
        return value

    def group(self):
        """Return what TeX takes as one argument: a group in braces, or one token."""
        if self.take("{"):
            return self.until("}")
        token = self.take(self.peek())
        return float(token) if token.isdigit() else self.value(Symbol(token.removeprefix("\\")))

    def fraction(self):
        if self.tokens[self.at + 1] == r"\partial":
            of, by = self.differential(), self.differential()
            return self.value(Symbol(f"∂{of.name}/∂{by.name}", by.layer, of.indices + by.indices))
        return self.group() / self.group()

    def differential(self):
        self.need("{")
        self.need(r"\partial")
        symbol = self.symbol()
        self.need("}")
        return symbol

    def sum(self):
        """Read what is summed once for each value of the index."""
        self.need("_")
        if self.take("{"):
            index = self.take(self.peek())
            self.need("=")
            first = self.until("}")
            self.need("^")
            last = self.group()
        else:
            index = self.take(self.peek())
            first, last = 1, self.names["last"][index]
        start, outer, terms = self.at, self.names, []
        for value in range(int(first), int(last) + 1):
            self.at, self.names = start, {**outer, index: value}
            terms.append(self.product())
        self.names = outer
        return sum(terms[1:], terms[0])

    def underset(self):
        """Compare the shape that is printed below with the shape of what stands above."""
        self.need("{")
        shape = []
        if not self.take(r"\text{a number}"):
            self.need("(")
            shape.append(self.expression())
            self.need(",")
            shape.append(self.until(")"))
        self.need("}")
        value = self.group()
        assert np.shape(value) == tuple(shape), f"shape {np.shape(value)}, printed {shape}"
        return value

    def cases(self):
        """Return the one case whose condition is true."""
        end = self.tokens.index(r"\end", self.at)
        self.at, true = self.at + len("{cases}"), []
        while self.at < end:
            value = self.expression()
            self.need("&")
            left, sign, right = self.expression(), self.take(">", r"\le"), self.expression()
            true += [value] if {">": left > right, r"\le": left <= right}[sign] else []
            self.take(r"\\")
        self.at = end + 1 + len("{cases}")
        (value,) = true
        return value

    def symbol(self):
        """Read a letter and what is attached: primes, a layer, indices, a power, a transpose."""
        symbol = Symbol(re.sub(r"\\text\{(.*)\}|\\", r"\1", self.take(self.peek())))
        while self.take("'"):
            symbol.name += "'"
        while script := self.take("_", "^"):
            if script == "_":
                symbol.indices += self.indices()
            elif self.transpose():
                symbol.transposed = True
            elif self.tokens[self.at : self.at + 2] == ["{", "("]:
                self.at += 2
                symbol.layer, symbol.transposed = int(self.until(")")), bool(self.take(r"\mathsf"))
                if symbol.transposed:
                    self.need("T")
                self.need("}")
            elif symbol.name == "e":
                symbol.power = self.group()
            elif self.peek().isdigit():
                symbol.power = int(self.group())
            else:
                symbol.name += "^" + self.peek()
                symbol.indices.append(self.group())
        return symbol

    def indices(self):
        """Return {ij} as two indices, {l-1} as one, and a dot for all."""
        group = self.tokens[self.at + 1 : self.tokens.index("}", self.at)] if self.peek() == "{" else []
        if not group or {"+", "-"} & {*group}:
            return [self.group()]
        self.at += len(group) + 2
        return [
            slice(None) if each == r"\cdot" else int(each) if each.isdigit() else self.names[each]
            for each in group
        ]

    def value(self, symbol):
        if symbol.name == "e":
            return np.exp(symbol.power)
        key = symbol.name + "_" * (bool(symbol.indices) and symbol.name + "_" in self.names)
        value = self.names[key]
        if symbol.layer is not None:
            value = value[symbol.layer]
        if key in self.names.get("columns", ()) and "r" in self.names:
            value = value[:, self.names["r"] - 1] if symbol.indices else value[:, [self.names["r"] - 1]]
        if callable(value):
            value = value(*self.arguments())
        if isinstance(value, Mapping):
            (index,) = symbol.indices
            value = value[int(index)]
        elif symbol.indices:
            value = at(value, symbol.indices)
        return (value.T if symbol.transposed else value) ** symbol.power

    def arguments(self):
        """Return what a function is applied to: all in parentheses, or the next factor."""
        if not self.take("("):
            return [self.factor()]
        found = [self.expression()]
        while self.take(","):
            found.append(self.expression())
        self.need(")")
        return found


def at(array, indices):
    """Return an entry, its indices counted from 1; beside a dot the other axis stays, as a column."""
    if any(not isinstance(i, slice) and i < 1 for i in indices):
        raise IndexError(f"indices {indices} count from 1")
    keep = any(isinstance(i, slice) for i in indices)
    return array[tuple(i if isinstance(i, slice) else [int(i) - 1] if keep else int(i) - 1 for i in indices)]
