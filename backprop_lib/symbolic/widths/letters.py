"""The letters of a layer whose widths are letters too.

The one convention: a layer of n neurons is fed by k others, and the batch has m examples; i, j, s belong to
sums, and p, q, r are the row, the column and the example that is asked about.
"""

from __future__ import annotations

from sympy import Function, IndexedBase, Symbol, symbols

n, k, m = symbols("n k m", integer=True, positive=True)
i, j, p, q, r, s = symbols("i j p q r s", integer=True)
W, a, b, y, z = (IndexedBase(letter, real=True) for letter in ("W", "a", "b", "y", "z"))
delta = IndexedBase(r"\delta", real=True)  # δᵢ = ∂C/∂zᵢ, where SymPy's KroneckerDelta has two indices
zeta = IndexedBase("s", real=True)  # the pre-activation of the layer before, so that a_q = φ(s_q)
C = Symbol("C", real=True)
phi = Function("varphi", real=True)  # any activation that acts elementwise
total = Symbol("S", positive=True)  # softmax's denominator

ROWS, COLUMNS, EXAMPLES = [1 <= p, p <= n], [1 <= q, q <= k], [1 <= r, r <= m]  # noqa: SIM300
