"""The map: the surface seen from above, its critical points, the start and one path a run."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from charts.box import walls
from charts.figure import Say, Trace, float32, make_figure, run_style
from charts.ground import contour_labels, contours
from charts.section import Section, paths, place, places, seen
from charts.theme import Theme
from charts.thinning import thin
from engine.labels import labels
from engine.scale import Scale
from engine.scenario import Scenario
from engine.trajectory import Floats, Trajectory
from engine.window import has_equal_axes
from player.contract import Beside, Columns, Figure, FigureMeta, MovingMeta, StartMeta, Update
from surfaces.base import CriticalKind, CriticalPoint, Point, Surface

BESIDE, STEPS = 0.25, 5
"""How far paths may lead out of a window, in its sides, for its map to hold them; and in how many steps it grows."""

SYMBOLS: dict[CriticalKind, str] = {"minimum": "star", "maximum": "triangle-up", "saddle": "x"}


def map_chart(scenario: Scenario, trajectories: Sequence[Trajectory], theme: Theme, say: Say = str) -> Figure:
    """Return the map of the scenario; each path carries its update numbers as customdata."""
    surface, names = seen(scenario.surface), labels(scenario, say)
    drawn_at = paths(scenario.surface, trajectories)
    rows = [thin(points) for points in drawn_at]
    drawn = zip(names, trajectories, drawn_at, rows, strict=True)
    sides = sides_of(surface, [points[shown] for points, shown in zip(drawn_at, rows, strict=True)])
    traces = [
        *ground(surface, scenario.start, theme, say),
        *([_walk(surface, theme, say)] if len(surface.walk) else []),
        *([walls(scenario.box, sides, theme, say)] if scenario.box else []),
        start_trace(place(scenario.surface, scenario.start), theme, say),
        *(_path(k, scenario.surface, *parts, theme, say) for k, parts in enumerate(drawn)),
    ]
    x, y = (
        {"title": {"text": name, "standoff": 4}, "range": side} for name, side in zip(surface.axes, sides, strict=True)
    )
    equal, meta = has_equal_axes(surface), FigureMeta(kind="map", background=theme.background)
    if scenario.surface.dimension == 2:
        meta["equal"] = equal
    layout = {
        "margin": {"l": 46, "r": 14, "t": 8, "b": 8},
        "meta": meta,
        "hovermode": "closest",
        "legend": {"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom"},
        "xaxis": x | {"showgrid": False, "nticks": 8},
        "yaxis": y | {"showgrid": False, "nticks": 8, **({"scaleanchor": "x"} if equal else {})},
    }
    return make_figure("map", traces, layout, theme)


def ground(surface: Surface, start: Point, theme: Theme, say: Say) -> list[Trace]:
    """Return what lies below the paths on a map: its lines, its critical points, and what the lines stand for."""
    points = [critical_points(surface.critical_points, theme, say)] if surface.critical_points else []
    labels = [] if isinstance(surface, Section) else [contour_labels(surface, start, theme, say)]
    return [*lines(surface, theme, say), *points, *labels]


def lines(surface: Surface, theme: Theme, say: Say) -> list[Trace]:
    """Return the lines of equal loss, or the curve of a loss in x alone."""
    return curve_traces(surface, theme, say) if isinstance(surface, Section) else [contours(surface, theme, say)]


def sides_of(surface: Surface, paths: Sequence[Floats]) -> list[list[float]]:
    """Return the sides of a surface's window, longer by as many steps as hold what of the paths is near it."""
    low, high = np.array(surface.window).T
    step = (high - low) * BESIDE / STEPS
    points = np.concatenate([*paths, [low]])
    near = points[((low - STEPS * step <= points) & (points <= high + STEPS * step)).all(axis=1)]
    before = np.ceil(np.maximum(low - near.min(axis=0), 0.0) / step)
    behind = np.ceil(np.maximum(near.max(axis=0) - high, 0.0) / step)
    sides: list[list[float]] = np.stack([low - before * step, high + behind * step], axis=1).tolist()
    return sides


def critical_points(points: Sequence[CriticalPoint], theme: Theme, say: Say) -> Trace:
    """Return the signs of some critical points."""
    return {
        "type": "scatter",
        "x": [p.x for p in points],
        "y": [p.y for p in points],
        "text": [describe(p, say) for p in points],
        "mode": "markers",
        "marker": {
            "symbol": [SYMBOLS[p.kind] for p in points],
            "size": [13 if p.kind == "minimum" else 8 for p in points],
            "color": theme.text,
            "line": {"color": theme.background, "width": 1},
        },
        "showlegend": False,
        "hovertemplate": "%{text}<extra></extra>",
    }


