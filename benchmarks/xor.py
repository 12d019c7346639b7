"""One full-batch step of XOR, 2-H-1, against the same step elsewhere: every library from the same weights.

Each run takes STEPS steps and returns W1, b1, W2, b2.  ``train`` and scikit-learn measure the cost of every
epoch, too; the others measure none.
"""

from __future__ import annotations

import sys
import warnings
from functools import partial

import timing  # first: it leaves one thread to every library

# isort: split
import jax
import limit
import numpy as np
import torch
from sklearn.neural_network import MLPClassifier

from backprop_lib import Network, Parameters, train
from backprop_lib.datasets import xor_corners

STEPS, ALPHA, BOUND = 1000, 1.0, 1e-9
OURS, OURS_ENTROPY = "backprop_lib.train", "backprop_lib.train, cross-entropy"
GOALS = {"NumPy loop": 0.6, "JAX, jitted step": 1.0, "PyTorch eager": 0.1, "scikit-learn fit": 0.2}
X, Y = xor_corners()
jax.config.update("jax_enable_x64", True)
torch.set_num_threads(1)


def as_parameters(W1, b1, W2, b2) -> Parameters:
    """Return these arrays, whoever made them, in the shapes of the book."""
    H = np.size(b1)
    W = {1: np.reshape(W1, (H, 2)), 2: np.reshape(W2, (1, H))}
    return Parameters(W, {1: np.reshape(b1, (H, 1)), 2: np.reshape(b2, (1, 1))})


def numpy_loop(p: Parameters, alpha: float = ALPHA) -> timing.Run:
    """Return the step as one writes it down, with whole arrays and no thought of memory."""

    def run():
        W1, b1, W2, b2 = p.W[1], p.b[1], p.W[2], p.b[2]
        for _ in range(STEPS):
            a1 = 1 / (1 + np.exp(-(W1 @ X + b1)))
            a2 = 1 / (1 + np.exp(-(W2 @ a1 + b2)))
            delta2 = (a2 - Y) / 4 * a2 * (1 - a2)
            delta1 = (W2.T @ delta2) * a1 * (1 - a1)
            W2, b2 = W2 - alpha * (delta2 @ a1.T), b2 - alpha * delta2.sum(axis=1, keepdims=True)
            W1, b1 = W1 - alpha * (delta1 @ X.T), b1 - alpha * delta1.sum(axis=1, keepdims=True)
        return W1, b1, W2, b2

    return run


def jax_runs(p: Parameters) -> dict[str, timing.Run]:
    """Return a jitted step called from Python, and all steps in one compiled scan."""
    x, y = jax.numpy.array(X), jax.numpy.array(Y)
    start = tuple(jax.numpy.array(v) for v in (p.W[1], p.b[1], p.W[2], p.b[2]))

    def loss(theta):
        W1, b1, W2, b2 = theta
        a2 = jax.nn.sigmoid(W2 @ jax.nn.sigmoid(W1 @ x + b1) + b2)
        return 0.5 * ((a2 - y) ** 2).sum() / 4

    def step(theta):
        return tuple(v - ALPHA * g for v, g in zip(theta, jax.grad(loss)(theta), strict=True))

    jitted = jax.jit(step)
    scanned = jax.jit(lambda theta: jax.lax.scan(lambda t, _: (step(t), None), theta, length=STEPS)[0])

    def per_call():
        theta = start
        for _ in range(STEPS):
            theta = jitted(theta)
        return jax.block_until_ready(theta)

    return {"JAX, jitted step": per_call, "JAX, compiled scan": lambda: jax.block_until_ready(scanned(start))}


