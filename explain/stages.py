"""What a run's learning rate does: it has warmed up, it drops, it has become zero."""

import numpy as np

from engine.trajectory import Floats, Trajectory
from explain.events import Moment, percent
from spec.sentences import Sentence

MOST_STAGES = 8
"""Changes of the learning rate that are told one by one; where there are more, it glides."""

CHANGE = 1e-3
"""The share of a learning rate by which it must change to be told."""

HELD = 4
"""For how many updates, on the average, a learning rate is held that does not glide."""

SMALL = 0.1
"""The share of its highest so far at which a gliding learning rate is told."""


def stages(trajectory: Trajectory, warm_up: int) -> list[Moment]:
    """Return what the learning rate does; warm_up: for how many updates it rises first."""
    lr, zero = trajectory.lr, _zero_from(trajectory.lr)
    told = []
    if 0 < warm_up < zero and lr[warm_up] > lr[0]:
        told.append(_warmed_up(lr, warm_up))
    changes = np.flatnonzero(np.abs(np.diff(lr[warm_up:zero])) > CHANGE * lr[warm_up : max(zero - 1, 0)]) + warm_up + 1
    if len(changes) <= min(MOST_STAGES, len(lr) / HELD):
        told += [_stage(lr, update) for update in changes.tolist()]
    else:
        told += _small(lr, warm_up, zero)
    if zero < len(lr) and trajectory.outcome.ending != "idle":
        told.append(_no_rate(zero))
    return told


def _zero_from(lr: Floats) -> int:
    """Return from which update to the end the learning rate is zero; their number, if it never is."""
    others = np.flatnonzero(lr != 0.0)
    return int(others[-1]) + 1 if len(others) else 0


def _warmed_up(lr: Floats, update: int) -> Moment:
    values = {"rate": float(lr[update]), "share": percent(float(lr[0] / lr[update]))}
    caption = Sentence("The warm-up is over; the learning rate has risen to {rate:.4g}.", values)
    detail = Sentence("It began with {share} of that, which held the first steps short.", values)
    return Moment("warm_up", update, None, "step_size", caption, detail, Sentence("warm-up over"))


def _stage(lr: Floats, update: int) -> Moment:
    values = {"before": float(lr[update - 1]), "now": float(lr[update])}
    caption, mark = Sentence("The learning rate drops from {before:.4g} to {now:.4g}.", values), Sentence("rate drops")
    if lr[update] > lr[update - 1]:
        caption, mark = (
            Sentence("The learning rate rises from {before:.4g} to {now:.4g}.", values),
            Sentence("rate rises"),
        )
    detail = Sentence("Each step size is the learning rate divided by σ, the scale of its axis.")
    return Moment("stage", update, None, "step_size", caption, detail, mark)


def _small(lr: Floats, warm_up: int, zero: int) -> list[Moment]:
    """Say where a gliding learning rate is down to a small share of its highest so far."""
    part = lr[warm_up:zero]
    most = np.maximum.accumulate(part)
    low = np.flatnonzero((part <= SMALL * most) & (most > 0.0))
    if not len(low):
        return []
    update, highest = warm_up + int(low[0]), float(part[: low[0]].max())
    values = {"highest": highest, "now": float(lr[update]), "share": percent(float(lr[update]) / highest)}
    caption = Sentence("The learning rate has fallen to {share} of its highest.", values)
    detail = Sentence(
        "It was {highest:.4g} and is {now:.4g} now; a step size is that, divided by σ, the scale of its axis.", values
    )
    return [Moment("stage", update, None, "step_size", caption, detail, Sentence("rate is small"))]


def _no_rate(update: int) -> Moment:
    caption = Sentence("The learning rate is zero from here on.")
    detail = Sentence("No step is made any more, whatever the gradient.")
    return Moment("no_rate", update, None, "step_size", caption, detail, Sentence("rate zero"))
