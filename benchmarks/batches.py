"""Epochs of mini-batches, of the digits with 64-64-10 and of made images with 784-256-10, here and elsewhere.

ReLU, softmax and cross-entropy, from the same weights through the same batches in the same order.  A run
returns what it ends with.  ``train`` and scikit-learn measure the cost of every epoch, too: scikit-learn on
the way, ``train`` by a pass forward over the first ``measure`` examples, or over all of them.
"""

from __future__ import annotations

import sys
import warnings
from dataclasses import dataclass
from functools import partial

import timing  # first: it leaves one thread to every library

# isort: split
import jax
import numpy as np
import sklearn.datasets
import sklearn.utils
import torch
from sklearn.neural_network import MLPClassifier

from backprop_lib import Network, Parameters, datasets, step, train

OURS, OURS_ALL, READABLE = "backprop_lib.train", "…, measuring all", "…, the readable step"
PRODUCTS, SEED = "the matrix products alone", 3
jax.config.update("jax_enable_x64", True)
torch.set_num_threads(1)


@dataclass(frozen=True)
class Task:
    """What is learned, and how: ``rows`` holds one example a row, as these libraries want it."""

    title: str
    rows: np.ndarray
    labels: np.ndarray
    hidden: int
    size: int
    epochs: int
    alpha: float
    bound: float  # of the relative difference of two final costs
    goals: dict[str, float]
    measure: int
    all_too: bool = False  # whether a run that measures all examples is timed as well

    @property
    def net(self) -> Network:
        """The network."""
        return Network((self.rows.shape[1], self.hidden, 10), ["relu", "softmax"], "cross_entropy")

    @property
    def orders(self) -> list[np.ndarray]:
        """The order of each epoch: those that scikit-learn will draw from SEED."""
        rng, order, all_orders = np.random.RandomState(SEED), np.arange(len(self.rows)), []
        for _ in range(self.epochs):
            order = sklearn.utils.shuffle(order, random_state=rng)
            all_orders.append(order)
        return all_orders


def digits() -> Task:
    """Return the digits of the book, which are scikit-learn's."""
    x, y = datasets.digits()
    published = sklearn.datasets.load_digits()
    assert np.array_equal(16 * x.T, published.data)
    assert np.array_equal(y.argmax(axis=0), published.target)
    goals = {"scikit-learn fit": 0.5, "PyTorch eager": 0.3, PRODUCTS: 2.0}
    return Task("Digits, 64-64-10", x.T, y.argmax(axis=0), 64, 32, 50, 0.1, 1e-9, goals, 256, all_too=True)


def images() -> Task:
    """Return 60,000 made images of 784 pixels in float32: ten random ones under noise."""
    rng = np.random.default_rng(SEED)
    labels = rng.integers(10, size=60_000)
    rows = rng.random((10, 784), dtype=np.float32)[labels] * 0.3
    for some in np.array_split(rows, 60):
        some += rng.random(some.shape, dtype=np.float32) * 0.7
    goals = {"PyTorch eager": 0.8, PRODUCTS: 1.15}
    return Task("784-256-10, 60,000 images", rows, labels, 256, 128, 1, 0.05, 1e-3, goals, 256)


class Orders(np.random.RandomState):
    """A generator that has nothing left to draw: each permutation is the next of those given."""

    def __init__(self, orders):
        super().__init__()
        self.left = iter(orders)

    def permutation(self, _):
        """Return the next order."""
        return next(self.left)


def ours(task: Task, p: Parameters) -> dict[str, timing.Run]:
    """Return ``train``, and the nine readable lines batch by batch."""
    x, y, orders = task.rows.T, np.eye(10, dtype=task.rows.dtype)[task.labels].T, task.orders

    def fast(measure):
        rng = Orders(orders)
        options = {"rng": rng, "measure": measure, "progress": False}
        return train(task.net, p, x, y, task.alpha, task.epochs, task.size, **options).parameters

    def readable():
        q, net = p, task.net
        for order in orders:
            for columns in np.split(order, range(task.size, len(order), task.size)):
                q = step(q, net.backward(q, net.forward(q, x[:, columns]), y[:, columns]), task.alpha)
        return q

    all_too = {OURS_ALL: partial(fast, None)} if task.all_too else {}
    return {OURS: partial(fast, task.measure), **all_too, READABLE: readable}


