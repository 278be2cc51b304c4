"""A still picture of a surface's map, its relief with lines of equal loss, for a page that is yet to be drawn."""

from base64 import b64encode
from dataclasses import dataclass

import numpy as np
from PIL import Image

from charts.ground import levels_around
from charts.relief import Pixels, Place, pixels, rgb, webp
from charts.section import Section
from charts.theme import Theme
from engine.landscape import surroundings
from engine.trajectory import Floats
from engine.window import has_equal_axes
from spec.shared import shared
from surfaces.base import Surface

HEIGHT = 300
"""In pixels."""

WIDEST = 2.1
"""Width over height of a picture with equal axes, of which a page shows as much as it has room for."""

STRETCHED = 1.6
"""Width over height of a picture that a page stretches."""

QUALITY, INK = 80, 0.5
"""Of WebP; and how much of the colour of a line is mixed in."""

Side = tuple[float, float]


@dataclass(frozen=True)
class Still:
    """A picture: its address, which holds it, and what it shows along each axis."""

    address: str
    x: Side
    y: Side


@shared(64)
def still(surface: Surface, theme: Theme, sides: tuple[Side, Side]) -> Still:
    """Return the picture of a surface between two sides of a map; with equal axes, as much to the sides as there is."""
    (left, right), (low, high) = sides
    ratio = STRETCHED
    if has_equal_axes(surface):
        ratio, middle = WIDEST, (left + right) / 2
        left, right = middle - WIDEST * (high - low) / 2, middle + WIDEST * (high - low) / 2
    width = round(ratio * HEIGHT)
    x = left + (right - left) * (np.arange(width) + 0.5) / width
    y = low + (high - low) * (np.arange(HEIGHT) + 0.5) / HEIGHT
    picture = seen_from_above(surface, theme, x, y)
    file = b64encode(webp(Image.fromarray(picture), QUALITY)).decode()
    return Still(f"data:image/webp;base64,{file}", (left, right), (low, high))


def seen_from_above(surface: Surface, theme: Theme, x: Floats, y: Floats) -> Pixels:
    """Return the pixels of a surface's relief with its lines of equal loss; x, y: of the columns, and of the rows."""
    if isinstance(surface, Section):
        return pixels(surface, theme, x, y)
    land = surroundings(surface)
    heights = levels_around(surface).position(Place.of(land, x, y).values(land.height))
    return _with_lines(pixels(surface, theme, x, y), heights[::-1], theme)


def _with_lines(picture: Pixels, heights: Floats, theme: Theme) -> Pixels:
    """Return a picture with a line wherever one of its pixels is on another side of a level than the next one."""
    bands = np.floor(heights)
    with np.errstate(invalid="ignore"):
        is_line = np.zeros(bands.shape, bool)
        is_line[:, 1:] |= np.abs(np.diff(bands, axis=1)) > 0
        is_line[1:] |= np.abs(np.diff(bands, axis=0)) > 0
    mixed = picture + INK * (rgb(theme.contour_line_3d) - picture)
    return np.where(is_line[..., None], np.round(mixed).astype(np.uint8), picture)
