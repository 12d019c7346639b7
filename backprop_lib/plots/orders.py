"""Draw what the order of a backward pass changes: its number of layer products, and the slopes it gives."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .style import GRADIENT, GROUND, INK, LINE, MUTED, Picture, picture, style

CELL, HEAD, FOOT, SIDE = 0.22, 0.3, 0.42, 0.36
POINTS: dict[str, Any] = {"textcoords": "offset points"}


def layer_products(
    *panels: tuple[str, Collection[tuple[int, int]]], L: int, alt: str, caption: str
) -> Picture:
    """Draw, for each δ⁽ˡ⁾, the products that it was made with.

    Parameters
    ----------
    *panels : pairs of a title and the products that were carried out
        Each product is (l, k): on the way to δ⁽ˡ⁾, the sensitivity passed W⁽ᵏ⁾ᵀ.  How many there are is
        counted, and stands beside the title.
    L : int
        The number of layers.

    Raises
    ------
    ValueError
        If a product is not on the way from δ⁽ᴸ⁾ to δ⁽ˡ⁾.

    References
    ----------
    E002.07.
    """
    for _, done in panels:
        for l, k in done:
            if not 1 <= l < k <= L:
                raise ValueError(f"W[{k}] is not on the way from layer {L} to layer {l}")
    return picture(*(_triangle(title, done, L) for title, done in panels), alt=alt, caption=caption)


def _triangle(title: str, done: Collection[tuple[int, int]], L: int) -> Figure:
    """One row a layer, from L − 1 down to 1; a cell a product, filled if it was carried out."""
    side = (L - 1) * CELL
    with style():
        figure: Figure = plt.figure(figsize=(side + SIDE + 0.06, side + HEAD + FOOT), layout="none")
        ax = figure.add_axes((0, 0, 1, 1), xlim=(-SIDE, side + 0.06), ylim=(-FOOT, side + HEAD))
        ax.set_axis_off()
        ax.text(-SIDE + 0.02, side + 0.16, f"{title}: {len(done)}", color=INK, va="center")
        for l in range(1, L):
            y = (l - 1) * CELL
            ax.text(-0.05, y + CELL / 2, f"δ{_up(l)}", color=INK, ha="right", va="center", fontsize=9)
            for k in range(L, l, -1):
                on = (l, k) in done
                look: dict[str, Any] = {"facecolor": GRADIENT if on else GROUND, "linewidth": 0.8}
                corner = ((L - k) * CELL + 0.02, y + 0.02)
                edge = GRADIENT if on else LINE
                ax.add_patch(Rectangle(corner, CELL - 0.04, CELL - 0.04, edgecolor=edge, **look))
        for k in {L, 2}:
            x = (L - k) * CELL + CELL / 2
            ax.text(x, -0.13, f"W{_up(k)}ᵀ", color=MUTED, ha="center", va="center", fontsize=9)
        ax.text(side / 2, -0.3, "passed on the way →", color=MUTED, ha="center", va="center", fontsize=9)
    return figure


def _up(l: int) -> str:
    return "⁽" + str(l).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")) + "⁾"


def early_slopes(
    alpha: Any, early: Any, right: float, *, name: str, ylabel: str, alt: str, caption: str
) -> Picture:
    """Draw a slope computed after an early update, against the learning rate, beside the right one.

    Parameters
    ----------
    alpha, early : arrays of shape (n,)
    right : float
    name, ylabel : str
        What stands at the line of early slopes, and at the axis.

    Raises
    ------
    ValueError
        If the two arrays differ in shape.

    References
    ----------
    E002.05.
    """
    alpha, early = np.asarray(alpha), np.asarray(early)
    if alpha.shape != early.shape or alpha.ndim != 1:
        raise ValueError(
            f"alpha has shape {alpha.shape} and early has shape {early.shape}; one each is needed"
        )
    with style():
        figure, ax = plt.subplots(figsize=(4.2, 2.6))
        ax.axhline(0, color=LINE, linewidth=1, zorder=0)
        ax.plot(alpha, np.full_like(early, right), color=INK, linestyle="--")
        ax.plot(alpha, early, color=GRADIENT)
        end, i = (alpha[-1], right), int(0.6 * alpha.size)
        ax.annotate("all slopes first", end, (0, 4), color=INK, ha="right", va="bottom", **POINTS)
        ax.annotate(name, (alpha[i], early[i]), (-6, -2), color=GRADIENT, ha="right", va="top", **POINTS)
        ax.set(xlabel="learning rate α", ylabel=ylabel)
        return picture(figure, alt=alt, caption=caption)


def by_depth(depths: Any, counts: Mapping[str, Any], *, ylabel: str, alt: str, caption: str) -> Picture:
    """Draw how each of two counts grows with the number of layers, the larger one first.

    Raises
    ------
    ValueError
        If there are not two, or not one number for each depth.

    References
    ----------
    E002.07.
    """
    depths = np.asarray(depths)
    if len(counts) != 2 or any(np.shape(each) != depths.shape for each in counts.values()):
        raise ValueError(f"counts needs two of {depths.shape} numbers each, one for every depth")
    with style():
        figure, ax = plt.subplots(figsize=(4.2, 2.7))
        for (name, each), color, mark in zip(counts.items(), (MUTED, GRADIENT), "os", strict=True):
            ax.plot(depths, each, color=color, linewidth=1, marker=mark, markersize=3)
            at = (depths[-1], each[-1])
            ax.annotate(name, at, (4, 2), color=color, ha="right", va="bottom", **POINTS)
        ax.set(xlabel="layers L", ylabel=ylabel, ylim=(0, 1.12 * max(max(each) for each in counts.values())))
        ax.locator_params(integer=True)
        return picture(figure, alt=alt, caption=caption)
