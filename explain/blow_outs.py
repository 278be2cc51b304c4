"""A blow-out in captions: a step is too long, the loss rises, the swing is seen, the step fits again."""

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from engine.trajectory import Trajectory
from explain.accounts import account_of, accounts_again, first_rise
from explain.episodes import VISIBLE, Episode
from explain.events import Moment, Panel, percent
from explain.growth import Growth
from spec.sentences import Sentence
from surfaces.base import Surface

MOST_TOLD = 20
"""Unstable stretches of an axis that have moments of their own; those that are seen come first."""

UNSEEN = 5
"""Updates for which nothing must show on the map for that to be said."""

HUGE = 10.0
"""How many times as large as at the crossing gradients must have become to be called huge."""


def blow_outs(surface: Surface, trajectory: Trajectory, found: Sequence[Episode]) -> list[Moment]:
    """Return the moments of a run's unstable stretches, axis by axis."""
    told: list[Moment] = []
    since = dict(zip((e.start for e in found), (0, *(e.end or 0 for e in found)), strict=False))
    for axis in dict.fromkeys(episode.axis for episode in found):
        first, *later = [episode for episode in found if episode.axis == axis]
        name = trajectory.name_of(surface.axes, axis)
        told += _moments(surface, trajectory, since[first.start], first, account_of(first, name))
        told += _rises(surface, trajectory, first)
        if later:
            account = accounts_again(later, name)
            chosen = sorted(sorted(later, key=lambda e: e.seen is None)[:MOST_TOLD], key=lambda e: e.start)
            for episode in chosen:
                told += _moments(surface, trajectory, since[episode.start], episode, account)
    return told


def _moments(
    surface: Surface, trajectory: Trajectory, since: int, episode: Episode, account: Sentence
) -> Iterator[Moment]:
    values = {"axis": trajectory.name_of(surface.axes, episode.axis)}
    yield _crosses(surface, trajectory, _calmest(trajectory, since, episode.start), episode, values, account)
    if episode.seen is not None:
        yield _seen(surface, trajectory, episode, values, account)
    if episode.end is not None:
        yield _back(trajectory, episode, values, account)


def _calmest(trajectory: Trajectory, since: int, start: int) -> int:
    """Return the update with the lowest sharpness since a stretch was last over, or since the first update."""
    before = trajectory.sharpness[since:start]
    return since + int(np.nanargmin(before)) if np.isfinite(before).any() else start


def _crosses(
    surface: Surface, trajectory: Trajectory, calm: int, episode: Episode, values: Mapping[str, str], account: Sentence
) -> Moment:
    if episode.start == 0:
        caption = Sentence("Its very first step along {axis} is too long for the walls.", values)
    elif _is_hidden(surface, trajectory, episode):
        caption = Sentence("Now a step along {axis} is too long for the walls, though nothing shows yet.", values)
    else:
        caption = Sentence("Now a step along {axis} is too long for the walls.", values)
    detail = _why_too_long(trajectory, calm, episode, values)
    mark = Sentence("too long")
    return Moment("crosses", episode.start, episode.axis, "stability", caption, detail, mark, account=account)


def _is_hidden(surface: Surface, trajectory: Trajectory, episode: Episode) -> bool:
    """Return whether the next steps along the axis are too short for the map to show."""
    low, high = surface.window[episode.axis]
    with np.errstate(all="ignore"):
        steps = trajectory.steps[episode.start : episode.start + UNSEEN, episode.axis]
        return bool((np.abs(steps) < VISIBLE * (high - low)).all())


def _why_too_long(trajectory: Trajectory, calm: int, episode: Episode, values: Mapping[str, str]) -> Sentence:
    """Say what has brought sharpness from its lowest above the limit: σ, the learning rate or the ground."""
    growth = Growth.between(trajectory, episode.axis, calm, episode.start)
    known = {**values, "since": calm, "factor": growth.shown}
    if growth.cause == "scale":
        return Sentence(
            "σ of {axis}, its memory of past gradients, fell; since update {since} its step size has grown "
            "{factor}-fold.",
            known,
        )
    if growth.cause == "rate":
        return Sentence("The learning rate rose; since update {since} the step size has grown {factor}-fold.", known)
    if growth.cause == "ground":
        return Sentence("The ground is more curved here than at update {since}: what fitted there overshoots.", known)
    return Sentence("Errors along {axis} now grow with each step instead of shrinking.", values)


def _seen(
    surface: Surface, trajectory: Trajectory, episode: Episode, values: Mapping[str, str], account: Sentence
) -> Moment:
    update, axis = int(episode.seen or 0), episode.axis
    low, high = surface.window[axis]
    step = abs(float(trajectory.steps[update, axis]))
    detail = Sentence("It overshoots the floor, comes to the other wall, and overshoots again.")
    if math.isfinite(step):
        known = {**values, "share": percent(step / (high - low)), "start": episode.start}
        if update >= episode.start + UNSEEN:
            detail = Sentence("The error, growing since update {start}, is now a step of {share} of the map.", known)
        else:
            detail = Sentence("It overshoots the floor by a step of {share} of the map, and turns back.", known)
    caption = Sentence("Thrown out: its step along {axis} turns back, longer than the one before.", values)
    return Moment("seen", update, axis, "map", caption, detail, Sentence("thrown out"), account=account)


def _back(trajectory: Trajectory, episode: Episode, values: Mapping[str, str], account: Sentence) -> Moment:
    end, axis = int(episode.end or 0), episode.axis
    span = trajectory.sharpness[episode.start : end]
    worst = episode.start + int(np.argmax(np.where(np.isnan(span), -np.inf, span)))
    growth = Growth.between(trajectory, axis, end, worst)
    g = np.abs(trajectory.slopes[:, axis])
    with np.errstate(all="ignore"):
        is_huge = 0.0 < HUGE * g[episode.start] <= g[episode.start : end].max()
    known = {**values, "factor": growth.shown, "worst": worst}
    panel: Panel = "sigma" if growth.cause == "scale" else "stability"
    if growth.cause == "scale" and is_huge:
        caption = Sentence(
            "Gradients grew huge, and with them σ, their memory: the step along {axis} fits again.", values
        )
    elif growth.cause == "scale":
        caption = Sentence("σ, its memory of past gradients, has grown: the step along {axis} fits again.", values)
    elif growth.cause == "rate":
        caption = Sentence("The learning rate has fallen: the step along {axis} fits again.", values)
    elif growth.cause == "ground":
        caption = Sentence("The ground is less curved here: the step along {axis} fits again.", values)
    else:
        caption = Sentence("The step along {axis} fits again.", values)
    if growth.cause in ("scale", "rate"):
        detail = Sentence("Since update {worst} the step size along {axis} has shrunk {factor}-fold.", known)
    else:
        detail = Sentence("A step is short enough again for the curvature of this place.", values)
    return Moment("back", end, axis, panel, caption, detail, Sentence("fits again"), account=account)


def _rises(surface: Surface, trajectory: Trajectory, episode: Episode) -> Iterator[Moment]:
    """Yield when the loss rises for the first time in a stretch, where it is known why not before."""
    update = first_rise(surface, trajectory, episode)
    if update is None:
        return
    account = Sentence(
        "But the gradient points along the stable direction until update {update}: only then does the loss rise.",
        {"update": update},
    )
    caption = Sentence("Only now does the loss rise.")
    detail = Sentence(
        "Until here the gradient pointed along the floor; now it points across, where steps are too long."
    )
    yield Moment("rises", update, episode.axis, "loss", caption, detail, Sentence("loss rises"), account=account)
