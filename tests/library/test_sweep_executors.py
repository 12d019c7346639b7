"""Whoever does the chunks of a sweep, and whatever becomes of them, it ends as on one machine, to the last bit."""

# ruff: noqa: E501  (the first line is a theorem)

import multiprocessing
import os
import pickle
import re
import signal
import textwrap
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from distributed import Client, LocalCluster

from backprop_lib import Network, datasets, sweep
from backprop_lib.jobs import Job, run, split
from backprop_lib.together import columns

# A chunk takes long enough for a worker to be killed while others wait.
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows ends a process at once by the second
SWEEP = {
    "sizes": [2, 5],
    "learning_rates": np.geomspace(0.1, 20, 12),
    "seeds": range(4),
    "epochs": 1000,
    "chunk": 8,
}
CHUNKS = 12
QUICK = SWEEP | {"epochs": 20}


@pytest.fixture(scope="module")
def plain():
    return sweep(**SWEEP)


def same(found, wanted):
    """Return whether two sweeps ended alike to the last bit."""
    return np.array_equal(found.cost, wanted.cost, equal_nan=True) and found.parameters == wanted.parameters


def pool(workers=2):
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


class Killing(Executor):
    """Another executor, of which a worker is killed as soon as the first chunk is done."""

    def __init__(self, executor, pid):
        self.executor, self.pid, self.futures, self.finished = executor, pid, [], 0

    def submit(self, function, *args):
        future = self.executor.submit(function, *args)
        self.futures.append(future)
        if len(self.futures) == CHUNKS:
            for each in self.futures:
                each.add_done_callback(self.kill)
        return future

    def kill(self, _):
        if self.pid:
            self.finished = sum(future.done() for future in self.futures)
            os.kill(self.pid, KILL)
            self.pid = None


@pytest.mark.slow
def test_a_process_pool_changes_nothing(plain):
    with pool() as executor:
        assert same(sweep(**SWEEP, executor=executor), plain)


@pytest.mark.slow
def test_a_process_pool_that_loses_a_worker_changes_nothing(plain, tmp_path):
    with pool() as executor:
        killing = Killing(executor, executor.submit(os.getpid).result())
        with pytest.warns(RuntimeWarning, match=r"of 12 jobs came back undone .*BrokenProcessPool"):
            found = sweep(**SWEEP, executor=killing, cache=tmp_path)
        assert killing.finished < CHUNKS
        assert same(found, plain)
        # What is done here is kept as well, and a pool without workers is no reason to fail.
        with pytest.warns(RuntimeWarning, match=r"12 of 12 jobs came back undone"):
            assert same(sweep(**SWEEP, executor=executor), plain)
    assert len(list(tmp_path.iterdir())) == CHUNKS


@pytest.mark.slow
def test_a_sweep_that_only_maps_would_lose_everything(plain):
    with pool() as executor:
        killing = Killing(executor, executor.submit(os.getpid).result())
        futures = [killing.submit(run, job) for job in jobs_of(plain)]
        with pytest.raises(BrokenExecutor):
            [future.result() for future in futures]


def jobs_of(runs):
    x, y = (v.astype(float) for v in datasets.xor_corners())
    nets = [Network(sizes) for sizes in runs.sizes]
    starts = [columns([net.initialize(seed) for seed in runs.seeds]) for net in nets]
    parts = [split(net, s, runs.learning_rates, x, y, 1000, 8) for net, s in zip(nets, starts, strict=True)]
    return [job for part in parts for job in part]


@pytest.fixture(scope="module")
def cluster():
    settings = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "host": "127.0.0.1"}
    with LocalCluster(**settings, dashboard_address=None) as cluster, Client(cluster) as client:
        yield client


@pytest.mark.slow
def test_a_dask_cluster_changes_nothing(plain, cluster):
    assert len(set(cluster.run(os.getpid).values())) == 2
    assert same(sweep(**SWEEP, executor=cluster.get_executor()), plain)


