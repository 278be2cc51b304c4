"""Nine values of one number: a small map each, with the paths of the runs, on one clock."""

from collections.abc import Sequence
from typing import Any

from charts.figure import Say, Trace, inert, make_figure, panel_title
from charts.map import lines, start_trace
from charts.maps.frame import path
from charts.maps.plane import title_of
from charts.section import paths, place, seen
from charts.theme import Theme
from engine.labels import labels
from engine.scenario import Scenario
from engine.trajectory import Trajectory
from player.contract import Cells, Figure, FigureMeta
from spec.knobs import short_real
from surfaces.base import Surface

ACROSS = 3
"""Maps in a row."""

GAP = 0.02
"""Of the width between two maps; above each there is as much more as its title takes."""

TITLE = 0.035

Shown = tuple[float, Scenario, Sequence[Trajectory]]
"""A value, the scene that has it, and the runs of that."""


def nine_figure(name: str, shown: Sequence[Shown], theme: Theme, say: Say = str) -> Figure:
    """Return the maps of scenes that differ in the number called `name`."""
    traces: list[Trace] = []
    layout: dict[str, Any] = {"annotations": []}
    rows = -(-len(shown) // ACROSS)
    sign = title_of(shown[0][1], name, say).partition(" · ")[0]
    for k, (value, scenario, trajectories) in enumerate(shown):
        suffix = str(k + 1) if k else ""
        on = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
        across, up = _domain(k % ACROSS, ACROSS, GAP), _domain(rows - 1 - k // ACROSS, rows, GAP + TITLE)
        up = [up[0], up[1] - TITLE] if rows > 1 else up
        surface = seen(scenario.surface)
        runs = enumerate(zip(labels(scenario, say), paths(scenario.surface, trajectories), strict=True))
        traces += [line | {"hoverinfo": "skip"} | on for line in lines(surface, theme, say)]
        traces += [path(k, label, points, theme) | on for k, (label, points) in runs]
        traces += [start_trace(place(scenario.surface, scenario.start), theme, say) | on | {"hoverinfo": "skip"}]
        layout |= _axes(suffix, surface, across, up)
        text = f"{sign} {short_real(value)}"
        layout["annotations"].append(panel_title(inert(text), across[0], up[1]))
    subplots = [[f"xaxis{k + 1 if k else ''}", f"yaxis{k + 1 if k else ''}"] for k in range(len(shown))]
    layout |= {
        "margin": {"l": 8, "r": 8, "t": 24, "b": 8},
        "meta": FigureMeta(kind="plane", background=theme.background, cells=Cells(subplots=subplots, counts=[0, 0])),
        "hovermode": False,
    }
    return make_figure("plane", traces, layout, theme)


def _domain(place: int, count: int, gap: float) -> list[float]:
    width = (1.0 - (count - 1) * gap) / count
    low = place * (width + gap)
    return [max(low, 0.0), min(low + width, 1.0)]


def _axes(suffix: str, surface: Surface, across: list[float], up: list[float]) -> dict[str, Any]:
    (left, right), (low, high) = surface.window
    bare = {"showgrid": False, "showticklabels": False, "ticks": "", "fixedrange": True}
    return {
        f"xaxis{suffix}": bare | {"range": [left, right], "domain": across, "anchor": f"y{suffix}"},
        f"yaxis{suffix}": bare | {"range": [low, high], "domain": up, "anchor": f"x{suffix}"},
    }
