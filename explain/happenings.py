"""What happened to a run, in one word: what is to be proposed next depends on it."""

from typing import Literal

import numpy as np

from engine.trajectory import LOST, Ending, Trajectory
from engine.trial import blew_out
from explain.episodes import episodes
from explain.losses import share_kept
from surfaces.base import Surface

Happening = Literal[
    "lost", "blown", "stuck", "held", "idle", "balanced", "walled", "crawls", "trapped", "arrived", "fell",
    "nowhere",
]  # fmt: skip

SEVERITY: tuple[Happening, ...] = (
    "lost", "blown", "stuck", "held", "idle", "balanced", "walled", "crawls", "trapped", "arrived",
)  # fmt: skip
"""What calls for a change, the most urgent first."""

HELD: dict[Ending, Happening] = {
    "saddle": "held",
    "maximum": "held",
    "plateau": "held",
    "idle": "idle",
    "balanced": "balanced",
    "wall": "walled",
}
"""What endings short of a minimum are called."""

HIGHER = 1e-3
"""A minimum is higher than another if more than this share of the way from the start down to that one is left."""

AS_GOOD_AS_THERE = 1e-9
"""The share of the way down that is nothing to speak of."""


def happening(surface: Surface, trajectory: Trajectory) -> Happening:
    """Return what happened to a run.

    lost: it flew off. blown: it was thrown out and came back, or was still out. stuck: between two walls. held: at a
    saddle, a maximum or a plateau. idle: its steps are none. balanced: weight decay holds it. walled: a wall of the box
    does. crawls: it is on its way. trapped: in a minimum, and another is lower. arrived: at the lowest one known. fell:
    down a loss without a bottom. nowhere: there is no loss at its start.
    """
    loss = trajectory.loss
    if not np.isfinite(loss[0]):
        return "nowhere"
    if trajectory.outcome.ending in LOST:
        return "fell" if loss[-1] < loss[0] and not (loss > loss[0]).any() else "lost"
    if is_blown(surface, trajectory):
        return "blown"
    if share_kept(surface, trajectory) is not None:
        return "stuck"
    return _at_the_end(surface, trajectory)


def _at_the_end(surface: Surface, trajectory: Trajectory) -> Happening:
    ending, left = trajectory.outcome.ending, _left(surface, trajectory)
    if ending in HELD:
        return HELD[ending]
    if ending in ("converged", "floor"):
        return "trapped" if HIGHER < left < np.inf else "arrived"
    return "arrived" if left < AS_GOOD_AS_THERE else "crawls"


def is_blown(surface: Surface, trajectory: Trajectory) -> bool:
    """Return whether a run was thrown out on its way, as seen on the map or by its loss."""
    seen = any(episode.seen is not None for episode in episodes(surface, trajectory))
    return seen or blew_out(surface, trajectory.theta, trajectory.loss)


def _left(surface: Surface, trajectory: Trajectory) -> float:
    """Return which share of the way down to the lowest minimum known is left, infinite where none is known."""
    lowest = min((point.loss for point in surface.critical_points), default=-np.inf)
    first, last = float(trajectory.loss[0]), float(trajectory.loss[-1])
    return (last - lowest) / (first - lowest) if -np.inf < lowest < first else np.inf
