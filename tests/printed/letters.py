r"""Read a letter with all that is attached to it, and look up what it stands for.

The names are a dictionary from a letter, without its backslash, to a number, an array, a function, or a
mapping keyed by layer (``W^{(2)}``) or by one index (``n_2``).  A letter may mean another thing where it has
subscripts (``d_`` beside ``d``).  A derivative is one letter with the indices of both (``∂a/∂z`` for
``∂a_i/∂z_j``, ``dC/dh``), keyed by a pair of layers where both have one.  An index is itself a name (``i``);
``last`` says how far a sum over it runs.  Of what has one column per example (``columns``) only column r is
meant in a sum over r.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from .tokens import Tokens


@dataclass
class Symbol:
    """A letter with all that is attached to it."""

    name: str
    layer: int | tuple | None = None
    indices: list = field(default_factory=list)
    power: int = 1
    transposed: bool = False


class Letters(Tokens):
    """Read letters, and derivatives by letters; ``group``, ``until`` and so on are the expression's."""

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
            elif self.ahead("{", "("):
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

    def transpose(self):
        r"""Say whether {\mathsf T} comes next, and pass it."""
        found = self.ahead("{", r"\mathsf", "T", "}")
        self.at += 4 * found
        return found

    def indices(self):
        """Return {ij} as two indices, {l-1} as one, and a dot for all."""
        group = self.tokens[self.at + 1 : self.tokens.index("}", self.at)] if self.peek() == "{" else []
        if not group or {"+", "-"} & {*group}:
            return [self.group()]
        self.at += len(group) + 2
        return [
            slice(None) if each == r"\cdot" else int(each) if each.isdigit() else self.names[each]
            for each in group
            if each != ","
        ]

    def derivative(self):
        r"""Read the rest of \frac{∂C}{∂W} or \frac{dC}{dh} as one letter, or nothing if it is neither."""
        d = self.tokens[self.at + 1]
        if d != r"\partial" and not (d == "d" and self.tokens[self.at + 2].isalpha()):
            return None
        of, by = self.differential(d), self.differential(d)
        d = "∂" if d == r"\partial" else d
        layer = by.layer if of.layer is None else (of.layer, by.layer)
        return Symbol(f"{d}{of.name}/{d}{by.name}", layer, of.indices + by.indices)

    def differential(self, d):
        self.need("{")
        self.need(d)
        symbol = self.symbol()
        self.need("}")
        return symbol

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
    if len(indices) != np.ndim(array):
        raise IndexError(f"{len(indices)} indices for an array of {np.ndim(array)} axes")
    keep = any(isinstance(i, slice) for i in indices)
    return array[tuple(i if isinstance(i, slice) else [int(i) - 1] if keep else int(i) - 1 for i in indices)]
