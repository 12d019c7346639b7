"""The second witness: the same network in SymPy, and derivations whose every line is checked.

The one convention: nothing here knows the numeric library, so that agreement between the two means something.
"""

from .counting import operations, operations_table
from .derivation import Derivation, Link
from .errors import DerivationError
from .networks import network
from .programs import Program, program
from .twin import SymbolicNetwork

__all__ = [
    "Derivation",
    "DerivationError",
    "Link",
    "Program",
    "SymbolicNetwork",
    "network",
    "operations",
    "operations_table",
    "program",
]
