"""The second witness: the same network in SymPy, and derivations whose every line is checked.

The one convention: nothing here knows the numeric library, so that agreement between the two means something.
"""

from .derivation import Derivation, Link
from .errors import DerivationError
from .networks import network
from .twin import SymbolicNetwork

__all__ = ["Derivation", "DerivationError", "Link", "SymbolicNetwork", "network"]
