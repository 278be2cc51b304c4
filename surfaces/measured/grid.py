"""Losses that were measured on an even grid, equal and hashed by what they are, and the spline through them."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from surfaces.measured.spline import FEWEST, Box, Floats, bend, cells_of, cubic

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Grid:
    """The losses at the points of an even grid.

    x, y: low, high and the number of points. packed: the losses as bytes of floats, a row a y; nan where there is none.
    """

    x: tuple[float, float, int]
    y: tuple[float, float, int]
    packed: bytes

    @classmethod
    def of(cls, x: Floats, y: Floats, loss: Floats) -> "Grid":
        """Return the grid of losses (len(y), len(x)) on lines x and y. Raises ValueError if these are not even."""
        for lines in (x, y):
            if len(lines) < FEWEST or not np.allclose(np.diff(lines), (lines[-1] - lines[0]) / (len(lines) - 1)):
                raise ValueError(f"a grid has {FEWEST} lines or more along each side, at even distances")
        if loss.shape != (len(y), len(x)) or not (x[0] < x[-1] and y[0] < y[-1]):
            raise ValueError(f"losses on {len(x)} rising x and {len(y)} rising y, got {loss.shape}")
        sides = ((float(lines[0]), float(lines[-1]), len(lines)) for lines in (x, y))
        return cls(next(sides), next(sides), np.ascontiguousarray(loss, np.float64).tobytes())

    @property
    def loss(self) -> Floats:
        """The losses, (points along y, points along x)."""
        return np.frombuffer(self.packed).reshape(self.y[2], self.x[2])

    @property
    def is_log(self) -> bool:
        """Whether the spline is one of the loss's logarithm: where all losses are positive, for they span decades."""
        finite = self.loss[np.isfinite(self.loss)]
        return bool(len(finite) and (finite > 0.0).all())

    @property
    def box(self) -> Box:
        """The sides and the numbers of cells, as the spline takes them."""
        (x_low, x_high, across), (y_low, y_high, along) = self.x, self.y
        return x_low, x_high, across - 1, y_low, y_high, along - 1


@lru_cache(maxsize=16)
def grid_of(name: str) -> Grid:
    """Return the grid that is shipped under a name; network.make_slices writes them."""
    with np.load(HERE / f"{name}.npz") as file:
        return Grid.of(*(file[key].astype(float) for key in ("x", "y", "loss")))


class Spline:
    """The bicubic spline through a grid, on arrays; nan beyond it, and in cells of which a corner was not measured."""

    def __init__(self, grid: Grid) -> None:
        self.box, self.is_log, loss = grid.box, grid.is_log, grid.loss
        hole = ~np.isfinite(loss)
        values = _filled(np.where(hole, np.nan, loss))
        self.cells = cells_of(np.log(values) if self.is_log else values)
        corner = hole[1:, 1:] | hole[1:, :-1] | hole[:-1, 1:] | hole[:-1, :-1]
        self.cells[:, corner.ravel()] = np.nan

    @property
    def nbytes(self) -> int:
        """The bytes of its cells."""
        return self.cells.nbytes

    def value(self, x: Any, y: Any) -> Floats:
        """Return the loss."""
        with np.errstate(all="ignore"):
            value = cubic(*self._place(x, y))[0]
            return np.asarray(np.exp(value) if self.is_log else value)

    def gradient(self, x: Any, y: Any) -> tuple[Floats, Floats]:
        """Return (dL/dx, dL/dy)."""
        with np.errstate(all="ignore"):
            value, along, up = cubic(*self._place(x, y))
            size, (per_x, per_y) = np.exp(value) if self.is_log else 1.0, self._cells_per_unit
            return np.asarray(size * along * per_x), np.asarray(size * up * per_y)

    def hessian(self, x: Any, y: Any) -> tuple[Floats, Floats, Floats]:
        """Return (L_xx, L_xy, L_yy)."""
        with np.errstate(all="ignore"):
            placed = self._place(x, y)
            value, along, up = cubic(*placed)
            xx, xy, yy = bend(*placed)
            (per_x, per_y), size = self._cells_per_unit, 1.0
            if self.is_log:
                size, xx, xy, yy = np.exp(value), xx + along * along, xy + along * up, yy + up * up
            units = (per_x * per_x, per_x * per_y, per_y * per_y)
            found = [np.asarray(size * part * unit) for part, unit in zip((xx, xy, yy), units, strict=True)]
            return found[0], found[1], found[2]

    @property
    def _cells_per_unit(self) -> tuple[float, float]:
        x_low, x_high, columns, y_low, y_high, rows = self.box
        return columns / (x_high - x_low), rows / (y_high - y_low)

    def _place(self, x: Any, y: Any) -> tuple[list[Floats], Floats, Floats]:
        """Return the sixteen numbers of the cell of each point, and where in it the point lies; nan beyond the box."""
        x, y = np.broadcast_arrays(np.asarray(x, float), np.asarray(y, float))
        x_low, x_high, columns, y_low, y_high, rows = self.box
        inside = (x_low <= x) & (x <= x_high) & (y_low <= y) & (y <= y_high)
        u = np.where(inside, (x - x_low) / (x_high - x_low) * columns, np.nan)
        v = np.where(inside, (y - y_low) / (y_high - y_low) * rows, np.nan)
        i = np.minimum(np.where(inside, u, 0.0).astype(int), columns - 1)
        j = np.minimum(np.where(inside, v, 0.0).astype(int), rows - 1)
        number = j * columns + i
        return [table.take(number) for table in self.cells], u - i, v - j


def _filled(values: Floats) -> Floats:
    """Return the values with those that are missing drawn on from their rows, so that a spline has no jumps there."""
    filled: Floats = values.copy()
    for row in filled:
        known = np.flatnonzero(np.isfinite(row))
        if len(known):
            row[:] = np.interp(np.arange(len(row)), known, row[known])
    known = np.flatnonzero(np.isfinite(filled[:, 0]))
    if not len(known):
        return np.ones_like(values)
    nearest = known[np.abs(np.arange(len(filled))[:, None] - known).argmin(axis=1)]
    return np.asarray(filled[nearest])
