"""How a run ended, as the judge says it, in a caption."""

from collections.abc import Mapping

import numpy as np

from engine.judge import divides_by_zero, is_too_small_to_square
from engine.trajectory import Ending, Trajectory
from explain.events import Moment, Panel
from spec.sentences import Sentence

Words = tuple[Sentence, Sentence, Sentence]  # caption, detail, mark

REST: Mapping[Ending, Words] = {
    "converged": (
        Sentence("It has arrived at a minimum and stays there."),
        Sentence("The slope is gone, and the ground rises on all sides."),
        Sentence("arrived"),
    ),
    "floor": (
        Sentence("It has come to rest on a flat floor."),
        Sentence("Along the floor there is no slope that would lead it on."),
        Sentence("on the floor"),
    ),
    "saddle": (
        Sentence("It has come to rest at a saddle, not at a minimum."),
        Sentence("The slope is zero here, although the ground falls away in some direction."),
        Sentence("at a saddle"),
    ),
    "maximum": (
        Sentence("It has come to rest at a maximum, the top of a hill."),
        Sentence("The slope is zero at the very top: nothing pushes it down."),
        Sentence("at a maximum"),
    ),
    "plateau": (
        Sentence("It has come to rest on a plateau."),
        Sentence("There is no slope here, and nothing downhill in sight."),
        Sentence("on a plateau"),
    ),
    "balanced": (
        Sentence("It has come to rest where weight decay balances the gradient."),
        Sentence("One pulls towards zero, the other downhill: together they make no step."),
        Sentence("balanced"),
    ),
    "wall": (
        Sentence("It rests at the box's wall."),
        Sentence("The loss falls on beyond it, or weight decay pulls there: each update is put back on the wall."),
        Sentence("at the wall"),
    ),
    "idle": (
        Sentence("Here it stands still for good."),
        Sentence("It has not arrived: its step size is zero."),
        Sentence("stands still"),
    ),
    "stalled": (
        Sentence("From here on it has all but stopped, though not at a minimum."),
        Sentence("Its steps have become too small to get anywhere."),
        Sentence("all but stopped"),
    ),
}

INFLECTION: Words = (
    Sentence("It has come to rest at a point of inflection, not at a minimum."),
    Sentence("The slope is zero here, although the ground falls away on one side."),
    Sentence("at an inflection"),
)
"""What a saddle is to a loss in x alone."""


def ending(trajectory: Trajectory, axes: tuple[str, ...]) -> Moment:
    """Return how a run ended, at the update from which on that was so; axes: their names."""
    outcome = trajectory.outcome
    caption, detail, mark = _words(trajectory, len(axes))
    axis = axes.index(outcome.axis) if outcome.axis in axes else None
    panel: Panel = "step_size" if outcome.ending == "idle" else "map"
    return Moment(outcome.ending, outcome.update, axis, panel, caption, detail, mark, account=_account(trajectory))


def _account(trajectory: Trajectory) -> Sentence:
    outcome, loss = trajectory.outcome, float(trajectory.loss[-1])
    if outcome.ending == "undefined" or np.isnan(loss):
        return Sentence("In the end: {outcome}.", {"outcome": outcome.sentence})
    return Sentence("In the end: {outcome}, at loss {loss:.4g}.", {"outcome": outcome.sentence, "loss": loss})


def _words(trajectory: Trajectory, dimension: int) -> Words:
    ending = trajectory.outcome.ending
    if ending == "saddle" and dimension == 1:
        return INFLECTION
    if ending == "diverged":
        return _diverged(trajectory)
    if ending == "undefined":
        return _undefined(trajectory)
    return REST[ending] if ending in REST else _moving(trajectory)


def _diverged(trajectory: Trajectory) -> Words:
    caption = Sentence("Lost: it has gone off along {axis}, and the run ends here.", {"axis": trajectory.outcome.axis})
    if is_too_small_to_square(trajectory.m[-1], trajectory.sigma[-1]):
        detail = Sentence("The square of its gradient is too small for the computer: it divides by zero.")
    elif divides_by_zero(trajectory.m[-1], trajectory.sigma[-1]):
        detail = Sentence("Its scale is zero here, and a step is divided by it.")
    elif np.isnan(trajectory.theta[-1]).any():
        detail = Sentence("Its numbers have become too large for the computer.")
    else:
        detail = Sentence("It is more than a million maps away.")
    return caption, detail, Sentence("diverged")


def _undefined(trajectory: Trajectory) -> Words:
    mark = Sentence("undefined")
    if np.isnan(trajectory.loss[trajectory.outcome.update]):
        detail = Sentence("The formula gives no number at this point.")
        return Sentence("Here the loss is undefined."), detail, mark
    detail = Sentence("Without a slope no step can be made.")
    return Sentence("Here the loss has no gradient to follow."), detail, mark


def _moving(trajectory: Trajectory) -> Words:
    caption = Sentence("Still moving after {count} {count:update|updates}.", {"count": trajectory.updates})
    first, last = float(trajectory.loss[0]), float(trajectory.loss[-1])
    if not np.isfinite(last):
        detail = Sentence("Its loss is no finite number.")
    elif not np.isfinite(first):
        detail = Sentence("Its loss is {last:.4g} now.", {"last": last})
    else:
        detail = Sentence(
            "Its loss was {first:.4g} at the start and is {last:.4g} now.", {"first": first, "last": last}
        )
    return caption, detail, Sentence("end")
