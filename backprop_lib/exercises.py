"""Hand in your own ``backward``: central differences (D1) judge it, and a known slip is called by its name.

``check_backward(mine)`` never raises over what ``mine`` does; it says what came back and what is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from .activations import Array
from .bugs import BUGS, Bug
from .differences import central_differences
from .handed_in import Key, arrays, raised, takes_net
from .network import Network
from .parameters import Gradients, Parameters, Trace
from .slips import backward_with
from .slips import bp2 as right_bp2

TOLERANCE = 1e-6  # (D1) in float64 is good to about 1e-9 here, and a slip changes the first digits


@dataclass(frozen=True)
class Judgement:
    """What became of a reader's function: whether it is right, the equation to look at, and what to say."""

    right: bool
    equation: str
    text: str

    def __bool__(self) -> bool:
        return self.right

    def __repr__(self) -> str:
        return f"{'✓' if self.right else '✗'} {self.text}"


def _without_slope(net: Network, p: Parameters, t: Trace, y: Array) -> Array:
    return np.asarray(net._loss.prime(t.a[net.L], y) / y.shape[1])


def _slopes_inside(net: Network) -> bool:
    return any(name in ("sigmoid", "tanh") for name in net.activations[:-1])


def _slips() -> Iterator[Bug]:
    """Yield the library's classic slips, and those that only a hand-written function can make."""
    yield from BUGS.values()
    yield Bug(
        "no slope at the output",
        "BP1",
        "∂C/∂a⁽ᴸ⁾ is taken for δ⁽ᴸ⁾: the factor φ′(z⁽ᴸ⁾) is missing.",
        lambda net, p, t, y: backward_with(net, p, t, y, bp1=_without_slope),
    )
    yield Bug(
        "no slope inside",
        "BP2",
        "W⁽ˡ⁺¹⁾ᵀδ⁽ˡ⁺¹⁾ is taken for δ⁽ˡ⁾: the factor φ′(z⁽ˡ⁾) is missing.",
        lambda net, p, t, y: backward_with(
            net, p, t, y, bp2=lambda net, p, t, delta, l: p.W[l + 1].T @ delta[l + 1]
        ),
        _slopes_inside,
    )
    yield Bug(
        "z for a",
        "BP3",
        "z⁽ˡ⁻¹⁾ stands where a⁽ˡ⁻¹⁾ belongs.",
        lambda net, p, t, y: backward_with(
            net, p, t, y, bp3=lambda net, p, t, delta, l: delta[l] @ t.z.get(l - 1, t.a[0]).T
        ),
        lambda net: net.L > 1,
    )
    yield Bug(
        "mean for sum",
        "BP4",
        "δ⁽ˡ⁾ is averaged over the examples; it carries the 1/m already, so it is summed.",
        lambda net, p, t, y: backward_with(
            net, p, t, y, bp4=lambda net, p, t, delta, l: delta[l].mean(axis=1, keepdims=True)
        ),
    )
    yield Bug(
        "slope taken twice",
        "BP2",
        "δ⁽ˡ⁾ is multiplied by φ′(z⁽ˡ⁾) twice.",
        lambda net, p, t, y: backward_with(
            net,
            p,
            t,
            y,
            bp2=lambda net, p, t, delta, l: right_bp2(net, p, t, delta, l) * net.phi[l].prime(t.z[l]),
        ),
        _slopes_inside,
    )


