"""Runs compared: how soon each one reaches a loss, and which loss tells them apart."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.trajectory import Trajectory
from engine.window import contains
from spec.sentences import Sentence
from surfaces.base import Surface

LEFT = tuple(digit * 10.0**-decade for decade in range(1, 7) for digit in (5, 2, 1))
"""What may be left of the way to the minimum where a loss is reached: 50, 80, 90, 95, 98, 99, 99.5, ... % are done."""


@dataclass(frozen=True)
class Goal:
    """A loss to reach, and what it is.

    left: the share that is left there of the way from the first loss to the lowest; 0 if it is the lowest itself.
    is_minimum: whether the lowest is the surface's known minimum, and not what the runs came down to.
    """

    loss: float
    left: float = 0.0
    is_minimum: bool = False

    @property
    def percent(self) -> str:
        """The share of the way that is done there."""
        return f"{100 * (1 - self.left):.7g}\u202f%"

    @property
    def sentence(self) -> Sentence:
        """What it is, in words."""
        if not self.left:
            return Sentence("the lowest loss of all runs")
        if self.is_minimum:
            return Sentence("{share} of the way from the first loss to the minimum", {"share": self.percent})
        return Sentence("{share} of the way from the first loss to the lowest of all runs", {"share": self.percent})


def default_goal(surface: Surface, trajectories: Sequence[Trajectory]) -> Goal:
    """Return a loss that tells runs apart: as much of the way to the minimum as at least half of them go.

    The surface's minimum counts where one is known in the window and a run goes half of the way there; otherwise, or
    where a run comes lower, the lowest loss of all runs. A constant added to the loss changes nothing.
    """
    first, lowest = float(trajectories[0].loss[0]), _lowest_finite(trajectories)
    known = [p.loss for p in surface.critical_points if p.kind == "minimum" and contains(surface, p.x, p.y)]
    minimum = min(known, default=math.inf)
    if math.isfinite(first) and lowest <= minimum + LEFT[0] * (first - minimum) and minimum <= lowest:
        return _farthest(first, minimum, trajectories, is_minimum=True)
    if math.isfinite(first) and lowest < first:
        return _farthest(first, lowest, trajectories, is_minimum=False)
    return Goal(lowest)


def _farthest(first: float, lowest: float, trajectories: Sequence[Trajectory], is_minimum: bool) -> Goal:
    """Return the last goal on the way that at least half of the runs reach, or that one does."""
    goals = [Goal(lowest + left * (first - lowest), left, is_minimum) for left in LEFT]
    reached = [sum(updates_to(t, goal.loss) is not None for t in trajectories) for goal in goals]
    needed = (len(trajectories) + 1) // 2 if 2 * reached[0] >= len(trajectories) else 1
    return [goal for goal, count in zip(goals, reached, strict=True) if count >= needed][-1]


def _lowest_finite(trajectories: Sequence[Trajectory]) -> float:
    return min(float(np.min(t.loss[np.isfinite(t.loss)], initial=np.inf)) for t in trajectories)


def lowest_loss(trajectory: Trajectory) -> float:
    """Return the lowest loss of a run; infinite where the loss is not a number all along."""
    return float(np.nan_to_num(trajectory.loss, nan=np.inf, posinf=np.inf, neginf=-np.inf).min())


def updates_to(trajectory: Trajectory, goal: float) -> int | None:
    """Return the first update after which the loss is at most `goal`, None if it never is."""
    reached = np.flatnonzero(trajectory.loss <= goal)
    return int(reached[0]) if len(reached) else None
