"""Train every size with every learning rate from every seed, and see which runs solve the task."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import Any

import numpy as np

from . import arguments
from .activations import Array
from .datasets import xor_corners
from .lanes import train_lanes
from .network import Network
from .parameters import Parameters
from .progress import progress_bar


@dataclass(frozen=True, eq=False)
class Sweep:
    """How every run ended; each array has the axes (sizes, learning_rates, seeds).

    Attributes
    ----------
    sizes, learning_rates, seeds : tuples
        What the indices stand for.
    cost : array with one more axis, of length epochs + 1
        C at the start and after every epoch; NaN from where a run overflowed.
    accuracy : array
        The fraction of examples that the last finite parameters answer right.
    outcome : array of strs
        ``diverged`` if the run overflowed, else ``solved`` if every example is right, else ``stuck``.
    parameters : mapping from (i, j, k) to Parameters
        The last finite ones.
    """

    sizes: tuple[tuple[int, ...], ...]
    learning_rates: tuple[float, ...]
    seeds: tuple[int, ...]
    cost: Array
    accuracy: Array
    outcome: Array
    parameters: Mapping[tuple[int, ...], Parameters]

    def __repr__(self) -> str:
        shape = (
            f"{len(self.sizes)} sizes × {len(self.learning_rates)} learning rates × {len(self.seeds)} seeds"
        )
        names = ("solved", "stuck", "diverged")
        return f"Sweep({shape}: {', '.join(f'{(self.outcome == name).mean():.0%} {name}' for name in names)})"


def sweep(
    sizes: Sequence[Any],
    learning_rates: Sequence[float],
    seeds: Sequence[int],
    epochs: int = 1000,
    x: Any = None,
    y: Any = None,
    executor: Executor | None = None,
    scheme: str = "fan_in",
    generator: Callable[[int], Any] = np.random.default_rng,
    progress: bool | None = None,
    **functions: Any,
) -> Sweep:
    """Train every size with every learning rate from every seed, full batch, and return how each run ended.

    Parameters
    ----------
    sizes : sequence
        Of layer widths such as (2, 3, 1), or of ints: the width of one hidden layer.
    learning_rates, seeds : sequences of numbers
    epochs : int
    x, y : arrays of shape (n_0, m) and (n_L, m), optional
        The corners of XOR if not given.
    executor : concurrent.futures.Executor, optional
        Its ``map`` takes one size at a time; without it, they run here one after the other.
    scheme : str
        As for ``Network.initialize``.
    generator : function
        What makes a random generator of a seed; ``np.random.RandomState`` gives the weights of the widgets.
    progress : bool, optional
        As for ``train``; the bar counts sizes.
    **functions
        For ``Network``: activations, loss, l2, biases.

    Raises
    ------
    TypeError, ValueError
        Before any training, if an argument is not as above.

    Notes
    -----
    Each run is that of ``train`` up to the rounding of matrix products.  At high rates descent is chaotic:
    there, two runs that differ by rounding part after many epochs.

    Examples
    --------
    >>> sweep(sizes=[2, 8], learning_rates=[0.01, 10.0], seeds=range(5), epochs=500)
    Sweep(2 sizes × 2 learning rates × 5 seeds: 45% solved, 55% stuck, 0% diverged)
    """
    corners = xor_corners()
    x = arguments.real_array("x", corners[0] if x is None else x)
    y = arguments.real_array("y", corners[1] if y is None else y)
    for name, array in (("x", x), ("y", y)):
        if array.ndim != 2:
            raise ValueError(f"{name} has shape {array.shape}; two axes are needed, one example a column")
    widths: list[Any] = [
        (len(x), n, len(y)) if isinstance(n, int | np.integer) else n for n in _several("sizes", sizes)
    ]
    rates = _several("learning_rates", learning_rates)
    rates = [arguments.number(f"learning_rates[{i}]", rate, least=0.0) for i, rate in enumerate(rates)]
    seeds = [
        arguments.integer(f"seeds[{i}]", seed, least=0) for i, seed in enumerate(_several("seeds", seeds))
    ]
    epochs = arguments.integer("epochs", epochs, least=0)
    if executor is not None and not isinstance(executor, Executor):
        raise TypeError(f"executor is {executor!r}; an Executor of concurrent.futures is needed")
    nets = [Network(n, **functions) for n in widths]
    for net in nets:
        net.cost(net.initialize(0, scheme), x, y)  # a wrong shape, scheme or label is an error already here

    data = (x.astype(float), y.astype(float), epochs)
    jobs = [(net, scheme, generator, rates, seeds, *data) for net in nets]
    ends = list(progress_bar((executor.map if executor else map)(_train_one_size, jobs), "sizes", progress))
    shape = (len(nets), len(rates), len(seeds))
    cost, accuracy, diverged = (np.array([end[i] for end in ends]).reshape(*shape, -1) for i in range(3))
    accuracy, diverged = accuracy[..., 0], diverged[..., 0]
    outcome = np.where(diverged, "diverged", np.where(accuracy == 1.0, "solved", "stuck"))
    runs = zip(product(*map(range, shape)), (p for end in ends for p in end[3]), strict=True)
    names = tuple(tuple(net.sizes) for net in nets), tuple(rates), tuple(seeds)
    return Sweep(*names, cost, accuracy, outcome, MappingProxyType(dict(runs)))


def _train_one_size(job: tuple[Any, ...]) -> tuple[Any, ...]:
    net, scheme, generator, rates, seeds, x, y, epochs = job
    runs = list(product(rates, [net.initialize(generator(seed), scheme) for seed in seeds]))
    return train_lanes(net, [start for _, start in runs], [rate for rate, _ in runs], x, y, epochs)


def _several(name: str, values: Any) -> list[Any]:
    if isinstance(values, str | bytes) or not hasattr(values, "__iter__"):
        raise TypeError(f"{name} is {values!r}; a sequence is needed")
    several = list(values)
    if not several:
        raise ValueError(f"{name} is empty; at least one is needed")
    return several
