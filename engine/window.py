"""What a surface's window is the measure of: what lies in it, how steep it is, and how far is too far."""

from typing import Any

import numpy as np

from spec.shared import shared
from surfaces.base import Point, Surface

ESCAPE = 1e6
"""A run has diverged once it is this many windows away from the window's centre."""

THINNEST = 4.0
"""The longer side of a window over the shorter one, up to which a map of it is readable with equal axes."""


def contains(surface: Surface, x: Any, y: Any) -> Any:
    """Return whether points, one or an array of them, lie in a surface's window."""
    (left, right), (bottom, top) = surface.window
    return (left <= x) & (x <= right) & (bottom <= y) & (y <= top)


def has_equal_axes(surface: Surface) -> bool:
    """Return whether a map of the window has a unit as long across as up, unless a person wants it otherwise.

    It has where both axes mean the same; not where that would leave a thin strip of the window.
    """
    sides = [high - low for low, high in surface.window]
    return surface.same_units and max(sides) <= THINNEST * min(sides)


@shared(256)
def escape_bounds(surface: Surface) -> tuple[Point, Point]:
    """Return the box outside which a run counts as diverged: ESCAPE windows around the window's centre."""
    (x_low, x_high), (y_low, y_high) = surface.window
    x, y, width, height = (x_low + x_high) / 2, (y_low + y_high) / 2, x_high - x_low, y_high - y_low
    return (x - ESCAPE * width, x + ESCAPE * width), (y - ESCAPE * height, y + ESCAPE * height)


def has_not_escaped(surface: Surface, x: Any, y: Any) -> tuple[Any, Any]:
    """Return for each axis whether points, one or an array of them, are still in the box; nan is not."""
    (left, right), (low, high) = escape_bounds(surface)
    return (left < x) & (x < right), (low < y) & (y < high)


@shared(256)
def median_gradient(surface: Surface) -> float:
    """Return the median gradient norm over the surface's window; 0 where nothing there is finite."""
    x, y = np.meshgrid(*(np.linspace(low, high, 33) for low, high in surface.window))
    norm = np.hypot(*surface.gradient_array(x, y))
    finite = norm[np.isfinite(norm)]
    return float(np.median(finite)) if len(finite) else 0.0
