"""A small picture of a catalogue entry at work: its surface and path, or its learning rate over the updates."""

from base64 import b64encode
from functools import lru_cache

import numpy as np
from PIL import Image

from charts.relief import pixels as pixels_of
from charts.relief import webp
from charts.section import path, seen
from charts.theme import Theme
from engine.scenario import Scenario
from engine.trajectory import Floats, Trajectory
from engine.window import has_equal_axes
from schedules.base import learning_rates
from surfaces.base import Surface

WIDTH, HEIGHT = 168, 112
POINTS = 250
"""Most points of a line."""

QUALITY = 85
"""Of WebP, for so small a picture."""

WIDTH_OF_LINE, HALO = 2, 1.5
"""Of a line, and of the background on either side of it."""


def picture_of_path(surface: Surface, trajectory: Trajectory, theme: Theme) -> str:
    """Return an SVG of a surface with the path of a run on it."""
    (left, right), (bottom, top) = sides_of(seen(surface))
    shares = (path(surface, trajectory) - (left, bottom)) / (right - left, top - bottom)
    return _svg(f'<image href="{_background(seen(surface), theme)}" width="{WIDTH}" height="{HEIGHT}"/>', shares, theme)


def picture_of_surface(surface: Surface, theme: Theme) -> str:
    """Return an SVG of a surface, seen from above."""
    image = f'<image href="{_background(seen(surface), theme)}" width="{WIDTH}" height="{HEIGHT}"/>'
    return _svg(image, np.zeros((0, 2)), theme)


def picture_of_schedule(scenario: Scenario, theme: Theme) -> str:
    """Return an SVG of the learning rate of a scene's last run, over its updates."""
    run, steps = scenario.runs[-1], scenario.steps
    rates = learning_rates(run.lr, run.schedule, run.warmup, steps)
    highest = float(rates.max()) or 1.0
    shares = np.column_stack([np.linspace(0.03, 0.97, steps), 0.1 + 0.8 * rates / highest])
    return _svg(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{theme.background}"/>', shares, theme)


def address_of(picture: str) -> str:
    """Return an address that holds an SVG."""
    return "data:image/svg+xml;base64," + b64encode(picture.encode()).decode()


def _svg(below: str, shares: Floats, theme: Theme) -> str:
    """Return an SVG with a line through points given as shares of width and height, (n, 2), over what is below."""
    kept = shares[:: max(1, len(shares) // POINTS)]
    inside = kept[np.isfinite(kept).all(axis=1)].clip(-1, 2) * (WIDTH, -HEIGHT) + (0, HEIGHT)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in inside.tolist())
    pens = [(theme.background, WIDTH_OF_LINE + 2 * HALO), (theme.runs[0], WIDTH_OF_LINE)]
    strokes = "".join(f'<polyline points="{line}" stroke="{colour}" stroke-width="{width}"/>' for colour, width in pens)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{below}'
        f'<g fill="none" stroke-linejoin="round" stroke-linecap="round">{strokes}</g></svg>'
    )


def sides_of(surface: Surface) -> list[tuple[float, float]]:
    """Return what a picture shows along each axis: the window, and more beside it where a unit is as long up as across.

    The surroundings of a window are as wide as that.
    """
    if not has_equal_axes(surface):
        return list(surface.window)
    unit = max((high - low) / pixels for (low, high), pixels in zip(surface.window, (WIDTH, HEIGHT), strict=True))
    return [
        ((low + high - unit * pixels) / 2, (low + high + unit * pixels) / 2)
        for (low, high), pixels in zip(surface.window, (WIDTH, HEIGHT), strict=True)
    ]


@lru_cache(maxsize=128)
def _background(surface: Surface, theme: Theme) -> str:
    """Return the relief of a surface, as the address of a picture that holds it."""
    x, y = (
        low + (high - low) * (np.arange(count) + 0.5) / count
        for (low, high), count in zip(sides_of(surface), (WIDTH, HEIGHT), strict=True)
    )
    image = Image.fromarray(pixels_of(surface, theme, x, y))
    return "data:image/webp;base64," + b64encode(webp(image, QUALITY)).decode()
