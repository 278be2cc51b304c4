"""The surface in three dimensions, as high as the map's contours say, with one path a run on it."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from charts import relief
from charts.figure import Say, Trace, float32, make_figure, run_line, run_style
from charts.ground import levels_around
from charts.map import describe, map_chart
from charts.theme import DASHES_3D, TYPE, Theme
from charts.thinning import thin
from engine.labels import labels
from engine.landscape import BANDS, Landscape, landscape
from engine.levels import written
from engine.scenario import Scenario
from engine.trajectory import Floats, Trajectory
from engine.window import contains, has_equal_axes
from player.contract import Figure, MovingMeta
from surfaces.base import CriticalKind, Surface

SYMBOLS: dict[CriticalKind, str] = {"minimum": "diamond", "maximum": "diamond-open", "saddle": "cross"}
"""What WebGL has in place of the map's symbols."""

TICKS = 4

SIDE, HEIGHT = 1.1, 0.85
"""Of the scene's box, in Plotly's units; the side is the longer one."""

LIGHTING = {"ambient": 0.72, "diffuse": 0.5, "specular": 0.03, "roughness": 0.9, "fresnel": 0.05}

LIFT = 0.3
"""Of the spacing between lines: how far above the surface a mark is, half of which would be below it otherwise."""

CAMERA = {"eye": {"x": 0.8, "y": -2.26, "z": 1.9}, "center": {"x": -0.1, "y": -0.05, "z": -0.17}}


def surface_3d_chart(scenario: Scenario, trajectories: Sequence[Trajectory], theme: Theme, say: Say = str) -> Figure:
    """Return the surface with its critical points and the paths; where a path is outside the window, it is not there.

    The dash that a path has in all other charts is in its meta, since WebGL draws none but its own. A loss in x alone
    has its map here too.
    """
    surface = scenario.surface
    if surface.dimension == 1:
        return map_chart(scenario, trajectories, theme, say)
    land = landscape(surface)
    traces = [
        _ground(surface, land, theme, say),
        *_critical_points(surface, land, theme, say),
        _start(scenario, trajectories[0], land, theme, say),
        *(
            _path(k, label, t, surface, land, theme, say)
            for k, (label, t) in enumerate(zip(labels(scenario, say), trajectories, strict=True))
        ),
    ]
    x, y = (_axis(theme, name, list(window)) for name, window in zip(surface.axes, surface.window, strict=True))
    scene = {
        "xaxis": x,
        "yaxis": y,
        "zaxis": _axis(theme, say("Loss") + " L", _heights(land)) | _ticks(surface),
        "aspectmode": "manual",
        "aspectratio": _aspect(surface),
        "camera": CAMERA,
        "dragmode": "turntable",
    }
    layout = {
        "margin": {"l": 0, "r": 0, "t": 8, "b": 0},
        "legend": {"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom"},
        "scene": scene,
        "annotations": [_word(theme, say)],
    }
    return make_figure("space", traces, layout, theme)


def _aspect(surface: Surface) -> dict[str, float]:
    """Return the sides of the scene's box, in proportion to the window's where its axes are equal on the map."""
    width, depth = (high - low for low, high in surface.window)
    longer = max(width, depth)
    x, y = (width / longer, depth / longer) if has_equal_axes(surface) else (1.0, 1.0)
    return {"x": SIDE * x, "y": SIDE * y, "z": HEIGHT}


def _ground(surface: Surface, land: Landscape, theme: Theme, say: Say) -> Trace:
    first, last, spacing = land.levels(BANDS)
    lines = {"show": True, "start": first, "end": last, "size": spacing, "color": theme.contour_line_3d, "width": 1}
    x, y = surface.axes
    loss = say("loss")
    return {
        "type": "surface",
        "x": float32(land.x),
        "y": float32(land.y),
        "z": float32(land.height),
        "customdata": float32(land.loss.T),  # Plotly asks a surface for column and row
        "colorscale": theme.contour_scale,
        "contours": {"z": lines, "x": {"highlight": False}, "y": {"highlight": False}},
        "lighting": LIGHTING,
        "lightposition": dict(zip("xyz", (1e5 * relief.LAMP).tolist(), strict=True)),
        "showscale": False,
        "hovertemplate": f"{x} %{{x:.4~g}}<br>{y} %{{y:.4~g}}<br>{loss} %{{customdata:.4~g}}<extra></extra>",
    }


