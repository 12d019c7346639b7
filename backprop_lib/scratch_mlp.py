"""Run source 001's training program again: with its penalty as it was written, as it should be, or with none.

A 2-H-2 sigmoid network without biases learns from the first points of the quadrant XOR, always the same ones.
Examples are columns here; the program itself keeps them in rows.  Every array is allocated once and written
over, so that a hundred thousand iterations take some seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import Any

import numpy as np

from . import arguments
from .activations import Array
from .datasets import xor_quadrants
from .network import Network
from .parameters import Parameters

PENALTIES = ("scalar", "ridge", "none")
ONE = np.array(1.0)  # from a Python 1.0 NumPy would make an array anew at every call


@dataclass(frozen=True, eq=False)
class ProgramRun:
    """The record of one run.  Iteration k, counted from 1, measures the cost and then moves the weights.

    Attributes
    ----------
    data, penalty : arrays of shape (iterations,)
        The two terms of the cost at iterations 1, 2, …, up to the last one whose cost was finite.
    slope : array of shape (iterations,)
        The length of Σᵣ ∂Cʳ/∂W⁽¹⁾, what backpropagation returns, without any penalty.
    kept : mapping from an iteration to Parameters
        The weights that this iteration measured.
    parameters : Parameters
        The weights that the run ended with.
    overflowed : bool
        Whether it ended because the next cost would not have been finite.
    """

    data: Array
    penalty: Array
    slope: Array
    kept: Mapping[int, Parameters]
    parameters: Parameters
    overflowed: bool

    @property
    def cost(self) -> Array:
        """Data term plus penalty, shape (iterations,)."""
        return self.data + self.penalty

    @property
    def lowest(self) -> int:
        """The iteration with the lowest cost."""
        return int(self.cost.argmin()) + 1

    def first_above(self, level: float) -> int:
        """Return the first iteration after ``lowest`` whose cost is above ``level``; 0 if none is."""
        later = self.cost[self.lowest :] > level
        return self.lowest + int(later.argmax()) + 1 if later.any() else 0

    def __len__(self) -> int:
        return len(self.data)


def run(
    hidden: int = 50,
    learning_rate: float = 0.003,
    l2: float = 1e-4,
    penalty: str = "scalar",
    examples: int = 50,
    iterations: int = 110_000,
    keep: int = 0,
    start: Parameters | None = None,
) -> ProgramRun:
    """Descend by Σᵣ ∂Cʳ/∂W plus a penalty, as source 001's program does, until the cost overflows.

    The cost is C = 1/(2N) Σᵣ ‖aʳ − yʳ‖² + λ/(2N) (Σ W⁽¹⁾² + Σ W⁽²⁾²); a right step is N times its gradient
    (E001.32).

    Parameters
    ----------
    hidden, learning_rate, l2 : int, float, float
        H, α and λ; the defaults are those of the run that the article shows for 50 neurons.
    penalty : str
        What is added to the slope of W⁽ˡ⁾: the program's ``scalar`` λ Σ W⁽ˡ⁾², the same number in every entry
        (E001.23); the ``ridge`` λ W⁽ˡ⁾; or ``none``, which also leaves λ out of the cost.
    examples : int
        N: the first N of the 300 points are used, in every iteration (E001.16).
    iterations : int
        How many at most.
    keep : int
        Keep the weights of iterations 1, 1 + keep, 1 + 2 keep, …; 0 keeps none.
    start : Parameters, optional
        Where to start; the program's own weights (seed 2017) if not given.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    References
    ----------
    Source 001 and its program scratch_mlp; errata E001.16, E001.22–E001.25, E001.32.

    Examples
    --------
    >>> float(run(iterations=1).cost[0].round(6))
    0.257238
    """
    alpha, lam = (arguments.number(*v, least=0.0) for v in (("learning_rate", learning_rate), ("l2", l2)))
    arguments.choice("penalty", penalty, PENALTIES)
    iterations = arguments.integer("iterations", iterations, least=1)
    keep = arguments.integer("keep", keep, least=0)
    net = Network((2, hidden, 2), biases=False)
    p = net.initialize(np.random.RandomState(2017)) if start is None else start
    if p.sizes != net.sizes or p.b:
        raise ValueError(f"start is {p}; sizes {net.sizes} without biases are needed")
    x, y = xor_quadrants(first=examples, outputs=2)
    with np.errstate(over="ignore", invalid="ignore"):  # here an overflow is a result, not an accident
        return _descend(p, x, y, alpha, 0.0 if penalty == "none" else lam, penalty, iterations, keep)


def runs(*settings: Mapping[str, Any], processes: int = 2) -> Sequence[ProgramRun]:
    """Return ``run(**s)`` for every s in ``settings``, several at a time."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return [job.result() for job in [pool.submit(partial(run, **s)) for s in settings]]


