"""What a figure says of itself, for those who animate it: the `meta` of its layout and of its traces.

Charts write it, `parts.py` and `js/figure.js` read it, and nobody reads anything else of it. Of a trace that moves they
also read Plotly's own fields: its coordinates, its line, and its clock, which is `customdata`, or x where it has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

import numpy as np
from numpy.typing import NDArray

Kind: TypeAlias = Literal["map", "time", "phase", "space", "mosaic", "plane"]
"""The surface from above, curves over the updates, curves over themselves, a scene in three dimensions, small pictures
that change with time, or a picture of many runs, one a cell."""

Column: TypeAlias = NDArray[np.float32]  # one number an update
Pixels: TypeAlias = NDArray[np.uint8]
Columns: TypeAlias = list[Column]  # two, one an axis


@dataclass(frozen=True)
class Figure:
    """A figure of Plotly's as plain data: traces and layout, as Plotly writes them; every array is NumPy's."""

    data: tuple[dict[str, Any], ...]
    layout: dict[str, Any]


class Cells(TypedDict):
    """The cells of a picture of many runs, each of which stands for one.

    subplots: the axes of each picture, as Plotly calls them in a layout; all have the ranges of the first. counts: how
    many cells there are along each axis; 0 along one that has none; where neither has any, each subplot is one cell.
    """

    subplots: list[list[str]]
    counts: list[int]


class FigureMeta(TypedDict):
    """`layout.meta`: the kind of the figure, and the colour of the page that it is made for.

    equal: of a map, whether a unit is as long across as up, unless a person wants it otherwise. short: of curves whose
    two panels are the two axes of one quantity, the title of each where it is small. cells: of a picture of many runs.
    """

    kind: Kind
    background: str
    equal: NotRequired[bool]
    short: NotRequired[list[str]]
    cells: NotRequired[Cells]


class Beside(TypedDict, total=False):
    """What an update has beside that where a run turns its axes, keeps other points, or is on a curve.

    angle: by how much, in radians; the ellipse lies along the turned axes. p: S^-1 m, of which the step is mu times.
    ghosts: how far the points are that a rule keeps beside the drawn one; at the first it takes its gradient.
    tangent: of a loss in x alone, its slope and its curvature.
    """

    angle: Column
    p: Columns
    ghosts: list[Columns]
    tangent: Columns


class Update(Beside):
    """The updates that begin at the points of a path, with what stands in their formula.

    radii: of the ellipse on which every direction as long as m ends. step: where the update leads; both in the units of
    the axes. m, g: direction and gradient. sigma: the scale of each axis. lr: the learning rate. shared: the one step
    size for both axes with which m and g are drawn.
    """

    radii: Columns
    step: Columns
    m: Columns
    g: Columns
    sigma: Columns
    lr: Column
    shared: Column


class Line(TypedDict):
    """A line as Plotly writes one."""

    color: str
    dash: str
    width: float


class Tiles(TypedDict):
    """Pictures of 8 x 8 pixels of a network, at each time of the trace's clock.

    weights: what each unit of the first layer looks for, (times, units * 64); 128 is 0. digits: some that it sees,
    (n, 64). guesses: what it takes each for, (times, n). truth: what each is. words: the titles of the units and of
    the digits. colours, greys: from the lowest value to the highest.
    """

    weights: Pixels
    digits: Pixels
    guesses: Pixels
    truth: list[int]
    words: list[str]
    colours: list[str]
    greys: list[str]


class MovingMeta(TypedDict):
    """`meta` of a trace that run number `run` draws as time goes on.

    update: gives what the reach is made of. line: how it is drawn where Plotly cannot draw the trace's own line. bands:
    around a curve, the outermost first, each as its lower and its upper side. tiles: small pictures in its place.
    """

    run: int
    animate: Literal[True]
    update: NotRequired[Update]
    line: NotRequired[Line]
    bands: NotRequired[list[Columns]]
    tiles: NotRequired[Tiles]


class RestingMeta(TypedDict):
    """`meta` of a trace that belongs to a run and does not move."""

    run: int


class Caption(TypedDict):
    """What is said from an update on, until the next caption.

    run, axis: which ones it speaks of; axis is None where it is neither alone. panel: the figure that it speaks of.
    mark: its few words on the clock. place: the point of the map that it speaks of. cell: that of a plane, by its
    column and its row. link: where its scene is opened, from the folder of the page.
    """

    kind: str
    update: int
    run: int
    axis: int | None
    panel: str | None
    text: str
    detail: str
    mark: str
    place: list[float] | None
    cell: NotRequired[list[int]]
    link: NotRequired[str]


class Symbol(TypedDict):
    """A piece of the formula of an update.

    text: what is written; a name of the axis stands for {axis}. value: the field of Update whose number it stands for,
    or "theta", "next" or a number; None for a sign. word: what it means. panel: the figure that draws it.
    """

    text: str
    value: str | float | None
    word: str
    panel: str | None


class Rate(TypedDict):
    """A learning rate that can be held: its name in the address, what it is called, and its range."""

    name: str
    label: str
    value: float
    low: float
    high: float


class Story(TypedDict):
    """What is told of a scene: a question, what to do, the answer, captions in time order, the run and axis in focus.

    formulas: of each run. rates: that can be held. names: what each run is called. axes: what each axis is called.
    start: of all runs. lowest: the lowest point, where there is one in sight.
    """

    question: str
    task: str
    answer: str
    captions: list[Caption]
    run: int
    axis: int
    formulas: list[list[Symbol]]
    rates: list[Rate]
    names: list[str]
    axes: list[str]
    start: list[float]
    lowest: list[float] | None


class StartMeta(TypedDict):
    """`meta` of the trace whose only point is the start."""

    start: Literal[True]


class ReliefMeta(TypedDict):
    """A picture of the ground: the bytes of a WebP file, and where its sides lie on the axes."""

    file: NDArray[np.uint8]
    x: list[float]
    y: list[float]


class GroundMeta(TypedDict):
    """`meta` of the trace of the map's lines, below which its reliefs lie, the last one on top."""

    reliefs: list[ReliefMeta]


TraceMeta: TypeAlias = MovingMeta | RestingMeta | StartMeta | GroundMeta
"""`meta` of a trace; one without belongs to the surface."""


def run_of(trace: Mapping[str, Any]) -> int | None:
    """Return the number of the run that a trace belongs to; None is the surface."""
    run: int | None = (trace.get("meta") or {}).get("run")
    return run


def is_animated(trace: Mapping[str, Any]) -> bool:
    """Return whether a trace moves."""
    return (trace.get("meta") or {}).get("animate") is True
