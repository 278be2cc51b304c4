"""What happened in a run, told in time order: sentences made from its trajectory."""

import numpy as np

from engine.trajectory import Trajectory
from explain.stability import stability
from spec.sentences import Sentence
from surfaces.base import Surface

STUCK_LOSS, STUCK_GRADIENT, STUCK_TURNS = 0.1, 0.1, 0.9
"""Stuck: the loss changes by at most the first share of the walls' height, the gradient keeps the second of its length,
the third of steps turn back."""

HIGHER = 0.01
"""The share of its descent by which the loss must have risen again to be called higher in the end."""


def story(surface: Surface, trajectory: Trajectory) -> tuple[Sentence, ...]:
    """Return what happened in a run, one sentence an event, in time order."""
    return (*stability(surface, trajectory), *_stuck(surface, trajectory), *_lowest(trajectory), _ending(trajectory))


def beginning(surface: Surface, trajectory: Trajectory) -> Sentence:
    """Return where all runs of a scene start."""
    x, y = trajectory.theta[0].tolist()
    return Sentence(
        "Every run starts at {x_axis} = {x:.4g}, {y_axis} = {y:.4g}, with loss {loss:.4g}.",
        {"x_axis": surface.axes[0], "x": x, "y_axis": surface.axes[1], "y": y, "loss": float(trajectory.loss[0])},
    )


def _stuck(surface: Surface, trajectory: Trajectory) -> list[Sentence]:
    """Say that the loss has gone flat over the second half of the run while the gradient has not."""
    share = share_kept(surface, trajectory)
    if share is None:
        return []
    return [
        Sentence(
            "From update {update} on the loss hardly changes, yet the gradient has {share:.0%} of its first length: "
            "it is stuck between two walls, not at a point of small gradient.",
            {"update": trajectory.updates // 2, "share": share},
        )
    ]


def share_kept(surface: Surface, trajectory: Trajectory) -> float | None:
    """Return which share of its first length the gradient of a stuck run has kept; None of a run that is not stuck.

    Flat beside the walls: between two points of the path the loss is lower than at both, and that height is the
    measure, which no constant added to the loss changes.
    """
    half = trajectory.updates // 2
    if half < 10 or trajectory.outcome.ending != "moving":
        return None
    theta, loss, norm = trajectory.theta[half:], trajectory.loss[half:], trajectory.grad_norm[half:]
    first = float(trajectory.grad_norm[0])
    if not (np.isfinite(loss).all() and np.isfinite(norm).all() and 0.0 < first < np.inf):
        return None
    with np.errstate(all="ignore"):
        share = float(np.median(norm) / first)
        step = np.diff(theta, axis=0)
        turns = float((np.einsum("ti,ti->t", step[1:], step[:-1]) < 0).mean())
        between = surface.value_array(*(theta[:-1] + step / 2).T)
        walls = float(np.median(np.minimum(loss[1:], loss[:-1]) - between))
    if not np.ptp(loss) <= STUCK_LOSS * walls or share < STUCK_GRADIENT or turns < STUCK_TURNS:
        return None
    return share


def _lowest(trajectory: Trajectory) -> list[Sentence]:
    """Say where the loss is lowest, if it is higher in the end by a share of what the run had descended."""
    if not np.isfinite(trajectory.loss).any():
        return []
    update = int(np.nanargmin(trajectory.loss))
    first, lowest, last = (float(trajectory.loss[t]) for t in (0, update, -1))
    least = 8.0 * float(np.spacing(abs(lowest)))
    if not 0 < update < trajectory.updates or last - lowest <= max(HIGHER * (first - lowest), least):
        return []
    values = {"update": update, "loss": lowest, "rise": last - lowest}
    if not np.isfinite(last):
        return [Sentence("The loss is lowest at update {update}, {loss:.4g}.", values)]
    return [Sentence("The loss is lowest at update {update}, {loss:.4g}, and {rise:.3g} higher in the end.", values)]


def _ending(trajectory: Trajectory) -> Sentence:
    outcome, loss = trajectory.outcome, float(trajectory.loss[-1])
    if outcome.ending == "undefined" or np.isnan(loss):
        return Sentence("In the end: {outcome}.", {"outcome": outcome.sentence})
    return Sentence("In the end: {outcome}, at loss {loss:.4g}.", {"outcome": outcome.sentence, "loss": loss})
