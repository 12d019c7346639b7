"""Say what one job of a sweep is, do it, and name it by everything that its result depends on.

A job is plain data and ``run`` a plain function, so that both travel to another process or machine.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np

from .activations import Array
from .lanes import how_many
from .network import Network
from .together import Ends, train_together


@dataclass(frozen=True, eq=False)
class Job:
    """N runs of one network, trained together.

    Attributes
    ----------
    net : Network
    starts : array of shape (P, S)
        A column for each start, as in ``Weights``.
    which : tuple of N ints
        The column each run starts from.
    rates : tuple of N floats
        The learning rate of each run.
    x, y : arrays of shape (n_0, m) and (n_L, m)
    epochs : int
    """

    net: Network
    starts: Array
    which: tuple[int, ...]
    rates: tuple[float, ...]
    x: Array
    y: Array
    epochs: int

    @property
    def key(self) -> str:
        """The digest of all that the result depends on, the library's own code included."""
        net = (self.net.sizes, self.net.activations, self.net.loss, self.net.l2, self.net.biases)
        arrays = (self.starts, self.x, self.y)
        shapes = [array.shape for array in arrays]
        digest = hashlib.sha256(repr((library(), net, self.which, self.rates, shapes, self.epochs)).encode())
        for array in arrays:
            digest.update(array.tobytes())
        return digest.hexdigest()

    def fits(self, ends: Ends) -> bool:
        """Return whether these can be the ends of this job's runs."""
        N = len(self.rates)
        needed = {"cost": (N, self.epochs + 1), "theta": (how_many(self.net), N), "right": (N,)}
        arrays = ((getattr(ends, name), shape) for name, shape in needed.items())
        return all(array.shape == shape and array.dtype == np.float64 for array, shape in arrays)


def run(job: Job) -> tuple[str, Ends]:
    """Train the runs of a job; return the key of what was done, and how it ended.

    The key is made here and not handed in: a worker with another version of the library makes another one.
    """
    theta, rates = job.starts[:, list(job.which)], np.array(job.rates)
    return job.key, train_together(job.net, theta, rates, job.x, job.y, job.epochs)


def split(
    net: Network, starts: Array, rates: Sequence[float], x: Array, y: Array, epochs: int, chunk: int | None
) -> list[Job]:
    """Return the jobs that train every start at every rate; the starts vary fastest."""
    N = chunk or chunk_of(net, x.shape[1])
    runs = list(product(rates, range(starts.shape[1])))
    parts = [runs[first : first + N] for first in range(0, len(runs), N)]
    return [
        Job(net, starts, tuple(k for _, k in part), tuple(rate for rate, _ in part), x, y, epochs)
        for part in parts
    ]


def chunk_of(net: Network, m: int) -> int:
    """Return how many networks train together: as many as keep 2¹⁶ activations (512 kB), at least 8."""
    return max(8, 2**16 // (m * sum(net.sizes[1:])))


@cache
def library() -> str:
    """Return the digest of the library's source, of NumPy's version and of the kind of processor."""
    digest = hashlib.sha256(f"{np.__version__} {platform.machine()}".encode())
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