def check_backward(function: Callable[..., Any], net: Network | None = None, seed: int = 0) -> Judgement:
    """Compare a reader's δ⁽ˡ⁾, ∂C/∂W⁽ˡ⁾ and ∂C/∂b⁽ˡ⁾ (BP1–BP4) with central differences (D1).

    Parameters
    ----------
    function : callable
        Called as ``function(p, t, y)``, or ``function(net, p, t, y)`` if it takes four arguments:
        ``Parameters``, the ``Trace`` of the forward pass, targets of shape (n_L, m).  Returns (dW, db) or
        (delta, dW, db), mappings from the layer to an array, or ``Gradients``; without biases, no db.
    net : Network, optional
        Widths 3, 4, 2 with sigmoid and half squared error if not given: all different, and m = 5, so that a
        forgotten transpose cannot pass.
    seed : int
        Of the parameters and the examples.

    Returns
    -------
    Judgement
        True if everything agrees; else which equation is wrong, and the slip that gives the same numbers.

    Examples
    --------
    >>> net = Network((3, 4, 2))
    >>> check_backward(net.backward, net)
    ✓ Every gradient agrees with central differences: δ, dW and db of 2 layers.
    """
    net = Network((3, 4, 2)) if net is None else net
    rng = np.random.default_rng(seed)
    p = net.initialize(rng)
    p = Parameters(p.W, {l: rng.normal(size=p.b[l].shape) for l in p.b})
    x = rng.normal(size=(net.sizes[0], 5))
    y = rng.uniform(0.1, 0.9, size=(net.sizes[-1], 5))
    y = y / y.sum(axis=0) if net.loss == "cross_entropy" else y
    t = net.forward(p, x)

    if not callable(function):
        kind = type(function).__name__
        return Judgement(
            False, "", f"This is a {kind}, not a function: hand in its name without parentheses."
        )
    try:
        with np.errstate(all="ignore"):
            returned = function(*((net, p, t, y) if takes_net(function) else (p, t, y)))
    except Exception as error:  # whatever a reader's code raises is told, not raised
        return Judgement(False, "", raised(error))
    mine, trouble = arrays(returned, net, p, m=5)
    if trouble:
        return Judgement(False, "", trouble)

    right = _named(central_differences(net, p, x, y))
    order = _order(mine, net)
    wrong = [key for key in order if not _agree(mine[key], right[key])]
    if not wrong:
        names = {"delta": "δ", "dW": "dW", "db": "db"}
        given = [names[name] for name in names if any(key[0] == name for key in mine)]
        listed = " and ".join([", ".join(given[:-1]), given[-1]] if len(given) > 1 else given)
        return Judgement(
            True, "", f"Every gradient agrees with central differences: {listed} of {net.L} layers."
        )
    slip = _recognized(mine, wrong[0], net, p, t, y)
    equation = slip.equation if slip else _suspect(wrong, mine, net)
    (name, l), (place, found, needed) = wrong[0], _worst(mine[wrong[0]], right[wrong[0]])
    where = f"{name}[{l}]{place} is {found:.6g}; central differences give {needed:.6g}."
    if slip:
        return Judgement(False, equation, f"{where} A known slip in ({equation}): {slip.sentence}")
    return Judgement(False, equation, f"{where} Look at ({equation}) for layer {l}; what uses it follows.")


def _named(g: Gradients) -> dict[Key, Array]:
    parts = {"delta": g.delta, "dW": g.dW, "db": g.db}
    return {(name, l): part[l] for name, part in parts.items() for l in part}


def _order(mine: dict[Key, Any], net: Network) -> list[Key]:
    """Return the keys as (BP1)–(BP4) compute them, so that the first wrong one is the cause."""
    layers = range(net.L, 0, -1)
    if any(name == "delta" for name, _ in mine):
        return [key for name in ("delta", "dW", "db") for l in layers if (key := (name, l)) in mine]
    return [key for l in layers for name in ("dW", "db") if (key := (name, l)) in mine]


def _agree(a: Array, b: Array) -> bool:
    return bool(abs(a - b).max() <= TOLERANCE * max(abs(a).max(), abs(b).max(), 1e-3))


def _suspect(wrong: list[Key], mine: dict[Key, Any], net: Network) -> str:
    """Return the equation behind the first wrong array, judged by what else is wrong."""
    name, l = wrong[0]
    delta_is_wrong = name == "delta" or (
        not any(key[0] == "delta" for key in mine) and {("dW", l), ("db", l)} & set(mine) <= set(wrong)
    )
    if delta_is_wrong:
        return "BP1" if l == net.L else "BP2"
    return {"dW": "BP3", "db": "BP4"}[name]


def _recognized(
    mine: dict[Key, Array], first: Key, net: Network, p: Parameters, t: Trace, y: Array
) -> Bug | None:
    """Return the slip that gives every array as handed in; failing that, the first wrong one."""
    given = {slip: _named(slip.gradients(net, p, t, y)) for slip in _slips() if slip.applies(net)}
    for keys in (list(mine), [first]):
        for slip, values in given.items():
            if all(_agree(mine[key], values[key]) for key in keys):
                return slip
    return None


def _worst(mine: Array, right: Array) -> tuple[list[int], float, float]:
    place = np.unravel_index(int(abs(mine - right).argmax()), mine.shape)
    return [int(i) for i in place], float(mine[place]), float(right[place])
