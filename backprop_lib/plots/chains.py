"""Draw the chain rule: from the cost back to one weight, every factor with its number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from ..losses import LOSSES
from ..network import Network
from ..parameters import Parameters
from .diagrams import topology
from .style import FORWARD, GRADIENT, GROUND, INK, LINE, Picture, picture, style

Links = Mapping[tuple[str, str], tuple[str, float]]
SUB, SUPER = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"), str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
STEP, HALF, APART = 0.84, 0.2, 1.3  # inches: from box to box, half a box's height, between two paths


def chain(
    net: Network, p: Parameters, x: Any, y: Any, weight: tuple[int, int, int], *, alt: str, caption: str
) -> Picture:
    """Draw the path from the cost to one weight: where it runs in the network, and what is multiplied on it.

    Parameters
    ----------
    x, y : arrays of shape (n_0, 1) and (n_L, 1)
        One example.
    weight : tuple of ints (l, k, j)
        The weight w⁽ˡ⁾ₖⱼ, neurons counted from 1; l is L or L − 1.

    Raises
    ------
    ValueError
        If there is more than one example, or the chain would be longer than a picture can show.

    References
    ----------
    Source 001, its pictures of the chains to W₂ and W₁.
    """
    links = factors(net, p, x, y, weight)
    l, k, _ = weight
    onward = [(l + 1, i, k) for i in range(1, net.sizes[l + 1] + 1)] if l < net.L else []
    network = topology(
        net.sizes,
        alt=alt,
        caption=caption,
        weights=p.W,
        titles={0: "x"} | {i: quantity("a", i) for i in p.W},
        lit=[weight, *onward],
        color=GRADIENT,
        backward=True,
    )
    return Picture(network.panels + picture(ladder(links), alt=alt, caption=caption).panels, alt, caption)


def factors(net: Network, p: Parameters, x: Any, y: Any, weight: tuple[int, int, int]) -> Links:
    """Return the links of the chain, from C down to the weight.

    Returns
    -------
    mapping from (upper quantity, lower quantity) to the name and the number of ∂upper/∂lower
    """
    l, k, j = weight
    if not max(net.L - 1, 1) <= l <= net.L:
        raise ValueError(f"the weight is of layer {l}; the chain is drawn for layers {net.L} and {net.L - 1}")
    t = net.forward(p, x)
    if t.a[0].shape[1] != 1:
        raise ValueError(f"x has {t.a[0].shape[1]} columns; the chain is drawn for one example")
    dC_da = LOSSES[net.loss].prime(t.a[net.L], y)
    links: dict[tuple[str, str], tuple[str, float]] = {}

    def through(layer: int, i: int) -> str:
        a, z = quantity("a", layer, i), quantity("z", layer, i)
        links[a, z] = (f"σ′({z})", float(net.phi[layer].prime(t.z[layer])[i - 1, 0]))
        return z

    for i in [k] if l == net.L else range(1, net.sizes[-1] + 1):
        links["C", quantity("a", net.L, i)] = ("", float(dC_da[i - 1, 0]))
        z = through(net.L, i)
        if l < net.L:
            links[z, quantity("a", l, k)] = (quantity("w", net.L, i, k), float(p.W[net.L][i - 1, k - 1]))
    z = through(l, k)
    links[z, quantity("w", l, k, j)] = (quantity("a", l - 1, j), float(t.a[l - 1][j - 1, 0]))
    return links


def sensitivities(links: Links) -> Mapping[str, float]:
    """Return ∂C/∂(each quantity): the sum, over the links that arrive, of what is above times the link."""
    values = {"C": 1.0}
    for (upper, lower), (_, factor) in links.items():
        values[lower] = values.get(lower, 0.0) + values[upper] * factor
    return values


def ladder(links: Links) -> Figure:
    """Return a figure of the chain: the cost on top, the weight at the bottom, a factor on every arrow."""
    row = {"C": 0}
    for upper, lower in links:
        row[lower] = row[upper] + 1
    levels = {r: [name for name in row if row[name] == r] for r in row.values()}
    at = {
        name: ((i - (len(names) - 1) / 2) * APART, -STEP * r)
        for r, names in levels.items()
        for i, name in enumerate(names)
    }
    width, bottom = 1.3 + APART * (max(map(len, levels.values())) - 1), -STEP * max(levels) - HALF - 0.03
    with style():
        half = max(width / 2, 1.0)
        figure: Figure = plt.figure(figsize=(2 * half, HALF + 0.03 - bottom), layout="none")
        ax = figure.add_axes((0, 0, 1, 1), xlim=(-half, half), ylim=(bottom, HALF + 0.03))
        ax.set_axis_off()
        for (upper, lower), (factor, value) in links.items():
            _arrow(ax, at[upper], at[lower], [factor, f"× {_number(value)}"] if factor else [])
        for name, value in sensitivities(links).items():
            _box(ax, *at[name], ["C"] if name == "C" else [f"∂C/∂{name}", _number(value)])
    return figure


def _box(ax: Axes, x: float, y: float, lines: list[str]) -> None:
    half, edge = (0.4, GRADIENT) if len(lines) > 1 else (0.16, LINE)
    shape = FancyBboxPatch(
        (x - half, y - HALF), 2 * half, 2 * HALF, boxstyle="round,pad=0,rounding_size=0.06"
    )
    shape.set(facecolor=GROUND, edgecolor=edge)
    ax.add_patch(shape)
    _lines(ax, x, y, lines, ha="center", color=INK)


def _arrow(ax: Axes, upper: tuple[float, float], lower: tuple[float, float], lines: list[str]) -> None:
    """Draw one link; its factor stands on the outer side, clear of a slanting arrow."""
    (x0, y0), (x1, y1) = (upper[0], upper[1] - HALF), (lower[0], lower[1] + HALF)
    shape = {"arrowstyle": "-|>", "color": GRADIENT, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", (x1, y1), (x0, y0), arrowprops=shape)
    side = -1 if x0 + x1 < 0 else 1
    x = (x0 + x1) / 2 + side * (0.08 + 0.2 * abs(x1 - x0))
    _lines(ax, x, (y0 + y1) / 2, lines, ha="right" if side < 0 else "left", color=FORWARD)


def _lines(ax: Axes, x: float, y: float, lines: list[str], **look: Any) -> None:
    for i, line in enumerate(lines):
        ax.text(x, y + 0.17 * ((len(lines) - 1) / 2 - i), line, va="center", fontsize=9, **look)


def quantity(letter: str, l: int, *index: int) -> str:
    """Return a quantity as the book writes it: z₁⁽²⁾, w₃₁⁽¹⁾; the input neuron x₁."""
    subscript = "".join(str(i) for i in index).translate(SUB)
    return f"x{subscript}" if (letter, l) == ("a", 0) else f"{letter}{subscript}⁽{str(l).translate(SUPER)}⁾"


def _number(value: float) -> str:
    return f"{value:.4f}".replace("-", "−")
