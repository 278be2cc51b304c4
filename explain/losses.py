"""What the loss of a run does: it goes flat between walls, it rises, it was lower before."""

import numpy as np

from engine.trajectory import Trajectory
from explain.events import Moment, percent
from spec.sentences import Sentence
from surfaces.base import Surface

STUCK_LOSS, STUCK_GRADIENT, STUCK_TURNS = 0.1, 0.1, 0.9
"""Stuck: the loss changes by at most the first share of the walls' height, the gradient keeps the second of its length,
the third of steps turn back."""

HIGHER = 0.01
"""The share of its descent by which the loss must have risen again to be called higher in the end."""

RISE = 1e-12
"""The share of the largest loss so far by which a step must raise it: less than that is rounding."""


def share_kept(surface: Surface, trajectory: Trajectory) -> float | None:
    """Return which share of its first length the gradient of a stuck run has kept; None of a run that is not stuck.

    Stuck: over the second half of the run the loss has gone flat while the gradient has not.
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


def stuck(surface: Surface, trajectory: Trajectory) -> list[Moment]:
    """Say that the loss has gone flat over the second half of the run while the gradient has not."""
    share, half = share_kept(surface, trajectory), trajectory.updates // 2
    if share is None:
        return []
    account = Sentence(
        "From update {update} on the loss hardly changes, yet the gradient has {share:.0%} of its first length: "
        "it is stuck between two walls, not at a point of small gradient.",
        {"update": half, "share": share},
    )
    caption = Sentence("Stuck between two walls: each step turns back, and the loss stays flat.")
    detail = Sentence(
        "Its gradient keeps {share} of its first length: stuck is not a small gradient.", {"share": percent(share)}
    )
    return [Moment("stuck", half, None, "loss", caption, detail, Sentence("stuck"), account=account)]


def lowest(trajectory: Trajectory) -> list[Moment]:
    """Say where the loss is lowest, if it is higher in the end by a share of what the run had descended."""
    if not np.isfinite(trajectory.loss).any():
        return []
    update = int(np.nanargmin(trajectory.loss))
    first, least, last = (float(trajectory.loss[t]) for t in (0, update, -1))
    rounding = 8.0 * float(np.spacing(abs(least)))
    if not 0 < update < trajectory.updates or last - least <= np.nanmax([HIGHER * (first - least), rounding]):
        return []
    values = {"update": update, "loss": least, "rise": last - least}
    if np.isfinite(last):
        account = Sentence(
            "The loss is lowest at update {update}, {loss:.4g}, and {rise:.3g} higher in the end.", values
        )
        detail = Sentence("The run ends {rise:.3g} higher than here.", values)
    else:
        account = Sentence("The loss is lowest at update {update}, {loss:.4g}.", values)
        detail = Sentence("In the end it is no finite number.")
    caption = Sentence("Here the loss is as low as it gets in this run.")
    return [Moment("lowest", update, None, "loss", caption, detail, Sentence("lowest loss"), account=account)]


def rises(surface: Surface, trajectory: Trajectory) -> list[Moment]:
    """Say in which update the loss rises for the first time, by more than rounding, and how its step comes to do so."""
    loss = trajectory.loss
    with np.errstate(all="ignore"):
        up = np.flatnonzero(np.diff(loss) > RISE * np.maximum.accumulate(np.abs(loss[:-1])))
    if not len(up):
        return []
    update = int(up[0])
    caption = Sentence("For the first time a step raises the loss.")
    return [
        Moment("rises", update, None, "loss", caption, _why_up(surface, trajectory, update), Sentence("loss rises"))
    ]


def _why_up(surface: Surface, trajectory: Trajectory, update: int) -> Sentence:
    """Say whether a step that raises the loss starts uphill, and what leads it there, or goes too far."""
    x, y = trajectory.theta[update]
    step = trajectory.theta[update + 1] - trajectory.theta[update]
    with np.errstate(all="ignore"):
        slope = np.array([float(g) for g in surface.gradient_array(x, y)])
        uphill, seen = float(slope @ step), float(trajectory.grad[update] @ step)
        without_decay = float(
            slope @ (step + trajectory.lr[update] * trajectory.weight_decay * trajectory.theta[update])
        )
    if uphill < 0.0:
        return Sentence("The step starts downhill, but goes so far that it ends higher than it began.")
    if uphill > 0.0 and seen < 0.0:
        return Sentence("The gradient that it saw is noisy: the step goes uphill from its start.")
    if uphill > 0.0 and without_decay <= 0.0:
        return Sentence("Weight decay pulls it towards zero, and from here that is uphill.")
    if uphill > 0.0:
        return Sentence("The step follows what it remembers, not this slope: it goes uphill from its start.")
    return Sentence("Until here no step had raised it by more than rounding.")
