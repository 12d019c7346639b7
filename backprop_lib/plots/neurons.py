"""Draw one neuron opened: what it receives, what it adds up, what it hands on, each with its number."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from ..network import Network
from ..parameters import Parameters
from .chains import quantity
from .diagrams import shown
from .style import FORWARD, GROUND, INK, LINE, MUTED, Picture, picture, style

ROW, ORIGIN, SUM, OUT, HALF = (
    0.62,
    0.36,
    2.3,
    3.72,
    0.33,
)  # inches: between inputs; the three columns; half a pill


def neuron(net: Network, p: Parameters, x: Any, layer: int, i: int, *, alt: str, caption: str) -> Picture:
    """Draw neuron i of a layer: zᵢ = Σⱼ wᵢⱼ aⱼ + bᵢ (F1) and aᵢ = φ(zᵢ) (F2), for the first example in ``x``.

    Parameters
    ----------
    layer, i : int
        Which neuron, both counted from 1.

    Raises
    ------
    ValueError
        If there is no such neuron.

    References
    ----------
    Source 000, its picture of layer l.
    """
    if not (1 <= layer <= net.L and 1 <= i <= net.sizes[layer]):
        raise ValueError(f"there is no neuron {i} in layer {layer} of sizes {net.sizes}")
    t = net.forward(p, x)
    n = net.sizes[layer - 1]
    heights = [((n - 1) / 2 - j) * ROW for j in range(n)]
    top, bottom = max(heights[0], 0.5) + 0.5, heights[-1] - 0.3
    with style():
        figure = plt.figure(figsize=(OUT + ORIGIN, top - bottom), layout="none")
        ax = figure.add_axes((0, 0, 1, 1), xlim=(0, OUT + ORIGIN), ylim=(bottom, top))
        ax.set_axis_off()
        for j, y in enumerate(heights, start=1):
            ax.plot([ORIGIN, SUM], [y, 0], color=LINE, linewidth=1.4, zorder=1)
            along = (ORIGIN + 0.5 * (SUM - ORIGIN), 0.5 * y)
            weight = f"{quantity('w', layer, i, j)} = {shown(p.W[layer][i - 1, j - 1])}"
            _text(ax, *along, weight, back=True)
            a = quantity("a", layer - 1, j)
            pill(ax, ORIGIN, y, a, t.a[layer - 1][j - 1, 0], color=FORWARD)
        if net.biases:
            ax.plot([SUM, SUM], [0, 0.62], color=LINE, linewidth=1.4, zorder=1)
            _text(ax, SUM, 0.7, f"+ {quantity('b', layer, i)} = {shown(p.b[layer][i - 1, 0])}", back=True)
        arrow = {"arrowstyle": "-|>", "color": MUTED, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", (OUT - HALF - 0.02, 0), (SUM + HALF, 0), arrowprops=arrow)
        _text(ax, (SUM + OUT) / 2, 0.13, {"sigmoid": "σ"}.get(net.activations[layer - 1], "φ"))
        pill(ax, SUM, 0, quantity("z", layer, i), t.z[layer][i - 1, 0], color=FORWARD)
        pill(ax, OUT, 0, quantity("a", layer, i), t.a[layer][i - 1, 0], color=FORWARD)
        return picture(figure, alt=alt, caption=caption)


def pill(ax: Axes, x: float, y: float, title: str, value: float, *, color: str, lit: bool = False) -> None:
    """Draw a rounded box with a number, and its name above the number if there is one."""
    height = 0.21 if title else 0.13
    shape = FancyBboxPatch((x - HALF, y - height), 2 * HALF, 2 * height, "round,pad=0,rounding_size=0.08")
    shape.set(facecolor=GROUND, edgecolor=color, linewidth=2.6 if lit else 1.0, zorder=3)
    ax.add_patch(shape)
    if title:
        _text(ax, x, y + 0.1, title)
    _text(ax, x, y - (0.1 if title else 0), shown(value), weight="bold" if lit else "normal")


def _text(ax: Axes, x: float, y: float, text: str, *, back: bool = False, weight: str = "normal") -> None:
    ground = {"facecolor": GROUND, "edgecolor": "none", "pad": 1.0} if back else None
    look: dict[str, Any] = {
        "ha": "center",
        "va": "center",
        "fontsize": 9,
        "color": INK,
        "fontweight": weight,
        "zorder": 4,
    }
    ax.text(x, y, text, bbox=ground, **look)
