"""What all maps have in common: a picture whose cells are runs, or two beside each other, over one pair of axes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from charts.figure import Trace, float32, inert, make_figure, panel_title, run_style
from charts.maps.sides import ends, side
from charts.theme import TYPE, Theme
from charts.thinning import thin
from engine.trajectory import Floats
from ensembles.axis import Axis
from player.contract import Cells, Figure, FigureMeta, GroundMeta, MovingMeta, ReliefMeta

GAP = 0.06
"""Of the width, between two pictures."""


NO_POINT: Trace = {
    "type": "scatter",
    "mode": "markers",
    "x": [None],
    "y": [None],
    "showlegend": False,
    "hoverinfo": "skip",
}
"""A trace that draws nothing itself."""


@dataclass(frozen=True, eq=False)
class Tableau:
    """A picture of cells, what it is called, and what is drawn over it, as traces of a figure of its own."""

    title: str
    file: NDArray[np.uint8]
    over: Sequence[Trace] = field(default_factory=tuple)


def plane_figure(
    tableaux: Sequence[Tableau],
    x: tuple[Axis, str],
    y: tuple[Axis, str],
    theme: Theme,
    beside: Sequence[Trace] = (),
    equal: bool = False,
) -> Figure:
    """Return the figure of one or two pictures of the same cells.

    x, y: what is on each side, and its title. beside: what stands in the legend or beside the pictures. equal: whether
    a unit is as long across as up.
    """
    traces: list[Trace] = []
    layout: dict[str, Any] = {"annotations": []}
    for k, tableau in enumerate(tableaux):
        suffix = str(k + 1) if k else ""
        domain = _domain(k, len(tableaux))
        on = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
        traces += [_picture(tableau, x[0], y[0]) | on, *(trace | on for trace in tableau.over)]
        anchored = {"domain": domain, "anchor": on["yaxis"]}
        layout[f"xaxis{suffix}"] = side(*x) | anchored | ({"matches": "x"} if k else {})
        layout[f"yaxis{suffix}"] = side(*y) | {"anchor": on["xaxis"]} | ({"scaleanchor": on["xaxis"]} if equal else {})
        if k:
            layout[f"yaxis{suffix}"] |= {"matches": "y", "showticklabels": False, "title": None}
        if len(tableaux) > 1:
            layout["annotations"].append(panel_title(inert(tableau.title), domain[0], 1))
    cells = Cells(subplots=[_subplot(k) for k in range(len(tableaux))], counts=[x[0].size, y[0].size])
    layout |= {
        "margin": {"l": 50, "r": 14, "t": 26 if len(tableaux) > 1 else 8, "b": 8},
        "meta": FigureMeta(kind="plane", background=theme.background, cells=cells),
        "hovermode": False,
    }
    return make_figure("plane", [*traces, *beside], layout, theme)


def colour_bar(title: str, scale: Sequence[tuple[float, str]], marks: Sequence[tuple[float, str]]) -> Trace:
    """Return a bar of colours from 0 to 1, with some of its places named."""
    return NO_POINT | {
        "marker": {
            "color": [0.0],
            "cmin": 0.0,
            "cmax": 1.0,
            "colorscale": [list(pair) for pair in scale],
            "size": 1,
            "showscale": True,
            "colorbar": {
                "title": {"text": title, "side": "right", "font": {"size": TYPE.small}},
                "tickvals": [at for at, _ in marks],
                "ticktext": [text for _, text in marks],
                "thickness": 12,
                "len": 0.88,
                "y": 1,
                "yanchor": "top",
                "outlinewidth": 0,
                "tickfont": {"size": TYPE.small},
            },
        },
    }


def path(k: int, label: str, points: Floats, theme: Theme) -> Trace:
    """Return the path of run k through points (n, 2), with nothing but its line."""
    rows = thin(points)
    return run_style(k, label, theme) | {
        "x": float32(points[rows, 0]),
        "y": float32(points[rows, 1]),
        "customdata": rows.astype(np.int32),
        "meta": MovingMeta(run=k, animate=True),
        "hoverinfo": "skip",
    }


def _picture(tableau: Tableau, x: Axis, y: Axis) -> Trace:
    relief = ReliefMeta(file=tableau.file, x=list(ends(x)), y=list(ends(y)))
    return NO_POINT | {"meta": GroundMeta(reliefs=[relief])}


def _domain(k: int, count: int) -> list[float]:
    if count == 1:
        return [0.0, 1.0]
    width = (1.0 - GAP) / 2.0
    return [k * (width + GAP), k * (width + GAP) + width]


def _subplot(k: int) -> list[str]:
    return ["xaxis", "yaxis"] if k == 0 else [f"xaxis{k + 1}", f"yaxis{k + 1}"]
