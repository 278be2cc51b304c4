"""What every chart is made of, and how it becomes a figure of Plotly's."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from html import escape
from typing import Any, TypeAlias

import numpy as np
import plotly.graph_objects as go

from charts.theme import DASHES, Theme
from engine.trajectory import Floats
from player.contract import Figure, FigureMeta, Kind, Line, ReliefMeta

Say: TypeAlias = Callable[[str], str]
Trace: TypeAlias = dict[str, Any]  # as Plotly writes one


def make_figure(kind: Kind, traces: Sequence[Trace], layout: dict[str, Any], theme: Theme) -> Figure:
    """Return the figure of traces and layout, in the theme's template.

    Plotly's own objects cost more than all the rest of a picture; who needs one asks `to_plotly`, as the tests do,
    which have every chart checked.
    """
    common = {"template": theme.template, "meta": FigureMeta(kind=kind, background=theme.background)}
    return Figure(tuple(traces), common | layout)


def to_plotly(figure: Figure) -> go.Figure:
    """Return a figure as an object of Plotly's. Raises ValueError for a property that Plotly does not have."""
    images = [_image(relief, trace) for trace in figure.data for relief in trace.get("meta", {}).get("reliefs", ())]
    return go.Figure(list(figure.data), figure.layout | {"images": images})


def _image(relief: ReliefMeta, trace: Trace) -> dict[str, Any]:
    """Return a relief of a trace as Plotly has pictures in a layout."""
    (left, right), (bottom, top) = relief["x"], relief["y"]
    return {
        "source": "data:image/webp;base64," + b64encode(relief["file"].tobytes()).decode(),
        "xref": trace.get("xaxis", "x"),
        "yref": trace.get("yaxis", "y"),
        "x": left,
        "y": top,
        "sizex": right - left,
        "sizey": top - bottom,
        "sizing": "stretch",
        "layer": "below",
    }


def inert(text: str) -> str:
    """Return what Plotly shows as this text; it would read HTML, `%{...}` as a value and `$...$` as a formula."""
    return escape(text, quote=False).replace("%{", "&#37;{").replace("$", "&#36;")


def run_style(k: int, label: str, theme: Theme) -> Trace:
    """Return what every trace of run k, which is called `label`, has in common in every chart."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": inert(label),
        "legendgroup": f"run {k}",
        "line": run_line(k, theme),
    }


def run_line(k: int, theme: Theme) -> Line:
    """Return the line of run k."""
    return Line(color=theme.runs[k], dash=DASHES[k], width=2)


def panel_title(text: str, x: float, y: float) -> dict[str, Any]:
    """Return the annotation that stands above a panel whose upper left corner is at shares (x, y) of the paper."""
    return {
        "text": text,
        "x": x,
        "y": y,
        "yshift": 5,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
    }


def float32(values: Floats) -> Any:
    """Return the values as a figure carries them; what is too large for 32 bits is infinite there."""
    with np.errstate(over="ignore"):
        return values.astype(np.float32)