def torch_eager(p: Parameters) -> timing.Run:
    """Return PyTorch's modules and its SGD."""
    x, y = torch.tensor(X.T), torch.tensor(Y.T)

    def run():
        layers = [torch.nn.Linear(W.shape[1], len(W), dtype=torch.float64) for W in p.W.values()]
        with torch.no_grad():
            for l, layer in enumerate(layers, start=1):
                layer.weight.copy_(torch.tensor(p.W[l]))
                layer.bias.copy_(torch.tensor(p.b[l][:, 0]))
        model = torch.nn.Sequential(layers[0], torch.nn.Sigmoid(), layers[1], torch.nn.Sigmoid())
        descent = torch.optim.SGD(model.parameters(), lr=ALPHA)
        for _ in range(STEPS):
            descent.zero_grad()
            (0.5 * ((model(x) - y) ** 2).sum() / 4).backward()
            descent.step()
        return [v.detach().numpy() for layer in layers for v in (layer.weight, layer.bias)]

    return run


def scikit_learn(p: Parameters) -> timing.Run:
    """Return MLPClassifier.fit, whose loss is the cross-entropy."""
    warnings.filterwarnings("ignore", module="sklearn")
    options = {"solver": "sgd", "alpha": 0, "momentum": 0, "nesterovs_momentum": False, "shuffle": False}
    model = MLPClassifier(
        (len(p.W[1]),), "logistic", batch_size=4, learning_rate_init=ALPHA, max_iter=STEPS,
        n_iter_no_change=STEPS + 1, warm_start=True, **options,
    )  # fmt: skip
    model.partial_fit(X.T, Y[0], classes=[0, 1])
    x, y = X.T.copy(), Y[0].astype(int)

    def run():
        model.coefs_ = [W.T.copy() for W in p.W.values()]
        model.intercepts_ = [b[:, 0].copy() for b in p.b.values()]
        model.n_iter_, model.t_, model.loss_curve_ = 0, 0, []
        model._no_improvement_count, model.best_loss_ = 0, np.inf
        model.fit(x, y)
        assert model.n_iter_ == STEPS
        return model.coefs_[0].T, model.intercepts_[0], model.coefs_[1].T, model.intercepts_[1]

    return run


def in_c(p: Parameters) -> dict[str, timing.Run]:
    """Return the limit, if there is a compiler."""
    library, H = limit.compiled(), len(p.W[1])
    if library is None:
        return {}

    def run():
        theta = np.concatenate([v.ravel() for v in (p.W[1], p.b[1], p.W[2], p.b[2])])
        rate = limit.ctypes.c_double(ALPHA)
        library.one(H, STEPS, limit.pointer(theta), rate, limit.pointer(X), limit.pointer(Y))
        return np.split(theta, (2 * H, 3 * H, 4 * H))

    return {"C": run}


def measure(H: int, rounds: int) -> dict[str, object]:
    """Return the table of one width."""
    nets = {OURS: Network((2, H, 1)), OURS_ENTROPY: Network((2, H, 1), loss="binary_cross_entropy")}
    p = nets[OURS].initialize(H)

    def ours(net):
        q = train(net, p, X, Y, ALPHA, STEPS, progress=False).parameters
        return q.W[1], q.b[1], q.W[2], q.b[2]

    runs = {
        **{name: partial(ours, net) for name, net in nets.items()},
        "NumPy loop": numpy_loop(p), **jax_runs(p), "PyTorch eager": torch_eager(p),
        "scikit-learn fit": scikit_learn(p), **in_c(p),
    }  # fmt: skip
    apart = {name: OURS for name in runs if name not in nets} | {"scikit-learn fit": OURS_ENTROPY}
    timing.same_work(
        runs, lambda name, end: nets[apart.get(name, name)].cost(as_parameters(*end), X, Y), BOUND, apart
    )
    seconds = timing.race(runs, rounds)
    notes = {"C": "the limit", "JAX, compiled scan": "compiled before, for this width alone"}
    return timing.report(
        f"One full-batch step of XOR, width {H}", "µs", f"{STEPS} steps, {rounds} rounds",
        timing.rows(seconds, apart, GOALS, 1e6 / STEPS, notes),
    )  # fmt: skip


def main(rounds: int = 15) -> list[dict[str, object]]:
    """Return both tables."""
    return [measure(H, rounds) for H in (3, 50)]


if __name__ == "__main__":
    timing.hand_in(main(*map(int, sys.argv[1:])))
