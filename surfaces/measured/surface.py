"""Surfaces that have no formula: a slice of something larger, measured on a grid."""

from dataclasses import dataclass
from functools import cached_property, partial
from operator import attrgetter
from typing import Any, ClassVar

import numpy as np
import sympy as sp

from spec.catalogue import Source
from spec.shared import shared
from surfaces.base import Point, Surface, Window
from surfaces.formula.compiled import Function, X, Y
from surfaces.measured.grid import Grid, Spline, grid_of
from surfaces.measured.spline import Floats, gradient_at, hessian_at, value_at

KEPT = 96 * 2**20
"""Bytes of splines that are kept; one of 512 x 512 losses has 34 MB."""

MOST_ROWS = 4096
"""Cells whose numbers a surface keeps as floats: those that paths have been in."""


@shared(KEPT, size=attrgetter("nbytes"))
def _spline(grid: Grid) -> Spline:
    """Return the spline through a grid."""
    return Spline(grid)


class _Cells:
    """The cells of a spline as the functions on floats take them: sixteen numbers of one at a time."""

    def __init__(self, cells: Floats) -> None:
        self._rows: dict[int, list[float]] = {}
        self._cells = cells

    def __getitem__(self, number: int) -> list[float]:
        row = self._rows.get(number)
        if row is None:
            if len(self._rows) >= MOST_ROWS:
                self._rows.clear()
            row = self._rows[number] = self._cells[:, number].tolist()
        return row


@dataclass(frozen=True)
class Measured(Surface):
    """A loss that was measured on a grid: value, gradient and Hessian are those of a spline through it.

    Beyond the grid it is undefined: a run that leaves has left what was measured.
    name: a final class in the catalogue says which of the shipped grids is its own.
    """

    has_formula = False
    name: ClassVar[str] = ""

    @property
    def measurements(self) -> Grid:
        """What was measured."""
        return grid_of(self.name)

    @property
    def window(self) -> Window:
        """What was measured, all of it."""
        grid = self.measurements
        return grid.x[:2], grid.y[:2]

    @cached_property
    def expression(self) -> sp.Expr:
        """A function of which nothing is known: nothing is derived from it."""
        return sp.Function("measured")(X, Y)

    @cached_property
    def value(self) -> Function:
        return partial(value_at, **self._on_floats)

    @cached_property
    def gradient(self) -> Function:
        return partial(gradient_at, **self._on_floats)

    @cached_property
    def value_array(self) -> Function:
        return self._spline.value

    @cached_property
    def gradient_array(self) -> Function:
        return self._spline.gradient

    @cached_property
    def gradient_code(self) -> Function:
        """(dL/dx, dL/dy) on arrays, which cannot be recorded."""
        return self._spline.gradient

    @cached_property
    def hessian(self) -> Function:
        return partial(hessian_at, **self._on_floats)

    @cached_property
    def hessian_array(self) -> Function:
        return self._spline.hessian

    @property
    def _spline(self) -> Spline:
        return _spline(self.measurements)

    @property
    def _on_floats(self) -> dict[str, Any]:
        spline = self._spline
        return {"box": spline.box, "cells": _Cells(spline.cells), "is_log": spline.is_log}


@dataclass(frozen=True)
class Slice(Measured):
    """What somebody has just measured.

    It is in no catalogue and has no address; two of the same losses, sides and axes are one.
    """

    slug = "slice"
    title = "Slice"
    latex = r"L(x, y)"
    year = 2026
    source = Source("")

    grid: Grid
    sides: tuple[str, str]
    shown: Window
    begin: Point

    @property
    def measurements(self) -> Grid:
        return self.grid

    @property
    def axes(self) -> tuple[str, str]:
        return self.sides

    @property
    def window(self) -> Window:
        return self.shown

    @property
    def start(self) -> Point:
        return self.begin


def measured_surface(
    x: Floats,
    y: Floats,
    loss: Floats,
    axes: tuple[str, str],
    window: Window | None = None,
    start: Point | None = None,
) -> Slice:
    """Return the surface of losses (len(y), len(x)) on an even grid; where they are not finite it has holes.

    axes: what the two sides are called, in LaTeX. window: all of the grid, if it is not given. start: the highest point
    of the grid, if it is not given. Raises ValueError if the grid is not even.
    """
    grid = Grid.of(x, y, loss)
    row, column = np.unravel_index(np.where(np.isfinite(loss), loss, -np.inf).argmax(), loss.shape)
    return Slice(grid, axes, window or (grid.x[:2], grid.y[:2]), start or (float(x[column]), float(y[row])))
