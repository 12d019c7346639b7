r"""Compute while reading: sums, products, powers, fractions, Σ, cases, and relations between sides."""

from itertools import product

import numpy as np

from .letters import Letters, Symbol
from .tokens import END

RELATIONS = ("=", r"\leftarrow", r"\approx", r"\sim", "<", ">", r"\le", r"\ge", r"\ne")
TIMES = (r"\odot", r"\cdot", r"\times")
STOPS = {*RELATIONS, *"+-)]}|,&", r"\\", r"\end", r"\rVert", END}
FUNCTIONS = {"log": np.log, "tanh": np.tanh, "max": np.maximum, "Im": np.imag}


class Reader(Letters):
    """Read tokens from left to right, and compute while reading."""

    def __init__(self, found, names):
        super().__init__(found)
        self.names = {**FUNCTIONS, **names}

    def statement(self):
        """Return the first side, and each further one beside the relation that stands before it."""
        before = self.names
        if r"\leftarrow" in self.tokens:
            self.names = before | before["after"]
        sides, self.names = [self.expression()], before
        while relation := self.take(*RELATIONS):
            right = (
                self.law()
                if self.peek().startswith((r"\text{uniform", r"\text{normal"))
                else self.expression()
            )
            sides.append((relation, right))
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
        while self.peek() not in STOPS and not self.peek().startswith(r"\text{ "):
            if sign := self.take(*TIMES):
                other = self.factor()
                shapes = np.shape(value), np.shape(other)
                assert shapes[0] == shapes[1] if sign == r"\odot" else () in shapes, (
                    f"{sign} between {shapes}"
                )
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

    def atom(self):
        if self.peek().isdigit():
            return self.number()
        read = {
            "{": lambda: self.until("}"),
            "(": lambda: self.until(")"),
            "[": lambda: self.until("]"),
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

    def number(self):
        digits = ""
        while self.peek().isdigit() or (self.peek() == "." and "." not in digits):
            digits += self.take(self.peek())
        return float(digits)

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
        if (symbol := self.derivative()) is not None:
            return self.value(symbol)
        return self.group() / self.group()

    def sum(self):
        """Read what is summed once for each value of the index, or of several."""
        self.need("_")
        ranges = self.bounds()
        start, outer, terms = self.at, self.names, []
        for values in product(*ranges.values()):
            self.at, self.names = start, {**outer, **dict(zip(ranges, values, strict=True))}
            terms.append(self.product())
        self.names = outer
        return sum(terms[1:], terms[0])

    def bounds(self):
        """Read _{i=1}^n, or _i or _{ij} where ``last`` in the names says how far each index runs."""
        letters = [self.take(self.peek())]
        if letters == ["{"]:
            letters = [self.take(self.peek())]
            if self.take("="):
                first = self.until("}")
                self.need("^")
                return {letters[0]: range(int(first), int(self.group()) + 1)}
            while not self.take("}"):
                letters.append(self.take(self.peek()))
        return {letter: range(1, int(self.names["last"][letter]) + 1) for letter in letters}

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
            left, sign, right = self.expression(), self.need(">", r"\le"), self.expression()
            true += [value] if {">": left > right, r"\le": left <= right}[sign] else []
            self.take(r"\\")
        self.at = end + 1 + len("{cases}")
        (value,) = true
        return value
