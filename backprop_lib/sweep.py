"""Train every size with every learning rate from every seed, and see which runs solve the task."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from . import arguments
from .datasets import xor_corners
from .lanes import how_many
from .network import Network
from .outcomes import LastParameters, Sweep
from .progress import progress_bar
from .together import Ends, columns

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from .finished import Finished
    from .jobs import Job


def sweep(
    sizes: Sequence[Any],
    learning_rates: Sequence[float],
    seeds: Sequence[int],
    epochs: int = 1000,
    x: Any = None,
    y: Any = None,
    executor: Executor | None = None,
    scheme: str = "fan_in",
    generator: Callable[[int], Any] | None = None,
    progress: bool | None = None,
    chunk: int | None = None,
    cache: Any = None,
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
        Does the chunks: a process pool, or a cluster's.  Without it, they are done here one after the other.
    scheme : str
        As for ``Network.initialize``.
    generator : function, optional
        What makes a random generator of a seed: ``np.random.default_rng`` if it is not given, while
        ``np.random.RandomState`` gives the weights of the widgets.
    progress : bool, optional
        As for ``train``; the bar counts chunks.
    chunk : int, optional
        How many networks train together.  It bounds the memory, and is what a worker that dies has to lose;
        it changes no result.  By default as many as keep 65,536 activations (half a megabyte), at least 8.
    cache : str or path, optional
        A directory that keeps every chunk as soon as it is done.  The same sweep, started again, goes on from
        there.  The file's name is a digest of all that the chunk depends on, this library's code included.
    **functions
        For ``Network``: activations, loss, l2, biases.

    Raises
    ------
    TypeError, ValueError
        Before any training, if an argument is not as above.

    Warns
    -----
    RuntimeWarning
        If workers died, and their chunks were done here; if a chunk could not be written to ``cache``.

    Notes
    -----
    Each run is that of ``train`` up to the rounding of sums.  At high rates (rate × width from 100 on)
    descent is chaotic: there, two runs that differ by rounding part after many epochs.

    Memory: some four arrays of ``chunk`` × (activations + parameters) numbers, and the result, which holds
    ``epochs`` + 1 costs and two copies of the parameters for every run.

    Examples
    --------
    >>> sweep(sizes=[2, 8], learning_rates=[0.01, 10.0], seeds=range(5), epochs=500)
    Sweep(2 sizes × 2 learning rates × 5 seeds: 45% solved, 55% stuck, 0% diverged)
    """
    # What these need of Python would double the time that ``import backprop_lib`` takes.
    from concurrent.futures import Executor

    from .finished import Finished
    from .jobs import split

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
    if generator is not None and not callable(generator):
        raise TypeError(f"generator is {generator!r}; a function from a seed is needed")
    chunk = None if chunk is None else arguments.integer("chunk", chunk, least=1)
    nets = [Network(n, **functions) for n in widths]
    for net in nets:
        net.cost(net.initialize(0, scheme), x, y)  # a wrong shape, scheme or label is an error already here
    make = generator or np.random.default_rng
    finished = Finished(cache)
    x, y = x.astype(float), y.astype(float)

    wanted, places = [], []
    for i, net in enumerate(nets):
        starts = columns([net.initialize(make(seed), scheme) for seed in seeds])
        parts = split(net, starts, rates, x, y, epochs, chunk)
        ends = np.cumsum([len(job.rates) for job in parts])
        places += [(i, slice(end - len(job.rates), end)) for job, end in zip(parts, ends, strict=True)]
        wanted += parts

    shape = (len(nets), len(rates), len(seeds))
    cost = np.empty((len(nets), len(rates) * len(seeds), epochs + 1))
    right, theta = np.empty(cost.shape[:2]), [np.empty((how_many(net), cost.shape[1])) for net in nets]
    for number, end in progress_bar(_finish(wanted, executor, finished), "chunks", progress, len(wanted)):
        i, runs = places[number]
        cost[i, runs], theta[i][:, runs], right[i, runs] = end.cost, end.theta, end.right

    outcome = np.where(np.isnan(cost[..., -1]), "diverged", np.where(right == 1.0, "solved", "stuck"))
    return Sweep(
        tuple(tuple(net.sizes) for net in nets), tuple(rates), tuple(seeds),
        cost.reshape(*shape, epochs + 1), right.reshape(shape), outcome.reshape(shape),
        LastParameters(nets, theta, shape),
    )  # fmt: skip


def _finish(wanted: list[Job], executor: Executor | None, finished: Finished) -> Iterator[tuple[int, Ends]]:
    """Yield the place of each job with how it ended: first those that were kept, then others as they end."""
    from .dispatch import gather

    missing = []
    for place, job in enumerate(wanted):
        if ends := finished.get(job):
            yield place, ends
        else:
            missing.append(place)
    for number, ends in gather([wanted[place] for place in missing], executor):
        finished.put(wanted[missing[number]], ends)
        yield missing[number], ends


def _several(name: str, values: Any) -> list[Any]:
    if isinstance(values, str | bytes) or not hasattr(values, "__iter__"):
        raise TypeError(f"{name} is {values!r}; a sequence is needed")
    several = list(values)
    if not several:
        raise ValueError(f"{name} is empty; at least one is needed")
    return several
