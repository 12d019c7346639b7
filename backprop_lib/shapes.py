"""Follow a shape through a network on paper, and count its parameters, without making a single one.

A shape is (channels, height, width), or (n,) behind a dense layer, which reads all its inputs in a row.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

from . import arguments

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Layer:
    """What all layers here share: each number that describes one is a whole number, and not negative."""

    def __post_init__(self) -> None:
        for field in fields(self):
            name = f"{field.name} of {type(self).__name__}"
            arguments.integer(name, getattr(self, field.name), least=int(field.name != "padding"))


@dataclass(frozen=True)
class Dense(Layer):
    """``n`` neurons that all see every input: W of shape (n, inputs), b of shape (n, 1)."""

    n: int


@dataclass(frozen=True)
class Convolution(Layer):
    """``channels`` square kernels that slide over the image, each a weighted sum with a bias of its own.

    With ``groups`` the channels are cut into so many parts, and a kernel sees one part of its input only.
    """

    channels: int
    kernel: int
    stride: int = 1
    padding: int = 0
    groups: int = 1


@dataclass(frozen=True)
class Pooling(Layer):
    """The largest or the mean of each square window; nothing to learn."""

    kernel: int
    stride: int


@dataclass(frozen=True)
class Row:
    """One line of a ledger: the layer's name, the shape it hands on, and the shapes of its W and b."""

    name: str
    shape: Shape
    W: Shape = ()
    b: int = 0

    @property
    def parameters(self) -> int:
        """How many numbers the layer learns."""
        return (math.prod(self.W) if self.W else 0) + self.b


def ledger(shape: Shape, layers: Mapping[str, Layer]) -> tuple[Row, ...]:
    """Return one row a layer.

    Parameters
    ----------
    shape : tuple of ints
        Of the input: (channels, height, width), or (n,).
    layers : mapping from a name to a layer, in order

    Raises
    ------
    TypeError, ValueError
        If a window does not fit its image a whole number of times, groups do not divide the channels, or an
        image is needed where there is none.

    References
    ----------
    E000.17.

    Examples
    --------
    >>> [row.parameters for row in ledger((2,), {"hidden": Dense(3), "output": Dense(2)})]
    [9, 8]
    """
    shape = tuple(arguments.integer("an entry of shape", n, least=1) for n in shape)
    if len(shape) not in (1, 3):
        raise ValueError(f"shape is {shape}; (channels, height, width) or (n,) is needed")
    rows: list[Row] = []
    for name, layer in layers.items():
        rows.append(_row(name, layer, rows[-1].shape if rows else shape))
    return tuple(rows)


def _row(name: str, layer: Layer, shape: Shape) -> Row:
    if isinstance(layer, Dense):
        return Row(name, (layer.n,), (layer.n, math.prod(shape)), layer.n)
    if not isinstance(layer, Convolution | Pooling):
        raise TypeError(f"{name} is a {type(layer).__name__}; a Dense, Convolution or Pooling is needed")
    if len(shape) != 3:
        raise ValueError(f"{name} gets the shape {shape}; an image (channels, height, width) is needed")
    channels, *image = shape
    if isinstance(layer, Pooling):
        return Row(name, (channels, *(_places(name, n, layer.kernel, layer.stride) for n in image)))
    if channels % layer.groups or layer.channels % layer.groups:
        raise ValueError(
            f"{name} has {layer.groups} groups; {channels} and {layer.channels} are not multiples"
        )
    places = (_places(name, n + 2 * layer.padding, layer.kernel, layer.stride) for n in image)
    W = (layer.channels, channels // layer.groups, layer.kernel, layer.kernel)
    return Row(name, (layer.channels, *places), W, layer.channels)


def _places(name: str, n: int, kernel: int, stride: int) -> int:
    """Return at how many places a window fits: (n − kernel)/stride + 1, if that is a whole number."""
    if n < kernel or (n - kernel) % stride:
        raise ValueError(f"{name} slides a window of {kernel} over {n} by steps of {stride}: it does not fit")
    return (n - kernel) // stride + 1


# The network of Krizhevsky, Sutskever and Hinton (2012), its kernels split between two graphics cards.
# Their paper says 224; only 227 lets the first kernel fit a whole number of times.
ALEXNET_INPUT = (3, 227, 227)
ALEXNET: Mapping[str, Layer] = {
    "conv1": Convolution(96, kernel=11, stride=4),
    "pool1": Pooling(3, stride=2),
    "conv2": Convolution(256, kernel=5, padding=2, groups=2),
    "pool2": Pooling(3, stride=2),
    "conv3": Convolution(384, kernel=3, padding=1),
    "conv4": Convolution(384, kernel=3, padding=1, groups=2),
    "conv5": Convolution(256, kernel=3, padding=1, groups=2),
    "pool5": Pooling(3, stride=2),
    "fc6": Dense(4096),
    "fc7": Dense(4096),
    "fc8": Dense(1000),
}
