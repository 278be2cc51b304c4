"""A scene as a GIF: one palette for all frames, so that nothing flickers, 20 frames a second."""

import io
from collections.abc import Iterator

import numpy as np
from PIL import Image

from charts.figure import Say
from engine.simulate import Progress
from export.film.painter import Look, Painter
from export.film.shot import Shot

DELAY = 50
"""Milliseconds of a frame: a GIF has whole hundredths of a second, and browsers slow down what is shorter than two."""

REST = 1.5
"""Seconds for which the last frame stays."""

SECONDS = (10, 20, 30, 60)
SIZES = {"720p": (1280, 720), "1080p": (1920, 1080), "2160p": (3840, 2160)}
"""Of pictures; a film has the first two."""
SAMPLES, COLOURS = 6, 255


def gif(shot: Shot, look: Look, seconds: float, say: Say = str, tick: Progress = lambda _: None) -> bytes:
    """Return a film of a shot, `seconds` long with REST at its end.

    tick: told how many frames are drawn, before each.
    """
    painter = Painter(shot, look, say)
    times = times_of(painter.updates, seconds)
    palette = _palette(painter, tick)
    painter.rewind()

    def frames() -> Iterator[Image.Image]:
        for count, time in enumerate(times):
            tick(count)
            yield painter.frame(float(time)).quantize(palette=palette, dither=Image.Dither.NONE)

    film, file = frames(), io.BytesIO()
    durations = [DELAY] * (len(times) - 1) + [round(1000 * REST)]
    next(film).save(file, "GIF", save_all=True, append_images=film, duration=durations, loop=0, optimize=True)
    return file.getvalue()


def png(shot: Shot, look: Look, time: float, say: Say = str) -> bytes:
    """Return the picture of a shot at a time in updates, as a PNG."""
    file = io.BytesIO()
    Painter(shot, look, say).frame(time).save(file, "PNG", optimize=True)
    return file.getvalue()


def times_of(updates: int, seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the time of each frame in updates: from the first to the last at one pace."""
    count = max(2, round((seconds - REST) * 1000 / DELAY))
    return np.linspace(0.0, updates, count)


def _palette(painter: Painter, tick: Progress) -> Image.Image:
    """Return a picture with the colours of the whole film, chosen over frames from all of it."""
    samples = []
    for time in np.linspace(0.0, painter.updates, SAMPLES):
        tick(0)
        samples.append(np.asarray(painter.frame(float(time)).reduce(2)))
    sheet = Image.fromarray(np.concatenate(samples))
    return sheet.quantize(COLOURS, method=Image.Quantize.MEDIANCUT)
