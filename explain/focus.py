"""Which axis the story of a run is about, and how much the run has to tell."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.trajectory import Floats, Trajectory
from explain.events import Moment

CHANGED = 2.0
"""The factor by which the step size of an axis must have changed, and beside the other axis, to be what is told."""


@dataclass(frozen=True)
class Focus:
    """The axis that a run's story is about, and what puts it before those of other runs.

    crossing: the first update at which a step is too long for the curvature, infinite if there is none. growth: the
    largest step size of the axis over the smallest.
    """

    axis: int
    crossing: float
    growth: float

    @property
    def order(self) -> tuple[float, float]:
        """What runs are ordered by, the most telling first."""
        return self.crossing, -self.growth


def focus_of(trajectory: Trajectory, told: Sequence[Moment], dimension: int = 2) -> Focus:
    """Return what a run's story is about: the axis that crosses its limit first, else whose step size changes most.

    Where step sizes stay, or change alike, it is the axis that comes closest to its limit, else the one steeper at
    first. dimension: how many axes there are.
    """
    crossings = [moment for moment in told if moment.kind == "crosses"]
    growth = _growth(trajectory.rate[:, 0]), _growth(trajectory.rate[:, 1])
    if crossings:
        first = min(crossings, key=lambda moment: moment.update)
        return Focus(first.axis or 0, first.update, growth[first.axis or 0])
    axis = growth.index(max(growth[:dimension]))
    if dimension == 2 and growth[axis] < CHANGED * growth[1 - axis]:
        nearest = [moment.axis for moment in told if moment.kind == "closest" and moment.axis is not None]
        axis = nearest[0] if nearest else int(abs(trajectory.grad[0, 1]) > abs(trajectory.grad[0, 0]))
    return Focus(axis, math.inf, growth[axis])


def _growth(rate: Floats) -> float:
    known = rate[np.isfinite(rate) & (rate > 0.0)]
    with np.errstate(over="ignore"):
        return float(known.max() / known.min()) if len(known) else 1.0
