"""The relief: a surface seen from above as a picture, coloured by height and lit from the upper left.

It is made once a surface and theme, from the grid that the map has anyway. How steep the picture's slopes are is
relative: STEEP of its grid points slope less than 45 degrees, be the valley flat or extremely elongated. Lambert's law
then gives each pixel its light; what has more of it than level ground is mixed with the theme's gleam, what has less
with its shadow. What has no height has the page's colour.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from charts.section import Section
from charts.theme import Theme
from engine.landscape import BANDS, LEAST, Landscape, landscape, surroundings
from engine.trajectory import Floats
from engine.window import has_equal_axes
from spec.shared import shared
from surfaces.base import Surface

SIDE = 384
"""Pixels along each side of the picture that lies under a map."""

QUALITY, PLAIN = 95, 2000
"""Of WebP, at which neither edges nor bands are seen in so soft a picture; and bytes of one that is plain."""

STEEP = 0.6
GLEAM, SHADOW = 0.6, 0.4
"""How much of the theme's gleam and shadow is mixed in at most, for a light of 2 and of 0."""

LAMP = np.array([-0.5, 0.5, np.sqrt(0.5)])
"""Where the light comes from: right, up, towards who looks; azimuth 315 degrees, 45 degrees high."""

Pixels = NDArray[np.uint8]  # (rows, columns, 3), from above


@dataclass(frozen=True, eq=False)
class Relief:
    """A picture of the ground between x[0] and x[1], y[0] and y[1]; file: as WebP."""

    file: NDArray[np.uint8]
    x: tuple[float, float]
    y: tuple[float, float]


@shared(64)
def reliefs(surface: Surface, theme: Theme) -> tuple[Relief, ...]:
    """Return the relief of a surface and of what is around its window, then what lies above it, if anything.

    Where axes are unequal, the window may be a small part of what equal axes would show: it has a picture of its own.
    """
    land = surroundings(surface)
    whole = [(float(lines[0]), float(lines[-1])) for lines in (land.x, land.y)]
    near = [_wider(*side) for side in surface.window]
    return tuple(_relief(surface, theme, sides) for sides in ([whole] if has_equal_axes(surface) else [whole, near]))


def _wider(low: float, high: float) -> tuple[float, float]:
    more = (LEAST - 1) / 2 * (high - low)
    return low - more, high + more


def _relief(surface: Surface, theme: Theme, sides: list[tuple[float, float]]) -> Relief:
    x, y = ((np.arange(SIDE) + 0.5) / SIDE * (high - low) + low for low, high in sides)
    file = webp(Image.fromarray(pixels(surface, theme, x, y)))
    return Relief(np.frombuffer(file, np.uint8), *sides)


def webp(image: Image.Image, quality: int = QUALITY) -> bytes:
    """Return an image as WebP, without loss if it is so plain that this takes few bytes: it would be seen there."""
    file = _encoded(image, quality=quality, method=2)
    exact = _encoded(image, lossless=True, method=2) if len(file) <= PLAIN else file
    return exact if len(exact) <= PLAIN else file


def _encoded(image: Image.Image, **how: Any) -> bytes:
    file = BytesIO()
    image.save(file, "WEBP", **how)
    return file.getvalue()


def pixels(surface: Surface, theme: Theme, x: Floats, y: Floats) -> Pixels:
    """Return the colours at columns x and rows y, which rise both; the first row of the picture is the last y."""
    if isinstance(surface, Section):
        return _below(surface, theme, x, y)
    land = surroundings(surface)
    east, north = _slopes(surface, land)
    place = Place.of(land, x, y)
    light = _light(place.values(east), place.values(north))
    colours = _tint(surface, place.values(land.height), theme)
    more, less = np.clip(light - 1, 0, 1)[..., None], np.clip(1 - light, 0, 1)[..., None]
    lit = colours + GLEAM * more * (rgb(theme.gleam) - colours)
    lit += SHADOW * less * (rgb(theme.shadow) - lit)
    known = np.where(np.isfinite(lit), lit, rgb(theme.background))
    return np.round(known[::-1]).astype(np.uint8)


def _below(section: Section, theme: Theme, x: Floats, y: Floats) -> Pixels:
    """Return the ground below a curve, and the curve as a line."""
    is_ground = y[:, None] <= section.losses(x)
    edge = is_ground.copy()
    edge[:-1] &= ~is_ground[1:]
    picture = np.where(is_ground[..., None], rgb(theme.contours[len(theme.contours) // 2]), rgb(theme.background))
    picture[edge] = rgb(theme.text)
    return picture[::-1].astype(np.uint8)


def rgb(colour: str) -> Floats:
    """Return red, green and blue of a colour written as #rrggbb."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], float)


@dataclass(frozen=True, eq=False)
class Place:
    """Where pixels lie on a grid: the grid point before each, and the share of the way to the next."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    down: Floats
    right: Floats

    @classmethod
    def of(cls, land: Landscape, x: Floats, y: Floats) -> "Place":
        """Return the place of columns x and rows y on a landscape's grid."""
        (columns, right), (rows, down) = (_between(lines, at) for lines, at in ((land.x, x), (land.y, y)))
        return cls(rows, columns, down, right)

    def values(self, grid: Floats) -> Floats:
        """Return the grid's values at the pixels, linearly between its points."""
        rows = grid[self.rows] + self.down[:, None] * (grid[self.rows + 1] - grid[self.rows])
        here: Floats = rows[:, self.columns]
        return here + self.right * (rows[:, self.columns + 1] - here)


def _between(lines: Floats, at: Floats) -> tuple[NDArray[np.int64], Floats]:
    before = np.clip(np.searchsorted(lines, at, side="right") - 1, 0, len(lines) - 2)
    return before, (at - lines[before]) / (lines[before + 1] - lines[before])


def _slopes(surface: Surface, land: Landscape) -> tuple[Floats, Floats]:
    """Return the rise to the right and upwards at each grid point, STEEP of them less than 1 in all."""
    sides = [high - low for low, high in surface.window]
    across, up = (max(sides), max(sides)) if has_equal_axes(surface) else sides
    slopes: list[Floats] = list(np.gradient(land.height, land.y / up, land.x / across))
    north, east = slopes
    window = landscape(surface)
    steepness = Place.of(land, window.x, window.y).values(np.hypot(east, north))
    finite = steepness[np.isfinite(steepness)]
    usual = float(np.quantile(finite, STEEP)) if finite.size else 0.0
    return east / (usual or 1.0), north / (usual or 1.0)


def _light(east: Floats, north: Floats) -> Floats:
    """Return the light on slopes by Lambert's law, 1 on level ground."""
    toward = LAMP[2] - LAMP[0] * east - LAMP[1] * north
    shade: Floats = np.maximum(toward, 0) / np.sqrt(1 + east**2 + north**2) / LAMP[2]
    return shade


def _tint(surface: Surface, height: Floats, theme: Theme) -> Floats:
    """Return the colours of heights, from the lowest in the window to the highest."""
    first, last, spacing = landscape(surface).levels(BANDS)
    share = np.clip((height - first + spacing) / (last - first + 2 * spacing), 0, 1)
    stops = np.linspace(0, 1, len(theme.contours))
    ramp = np.array([rgb(colour) for colour in theme.contours])
    return np.stack([np.interp(share, stops, ramp[:, i], left=np.nan) for i in range(3)], axis=-1)
