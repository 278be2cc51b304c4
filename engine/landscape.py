"""The loss over a surface's window, on a grid, with the heights that a map draws."""

from dataclasses import dataclass, replace

import numpy as np

from engine.trajectory import Floats
from engine.window import contains
from spec.shared import shared
from surfaces.base import Surface

CELLS = 121
"""Grid points along each side."""

BANDS = 18
"""Parts into which the lines of a map divide the heights of a window."""

AROUND = 24
"""Grid lines on each side of the window in its surroundings."""

WIDEST, NARROWEST = 2.2, 0.55
"""Width over height of the places that the surroundings fill with equal axes, at most and at least."""

LEAST = 1.5
"""Sides of the surroundings in those of the window, at least: for who zooms out."""

FLOOR = 0.01
"""The lowest share of the window, which the height draws as the floor of its valley."""


@dataclass(frozen=True, eq=False)
class Landscape:
    """The loss on a grid of the window.

    x, y: the grid lines, CELLS of each in a window. loss: one row a y, nan where it is not finite.
    height: like loss, log(loss - low + c), where low is the lowest known loss in the window and c the loss
    above it that FLOOR of the grid stays under: valley floors, passes and far walls show on one map. low, floor:
    that low and c. is_log: whether it is so; else height is loss - low.
    """

    x: Floats
    y: Floats
    loss: Floats
    height: Floats
    low: float
    floor: float
    is_log: bool = True

    def height_of(self, loss: Floats) -> Floats:
        """Return the heights of losses; what is lower than the lowest known loss is as high as that."""
        with np.errstate(over="ignore", invalid="ignore"):
            above = np.maximum(loss - self.low, 0.0)
            height: Floats = np.log(above + self.floor) if self.is_log else above
        return height

    def loss_at(self, height: Floats) -> Floats:
        """Return the losses of heights."""
        return np.exp(height) - self.floor + self.low if self.is_log else height + self.low

    def levels(self, bands: int) -> tuple[float, float, float]:
        """Return first level, last level and spacing of the lines that divide the heights into equal bands."""
        finite = self.height[np.isfinite(self.height)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
        spacing = (high - low) / bands or 1.0
        return low + spacing, low + (bands - 1) * spacing, spacing


@shared(64)
def landscape(surface: Surface) -> Landscape:
    """Return the landscape of a surface's window."""
    x, y = (np.linspace(low, high, CELLS) for low, high in surface.window)
    loss = _loss(surface, x, y)
    low = _lowest(surface, loss)
    flat = Landscape(x, y, loss, loss, low, _floor(loss - low), surface.has_log_heights)
    return replace(flat, height=flat.height_of(loss))


@shared(64)
def surroundings(surface: Surface) -> Landscape:
    """Return the landscape with what is around the window, on a coarser grid; the window alone decides the heights."""
    land = landscape(surface)
    width, height = np.ptp(land.x), np.ptp(land.y)
    x = _beyond(land.x, max(LEAST * width, WIDEST * height))
    y = _beyond(land.y, max(LEAST * height, width / NARROWEST))
    loss = _loss(surface, x, y)
    return replace(land, x=x, y=y, loss=loss, height=land.height_of(loss))


def _beyond(lines: Floats, side: float) -> Floats:
    """Return grid lines with AROUND more before and behind, `side` from end to end."""
    steps = (side - np.ptp(lines)) / 2 * np.arange(1, AROUND + 1) / AROUND
    return np.concatenate([lines[0] - steps[::-1], lines, lines[-1] + steps])


def _loss(surface: Surface, x: Floats, y: Floats) -> Floats:
    value = np.array(surface.value_array(*np.meshgrid(x, y)))
    return np.where(np.isfinite(value), value, np.nan)


def _lowest(surface: Surface, loss: Floats) -> float:
    inside = [p.loss for p in surface.critical_points if contains(surface, p.x, p.y)]
    return float(np.min([*inside, *loss[np.isfinite(loss)]], initial=np.inf))


def _floor(above: Floats) -> float:
    positive = above[above > 0]
    if not positive.size:
        return 1.0
    return max(float(np.quantile(above[np.isfinite(above)], FLOOR)), 1e-12 * float(positive.max()))
