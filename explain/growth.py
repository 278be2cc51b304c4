"""What makes preconditioned sharpness grow between two updates: the scale, the learning rate, or the ground."""

import math
from dataclasses import dataclass
from typing import Literal

from engine.trajectory import Trajectory

Cause = Literal["scale", "rate", "ground", "unknown"]

LEAST = 1.05
"""The factor from which on a change of the step size is worth a number."""


@dataclass(frozen=True)
class Growth:
    """How many times as large the step size of an axis is at a later update, and what has most of sharpness's growth.

    With r the step size mu / sigma and s the sharpness, s = r c defines the curvature c that is felt; the cause is
    the step size if it has more than half of log(s'/s), and then mu or 1/sigma, whichever has more than half of that.
    """

    factor: float
    cause: Cause

    @staticmethod
    def between(trajectory: Trajectory, axis: int, low: int, high: int) -> "Growth":
        """Return the growth from the update `low` to the update `high`, whichever comes first."""
        sharpness = _log(float(trajectory.sharpness[low]), float(trajectory.sharpness[high]))
        size = _log(float(trajectory.rate[low, axis]), float(trajectory.rate[high, axis]))
        rate = _log(float(trajectory.lr[low]), float(trajectory.lr[high]))
        if low == high or not sharpness > 0.0 or math.isnan(size) or math.isnan(rate):
            return Growth(1.0, "unknown")
        factor = math.exp(min(size, 700.0))
        if size <= sharpness / 2 or factor < LEAST:
            return Growth(factor, "ground" if size < sharpness / 2 else "unknown")
        return Growth(factor, "rate" if rate > size / 2 else "scale")

    @property
    def shown(self) -> str:
        """The factor in three digits."""
        return f"{self.factor:.3g}"


def _log(low: float, high: float) -> float:
    """Return log(high / low), nan where one of them is not a positive finite number."""
    return math.log(high) - math.log(low) if 0.0 < low < math.inf and 0.0 < high < math.inf else math.nan
