"""Run a network forwards (F1, F2), backwards (BP1–BP4) and one step downhill (GD).

Examples are columns; per-layer values are mappings keyed by the layer number, so that ``W[2]`` is W⁽²⁾.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import arguments, initialization
from .activations import ACTIVATIONS, Activation, Array
from .losses import LOSSES, Loss
from .parameters import Gradients, Parameters, Trace, gradients, trace


@dataclass(frozen=True)
class Network:
    """A fully connected network: its shape and its functions.  The numbers live in ``Parameters``.

    Parameters
    ----------
    sizes : sequence of ints
        (n_0, …, n_L), the width of every layer.
    activations : str or sequence of L strs
        One name for all layers, or one a layer: identity, sigmoid, tanh, relu, softmax (output layer only).
    loss : str
        half_squared_error, squared_error, binary_cross_entropy or cross_entropy.
    l2 : float
        λ of the ridge penalty in (C0); 0 for none.
    biases : bool
        Whether z⁽ˡ⁾ contains b⁽ˡ⁾; source 001 leaves them out.

    Raises
    ------
    TypeError, ValueError
        If a width, a name or λ is not as above, or the output layer cannot feed the loss.

    Examples
    --------
    >>> net = Network((2, 3, 1), activations="sigmoid", loss="half_squared_error")
    >>> p = net.initialize(rng=0)
    >>> t = net.forward(p, [[0, 0, 1, 1], [0, 1, 0, 1]])
    >>> t.a[2].shape
    (1, 4)
    """

    sizes: Sequence[int]
    activations: str | Sequence[str] = "sigmoid"
    loss: str = "half_squared_error"
    l2: float = 0.0
    biases: bool = True

    def __post_init__(self) -> None:
        sizes = arguments.layer_sizes(self.sizes)
        L = len(sizes) - 1
        names = arguments.names("activations", self.activations, L, f"sizes {sizes}")
        for l, name in enumerate(names, start=1):
            arguments.choice(f"the activation of layer {l}", name, list(ACTIVATIONS))
            if name == "softmax" and l < L:
                raise ValueError(f"the activation of layer {l} is softmax; it is for output layer {L} only")
        arguments.choice("loss", self.loss, list(LOSSES))
        if "cross_entropy" in self.loss and names[-1] not in ("sigmoid", "softmax"):
            raise ValueError(
                f"loss {self.loss} needs outputs from 0 to 1, of sigmoid or softmax; layer {L} is {names[-1]}"
            )
        if not isinstance(self.biases, bool | np.bool_):
            raise TypeError(f"biases is {self.biases!r}; True or False is needed")
        object.__setattr__(self, "sizes", sizes)
        object.__setattr__(self, "activations", names)
        object.__setattr__(self, "l2", arguments.number("l2", self.l2, least=0.0))
        object.__setattr__(self, "biases", bool(self.biases))

    @property
    def L(self) -> int:
        """The number of layers that have weights."""
        return len(self.sizes) - 1

    @property
    def phi(self) -> Mapping[int, Activation]:
        """The activation of each layer, keyed 1 … L."""
        return {l: ACTIVATIONS[name] for l, name in enumerate(self.activations, start=1)}

    def initialize(self, rng: Any, scheme: str = "fan_in", value: float = 0.5) -> Parameters:
        """Draw starting weights; biases start at 0.

        Parameters
        ----------
        rng : int or numpy Generator
            A seed or a generator; a legacy ``RandomState`` is taken too, because source 001 used one.
        scheme : str
            fan_in (I1): uniform in ±1/√n_{l−1}, source 001's.  glorot (I2): uniform in ±√(6/(n_{l−1} + n_l)).
            he (I3): normal with variance 2/n_{l−1}.  zeros and constant: every weight 0, or ``value``.
        value : float
            The weight for ``constant``.

        Raises
        ------
        TypeError, ValueError
            If ``rng`` is no seed or generator, ``scheme`` is unknown, or ``value`` is not finite.

        References
        ----------
        Source 001, ``W = (2·rand − 1)/√n``, whose seed gives the same weights here.
        """
        rng = arguments.generator(rng)
        draw = initialization.SCHEMES[arguments.choice("scheme", scheme, list(initialization.SCHEMES))]
        value = arguments.number("value", value)
        W = {l: draw(rng, self.sizes[l - 1], self.sizes[l], value) for l in range(1, self.L + 1)}
        b = {l: np.zeros((self.sizes[l], 1)) for l in W} if self.biases else {}
        return Parameters(W, b)

    def forward(self, p: Parameters, x: Any) -> Trace:
        """(F1, F2) Return z⁽ˡ⁾ = W⁽ˡ⁾a⁽ˡ⁻¹⁾ + b⁽ˡ⁾ and a⁽ˡ⁾ = φ(z⁽ˡ⁾) for every layer.

        Parameters
        ----------
        p : Parameters
        x : array of shape (n_0, m)
            One example a column; taken in the dtype of ``p``.

        Raises
        ------
        TypeError, ValueError
            If ``p`` does not belong to these sizes, or ``x`` is not a finite real array of that shape.

        References
        ----------
        Source 002, zˡ = wˡaˡ⁻¹ + bˡ and aˡ = σ(zˡ); source 001 writes the same with one example a row.
        """
        self._check(p)
        x = arguments.examples("x", x, self.sizes[0], f"layer 0 of sizes {self.sizes}")
        return self._forward(p, x.astype(p.dtype))

    def _forward(self, p: Parameters, x: Array) -> Trace:
        phi, z, a = self.phi, {}, {0: x}
        # fmt: off
        for l in p.W:
            z[l] = p.W[l] @ a[l - 1] + p.b.get(l, 0)                            # (F1)
            a[l] = phi[l].f(z[l])                                               # (F2)
        # fmt: on
        return trace(z, a)

    def backward(self, p: Parameters, t: Trace, y: Any) -> Gradients:
        """(BP1–BP4) Return δ⁽ˡ⁾ = ∂C/∂z⁽ˡ⁾, ∂C/∂W⁽ˡ⁾ and ∂C/∂b⁽ˡ⁾ for every layer, all from the same ``p``.

        Parameters
        ----------
        p : Parameters
        t : Trace
            What ``forward(p, x)`` returned.
        y : array of shape (n_L, m)

        Raises
        ------
        TypeError, ValueError
            As ``forward``; also if ``t`` is of another network, or ``y`` lies outside the range of the loss.

        References
        ----------
        Source 002, equations for δᴸ, δˡ, ∂C/∂wˡ, ∂C/∂bˡ; E002.03, E002.05.
        """
        self._check(p)
        if not isinstance(t, Trace):
            raise TypeError(f"t is a {type(t).__name__}; the Trace that forward returned is needed")
        found = tuple(len(t.a[l]) for l in t.a)
        if found != self.sizes:
            raise ValueError(f"t is the trace of a network of sizes {found}; sizes {self.sizes} is needed")
        for name, values in (("z", t.z), ("a", t.a)):
            for l in range(name == "z", self.L + 1):
                shape = np.shape(values[l]) if l in values else None
                if shape != (needed := (self.sizes[l], np.shape(t.a[0])[-1])):
                    raise ValueError(f"{name}[{l}] of the trace has shape {shape}; {needed} is needed")
        return self._backward(p, t, self._targets(y, t.a[0].shape[1]).astype(p.dtype))

    def _backward(self, p: Parameters, t: Trace, y: Array) -> Gradients:
        phi, L, m = self.phi, self.L, y.shape[1]
        delta, dW, db = {}, {}, {}
        # fmt: off
        delta[L] = self._loss.delta(phi[L], t.z[L], t.a[L], y) / m              # (BP1)
        for l in range(L - 1, 0, -1):
            delta[l] = (p.W[l + 1].T @ delta[l + 1]) * phi[l].prime(t.z[l])     # (BP2)
        for l in p.W:
            dW[l] = delta[l] @ t.a[l - 1].T + self.l2 / m * p.W[l]              # (BP3)
        for l in p.b:
            db[l] = delta[l].sum(axis=1, keepdims=True)                         # (BP4)
        # fmt: on
        return gradients(delta, dW, db)

    def cost(self, p: Parameters, x: Any, y: Any) -> float:
        """(C0) Return C = (1/m) Σ_r Cʳ + λ/(2m) Σ_l ‖W⁽ˡ⁾‖², the biases never penalized.

        Parameters
        ----------
        p : Parameters
        x, y : arrays of shape (n_0, m) and (n_L, m)

        Raises
        ------
        TypeError, ValueError
            As ``forward`` and ``backward``.
        """
        t = self.forward(p, x)
        y = self._targets(y, t.a[0].shape[1]).astype(p.dtype)
        return float(self._data_cost(t, y) + self._l2_cost(p, y.shape[1]))

    def _data_cost(self, t: Trace, y: Array) -> Any:
        return (
            self._loss.cost(self.phi[self.L], t.z[self.L], t.a[self.L], y).sum(axis=-1) / y.shape[1]
        )  # (C0)

    def _l2_cost(self, p: Parameters, m: int) -> Any:
        squares = [(W**2).sum(axis=(-2, -1)) for W in p.W.values()] if self.l2 else []
        return self.l2 / (2 * m) * sum(squares)  # (C0)

    @property
    def _loss(self) -> Loss:
        return LOSSES[self.loss]

    def _check(self, p: Parameters) -> None:
        if not isinstance(p, Parameters):
            raise TypeError(f"p is a {type(p).__name__}; Parameters are needed")
        if len(p.W) != self.L:
            raise ValueError(f"p has {len(p.W)} layers; sizes {self.sizes} needs {self.L}")
        for l in p.W:
            needed = (self.sizes[l], self.sizes[l - 1])
            if p.W[l].shape != needed:
                raise ValueError(
                    f"W[{l}] has shape {p.W[l].shape}; layer {l} of sizes {self.sizes} needs {needed}"
                )
            arguments.require_finite(f"W[{l}]", p.W[l])
        if bool(p.b) != self.biases:
            raise ValueError(f"p has {'' if p.b else 'no '}biases; this network has biases={self.biases}")
        for l in p.b:
            arguments.require_finite(f"b[{l}]", p.b[l])

    def _targets(self, labels: Any, m: int) -> Array:
        y = arguments.examples("y", labels, self.sizes[-1], f"layer {self.L} of sizes {self.sizes}", m)
        if "cross_entropy" in self.loss and (y.min() < 0 or y.max() > 1):
            raise ValueError(f"y reaches from {y.min()} to {y.max()}; {self.loss} needs labels from 0 to 1")
        if self.loss == "cross_entropy" and not np.allclose(y.sum(axis=0), 1, atol=1e-6):
            raise ValueError(
                "y has a column that does not sum to 1; cross_entropy needs a distribution a column"
            )
        return y


def step(p: Parameters, g: Gradients, learning_rate: float) -> Parameters:
    """(GD) Return W⁽ˡ⁾ − α ∂C/∂W⁽ˡ⁾ and b⁽ˡ⁾ − α ∂C/∂b⁽ˡ⁾ as new parameters; ``p`` is unchanged.

    Parameters
    ----------
    p : Parameters
    g : Gradients
        All computed before this step, from the same ``p`` (E001.30, E002.05).
    learning_rate : float
        α, at least 0.

    Raises
    ------
    TypeError, ValueError
        If α is negative or not finite, or ``g`` belongs to parameters of another shape.

    References
    ----------
    Source 002, wˡ = wˡ − α ∂C/∂wˡ and bˡ = bˡ − α ∂C/∂bˡ.
    """
    alpha = arguments.number("learning_rate", learning_rate, least=0.0)
    if not isinstance(p, Parameters) or not isinstance(g, Gradients):
        raise TypeError(f"step takes Parameters and Gradients, not {type(p).__name__} and {type(g).__name__}")
    for name, values, slopes in (("dW", p.W, g.dW), ("db", p.b, g.db)):
        for l in sorted(values.keys() | slopes.keys()):
            found, needed = (v[l].shape if l in v else None for v in (slopes, values))
            if found != needed:
                raise ValueError(f"{name}[{l}] has shape {found}; these parameters need {needed}")
    return _step(p, g, alpha)


def _step(p: Parameters, g: Gradients, alpha: float) -> Parameters:
    # fmt: off
    W = {l: p.W[l] - alpha * g.dW[l] for l in p.W}                              # (GD)
    b = {l: p.b[l] - alpha * g.db[l] for l in p.b}                              # (GD)
    # fmt: on
    return Parameters.computed(W, b)
