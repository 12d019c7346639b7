"""An interrupted sweep goes on from what it had; a file that is damaged, foreign or hostile is done again."""

import hashlib
import os
import pickle
import signal
import subprocess
import sys
import time
from io import BytesIO

import numpy as np
import pytest

from backprop_lib import Network, finished, jobs, sweep
from backprop_lib.finished import Finished
from backprop_lib.together import Ends, columns

# On Windows os.kill ends a process at once, whatever the signal, which is then its exit code.
ENDS = [signal.SIGTERM] if sys.platform == "win32" else [signal.SIGINT, signal.SIGKILL]
SWEEP = {
    "sizes": [2, (2, 3, 3, 1)],
    "learning_rates": [0.5, 4.0],
    "seeds": range(4),
    "epochs": 12,
    "chunk": 3,
}


def same(found, wanted):
    """Return whether two sweeps ended alike to the last bit."""
    return np.array_equal(found.cost, wanted.cost, equal_nan=True) and found.parameters == wanted.parameters


@pytest.fixture
def done(monkeypatch):
    """Count the jobs that are done; set ``done.after`` to be interrupted after as many."""

    class Done(list):
        after = None

    said = Done()

    def counted(job, run=jobs.run):
        if said.after is not None and len(said) == said.after:
            raise KeyboardInterrupt
        said.append(job.key)
        return run(job)

    monkeypatch.setattr("backprop_lib.dispatch.run", counted)
    return said


def test_a_second_sweep_does_nothing_and_ends_alike(tmp_path, done):
    first = sweep(**SWEEP, cache=tmp_path)
    assert len(done) == len(set(done)) == len(list(tmp_path.iterdir())) == 6
    assert same(sweep(**SWEEP, cache=str(tmp_path)), first)
    assert len(done) == 6
    assert same(first, sweep(**SWEEP))


@pytest.mark.parametrize("after", [0, 1, 4])
def test_an_interrupt_keeps_what_was_finished(tmp_path, done, after):
    done.after = after
    with pytest.raises(KeyboardInterrupt):
        sweep(**SWEEP, cache=tmp_path)
    assert len(list(tmp_path.iterdir())) == after
    done.after = None
    assert same(sweep(**SWEEP, cache=tmp_path), sweep(**SWEEP))
    assert len(done) == 6 + 6  # each once, and once more for the sweep to compare with


@pytest.mark.slow
@pytest.mark.parametrize("end", ENDS)
def test_a_process_that_is_ended_in_the_middle_keeps_what_was_finished(tmp_path, done, end):
    """Not in a picture of it: a process of its own, and a real signal while it works."""
    long = {"sizes": [2, 3], "learning_rates": [1.0, 5.0], "seeds": range(40), "epochs": 1000, "chunk": 8}
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell may ignore it
    )
    code += f"from backprop_lib import sweep; sweep(**{long}, cache={str(tmp_path)!r})"
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL) as process:
        while len(list(tmp_path.glob("*.sweep"))) < 2 and process.poll() is None:
            time.sleep(0.005)
        os.kill(process.pid, end)
    kept = len(list(tmp_path.glob("*.sweep")))
    assert process.returncode not in (0, 1)
    assert 2 <= kept < 20
    resumed = sweep(**long, cache=tmp_path)
    assert len(done) == 20 - kept
    assert same(resumed, sweep(**long))


