"""A small picture of a catalogue entry at work: its surface and path, or its learning rate over the updates."""

from base64 import b64encode
from functools import lru_cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageColor

from charts.theme import Theme
from engine.landscape import landscape
from engine.scenario import Scenario
from engine.trajectory import Floats, Trajectory
from schedules.base import learning_rates
from surfaces.base import Surface

WIDTH, HEIGHT = 168, 112
POINTS = 250
"""Most points of a line."""


def picture_of_path(surface: Surface, trajectory: Trajectory, theme: Theme) -> str:
    """Return an SVG of a surface with the path of a run on it."""
    (left, right), (bottom, top) = surface.window
    shares = (trajectory.theta - (left, bottom)) / (right - left, top - bottom)
    return _svg(f'<image href="{_background(surface, theme)}" width="{WIDTH}" height="{HEIGHT}"/>', shares, theme)


def picture_of_surface(surface: Surface, theme: Theme) -> str:
    """Return an SVG of a surface, seen from above."""
    image = f'<image href="{_background(surface, theme)}" width="{WIDTH}" height="{HEIGHT}"/>'
    return _svg(image, np.zeros((0, 2)), theme)


def picture_of_schedule(scenario: Scenario, theme: Theme) -> str:
    """Return an SVG of the learning rate of a scene's last run, over its updates."""
    run, steps = scenario.runs[-1], scenario.steps
    rates = learning_rates(run.lr, run.schedule, run.warmup, steps)
    highest = float(rates.max()) or 1.0
    shares = np.column_stack([np.linspace(0.03, 0.97, steps), 0.1 + 0.8 * rates / highest])
    return _svg(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{theme.contours[-1]}"/>', shares, theme)


def address_of(picture: str) -> str:
    """Return an address that holds an SVG."""
    return "data:image/svg+xml;base64," + b64encode(picture.encode()).decode()


def _svg(below: str, shares: Floats, theme: Theme) -> str:
    """Return an SVG with a line through points given as shares of width and height, (n, 2), over what is below."""
    kept = shares[:: max(1, len(shares) // POINTS)]
    inside = kept[np.isfinite(kept).all(axis=1)].clip(-1, 2) * (WIDTH, -HEIGHT) + (0, HEIGHT)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in inside.tolist())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{below}'
        f'<polyline points="{line}" fill="none" stroke="{theme.runs[0]}" stroke-width="2"/></svg>'
    )


@lru_cache(maxsize=128)
def _background(surface: Surface, theme: Theme) -> str:
    """Return a surface in bands of the theme's contour colours, as the address of a picture that holds it."""
    land = landscape(surface)
    bands = 2 * len(theme.contours)
    first, last, _ = land.levels(bands)
    share = np.nan_to_num((land.height - first) / ((last - first) or 1.0), nan=1.0).clip(0, 1)
    colours = np.array([ImageColor.getrgb(colour) for colour in theme.contours], float)
    place = np.round(share * bands) / bands * (len(colours) - 1)
    channels = [np.interp(place, np.arange(len(colours)), colours[:, k]) for k in range(3)]
    pixels = np.stack(channels, axis=-1)[::-1].astype(np.uint8)
    file = BytesIO()
    Image.fromarray(pixels).resize((WIDTH, HEIGHT)).quantize(16).save(file, "PNG", optimize=True)
    return "data:image/png;base64," + b64encode(file.getvalue()).decode()