def _critical_points(surface: Surface, land: Landscape, theme: Theme, say: Say) -> list[Trace]:
    points = [p for p in surface.critical_points if contains(surface, p.x, p.y)]
    trace = {
        "type": "scatter3d",
        "x": [p.x for p in points],
        "y": [p.y for p in points],
        "z": _lifted(land, land.height_of(np.array([p.loss for p in points]))),
        "text": [describe(p, say) for p in points],
        "mode": "markers",
        "marker": {"symbol": [SYMBOLS[p.kind] for p in points], "size": 5, "color": theme.muted},
        "showlegend": False,
        "hovertemplate": "%{text}<extra></extra>",
    }
    return [trace] if points else []


def _start(scenario: Scenario, trajectory: Trajectory, land: Landscape, theme: Theme, say: Say) -> Trace:
    x, y = scenario.start
    return {
        "type": "scatter3d",
        "x": [x],
        "y": [y],
        "z": _lifted(land, _on_surface(scenario.surface, land, trajectory.theta[:1], trajectory.loss[:1])),
        "mode": "markers",
        "marker": {"symbol": "circle-open", "size": 7, "color": theme.text},
        "showlegend": False,
        "hovertemplate": say("start") + f" ({x:.6g}, {y:.6g})<extra></extra>",
    }


def _lifted(land: Landscape, heights: Floats) -> list[float]:
    lifted: list[float] = (heights + LIFT * land.levels(BANDS)[2]).tolist()
    return lifted


def _path(
    k: int, label: str, trajectory: Trajectory, surface: Surface, land: Landscape, theme: Theme, say: Say
) -> Trace:
    rows = thin(trajectory.theta)
    theta, loss = trajectory.theta[rows], trajectory.loss[rows]
    style = run_style(k, label, theme)
    place = "(%{x:.5~g}, %{y:.5~g})<br>" + say("loss") + " %{text:.4~g}"
    return style | {
        "type": "scatter3d",
        "line": {"color": theme.runs[k], "dash": DASHES_3D[k], "width": 4},
        "x": float32(theta[:, 0]),
        "y": float32(theta[:, 1]),
        "z": _on_surface(surface, land, theta, loss),
        "text": float32(loss),
        "customdata": rows.astype(np.int32),
        "meta": MovingMeta(run=k, animate=True, line=run_line(k, theme)),
        "hovertemplate": f"{say('update')} %{{customdata:,d}}<br>{place}<extra>%{{fullData.name}}</extra>",
    }


def _on_surface(surface: Surface, land: Landscape, theta: Floats, loss: Floats) -> Any:
    """Return the heights of points, nan outside the window."""
    return float32(np.where(contains(surface, *theta.T), land.height_of(loss), np.nan))


def _heights(land: Landscape) -> list[float]:
    first, last, spacing = land.levels(BANDS)
    return [first - 1.5 * spacing, last + 1.5 * spacing]


def _ticks(surface: Surface) -> dict[str, Any]:
    """Return TICKS of the levels whose lines the map draws in the window, spread evenly over them."""
    levels = levels_around(surface)
    chosen = np.unique(np.linspace(0, levels.inside - 1, TICKS).round().astype(int))
    texts = [written(loss) for loss in levels.losses[chosen].tolist()]
    return {"tickmode": "array", "tickvals": levels.heights[chosen].tolist(), "ticktext": texts}


def _word(theme: Theme, say: Say) -> dict[str, Any]:
    """Return what is said of the heights, whose ticks are uneven."""
    return {
        "text": say("Height is the loss; low losses are spread out."),
        "font": {"color": theme.muted, "size": TYPE.small},
        "x": 0,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "showarrow": False,
    }


def _axis(theme: Theme, name: str, span: list[float]) -> dict[str, Any]:
    return {
        "title": {"text": name, "font": {"color": theme.muted, "size": TYPE.text}},
        "range": span,
        "nticks": 6,
        "color": theme.muted,
        "gridcolor": theme.grid,
        "linecolor": theme.grid,
        "tickfont": {"size": TYPE.small},
        "showbackground": False,
        "showspikes": False,
        "zeroline": False,
    }
