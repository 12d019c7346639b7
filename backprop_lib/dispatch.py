"""Have jobs done by an executor, whatever becomes of its workers.

A job whose worker died, or came back with something else than this library computes, is done here.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed

from .jobs import Job, run
from .together import Ends


def gather(jobs: Sequence[Job], executor: Executor | None) -> Iterator[tuple[int, Ends]]:
    """Yield the number of every job with how it ended, in the order in which they are done.

    Parameters
    ----------
    jobs : sequence of Jobs
    executor : concurrent.futures.Executor or None
        None does one after the other here.

    Warns
    -----
    RuntimeWarning
        If jobs came back undone; says how many, and why the last of them did.
    """
    if executor is None:
        yield from ((number, run(job)[1]) for number, job in enumerate(jobs))
        return
    futures: dict[Future[tuple[str, Ends]], int] = {}
    undone: list[int] = []
    why = ""
    try:
        for number, job in enumerate(jobs):
            try:
                futures[executor.submit(run, job)] = number
            except BrokenExecutor as error:  # no worker is left
                undone, why = list(range(number, len(jobs))), repr(error)
                break
        for future in as_completed(futures):
            number = futures.pop(future)  # a result that was handed on is not kept here
            try:
                key, ends = future.result()
                if key != jobs[number].key or not jobs[number].fits(ends):
                    raise RuntimeError("a worker has another version of this library or of NumPy")
            except Exception as error:  # whatever it was: if it is the job's own fault, it happens here again
                undone.append(number)
                why = repr(error)
            else:
                yield number, ends
    finally:
        for future in futures:
            future.cancel()
    if undone:
        warnings.warn(
            f"{len(undone)} of {len(jobs)} jobs came back undone and are done here ({why})",
            RuntimeWarning,
            stacklevel=4,
        )
    yield from ((number, run(jobs[number])[1]) for number in undone)
