"""What makes a run go off beside steps too long for the curvature: weight decay, and a loss that falls away."""

import numpy as np

from engine.scale import curvature
from engine.trajectory import Trajectory
from explain.events import Moment
from spec.sentences import Sentence, fill
from surfaces.base import Surface

STEEPER = 2.0
"""How many times as long as at first the gradient must be where a run is said to slide down."""


def decay(trajectory: Trajectory) -> list[Moment]:
    """Say where weight decay makes steps too long, alone or beside the curvature.

    It multiplies theta by 1 - mu_t lambda, and what is left of the limit is its share 1 - mu_t lambda / 2.
    """
    share = trajectory.lr * trajectory.weight_decay
    alone = np.flatnonzero(share > 2.0)
    if len(alone):
        shown = _apart(float(share[alone[0]]), 2.0)[0]
        account = Sentence(
            "At update {update} weight decay alone is unstable: μ λ is {share}, above 2, so that it throws the "
            "point to the other side of 0, and further out.",
            {"update": int(alone[0]), "share": shown},
        )
        caption = Sentence("Weight decay alone now throws the point past zero, and further out.")
        detail = Sentence(
            "The learning rate times the decay is {share}; above 2 no curvature is needed.", {"share": shown}
        )
        return [_decay_moment(int(alone[0]), caption, detail, account)]
    if trajectory.limit is None or not trajectory.weight_decay:
        return []
    left = trajectory.limit * (1.0 - share / 2.0)
    over = np.flatnonzero((trajectory.sharpness > left) & (trajectory.sharpness <= trajectory.limit))
    if not len(over):
        return []
    first = int(over[0])
    lower, higher = _apart(float(left[first]), float(trajectory.sharpness[first]))
    account = Sentence(
        "With weight decay the limit is lower, by μ λ / 2 of it: {left} at update {update}, where sharpness is "
        "{sharpness}.",
        {"left": lower, "update": first, "sharpness": higher},
    )
    caption = Sentence("With weight decay, this step is too long for the walls.")
    detail = Sentence("Decay moves the point as well, so that less is left for the step itself.")
    return [_decay_moment(first, caption, detail, account)]


def _decay_moment(update: int, caption: Sentence, detail: Sentence, account: Sentence) -> Moment:
    return Moment("decay", update, None, "stability", caption, detail, Sentence("decay too strong"), account=account)


def _apart(one: float, other: float) -> tuple[str, str]:
    """Write two different numbers with as many digits, 4 or more, as tell them apart."""
    shown = [(fill(f"{{x:.{n}g}}", {"x": one}), fill(f"{{x:.{n}g}}", {"x": other})) for n in range(4, 18)]
    return next((pair for pair in shown if pair[0] != pair[1]), shown[-1])


def downwards(surface: Surface, trajectory: Trajectory) -> list[Moment]:
    """Say that the loss curves downwards along the path to its end, which the largest eigenvalue does not show.

    Of a run that has not gone off it is said only if the gradient grows on that way, as it does where a saddle is left.
    """
    goes_off = trajectory.outcome.ending == "diverged"
    if not goes_off and trajectory.outcome.ending != "moving":
        return []
    with np.errstate(all="ignore"):
        moved = np.diff(trajectory.theta, axis=0)
        moved /= np.abs(moved).max(axis=1, keepdims=True)
        bend = curvature(surface, trajectory.theta[:-1], moved)
    if not np.isfinite(trajectory.theta[-1]).all():
        bend = bend[:-1]  # nobody knows where the last step led
    others = np.flatnonzero(~(bend <= 0.0 if goes_off else bend < 0.0))
    first = int(others[-1]) + 1 if len(others) else 0
    norm = trajectory.grad_norm[first:]
    if first >= len(bend) or np.isnan(trajectory.loss[first:]).any():
        return []
    if not goes_off and not norm[-1] >= max(norm.max(), STEEPER * norm[0]):
        return []
    return [_slides(first, _downwards_account(first, goes_off, bool((bend[first:] < 0.0).all())), goes_off)]


def _downwards_account(update: int, goes_off: bool, is_strict: bool) -> Sentence:
    values = {"update": update}
    if not goes_off:
        return Sentence(
            "From update {update} to the end the loss curves downwards along its path; sharpness, the largest "
            "eigenvalue, does not see that.",
            values,
        )
    if is_strict:
        return Sentence(
            "From update {update} to the end the loss curves downwards along its path, and it goes off that way; "
            "sharpness, the largest eigenvalue, does not see that.",
            values,
        )
    return Sentence(
        "From update {update} to the end the loss does not curve upwards along its path, and it goes off that way.",
        values,
    )


def _slides(update: int, account: Sentence, goes_off: bool) -> Moment:
    caption = Sentence("From here the ground curves downwards along its path.")
    if goes_off:
        caption = Sentence("From here no wall rises before it, and it goes off that way.")
    detail = Sentence("There is nothing to overshoot: no limit on the length of steps sees this.")
    return Moment("slides", update, None, "map", caption, detail, Sentence("no wall ahead"), account=account)
