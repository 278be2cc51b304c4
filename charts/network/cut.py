"""The map of a network: a slice of its loss, and the paths of the runs as they are seen from it."""

from collections.abc import Sequence

import numpy as np

from charts.figure import Say, Trace, float32, make_figure, run_style
from charts.ground import contour_labels, contours
from charts.map import sides_of, start_trace
from charts.theme import Theme
from engine.trajectory import Floats
from network.studied import Slice
from network.training import Training
from player.contract import Figure, FigureMeta, MovingMeta
from surfaces.base import Point, Surface
from surfaces.measured import measured_surface


def cut_chart(names: Sequence[str], trainings: Sequence[Training], cut: Slice, theme: Theme, say: Say = str) -> Figure:
    """Return the slice with the places of each run's looks on it; each path carries its updates as customdata."""
    titles = axes_of(cut, say)
    surface = ground_of(cut)
    traces = [
        contours(surface, theme, say),
        contour_labels(surface, surface.start, theme, say),
        start_trace(surface.start, theme, say),
        *(_path(k, *one, theme, say) for k, one in enumerate(zip(names, trainings, cut.places, strict=True))),
    ]
    x, y = (
        {"title": {"text": title, "standoff": 4}, "range": side, "showgrid": False, "nticks": 8}
        for title, side in zip(titles, sides_of(surface, []), strict=True)
    )
    layout = {
        "margin": {"l": 46, "r": 14, "t": 8, "b": 8},
        "meta": FigureMeta(kind="map", background=theme.background, equal=False),
        "hovermode": "closest",
        "legend": {"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom"},
        "xaxis": x,
        "yaxis": y,
    }
    return make_figure("map", traces, layout, theme)


def ground_of(cut: Slice) -> Surface:
    """Return the surface through a slice's losses."""
    return measured_surface(cut.x, cut.y, cut.loss, ("x", "y"), start=_start(cut))


def axes_of(cut: Slice, say: Say) -> tuple[str, str]:
    """Return what the sides of a slice are called."""
    if cut.cutting == "paths":
        return say("First principal component"), say("Second principal component")
    if cut.cutting == "random":
        return say("First random direction"), say("Second random direction")
    return say("Along the gradient"), say("Along the sharpest direction")


def _start(cut: Slice) -> Point:
    first = next(places[0] for places in cut.places if len(places))
    x, y = first.tolist()
    return x, y


def _path(k: int, name: str, training: Training, places: Floats, theme: Theme, say: Say) -> Trace:
    place = "(%{x:.4~g}, %{y:.4~g})"
    return run_style(k, name, theme) | {
        "x": float32(places[:, 0]),
        "y": float32(places[:, 1]),
        "customdata": training.clock.astype(np.int32),
        "meta": MovingMeta(run=k, animate=True),
        "hovertemplate": f"{say('update')} %{{customdata:,d}}<br>{place}<extra>%{{fullData.name}}</extra>",
    }
