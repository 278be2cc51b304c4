"""Cells as a picture: a colour each, and a pattern for those who see few colours."""

from collections.abc import Mapping
from io import BytesIO
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from charts.theme import Theme

Pattern = Literal["plain", "up", "down", "level", "upright", "dots", "grid"]

PATTERNS: tuple[Pattern, ...] = ("plain", "up", "down", "level", "upright", "dots", "grid")
"""None; lines that rise, that fall, across, upright; dots; lines across and upright."""

SIDE = 480
"""Pixels of a picture's longer side at least."""

PERIOD, INK = 8, 0.45
"""Pixels from one line of a pattern to the next, and how much of the ink's colour is mixed in."""

LOST = "#8a8f98"
"""The colour of a run that was lost, whose number says nothing."""

Colours = NDArray[np.uint8]


def css(pattern: Pattern, theme: Theme) -> str:
    """Return a pattern as a background in CSS; nothing for none."""
    ink = f"color-mix(in srgb, {theme.text} {INK:.0%}, transparent)"

    def lines(angle: int) -> str:
        return f"repeating-linear-gradient({angle}deg, {ink} 0 1.5px, transparent 1.5px 6px)"

    dots = f"radial-gradient({ink} 1px, transparent 1.2px) 0 0 / 6px 6px"
    drawn: Mapping[Pattern, str] = {
        "plain": "",
        "up": lines(135),
        "down": lines(45),
        "level": lines(0),
        "upright": lines(90),
        "dots": dots,
        "grid": f"{lines(0)}, {lines(90)}",
    }
    return drawn[pattern]


def rgb(colour: str) -> NDArray[np.float64]:
    """Return a colour `#rrggbb` as three numbers from 0 to 255."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], float)


def mixed(colour: NDArray[np.float64], other: NDArray[np.float64], share: NDArray[np.float64] | float) -> Colours:
    """Return colours with a share of another one in them; share: (...,) for (..., 3)."""
    part = np.asarray(share, float)[..., None]
    made: Colours = np.rint(colour * (1.0 - part) + other * part).astype(np.uint8)
    return made


def painted(colours: Colours, patterns: NDArray[np.uint8], theme: Theme) -> NDArray[np.uint8]:
    """Return the bytes of a WebP of cells.

    colours: (rows, columns, 3), the lowest row first. patterns: (rows, columns), places in PATTERNS.
    """
    grown = max(1, -(-SIDE // max(patterns.shape)))
    pixels, drawn = (np.repeat(np.repeat(cells[::-1], grown, 0), grown, 1) for cells in (colours, patterns))
    if drawn.any():
        inked = _masks(drawn.shape)[drawn, *np.indices(drawn.shape, sparse=True)]
        pixels[inked] = mixed(pixels[inked].astype(float), rgb(theme.text), INK)
    file = BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, "WEBP", lossless=True, method=1)
    return np.frombuffer(file.getvalue(), np.uint8)


def _masks(shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return for each pattern which pixels have ink, (patterns, rows, columns)."""
    row, column = np.indices(shape)
    level, upright = row % PERIOD < 1, column % PERIOD < 1
    masks: Mapping[Pattern, NDArray[np.bool_]] = {
        "plain": np.zeros(shape, bool),
        "up": (row + column) % PERIOD < 2,
        "down": (row - column) % PERIOD < 2,
        "level": level,
        "upright": upright,
        "dots": (row % PERIOD < 2) & (column % PERIOD < 2),
        "grid": level | upright,
    }
    return np.stack([masks[pattern] for pattern in PATTERNS])
