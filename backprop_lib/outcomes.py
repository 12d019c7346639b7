"""Read how every run of a sweep ended: arrays with named axes, a table, and a summary that prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from .activations import Array
from .lanes import parameters
from .network import Network
from .parameters import Parameters

OUTCOMES = ("solved", "stuck", "diverged")
SHOWN = 30  # rows and columns of a notebook's table


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

    def share(self, outcome: str) -> Array:
        """Return the share of seeds that ended so, an array with the axes (sizes, learning_rates).

        Raises
        ------
        ValueError
            If ``outcome`` is not solved, stuck or diverged.
        """
        if outcome not in OUTCOMES:
            raise ValueError(f"outcome is {outcome!r}; known are {', '.join(OUTCOMES)}")
        return np.asarray((self.outcome == outcome).mean(axis=-1))

    def table(self) -> Array:
        """Return a row for each run, as a structured array: ``runs.table()["cost"]`` is a column.

        Columns: sizes (such as 2-3-1), learning_rate, seed, epochs (that ended with finite numbers), start
        and cost (C at the start and at the end of these), accuracy, outcome.  ``pandas.DataFrame`` takes it
        as it is.
        """
        names = ["-".join(map(str, n)) for n in self.sizes]
        finite = np.isfinite(self.cost)
        epochs = np.maximum(finite.sum(axis=-1) - 1, 0)
        last = np.take_along_axis(self.cost, epochs[..., None], axis=-1)[..., 0]
        sizes, rates, seeds = np.meshgrid(names, self.learning_rates, self.seeds, indexing="ij")
        columns: dict[str, Array] = {
            "sizes": sizes, "learning_rate": rates, "seed": seeds, "epochs": epochs,
            "start": self.cost[..., 0], "cost": last, "accuracy": self.accuracy, "outcome": self.outcome,
        }  # fmt: skip
        rows = np.empty(self.outcome.size, [(name, column.dtype) for name, column in columns.items()])
        for name, column in columns.items():
            rows[name] = column.ravel()
        return rows

    def __repr__(self) -> str:
        shape = (
            f"{len(self.sizes)} sizes × {len(self.learning_rates)} learning rates × {len(self.seeds)} seeds"
        )
        return f"Sweep({shape}: {self._shares()})"

    def _shares(self) -> str:
        return ", ".join(f"{(self.outcome == name).mean():.0%} {name}" for name in OUTCOMES)

    def _repr_html_(self) -> str:
        """Return how many seeds solved the task, a row a size and a column a rate."""
        shown = [range(min(SHOWN, len(axis))) for axis in (self.sizes, self.learning_rates)]
        cells = {(i, j): self._cell(i, j) for i, j in product(*shown)}
        head = "".join(f"<th>α = {self.learning_rates[j]:.3g}</th>" for j in shown[1])
        rows = "".join(
            f"<tr><th>{'-'.join(map(str, self.sizes[i]))}</th>"
            + "".join(f"<td>{cells[i, j]}</td>" for j in shown[1])
            + "</tr>"
            for i in shown[0]
        )
        table = f"<table><thead><tr><th>sizes</th>{head}</tr></thead><tbody>{rows}</tbody></table>"
        more = "; the first sizes and rates are shown" if max(self.outcome.shape[:2]) > SHOWN else ""
        note = f"Runs that solved the task, of {len(self.seeds)}; × counts those that diverged{more}."
        # a phone scrolls the table, not the page
        scroll = f'<div style="overflow-x: auto; white-space: nowrap">{table}</div>'
        return f"<p>{self._shares()}</p>{scroll}<p>{note}</p>"

    def _cell(self, i: int, j: int) -> str:
        solved, _, diverged = ((self.outcome[i, j] == name).sum() for name in OUTCOMES)
        return f"{solved} ({diverged} ×)" if diverged else str(solved)


class LastParameters(Mapping[tuple[int, ...], Parameters]):
    """The parameters of every run, keyed (i, j, k) and made when they are asked for.

    Parameters
    ----------
    nets : sequence of Networks
    theta : sequence of arrays
        One a network, with a column for each of its runs.
    shape : tuple
        How many sizes, rates and seeds there are.
    """

    def __init__(self, nets: Sequence[Network], theta: Sequence[Array], shape: tuple[int, int, int]) -> None:
        self._nets, self._theta, self._shape = nets, theta, shape

    def __getitem__(self, run: tuple[int, ...]) -> Parameters:
        if not (isinstance(run, tuple) and len(run) == 3):
            raise KeyError(run)
        if not all(0 <= place < count for place, count in zip(run, self._shape, strict=True)):
            raise KeyError(run)
        i, j, k = run
        return parameters(self._nets[i], self._theta[i][:, j * self._shape[2] + k])

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        return np.ndindex(*self._shape)

    def __len__(self) -> int:
        return int(np.prod(self._shape))
