"""What somebody has measured elsewhere: a slice of a loss on a grid, the path that was taken through it, or both."""

from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b

import numpy as np

from surfaces.measured.grid import Grid
from surfaces.measured.spline import Floats

MARK = 8
"""Bytes of the mark that names a recording in an address."""


@dataclass(frozen=True)
class Recording:
    """A slice, a path, or both; equal where what was measured is.

    grid: rows are y; None where there is a path alone. walk: the points of a path as bytes of floats, (points, 3): x, y
    and its own loss, nan where that is not known. is_even: whether rows might as well be x, so that nothing but the
    person knows. filled: how many cells were taken as not measured because they are -1.
    """

    grid: Grid | None
    walk: bytes = b""
    filled: int = 0

    @cached_property
    def path(self) -> Floats:
        """The points of the path, (points, 3): x, y and its own loss."""
        return np.frombuffer(self.walk).reshape(-1, 3)

    @cached_property
    def content(self) -> str:
        """The mark by which an address names it."""
        grid = self.grid
        sides = repr((grid.x, grid.y)).encode() if grid else b""
        return blake2b(sides + (grid.packed if grid else b"") + self.walk, digest_size=MARK).hexdigest()

    def joined(self, other: "Recording") -> "Recording":
        """Return this with what the other one has of the two, its slice and its path."""
        return replace(other, grid=other.grid or self.grid, walk=other.walk or self.walk)

    @property
    def turned(self) -> "Recording":
        """The same with rows as x: where the sides differ in length, they are exchanged too."""
        grid = self.grid
        if grid is None:
            return self
        loss = np.ascontiguousarray(grid.loss.T)
        sides = (grid.x, grid.y) if grid.x[2] == grid.y[2] else (grid.y, grid.x)
        return replace(self, grid=Grid(*sides, loss.tobytes()))
