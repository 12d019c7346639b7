"""Draw who influences whom on the way to the cost, and in which order the way back asks."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt

from .chains import SUPER
from .style import FORWARD, GRADIENT, GROUND, INK, MUTED, Picture, picture, style

COLUMN, DROP, RADIUS = 0.74, 0.98, 0.22  # inches: between stations, down to the parameters, of a circle


def influences(sizes: Sequence[int], m: int, *, alt: str, caption: str) -> Picture:
    """Draw x → z⁽¹⁾ → a⁽¹⁾ → … → C with the parameters that enter, each with its shape and its turn backward.

    Parameters
    ----------
    sizes : sequence of ints
        (n_0, …, n_L).
    m : int
        The number of examples.

    References
    ----------
    Source 003, its order of the forward pass and of the gradients.
    """
    found = turns(len(sizes) - 1)
    width, height = (2 * len(sizes) - 1) * COLUMN + 0.66, DROP + 1.12
    with style():
        figure = plt.figure(figsize=(width, height), layout="none")
        ax = figure.add_axes((0, 0, 1, 1), xlim=(-0.33, width - 0.33), ylim=(-DROP - 0.58, 0.54))
        ax.set_axis_off()
        stations = ["x", *(f"{v}{key(l)}" for l in range(1, len(sizes)) for v in "za"), "C"]
        for i, name in enumerate(stations):
            x, l = i * COLUMN, (i + 1) // 2
            last = name == "C"
            shape = "" if last else f"{sizes[l]} × {m}"
            if i:
                _arrow(ax, (x - COLUMN + RADIUS, 0), (x - RADIUS, 0))
            _station(ax, x, 0, name, shape, found.get(name), below=not name.startswith("z"))
            if name.startswith("z"):
                for offset, v, shape in (
                    (-0.3, "W", f"{sizes[l]} × {sizes[l - 1]}"),
                    (0.3, "b", f"{sizes[l]} × 1"),
                ):
                    _arrow(ax, (x + offset, -DROP + RADIUS), (x + 0.4 * offset, -RADIUS))
                    name = f"{v}{key(l)}"
                    _station(ax, x + offset, -DROP, name, shape, found[name], below=True)
        return picture(figure, alt=alt, caption=caption)


def turns(L: int) -> dict[str, int]:
    """Return when each slope is taken on the way back, counted from 1: a⁽ᴸ⁾, z⁽ᴸ⁾, W⁽ᴸ⁾, b⁽ᴸ⁾, a⁽ᴸ⁻¹⁾, …"""
    names = [f"{v}{key(l)}" for l in range(L, 0, -1) for v in "azWb"]
    return {name: turn for turn, name in enumerate(names, start=1)}


def key(l: int) -> str:
    """Return ⁽ˡ⁾ for a layer."""
    return f"⁽{str(l).translate(SUPER)}⁾"


def _station(ax: plt.Axes, x: float, y: float, name: str, shape: str, turn: int | None, below: bool) -> None:
    ax.add_patch(plt.Circle((x, y), RADIUS, facecolor=GROUND, edgecolor=MUTED, zorder=3))
    ax.text(x, y, name, color=INK, ha="center", va="center", zorder=4)
    where = y - RADIUS - 0.13 if below else y + RADIUS + 0.13
    ax.text(x, where, shape, color=MUTED, ha="center", va="center", fontsize=9)
    if turn is not None:
        look = {"boxstyle": "circle,pad=0.14", "facecolor": GROUND, "edgecolor": GRADIENT, "linewidth": 1.2}
        place = (x + 0.19, y + 0.2) if below else (x + 0.2, y - 0.2)
        ax.text(*place, str(turn), color=GRADIENT, fontsize=9, ha="center", va="center", zorder=5, bbox=look)


def _arrow(ax: plt.Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    arrow = {"arrowstyle": "-|>", "color": FORWARD, "linewidth": 1.3, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", end, start, arrowprops=arrow, zorder=2)