@pytest.mark.slow
def test_what_the_book_says_about_a_cluster_runs(plain, cluster, tmp_path, monkeypatch):
    page = (Path(__file__).parents[2] / "book/fast/sweep.md").read_text("utf8")
    block = re.search(r"^    from distributed import Client\n(?:    .*\n|\n)+", page, re.MULTILINE)[0]
    asked = []
    monkeypatch.setattr("distributed.Client", lambda address: asked.append(address) or cluster)
    monkeypatch.chdir(tmp_path)
    names = {"widths": SWEEP["sizes"], "rates": SWEEP["learning_rates"], "seeds": SWEEP["seeds"]}
    exec(textwrap.dedent(block), scope := {**names, "sweep": sweep})
    assert asked == ["tcp://scheduler:8786"]
    assert same(scope["runs"], plain)
    assert len(list((tmp_path / "kept").iterdir())) == 2


@pytest.mark.slow
def test_a_dask_cluster_that_loses_a_worker_changes_nothing(plain, cluster):
    pid = next(iter(cluster.run(os.getpid).values()))
    killing = Killing(cluster.get_executor(), pid)
    assert same(sweep(**SWEEP, executor=killing), plain)
    assert killing.pid is None
    assert killing.finished < CHUNKS
    cluster.wait_for_workers(2)
    assert pid not in cluster.run(os.getpid).values()


class Another(Executor):
    """A worker whose library computes something else: it adds a little, or does not even say what it did."""

    def __init__(self, tell):
        self.tell = tell

    def submit(self, function, job):
        future, (key, ends) = Future(), function(job)
        future.set_result(self.tell(key, replace(ends, cost=ends.cost + 1e-9)))
        return future


@pytest.mark.parametrize(
    "tell",
    [
        lambda key, ends: ("0" * 64, ends),
        lambda key, ends: (key, replace(ends, cost=ends.cost[:1])),
        lambda key, ends: (key, None),
        lambda key, ends: ends,
        lambda key, ends: None,
    ],
)
def test_what_another_version_computes_is_done_again_here(tell):
    with pytest.warns(RuntimeWarning, match="12 of 12 jobs came back undone and are done here"):
        assert same(sweep(**QUICK, executor=Another(tell)), sweep(**QUICK))


def test_a_worker_that_lies_about_its_version_would_go_unnoticed():
    assert not same(sweep(**QUICK, executor=Another(lambda key, ends: (key, ends))), sweep(**QUICK))


def test_a_job_s_own_error_is_shown(monkeypatch):
    def failing(job):
        raise ZeroDivisionError("the job's own fault")

    monkeypatch.setattr("backprop_lib.dispatch.run", failing)
    warned = pytest.warns(RuntimeWarning, match="came back undone")
    raised = pytest.raises(ZeroDivisionError, match="the job's own fault")
    with ThreadPoolExecutor(1) as executor, warned, raised:
        sweep([2], [1.0], [0], epochs=1, executor=executor)


def test_an_interrupt_cancels_what_has_not_begun_and_keeps_what_is_done(tmp_path, monkeypatch):
    begun = []

    def interrupted(job):
        begun.append(job)
        if len(begun) == 3:
            raise KeyboardInterrupt
        return run(job)

    monkeypatch.setattr("backprop_lib.dispatch.run", interrupted)
    with ThreadPoolExecutor(1) as executor, pytest.raises(KeyboardInterrupt):
        sweep(**SWEEP, executor=executor, cache=tmp_path)
    assert len(begun) < CHUNKS
    assert len(list(tmp_path.iterdir())) == 2


def test_a_job_is_small_and_travels():
    job = jobs_of(sweep(sizes=[16], learning_rates=np.ones(24), seeds=range(8), epochs=1))[0]
    assert isinstance(pickle.loads(pickle.dumps(job)), Job)
    assert pickle.loads(pickle.dumps(job)).key == job.key
    assert len(pickle.dumps(job)) < 8_000
    assert run.__qualname__ == "run"  # a function that every worker finds by its name
