"""A sweep, 24 learning rates × 16 widths × 8 seeds × 1,000 steps of XOR: the same 3,072 networks everywhere.

Everyone trains one width after the other, its 192 networks at once.  A run returns the final cost of each
network, in the order width, rate, seed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

import timing  # first: it leaves one thread to every library

# isort: split
import jax
import limit
import numpy as np
import torch
import xor
from xor import X, Y

from backprop_lib import Network, Parameters, sweep

RATES, WIDTHS, SEEDS, STEPS = np.geomspace(0.1, 100, 24), range(1, 17), range(8), 1000
OURS, LOOP, EVERY = "backprop_lib.sweep", "NumPy loop", 64
GOALS = {"JAX, vmap and jit": 1.1, "PyTorch bmm": 0.5, LOOP: 1 / 30}
# Training is chaotic in floating point where rate × width is large.  Below TAME the final costs must agree,
# beyond it the share of networks that end near 0.
TAME, BOUND, SHARE = 20, 1e-9, 0.02
SHAPE = (len(WIDTHS), len(RATES), len(SEEDS))


def starts(H: int) -> list[np.ndarray]:
    """Return W1, b1, W2, b2 of the 192 networks of one width, one axis more each, rates outermost."""
    each = [Network((2, H, 1)).initialize(seed) for seed in SEEDS] * len(RATES)
    return [
        np.stack([v[l] for v in part]) for l in (1, 2) for part in ([p.W for p in each], [p.b for p in each])
    ]


def costs(W1, b1, W2, b2) -> np.ndarray:
    """Return the half squared error of each network."""
    with np.errstate(over="ignore"):
        a1 = 1 / (1 + np.exp(-(W1 @ X + b1)))
        a2 = 1 / (1 + np.exp(-(W2 @ a1 + b2)))
    return 0.5 * ((a2 - Y) ** 2).sum(axis=(1, 2)) / 4


def width_by_width(train: Callable[..., list[np.ndarray]]) -> timing.Run:
    """Return a run that calls ``train(H, starts, rates)`` for every width."""
    begun = {H: starts(H) for H in WIDTHS}
    rates = np.repeat(RATES, len(SEEDS))
    return lambda: [costs(*train(H, begun[H], rates)) for H in WIDTHS]


def jax_vmap() -> timing.Run:
    """Return all steps of all networks of a width, compiled together."""
    x, y = jax.numpy.array(X), jax.numpy.array(Y)

    def loss(theta):
        W1, b1, W2, b2 = theta
        return 0.5 * ((jax.nn.sigmoid(W2 @ jax.nn.sigmoid(W1 @ x + b1) + b2) - y) ** 2).sum() / 4

    def one(theta, alpha):
        def step(t, _):
            return tuple(v - alpha * g for v, g in zip(t, jax.grad(loss)(t), strict=True)), None

        return jax.lax.scan(step, theta, length=STEPS)[0]

    walk = jax.jit(jax.vmap(one))
    return width_by_width(lambda H, start, rates: [np.array(v) for v in walk(tuple(start), rates)])


def torch_bmm() -> timing.Run:
    """Return batched matrix products, the gradients by hand: autograd would only slow them down."""

    def train(H, start, rates):
        W1, b1, W2, b2 = (torch.tensor(v) for v in start)
        x, y = (torch.tensor(v).expand(len(rates), -1, -1) for v in (X, Y))
        alpha = torch.tensor(rates / 4)[:, None, None]
        with torch.no_grad():
            for _ in range(STEPS):
                a1 = torch.sigmoid(torch.baddbmm(b1, W1, x))
                a2 = torch.sigmoid(torch.baddbmm(b2, W2, a1))
                delta2 = alpha * (a2 - y) * a2 * (1 - a2)
                delta1 = torch.bmm(W2.mT, delta2) * a1 * (1 - a1)
                W2, b2 = torch.baddbmm(W2, delta2, a1.mT, alpha=-1), b2 - delta2.sum(2, keepdim=True)
                W1, b1 = torch.baddbmm(W1, delta1, x.mT, alpha=-1), b1 - delta1.sum(2, keepdim=True)
        return [v.numpy() for v in (W1, b1, W2, b2)]

    return width_by_width(train)


def in_c() -> dict[str, timing.Run]:
    """Return the limit, if there is a compiler: networks side by side in the processor's lanes."""
    library = limit.compiled()
    if library is None:
        return {}

    def train(H, start, rates):
        N = len(rates)
        theta = np.ascontiguousarray(np.concatenate([v.reshape(N, -1).T for v in start]))
        library.many(H, N, STEPS, *map(limit.pointer, (theta, rates, X, Y)))
        parts = np.split(theta, (2 * H, 3 * H, 4 * H))
        return [np.ascontiguousarray(v.T).reshape(s.shape) for v, s in zip(parts, start, strict=True)]

    return {"C": width_by_width(train)}


def loop() -> timing.Run:
    """Return a loop over every 64th network, one after the other."""
    some = np.arange(0, np.prod(SHAPE), EVERY)
    runs = []
    for i, j, k in zip(*np.unravel_index(some, SHAPE), strict=True):
        p = Network((2, WIDTHS[i], 1)).initialize(SEEDS[k])
        runs.append(xor.numpy_loop(p, RATES[j]))

    def run():
        with np.errstate(over="ignore"):
            ends = [xor.as_parameters(*one()) for one in runs]
        return np.array([cost_of(q) for q in ends])

    return run


def cost_of(q: Parameters) -> float:
    """Return the cost of one network."""
    return Network(q.sizes).cost(q, X, Y)


def same(found: np.ndarray, ours: np.ndarray, places: np.ndarray) -> None:
    """Raise unless tame networks end at our cost, and as many of the wild ones are solved."""
    products = np.broadcast_to(np.multiply.outer(np.array(WIDTHS), RATES)[..., None], SHAPE)
    tame = products.ravel()[places] < TAME
    off = np.abs(found - ours) > BOUND * np.abs(ours)
    if (off & tame).any():
        raise AssertionError(f"{(off & tame).sum()} of {tame.sum()} tame networks end at another cost")
    if abs((found < 0.01).mean() - (ours < 0.01).mean()) > SHARE:
        raise AssertionError("another share of the networks is solved")


def main(rounds: int = 5) -> list[dict[str, object]]:
    """Return the table."""
    ours = partial(sweep, WIDTHS, list(RATES), list(SEEDS), STEPS, progress=False)
    peers = {"JAX, vmap and jit": jax_vmap(), "PyTorch bmm": torch_bmm(), LOOP: loop(), **in_c()}
    places = np.arange(np.prod(SHAPE))
    ends = np.nan_to_num(np.asarray(ours().cost)[..., -1].ravel(), nan=np.inf)
    for name, run in peers.items():
        some = places[::EVERY] if name == LOOP else places
        same(np.ravel(run()), ends[some], some)
    seconds = timing.race({OURS: ours, **peers}, rounds)
    seconds[LOOP] = [EVERY * each for each in seconds[LOOP]]
    notes = {"C": "the limit", "JAX, vmap and jit": "compiled before"}
    notes[LOOP] = f"every {EVERY}th network, times {EVERY}"
    rows = timing.rows(seconds, dict.fromkeys(peers, OURS), GOALS, 1.0, notes)
    return [timing.report("A sweep", "s", f"3,072 networks, {STEPS} steps, float64, {rounds} rounds", rows)]


if __name__ == "__main__":
    timing.hand_in(main(*map(int, sys.argv[1:])))
