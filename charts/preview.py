"""A scene as a picture for those who are sent its link: the map with the paths, as a JPEG."""

import io
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image, ImageDraw

from charts.map import sides_of
from charts.pixels import followed, with_equal_units
from charts.section import paths, seen
from charts.section import place as standing
from charts.still import seen_from_above
from charts.theme import Theme
from engine.scenario import Scenario
from engine.trajectory import Floats, Trajectory
from engine.window import has_equal_axes

SIZE = WIDTH, HEIGHT = 1200, 630
"""In pixels, as chats and forums show it whole."""

FINER = 2
"""How many times finer lines are drawn, so that they are smooth when they are made smaller."""

MOST_BYTES = 60_000
QUALITIES = (82, 70, 55, 40)
"""Of JPEG: the first that keeps to MOST_BYTES, else the last."""

LINE, HALO, RING = 5, 3, 11
"""Of a path, of what sets it off on either side, and of the ring at the start, in pixels."""


def preview(scenario: Scenario, trajectories: Sequence[Trajectory], theme: Theme) -> bytes:
    """Return the JPEG of a scene, SIZE, MOST_BYTES at most where that can be.

    trajectories: of its runs; none if only the surface and the start are to be seen.
    """
    surface, runs = seen(scenario.surface), paths(scenario.surface, trajectories)
    (left, right), (low, high) = sides_of(surface, runs)
    if has_equal_axes(surface):
        (left, right), (low, high) = with_equal_units((left, right), (low, high), SIZE)
    x = left + (right - left) * (np.arange(WIDTH) + 0.5) / WIDTH
    y = low + (high - low) * (np.arange(HEIGHT) + 0.5) / HEIGHT
    ground = Image.fromarray(seen_from_above(surface, theme, x, y))
    picture = ground.resize((FINER * WIDTH, FINER * HEIGHT), Image.Resampling.NEAREST)
    pen = ImageDraw.Draw(picture)

    def place(theta: Floats) -> Floats:
        with np.errstate(all="ignore"):
            placed: Floats = (theta - (left, high)) / (right - left, low - high) * SIZE * FINER
        return placed

    for points, colour in zip(runs, theme.runs, strict=False):
        _draw_path(pen, place(points), colour, theme)
    _draw_marks(pen, scenario, place, theme)
    return _jpeg(picture.resize(SIZE, Image.Resampling.LANCZOS))


def _draw_path(pen: ImageDraw.ImageDraw, places: Floats, colour: str, theme: Theme) -> None:
    """Draw a path as far as it is near the picture."""
    end = followed(places, (FINER * WIDTH, FINER * HEIGHT))
    points = [tuple(point) for point in places[:end].round(1).tolist()]
    if len(points) < 2:
        return
    for ink, width in ((theme.background, LINE + 2 * HALO), (colour, LINE)):
        pen.line(points, fill=ink, width=FINER * width, joint="curve")
    x, y = points[-1]
    radius = FINER * LINE
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour, outline=theme.background, width=FINER)


def _draw_marks(pen: ImageDraw.ImageDraw, scenario: Scenario, place: Callable[[Floats], Floats], theme: Theme) -> None:
    """Draw the start as a ring, and the minima as crosses."""
    minima = [(p.x, p.y) for p in seen(scenario.surface).critical_points if p.kind == "minimum"]
    arm = FINER * RING
    for x, y in place(np.array(minima).reshape(-1, 2)).tolist():
        for ink, width in ((theme.background, 9), (theme.text, 5)):
            pen.line((x - arm, y, x + arm, y), fill=ink, width=FINER * width)
            pen.line((x, y - arm, x, y + arm), fill=ink, width=FINER * width)
    start = standing(scenario.surface, scenario.start)
    ((x, y),) = place(np.array([start])).tolist()
    box = (x - arm, y - arm, x + arm, y + arm)
    pen.ellipse(box, fill=theme.background, outline=theme.text, width=FINER * 4)


def _jpeg(picture: Image.Image) -> bytes:
    made = b""
    for quality in QUALITIES:
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
        made = file.getvalue()
        if len(made) <= MOST_BYTES:
            break
    return made
