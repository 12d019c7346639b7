"""The gradients for layers of any width, with Σ and Kronecker's δ in the place of a small example.

The one convention: each function returns a ``Derivation``, proved when it is made; those of ``batch`` are for
the mean over m examples.  The letters are those of ``letters.py``.

    dz_dW, weights (BP3), biases (BP4), origins (BP2)      one layer
    outputs (BP1), softmax_jacobian (A5)                   the output layer
    softmax_with_cross_entropy, sigmoid_with_cross_entropy (M1)
    batch.outputs (BP1), batch.weights (BP3), batch.biases (BP4)
"""

from . import batch
from .layer import biases, dz_dW, origins, weights
from .outputs import outputs, sigmoid_with_cross_entropy, softmax_jacobian, softmax_with_cross_entropy

__all__ = [
    "batch",
    "biases",
    "dz_dW",
    "origins",
    "outputs",
    "sigmoid_with_cross_entropy",
    "softmax_jacobian",
    "softmax_with_cross_entropy",
    "weights",
]
