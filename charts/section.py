"""A loss in x alone as a map has it: the curve over its window, with the ground below it, seen from the side.

What draws a surface from above draws this one too: a point x of the loss stands at (x, L(x)).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.trajectory import Floats, Trajectory
from spec.shared import shared
from surfaces.base import CriticalPoint, Point, Surface, Window

POINTS = 801
"""Of a curve."""

HIGHEST = 0.97
"""The quantile of the losses in a window that its picture holds: what is higher is no landscape any more."""

ROOM = 0.12
"""Of the height, below the lowest loss and above the highest one."""


@dataclass(frozen=True)
class Section(Surface):
    """The curve of a loss in x alone, whose height is the loss."""

    same_units = False

    curve: Surface

    @property
    def axes(self) -> tuple[str, ...]:
        return *self.curve.axes, "L"

    @property
    def window(self) -> Window:
        return self.curve.window[0], _heights(self.curve)

    @property
    def critical_points(self) -> tuple[CriticalPoint, ...]:
        return tuple(replace(point, y=point.loss) for point in self.curve.critical_points)

    def line(self) -> tuple[Floats, Floats]:
        """Return the curve over its window and as far again on both sides."""
        low, high = self.curve.window[0]
        x = np.linspace(2 * low - high, 2 * high - low, 3 * POINTS)
        return x, self.losses(x)

    def losses(self, x: Floats) -> Floats:
        """Return L(x)."""
        found: Floats = self.curve.value_array(x, np.zeros_like(x))
        return found


def seen(surface: Surface) -> Surface:
    """Return what a map of a surface draws: the surface, or the section of a loss in x alone."""
    return Section(surface) if surface.dimension == 1 else surface


def places(surface: Surface, theta: Floats) -> Floats:
    """Return where points theta (..., 2) stand on a surface's map, likewise."""
    if surface.dimension == 2:
        return theta
    x = theta[..., 0]
    return np.stack([x, Section(surface).losses(x)], axis=-1)


def place(surface: Surface, point: Point) -> Point:
    """Return where one point stands there."""
    x, y = places(surface, np.array(point)).tolist()
    return x, y


def path(surface: Surface, trajectory: Trajectory) -> Floats:
    """Return where the points of a run stand there, (n + 1, 2)."""
    if surface.dimension == 2:
        return trajectory.theta
    return np.stack([trajectory.theta[:, 0], trajectory.loss], axis=1)


def paths(surface: Surface, trajectories: Sequence[Trajectory]) -> list[Floats]:
    """Return the same of several runs."""
    return [path(surface, trajectory) for trajectory in trajectories]


@shared(64)
def _heights(curve: Surface) -> Point:
    losses = Section(curve).losses(np.linspace(*curve.window[0], POINTS))
    finite = losses[np.isfinite(losses)]
    if not finite.size:
        return (0.0, 1.0)
    low, high = float(finite.min()), float(np.quantile(finite, HIGHEST))
    room = ROOM * (high - low) or 1.0
    return low - room, high + room
