"""What a figure says of itself, for those who animate it: the `meta` of its layout and of its traces.

Charts write it, `parts.py` and `js/figure.js` read it, and nobody reads anything else of it. Of a trace that moves they
also read Plotly's own fields: its coordinates, its line, and its clock, which is `customdata`, or x where it has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

import numpy as np
from numpy.typing import NDArray

Kind: TypeAlias = Literal["map", "time", "phase", "space"]
"""The surface from above, curves over the updates, curves over themselves, or a scene in three dimensions."""

Columns: TypeAlias = list[NDArray[np.float32]]  # two, one an axis, each with one number an update


@dataclass(frozen=True)
class Figure:
    """A figure of Plotly's as plain data: traces and layout, as Plotly writes them; every array is NumPy's."""

    data: tuple[dict[str, Any], ...]
    layout: dict[str, Any]


class FigureMeta(TypedDict):
    """`layout.meta`: the kind of the figure, and the colour of the page that it is made for.

    equal: of a map, whether a unit is as long across as up, unless a person wants it otherwise.
    """

    kind: Kind
    background: str
    equal: NotRequired[bool]


class Update(TypedDict):
    """The updates that begin at the points of a path, in the units of the axes.

    radii: of the ellipse on which every direction as long as m ends. step: where the update leads. m, g: where it
    would lead along m and along the gradient, with one step size for both axes.
    """

    radii: Columns
    step: Columns
    m: Columns
    g: Columns


class Line(TypedDict):
    """A line as Plotly writes one."""

    color: str
    dash: str
    width: float


class MovingMeta(TypedDict):
    """`meta` of a trace that run number `run` draws as time goes on.

    update: gives what the reach is made of. line: how it is drawn where Plotly cannot draw the trace's own line.
    """

    run: int
    animate: Literal[True]
    update: NotRequired[Update]
    line: NotRequired[Line]


class RestingMeta(TypedDict):
    """`meta` of a trace that belongs to a run and does not move."""

    run: int


class StartMeta(TypedDict):
    """`meta` of the trace whose only point is the start."""

    start: Literal[True]


class ReliefMeta(TypedDict):
    """A picture of the ground: the bytes of a WebP file, and where its sides lie on the axes."""

    file: NDArray[np.uint8]
    x: list[float]
    y: list[float]


class GroundMeta(TypedDict):
    """`meta` of the trace of the map's lines, below which its relief lies."""

    relief: ReliefMeta


TraceMeta: TypeAlias = MovingMeta | RestingMeta | StartMeta | GroundMeta
"""`meta` of a trace; one without belongs to the surface."""


def run_of(trace: Mapping[str, Any]) -> int | None:
    """Return the number of the run that a trace belongs to; None is the surface."""
    run: int | None = (trace.get("meta") or {}).get("run")
    return run


def is_animated(trace: Mapping[str, Any]) -> bool:
    """Return whether a trace moves."""
    return (trace.get("meta") or {}).get("animate") is True