def cut(data):
    return data[: len(data) // 2]


def emptied(data):
    return b""


def flipped(data, place=0.7):
    bent = bytearray(data)
    bent[int(place * len(bent))] ^= 1
    return bytes(bent)


def checksum_flipped(data):
    return flipped(data, 0.0)


def another_job_s(data):
    net, x = Network((1, 1)), np.ones((1, 2))
    other = jobs.Job(net, np.zeros((2, 1)), (0,), (1.0,), x, x, 3)
    content = data.split(b"\n", 1)[1]
    return hashlib.sha256(other.key.encode() + content).hexdigest().encode() + b"\n" + content


def not_utf8(data):
    return b"\xff\xfe\n" + data


DAMAGES = [cut, emptied, flipped, checksum_flipped, another_job_s, not_utf8]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_found_and_done_again(tmp_path, done, damage):
    first = sweep(**SWEEP, cache=tmp_path)
    file = sorted(tmp_path.iterdir())[2]
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert same(sweep(**SWEEP, cache=tmp_path), first)
    assert len(done) == 7
    assert file.read_bytes() == whole  # mended


def exchange(folder):
    """Let two chunks of one shape change their places, as a careless copy would."""
    files = [file.read_bytes() for file in sorted(folder.iterdir())]
    sizes = [len(data) for data in files]
    one, other = next((i, j) for i in range(6) for j in range(i) if sizes[i] == sizes[j])
    sorted(folder.iterdir())[one].write_bytes(files[other])
    sorted(folder.iterdir())[other].write_bytes(files[one])


def test_exchanged_files_are_found(tmp_path, done):
    first = sweep(**SWEEP, cache=tmp_path)
    exchange(tmp_path)
    assert same(sweep(**SWEEP, cache=tmp_path), first)
    assert len(done) == 8


def test_a_checksum_of_the_bytes_alone_would_not_find_them(tmp_path, monkeypatch):
    monkeypatch.setattr(finished, "_checksum", lambda job, content: hashlib.sha256(content).hexdigest())
    first = sweep(**SWEEP, cache=tmp_path)
    exchange(tmp_path)
    assert not same(sweep(**SWEEP, cache=tmp_path), first)


class Hostile:
    def __reduce__(self):
        return os.mkdir, (str(Hostile.target),)


def test_a_pickle_in_a_file_is_not_run_even_under_a_right_checksum(tmp_path, done):
    cache, Hostile.target = tmp_path / "cache", tmp_path / "made by the pickle"
    first = sweep(**SWEEP, cache=cache)
    file = sorted(cache.iterdir())[0]
    out = BytesIO()
    np.savez(out, cost=np.array([Hostile()], dtype=object), theta=np.zeros(1), right=np.zeros(1))
    for content in (out.getvalue(), pickle.dumps(Hostile()), b""):
        checksum = hashlib.sha256(file.stem.encode() + content).hexdigest()
        file.write_bytes(checksum.encode() + b"\n" + content)
        assert same(sweep(**SWEEP, cache=cache), first)
        assert not Hostile.target.exists()
    assert len(done) == 6 + 3
    pickle.loads(pickle.dumps(Hostile()))  # this one would have run
    assert Hostile.target.exists()


def test_arrays_of_another_shape_are_not_believed(tmp_path, done):
    first = sweep(**SWEEP, cache=tmp_path)
    file = sorted(tmp_path.iterdir())[0]
    out = BytesIO()
    np.savez(out, cost=np.zeros((1, 13)), theta=np.zeros((9, 1)), right=np.zeros(1))
    checksum = hashlib.sha256(file.stem.encode() + out.getvalue()).hexdigest()
    file.write_bytes(checksum.encode() + b"\n" + out.getvalue())
    assert same(sweep(**SWEEP, cache=tmp_path), first)
    assert len(done) == 7


def key(**changes):
    net = changes.pop("net", {})
    x = np.array([[0.0, 1.0], [1.0, 0.0]])
    base = {
        "net": Network(**({"sizes": (2, 3, 1), "activations": "tanh", "loss": "squared_error"} | net)),
        "starts": np.arange(26.0).reshape(13, 2), "which": (0, 1), "rates": (0.5, 0.5), "x": x,
        "y": np.array([[1.0, 0.0]]), "epochs": 7,
    }  # fmt: skip
    return jobs.Job(**(base | changes)).key


CHANGES = [
    {"net": {"sizes": (2, 3, 1), "activations": "relu"}},
    {"net": {"loss": "half_squared_error"}},
    {"net": {"l2": 0.1}},
    {"net": {"biases": False}},
    {"starts": np.arange(26.0).reshape(13, 2) + 1e-15},
    {"starts": np.arange(26.0).reshape(2, 13)},
    {"which": (1, 0)},
    {"rates": (0.5, 0.5000000000000001)},
    {"x": np.array([[0.0, 1.0], [1.0, 1e-300]])},
    {"y": np.array([[1.0, 1.0]])},
    {"epochs": 8},
]


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_whatever_changes_the_result_changes_the_name(change):
    assert key() == key()
    assert key(**change) != key()


@pytest.mark.parametrize("name", ["lanes.py", "inplace.py", "losses.py", "initialization.py", "training.py"])
def test_another_version_of_the_library_has_other_names(tmp_path, monkeypatch, name):
    for file in jobs.Path(jobs.__file__).parent.glob("*.py"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    before = key()
    monkeypatch.setattr(jobs, "__file__", str(tmp_path / "jobs.py"))
    jobs.library.cache_clear()
    assert key() == before
    (tmp_path / name).write_text((tmp_path / name).read_text("utf8") + "\n# (another)\n", "utf8")
    jobs.library.cache_clear()
    other = key()
    monkeypatch.undo()
    jobs.library.cache_clear()
    assert other != before == key()


def test_a_file_appears_whole_or_not_at_all(tmp_path, monkeypatch):
    net = Network((2, 2, 1))
    job = jobs.split(net, columns([net.initialize(0)]), [1.0], np.eye(2), np.ones((1, 2)), 3, None)[0]
    ends = jobs.run(job)[1]

    def killed(self, target):
        assert self.exists()
        assert not target.exists()
        raise SystemExit

    monkeypatch.setattr(jobs.Path, "replace", killed)
    with pytest.raises(SystemExit):
        Finished(tmp_path).put(job, ends)
    monkeypatch.undo()
    assert Finished(tmp_path).get(job) is None
    Finished(tmp_path).put(job, ends)
    found = Finished(tmp_path).get(job)
    assert isinstance(found, Ends)
    assert np.array_equal(found.cost, ends.cost)


def test_a_full_disk_costs_the_file_and_not_the_sweep(tmp_path, monkeypatch):
    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(jobs.Path, "replace", full)
    with pytest.warns(RuntimeWarning, match="could not be kept in .*No space left"):
        runs = sweep(**SWEEP, cache=tmp_path)
    assert same(runs, sweep(**SWEEP))
    assert list(tmp_path.iterdir()) == []  # nothing is left lying about


def test_a_cache_that_cannot_be_is_an_error_before_any_work(tmp_path, done):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match=r"cache is .*file.*; nothing can be written there"):
        sweep(**SWEEP, cache=tmp_path / "file")
    with pytest.raises(TypeError, match="cache is 3; the path of a directory is needed"):
        sweep(**SWEEP, cache=3)
    assert done == []
