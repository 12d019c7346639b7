"""Compile ``limit.c`` with the system's compiler, if there is one: what this machine can do at all."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

FLAGS = ("-O3", "-march=native", "-ffast-math", "-shared", "-fPIC")


def compiled() -> ctypes.CDLL | None:
    """Return the library, or None where no C compiler is found or it fails; say which."""
    compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
    if compiler is None:
        print("No C compiler was found: the limit is not measured.", file=sys.stderr)
        return None
    target = Path(tempfile.mkdtemp()) / "limit.so"
    source = Path(__file__).with_name("limit.c")
    command = [compiler, *FLAGS, str(source), "-o", str(target), "-lm"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        print(f"{compiler} could not compile limit.c: the limit is not measured.", file=sys.stderr)
        print(done.stderr, file=sys.stderr)
        return None
    return ctypes.CDLL(str(target))


def pointer(array: np.ndarray) -> ctypes.c_void_p:
    """Return where a contiguous array of doubles begins."""
    assert array.dtype == np.float64
    assert array.flags.c_contiguous
    return ctypes.c_void_p(array.ctypes.data)
