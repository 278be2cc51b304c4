"""The surface in three dimensions, as high as the map's contours say, with one path a run on it."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from charts.figure import Say, Trace, float32, make_figure, run_line, run_style
from charts.map import describe
from charts.theme import DASHES_3D, Theme
from charts.thinning import thin
from engine.labels import labels
from engine.landscape import BANDS, Landscape, landscape
from engine.scenario import Scenario
from engine.trajectory import Floats, Trajectory
from engine.window import contains, has_equal_axes
from player.contract import Figure, MovingMeta
from surfaces.base import CriticalKind, Surface

SYMBOLS: dict[CriticalKind, str] = {"minimum": "diamond", "maximum": "cross", "saddle": "x"}
"""What WebGL has in place of the map's symbols."""

TICKS = 5

SIDE, HEIGHT = 1.1, 0.85
"""Of the scene's box, in Plotly's units; the side is the longer one."""

CAMERA = {"eye": {"x": 0.8, "y": -1.85, "z": 1.65}, "center": {"x": -0.05, "y": 0, "z": -0.1}}


def surface_3d_chart(scenario: Scenario, trajectories: Sequence[Trajectory], theme: Theme, say: Say = str) -> Figure:
    """Return the surface with its critical points and the paths; where a path is outside the window, it is not there.

    The dash that a path has in all other charts is in its meta, since WebGL draws none but its own.
    """
    surface = scenario.surface
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
        "zaxis": _axis(theme, say("Loss") + " L", _heights(land)) | _ticks(land),
        "aspectmode": "manual",
        "aspectratio": _aspect(surface),
        "camera": CAMERA,
        "dragmode": "turntable",
    }
    layout = {
        "margin": {"l": 0, "r": 0, "t": 8, "b": 0},
        "legend": {"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom"},
        "scene": scene,
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
        "lighting": {"ambient": 0.88, "diffuse": 0.25, "specular": 0.03, "roughness": 0.9, "fresnel": 0.05},
        "showscale": False,
        "hovertemplate": f"{x} %{{x:.4~g}}<br>{y} %{{y:.4~g}}<br>{loss} %{{customdata:.4~g}}<extra></extra>",
    }


def _critical_points(surface: Surface, land: Landscape, theme: Theme, say: Say) -> list[Trace]:
    points = [p for p in surface.critical_points if contains(surface, p.x, p.y)]
    trace = {
        "type": "scatter3d",
        "x": [p.x for p in points],
        "y": [p.y for p in points],
        "z": land.height_of(np.array([p.loss for p in points])).tolist(),
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
        "z": _on_surface(scenario.surface, land, trajectory.theta[:1], trajectory.loss[:1]).tolist(),
        "mode": "markers",
        "marker": {"symbol": "circle-open", "size": 7, "color": theme.text},
        "showlegend": False,
        "hovertemplate": say("start") + f" ({x:.6g}, {y:.6g})<extra></extra>",
    }


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


def _ticks(land: Landscape) -> dict[str, Any]:
    first, last, spacing = land.levels(BANDS)
    heights = np.linspace(first - spacing, last + spacing, TICKS)
    texts = [f"{loss:.2g}".replace("e+0", "e").replace("e-0", "e-") for loss in land.loss_at(heights)]
    return {"tickmode": "array", "tickvals": heights.tolist(), "ticktext": texts}


def _axis(theme: Theme, name: str, span: list[float]) -> dict[str, Any]:
    return {
        "title": {"text": name, "font": {"color": theme.muted, "size": 13}},
        "range": span,
        "nticks": 6,
        "color": theme.muted,
        "gridcolor": theme.grid,
        "linecolor": theme.grid,
        "tickfont": {"size": 11},
        "showbackground": False,
        "showspikes": False,
        "zeroline": False,
    }
