r"""TeX in pieces, read from left to right: commands, single signs, and ``\text{…}`` as one piece."""

import re

TOKEN = re.compile(r"\\text\{[^}]*\}|\\[A-Za-z]+|\\\\|\S")
END = "∎"


def tokens(tex):
    r"""Return the pieces of TeX; ``{,}``, which sets thousands apart, is passed over."""
    return TOKEN.findall(re.sub(r"(?<=\d)\{,\}(?=\d)", "", tex))


class Tokens:
    """A place in a list of tokens."""

    def __init__(self, found):
        self.tokens, self.at = [*found, END], 0

    def peek(self):
        return self.tokens[self.at]

    def ahead(self, *wanted):
        """Say whether these tokens come next, one after the other."""
        return tuple(self.tokens[self.at : self.at + len(wanted)]) == wanted

    def take(self, *wanted):
        """Return the next token if it is one of those wanted, else nothing."""
        if self.peek() not in wanted:
            return ""
        self.at += 1
        return self.tokens[self.at - 1]

    def need(self, *wanted):
        if self.peek() not in wanted:
            raise ValueError(f"found {self.peek()!r}, expected {wanted}: {''.join(self.tokens)}")
        return self.take(*wanted)
