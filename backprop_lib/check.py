"""Check the gradient of every parameter against two witnesses that never saw backpropagation."""

from __future__ import annotations

from typing import Any

import numpy as np

from .activations import Array
from .differences import EPSILON, central, imaginary, in_float64, moves, step_size
from .network import Network
from .parameters import Gradients, Parameters, Trace
from .report import Block, GradientCheck

# The complex step is right to the last digits of the gradients' own precision; differences lose half of them.
TOLERANCE = {"float64": 1e-9, "float32": 1e-4}
TOLERANCE_OF_DIFFERENCES = {"float64": 1e-5, "float32": 1e-4}


def gradient_check(
    net: Network, p: Parameters, x: Any, y: Any, gradients: Gradients | None = None
) -> GradientCheck:
    """(D3) Compare every ∂C/∂W and ∂C/∂b with central differences (D1) and the complex step (D2).

    Parameters
    ----------
    net, p, x, y
        As for ``Network.cost``.
    gradients : Gradients, optional
        The ones to judge; those of ``net.backward`` if not given.

    Raises
    ------
    TypeError, ValueError
        If an argument is malformed; never because a gradient is wrong.

    Notes
    -----
    See ``relative_error`` for (D3).  Where moving a parameter by h takes some z across a ReLU kink, there is
    no slope for the difference to agree with: it is reported, and not held against the gradient.

    Examples
    --------
    >>> from backprop_lib.datasets import source_001
    >>> gradient_check(*source_001()).ok
    True
    """
    given = net.backward(p, net.forward(p, x), y) if gradients is None else gradients
    if not isinstance(given, Gradients):
        raise TypeError(f"gradients is a {type(given).__name__}; Gradients are needed")
    dtype = str(p.dtype)
    p, x, y = in_float64(net, p, x, y)
    t, h = net._forward(p, x), step_size(net, p, x)
    kinks = {(l, *map(int, i)) for l in _relu_layers(net) for i in np.argwhere(abs(t.z[l]) <= h)}

    arrays: list[tuple[str, Array, Array, Array, Array]] = []
    with np.errstate(all="ignore"):
        for name, values, slopes in (("W", p.W, given.dW), ("b", p.b, given.db)):
            for l in values:
                g = _slopes(f"d{name}[{l}]", slopes.get(l), values[l].shape)
                by_difference, by_complex_step, straddles = [], [], []
                for theta, moved in moves(net, p, x, y, name, l):
                    terms, after, before = central(theta, moved, h)
                    crossed = _crossed(net, l, after, before)
                    kinks |= {place[1:] for place in crossed}
                    by_difference.append(terms)
                    by_complex_step.append(imaginary(moved))
                    lanes = [place[0] for place in crossed]
                    straddles.append(np.isin(np.arange(len(theta)), lanes))
                shape = (*g.shape, -1)  # the terms of C stand on the last axis
                arrays.append(
                    (
                        f"{name}[{l}]",
                        g,
                        np.concatenate(by_difference).reshape(shape),
                        np.concatenate(by_complex_step).reshape(shape),
                        np.concatenate(straddles).reshape(g.shape),
                    )
                )

        # The smallest slopes that can be told from rounding: a difference of outputs, times an activation.
        size = max(1.0, *(float(abs(v).max()) for v in (y, *t.a.values())))
        size = min(size, 1e150) ** 2
        size = max(size, *(float(abs(d.sum(-1)).max()) for _, _, _, d, _ in arrays))
        rounding = 64 * float(np.finfo(dtype).eps) * size
        rounding_of_differences = max(
            rounding, 64 * EPSILON * float(net._data_cost(t, y) + net._l2_cost(p, 1)) / h
        )
        tolerance, wide = TOLERANCE[dtype], TOLERANCE_OF_DIFFERENCES[dtype]
        blocks = {}
        for name, g, two_sided, exact, kinked in arrays:
            error = relative_error(g, exact, rounding / tolerance)
            error_2 = np.where(kinked, 0.0, relative_error(g, two_sided, rounding_of_differences / wide))
            ok = bool((error <= tolerance).all() and (error_2 <= wide).all())
            blocks[name] = Block(name, g, two_sided.sum(-1), exact.sum(-1), error, error_2, kinked, ok)
    named = tuple(f"z[{l}][{i}, {r}]" for l, i, r in sorted(kinks))
    return GradientCheck(blocks, named, tolerance, wide)


def relative_error(g: Array, terms: Array, least: float = 0.0) -> Array:
    """(D3) Return |g − d| / max(|g|, s, least) for slopes g and witnesses d = Σ terms, s = Σ |terms|.

    Parameters
    ----------
    g : array
    terms : array with one more axis
        One slope for each example, and one for the penalty.
    least : float
        The smallest slope that counts in full.

    Notes
    -----
    Where terms cancel, as at a minimum they all do, |d| is mere rounding and |g − d|/|d| would cry wolf; s
    stays what it is.  A wrong factor or sign still gives an error of order one.  Two zeros differ by 0.
    """
    d = terms.sum(axis=-1)
    scale = np.maximum(np.maximum(abs(g), abs(terms).sum(axis=-1)), max(least, 1e-300))
    error = abs(g - d) / scale  # (D3)
    return np.where(np.isfinite(error), error, np.inf)


def _slopes(name: str, value: Any, shape: tuple[int, ...]) -> Array:
    found = None if value is None else np.shape(value)
    if found != shape:
        raise ValueError(f"{name} has shape {found}; the parameters need {shape}")
    return np.asarray(value, dtype=np.float64)


def _relu_layers(net: Network) -> list[int]:
    return [l for l, name in enumerate(net.activations, start=1) if name == "relu"]


def _crossed(net: Network, moved: int, after: Trace, before: Trace) -> set[tuple[int, ...]]:
    """Return (lane, l, neuron, example) of every z that is on two sides of its kink in the two traces."""
    return {
        (int(lane), l, int(i), int(r))
        for l in _relu_layers(net)
        if l >= moved  # what lies before the layer that is moved stays where it is
        for lane, i, r in np.argwhere((after.z[l] > 0) != (before.z[l] > 0))
    }
