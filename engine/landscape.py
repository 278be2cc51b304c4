"""The loss over a surface's window, on a grid, with the heights that a map draws."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.trajectory import Floats
from surfaces.base import Surface

CELLS = 121
"""Grid points along each side."""

FLOOR = 0.01
"""The lowest share of the window, which the height draws as the floor of its valley."""


@dataclass(frozen=True, eq=False)
class Landscape:
    """The loss on a grid of the window.

    x: (CELLS,), y: (CELLS,), the grid lines. loss: (CELLS, CELLS), one row a y, nan where it is not finite.
    height: like loss, log(loss - low + c), where low is the lowest known loss in the window and c the loss
    above it that FLOOR of the grid stays under: valley floors, passes and far walls show on one map.
    """

    x: Floats
    y: Floats
    loss: Floats
    height: Floats

    def levels(self, bands: int) -> tuple[float, float, float]:
        """Return first level, last level and spacing of the lines that divide the heights into equal bands."""
        finite = self.height[np.isfinite(self.height)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
        spacing = (high - low) / bands or 1.0
        return low + spacing, low + (bands - 1) * spacing, spacing


@lru_cache(maxsize=64)
def landscape(surface: Surface) -> Landscape:
    """Return the landscape of a surface's window."""
    x, y = (np.linspace(low, high, CELLS) for low, high in surface.window)
    value = np.array(surface.value_array(*np.meshgrid(x, y)))
    loss = np.where(np.isfinite(value), value, np.nan)
    return Landscape(x, y, loss, _height(loss, _lowest(surface, loss)))


def _lowest(surface: Surface, loss: Floats) -> float:
    inside = [p.loss for p in surface.critical_points if _contains(surface, p.x, p.y)]
    return float(np.min([*inside, *loss[np.isfinite(loss)]], initial=np.inf))


def _contains(surface: Surface, x: float, y: float) -> bool:
    (left, right), (bottom, top) = surface.window
    return left <= x <= right and bottom <= y <= top


def _height(loss: Floats, low: float) -> Floats:
    above = loss - low
    positive = above[above > 0]
    if not positive.size:
        return np.zeros_like(above) + above
    floor = max(float(np.quantile(above[np.isfinite(above)], FLOOR)), 1e-12 * float(positive.max()))
    height: Floats = np.log(above + floor)
    return height
