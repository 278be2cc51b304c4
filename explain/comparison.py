"""Runs compared: how soon each one reaches a loss, and which loss tells them apart."""

import math
from collections.abc import Sequence

import numpy as np

from engine.trajectory import Trajectory


def default_goal(trajectories: Sequence[Trajectory]) -> float:
    """Return a loss that tells runs apart: the geometric middle between the first and the lowest of all."""
    first = float(trajectories[0].loss[0])
    lowest = min(lowest_loss(t) for t in trajectories)
    if not math.isfinite(first + lowest):
        return lowest
    return math.sqrt(first) * math.sqrt(lowest) if min(first, lowest) > 0 else (first + lowest) / 2


def lowest_loss(trajectory: Trajectory) -> float:
    """Return the lowest loss of a run; infinite where the loss is not a number all along."""
    return float(np.nan_to_num(trajectory.loss, nan=np.inf, posinf=np.inf, neginf=-np.inf).min())


def updates_to(trajectory: Trajectory, goal: float) -> int | None:
    """Return the first update after which the loss is at most `goal`, None if it never is."""
    reached = np.flatnonzero(trajectory.loss <= goal)
    return int(reached[0]) if len(reached) else None