def curve_traces(section: Section, theme: Theme, say: Say) -> list[Trace]:
    """Return the curve of a loss in x alone, with the ground below it."""
    x, losses = section.line()
    low, high = section.window[1]
    floor = {"y": np.full(2, 2 * low - high, np.float32), "x": float32(x[[0, -1]]), "hoverinfo": "skip"}
    line = {
        "x": float32(x),
        "y": float32(losses),
        "line": {"color": theme.text, "width": 1.5},
        "fill": "tonexty",
        "fillcolor": theme.contours[len(theme.contours) // 2],
        "hovertemplate": f"{section.axes[0]} %{{x:.4~g}}<br>{say('loss')} %{{y:.4~g}}<extra></extra>",
    }
    common = {"type": "scatter", "mode": "lines", "showlegend": False}
    return [common | floor | {"line": {"width": 0}}, common | line]


def _walk(surface: Surface, theme: Theme, say: Say) -> Trace:
    """Return the path that was measured with a surface, each point with its own loss."""
    x, y, own = surface.walk.T
    return {
        "type": "scatter",
        "name": say("the path in the file"),
        "x": float32(x),
        "y": float32(y),
        "text": [f"{say('loss')} {loss:.4g}" if np.isfinite(loss) else "" for loss in own.tolist()],
        "mode": "lines+markers",
        "line": {"color": theme.text, "width": 1.5, "dash": "2px,4px"},
        "marker": {"color": theme.text, "size": 5, "line": {"color": theme.background, "width": 1}},
        "showlegend": True,
        "hovertemplate": "%{pointNumber}: (%{x:.4~g}, %{y:.4~g})<br>%{text}<extra>%{fullData.name}</extra>",
    }


def describe(point: CriticalPoint, say: Say) -> str:
    """Return what a critical point is, where it is, and its loss."""
    kind, loss = say(point.kind), say("loss")
    return f"{kind} ({point.x:.6g}, {point.y:.6g})<br>{loss} {point.loss:.6g}"


def start_trace(start: Point, theme: Theme, say: Say) -> Trace:
    """Return the point where all runs begin."""
    x, y = start
    return {
        "type": "scatter",
        "x": [x],
        "y": [y],
        "mode": "markers",
        "marker": {"symbol": "circle-open-dot", "size": 13, "color": theme.text, "line": {"width": 2}},
        "meta": StartMeta(start=True),
        "showlegend": False,
        "hovertemplate": say("start") + f" ({x:.6g}, {y:.6g})<extra></extra>",
    }


def _path(
    k: int,
    surface: Surface,
    label: str,
    trajectory: Trajectory,
    points: Floats,
    rows: NDArray[np.int64],
    theme: Theme,
    say: Say,
) -> Trace:
    style = run_style(k, label, theme)
    where = "(%{x:.5~g}, %{y:.5~g})"
    begun = rows[rows < trajectory.updates]
    update = _updates(surface, trajectory, points, begun)
    if surface.dimension == 1:
        update["tangent"] = _tangent(surface, trajectory, begun)
        update["radii"][1] = np.zeros_like(update["radii"][0])
    return style | {
        "x": float32(points[rows, 0]),
        "y": float32(points[rows, 1]),
        "customdata": rows.astype(np.int32),
        "meta": MovingMeta(run=k, animate=True, update=update),
        "hovertemplate": f"{say('update')} %{{customdata:,d}}<br>{where}<extra>%{{fullData.name}}</extra>",
    }


def _tangent(surface: Surface, trajectory: Trajectory, rows: NDArray[np.int64]) -> Columns:
    """Return the slope and the curvature of a loss in x alone at the points of a run."""
    x, y = trajectory.theta[rows].T
    return [float32(surface.gradient_array(x, y)[0]), float32(surface.hessian_array(x, y)[0])]


def _steps(points: Floats) -> Floats:
    with np.errstate(all="ignore"):
        return np.diff(points, axis=0)


def _updates(surface: Surface, trajectory: Trajectory, points: Floats, rows: NDArray[np.int64]) -> Update:
    def columns(values: Floats) -> Columns:
        return [float32(values[:, i]) for i in (0, 1)]

    scale, m = Scale.of(trajectory, rows), trajectory.m[rows]
    beside = Beside()
    if scale.angle is not None:
        beside |= Beside(angle=float32(scale.angle), p=columns(scale.turned(m)))
    if trajectory.ghosts is not None:
        with np.errstate(all="ignore"):
            away = places(surface, trajectory.ghosts[:, rows]) - points[rows]
        beside |= Beside(ghosts=list(map(columns, away)))
    return Update(
        radii=columns(scale.reach(m)),
        step=columns(_steps(points)[rows]),
        m=columns(m),
        g=columns(trajectory.grad[rows]),
        sigma=columns(scale.sigma),
        lr=float32(scale.lr),
        shared=float32(scale.shared),
        **beside,
    )