def _descend(
    p: Parameters, x: Array, y: Array, alpha: float, lam: float, penalty: str, iterations: int, keep: int
) -> ProgramRun:
    H, N = len(p.W[1]), x.shape[1]
    (w, W1, W2), (g, dW1, dW2) = _one_vector(H), _one_vector(H)
    w1, w2, g1 = w[: 2 * H], w[2 * H :], g[: 2 * H]
    W1[:], W2[:] = p.W[1], p.W[2]
    minus_x, xT = -x, np.ascontiguousarray(x.T)
    a1, delta1, a2, delta2 = np.empty((H, N)), np.empty((H, N)), np.empty((2, N)), np.empty((2, N))
    a1T, W2T, errors = a1.T, W2.T, delta2.reshape(-1)
    data, ridge, slope = np.empty((3, iterations))
    rate = np.array(alpha)
    kept: dict[int, Parameters] = {}
    # fmt: off
    for k in range(iterations):
        if keep and k % keep == 0:
            kept[k + 1] = Parameters.computed({1: W1.copy(), 2: W2.copy()}, {})
        np.dot(W1, minus_x, out=a1)                                             # (F1), −z
        sigmoid_of_minus(a1)                                                    # (F2)
        np.dot(W2, a1, out=a2)                                                  # (F1)
        sigmoid_of_minus(np.negative(a2, out=a2))                               # (F2)
        np.subtract(a2, y, out=delta2)
        S1, S2 = w1.dot(w1), w2.dot(w2)
        data[k], ridge[k] = errors.dot(errors), lam * (S1 + S2)
        if not data[k] + ridge[k] < np.inf:
            break
        times_slope(delta2, a2)                                                 # (BP1), N times
        np.dot(delta2, a1T, out=dW2)                                            # (BP3), N times
        np.dot(W2T, delta2, out=delta1)
        times_slope(delta1, a1)                                                 # (BP2), N times
        np.dot(delta1, xT, out=dW1)                                             # (BP3), N times
        slope[k] = g1.dot(g1)
        if penalty == "scalar":
            dW1 += lam * S1  # one number in every entry: not the gradient of anything
            dW2 += lam * S2
        elif penalty == "ridge":
            g += lam * w
        g *= rate
        w -= g                                                                  # (GD)
    # fmt: on
    else:
        k = iterations
    last = Parameters.computed({1: W1, 2: W2}, {})
    return ProgramRun(data[:k] / (2 * N), ridge[:k] / (2 * N), np.sqrt(slope[:k]), kept, last, k < iterations)


def _one_vector(H: int) -> tuple[Array, Array, Array]:
    """Return one vector with room for W⁽¹⁾ and W⁽²⁾, and the two as views of it: one call updates both."""
    v = np.empty(4 * H)
    return v, v[: 2 * H].reshape(H, 2), v[2 * H :].reshape(2, H)


def sigmoid_of_minus(z: Array) -> None:
    """(A2) Overwrite −z with σ(z) = 1/(1 + e⁻ᶻ); where e⁻ᶻ overflows to ∞ the result is 0, rightly."""
    np.exp(z, out=z)
    np.add(z, ONE, out=z)
    np.reciprocal(z, out=z)


def times_slope(delta: Array, a: Array) -> None:
    """Multiply δ by σ′ = a(1 − a) in place; ``a`` is used up."""
    np.multiply(delta, a, out=delta)
    np.subtract(ONE, a, out=a)
    np.multiply(delta, a, out=delta)