def products(task: Task, p: Parameters) -> timing.Run:
    """Return the five matrix products of a step and nothing else, on one batch for all."""
    x = np.ascontiguousarray(task.rows[: task.size]).T
    W1, W2 = p.W[1], p.W[2]
    a1, delta1 = (np.zeros((task.hidden, task.size), x.dtype) for _ in range(2))
    a2, dW1, dW2 = np.zeros((10, task.size), x.dtype), np.empty_like(W1), np.empty_like(W2)

    def run():
        for _ in range(task.epochs * -(-len(task.rows) // task.size)):
            W1.dot(x, out=a1)
            W2.dot(a1, out=a2)
            a2.dot(a1.T, out=dW2)
            W2.T.dot(a2, out=delta1)
            delta1.dot(x.T, out=dW1)

    return run


def torch_eager(task: Task, p: Parameters) -> timing.Run:
    """Return PyTorch's modules and its SGD."""
    x, labels = torch.tensor(task.rows), torch.tensor(task.labels)
    orders = [torch.tensor(order) for order in task.orders]

    def run():
        layers = [torch.nn.Linear(W.shape[1], len(W), dtype=x.dtype) for W in p.W.values()]
        with torch.no_grad():
            for l, layer in enumerate(layers, start=1):
                layer.weight.copy_(torch.tensor(p.W[l]))
                layer.bias.copy_(torch.tensor(p.b[l][:, 0]))
        model = torch.nn.Sequential(layers[0], torch.nn.ReLU(), layers[1])
        descent = torch.optim.SGD(model.parameters(), lr=task.alpha)
        for order in orders:
            for some in order.split(task.size):
                descent.zero_grad()
                torch.nn.functional.cross_entropy(model(x[some]), labels[some]).backward()
                descent.step()
        W1, b1, W2, b2 = (v.detach().numpy() for layer in layers for v in (layer.weight, layer.bias))
        return Parameters({1: W1, 2: W2}, {1: b1[:, None], 2: b2[:, None]})

    return run


def jax_scan(task: Task, p: Parameters) -> timing.Run:
    """Return all epochs in one compiled scan, which walks through the full batches and then the rest."""
    rows, labels = jax.numpy.array(task.rows), jax.numpy.array(task.labels)
    full = len(task.labels) // task.size * task.size
    orders = jax.numpy.array(np.array(task.orders))
    start = {l: (jax.numpy.array(p.W[l]), jax.numpy.array(p.b[l][:, 0])) for l in p.W}

    def loss(theta, some):
        (W1, b1), (W2, b2) = theta[1], theta[2]
        z2 = jax.nn.relu(rows[some] @ W1.T + b1) @ W2.T + b2
        return -jax.nn.log_softmax(z2)[jax.numpy.arange(len(some)), labels[some]].mean()

    def batch(theta, some):
        return jax.tree.map(lambda v, g: v - task.alpha * g, theta, jax.grad(loss)(theta, some)), None

    def epoch(theta, order):
        theta, _ = jax.lax.scan(batch, theta, order[:full].reshape(-1, task.size))
        return (batch(theta, order[full:])[0] if full < len(order) else theta), None

    walk = jax.jit(lambda theta: jax.lax.scan(epoch, theta, orders)[0])

    def run():
        theta = jax.block_until_ready(walk(start))
        W = {l: np.array(theta[l][0]) for l in theta}
        return Parameters(W, {l: np.array(theta[l][1])[:, None] for l in theta})

    return run


def scikit_learn(task: Task, p: Parameters) -> timing.Run:
    """Return MLPClassifier.fit."""
    warnings.filterwarnings("ignore", module="sklearn")
    model = MLPClassifier(
        (task.hidden,), "relu", solver="sgd", alpha=0, momentum=0, nesterovs_momentum=False, warm_start=True,
        batch_size=task.size, learning_rate_init=task.alpha, max_iter=task.epochs, random_state=SEED,
        n_iter_no_change=task.epochs + 1,
    )  # fmt: skip
    model.partial_fit(task.rows[: task.size], task.labels[: task.size], classes=range(10))

    def run():
        model.coefs_ = [W.T.copy() for W in p.W.values()]
        model.intercepts_ = [b[:, 0].copy() for b in p.b.values()]
        model.n_iter_, model.t_, model.loss_curve_ = 0, 0, []
        model._no_improvement_count, model.best_loss_ = 0, np.inf
        model.fit(task.rows, task.labels)
        W = {l: W.T for l, W in enumerate(model.coefs_, start=1)}
        return Parameters(W, {l: b[:, None] for l, b in enumerate(model.intercepts_, start=1)})

    return run


def measure(task: Task, rounds: int) -> dict[str, object]:
    """Return the table of one task."""
    p, dtype = task.net.initialize(SEED, "he"), task.rows.dtype
    p = Parameters({l: W.astype(dtype) for l, W in p.W.items()}, {l: b.astype(dtype) for l, b in p.b.items()})
    x, y = task.rows.T, np.eye(10)[task.labels].T
    runs = {
        **ours(task, p), "PyTorch eager": torch_eager(task, p), "scikit-learn fit": scikit_learn(task, p),
        "JAX, compiled scan": jax_scan(task, p),
    }  # fmt: skip
    apart = {name: OURS for name in runs if name != OURS}
    timing.same_work(runs, lambda _, q: task.net.cost(q, x, y), task.bound, apart)
    runs[PRODUCTS], apart[PRODUCTS] = products(task, p), OURS
    seconds = timing.race(runs, rounds)
    epochs = "an epoch" if task.epochs == 1 else f"{task.epochs} epochs"
    work = f"{epochs}, batches of {task.size}, {dtype}, {task.measure} examples measured, {rounds} rounds"
    notes = {PRODUCTS: "the limit", "JAX, compiled scan": "compiled before"}
    return timing.report(task.title, "ms", work, timing.rows(seconds, apart, task.goals, 1e3, notes))


def main(rounds: int = 9) -> list[dict[str, object]]:
    """Return both tables."""
    return [measure(make(), rounds) for make in (digits, images)]


if __name__ == "__main__":
    timing.hand_in(main(*map(int, sys.argv[1:])))
