"""A small picture of a scene: its surface seen from above, and the paths of its runs."""

from collections.abc import Iterator, Sequence

import numpy as np

from charts.section import path, place, seen
from charts.theme import Theme
from charts.thumbnails import HEIGHT, WIDTH, picture_of_surface, sides_of
from engine.scenario import Scenario
from engine.trajectory import LOST, Floats, Trajectory
from engine.window import contains
from surfaces.base import Surface

MARGIN = 5.5
"""A mark is moved so far away from the edge that it is whole."""

NEAR = 0.7
"""Points of a path that are closer together than this are drawn as one."""


def picture_of_scene(scenario: Scenario, trajectories: Sequence[Trajectory], theme: Theme) -> str:
    """Return an SVG of a scene: surface, minima, start, and every path over a halo that sets it off.

    The path of a run that goes off ends where it has left the picture far behind: what follows would cover the rest.
    """
    surface = seen(scenario.surface)
    paths = [_points(_path(surface, trajectory, path(scenario.surface, trajectory))) for trajectory in trajectories]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"{picture_of_surface(scenario.surface, theme)}"
        f"{''.join(_lines(paths, theme))}{''.join(_marks(scenario, theme))}</svg>"
    )


def _place(surface: Surface, theta: Floats) -> Floats:
    """Return where points (n, 2) lie on the picture."""
    (left, right), (bottom, top) = sides_of(surface)
    with np.errstate(all="ignore"):
        placed: Floats = (theta - (left, bottom)) / (right - left, top - bottom) * (WIDTH, -HEIGHT) + (0, HEIGHT)
    return placed


def _path(surface: Surface, trajectory: Trajectory, points: Floats) -> Floats:
    """Return the points of a path; of a run that goes off, up to the first that is more than a picture away."""
    places, sides = _place(surface, points), np.array([WIDTH, HEIGHT])
    places = places[np.isfinite(places).all(axis=1)]
    far = np.flatnonzero(((places < -sides) | (places > 2 * sides)).any(axis=1))
    if len(far) and trajectory.outcome.ending in LOST:
        places = places[: far[0] + 1]
    return places.clip(-9 * sides, 10 * sides)


def _points(places: Floats) -> str:
    """Return the points of a path, without those that nobody could tell from the one before."""
    kept: list[tuple[float, float]] = []
    for x, y in places.tolist():
        if not kept or np.hypot(x - kept[-1][0], y - kept[-1][1]) >= NEAR:
            kept.append((x, y))
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in kept)


def _lines(paths: Sequence[str], theme: Theme) -> Iterator[str]:
    round_line = 'fill="none" stroke-linejoin="round" stroke-linecap="round"'
    for points, colour in zip(paths, theme.runs, strict=False):
        for stroke, width in ((theme.background, 3.6), (colour, 1.8)):
            yield f'<polyline points="{points}" {round_line} stroke="{stroke}" stroke-width="{width}"/>'


def _marks(scenario: Scenario, theme: Theme) -> Iterator[str]:
    """Yield the start as a ring, and each known minimum in the window as a star of four rays."""
    room = MARGIN, np.array([WIDTH, HEIGHT]) - MARGIN
    surface = seen(scenario.surface)
    inside = (point for point in surface.critical_points if contains(surface, point.x, point.y))
    minima = [(point.x, point.y) for point in inside if point.kind == "minimum"]
    for x, y in _place(surface, np.array(minima).reshape(-1, 2)).clip(*room).tolist():
        rays = f"M{x - 4:.1f},{y:.1f}h8M{x:.1f},{y - 4:.1f}v8"
        yield f'<path d="{rays}" stroke="{theme.background}" stroke-width="3.4"/>'
        yield f'<path d="{rays}" stroke="{theme.text}" stroke-width="1.6"/>'
    ((x, y),) = _place(surface, np.array([place(scenario.surface, scenario.start)])).clip(*room).tolist()
    colours = f'fill="{theme.background}" stroke="{theme.text}"'
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" {colours} stroke-width="1.6"/>'
