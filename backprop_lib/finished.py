"""Keep finished jobs in a directory, so that an interrupted sweep goes on from what it had.

A file is written beside its place and moved there whole.  What is read is believed only if its checksum, made
of the job and of every byte, is right: a file that is cut, changed or somebody else's counts as absent.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import warnings
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from .jobs import Job
from .together import Ends

NAMES = ("cost", "theta", "right")


class Finished:
    """The finished jobs of a directory, or none at all.

    Parameters
    ----------
    directory : str, path or None
        Made if it is not there.

    Raises
    ------
    TypeError, ValueError
        If it is no path, or cannot be written to.
    """

    def __init__(self, directory: Any) -> None:
        self.directory = None
        if directory is None:
            return
        if not isinstance(directory, str | os.PathLike):
            raise TypeError(f"cache is {directory!r}; the path of a directory is needed")
        self.directory = Path(directory)
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.directory):
                pass
        except OSError as error:
            raise ValueError(f"cache is {str(directory)!r}; nothing can be written there: {error}") from error

    def get(self, job: Job) -> Ends | None:
        """Return how a job ended, or None if it is not there or its file is damaged."""
        if self.directory is None:
            return None
        try:
            checksum, content = self._path(job).read_bytes().split(b"\n", 1)
            if checksum != _checksum(job, content).encode():
                return None
            with np.load(BytesIO(content), allow_pickle=False) as arrays:
                ends = Ends(*(arrays[name] for name in NAMES))
        except Exception:  # whatever a damaged, or a hostile, file provokes: the job is done again
            return None
        return ends if job.fits(ends) else None

    def put(self, job: Job, ends: Ends) -> None:
        """Keep how a job ended; a full disk costs the file, not the sweep."""
        if self.directory is None:
            return
        content = BytesIO()
        np.savez(content, **{name: getattr(ends, name) for name in NAMES})
        data, path = content.getvalue(), self._path(job)
        beside = path.with_name(f".{path.stem}.{os.getpid()}")
        try:
            beside.write_bytes(_checksum(job, data).encode() + b"\n" + data)
            beside.replace(path)
        except OSError as error:
            with suppress(OSError):
                beside.unlink()
            sentence = f"a finished chunk could not be kept in {str(self.directory)!r}: {error}"
            warnings.warn(sentence, RuntimeWarning, stacklevel=4)

    def _path(self, job: Job) -> Path:
        assert self.directory is not None
        return self.directory / f"{job.key}.sweep"


def _checksum(job: Job, content: bytes) -> str:
    return hashlib.sha256(job.key.encode() + content).hexdigest()
