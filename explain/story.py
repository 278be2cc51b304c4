"""What happened in a run, told in time order: sentences made from its trajectory."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from engine.scale import Scale
from engine.stability import Indices, crossings
from engine.trajectory import Trajectory
from spec.sentences import Sentence
from surfaces.base import Surface

VISIBLE = 0.01
"""The share of the window that a step must cover to be seen on the map."""

MOST_LISTED = 5
"""How many repetitions are told by their update numbers."""

STUCK_LOSS, STUCK_GRADIENT, STUCK_TURNS = 0.1, 0.1, 0.9
"""Stuck: the loss changes by less than the first share, the gradient keeps the second, the third of steps turn back."""


@dataclass(frozen=True)
class Episode:
    """One stretch of updates at which steps are too long for the curvature.

    start: the update at which preconditioned sharpness rises above its limit. axis: 0 or 1, the one that causes it.
    seen: the update at which the blow-out is first seen, None if it never is. end: the update at which
    sharpness is back at its limit, None if the run ends before. sigma_grew: whether the scale of the axis is
    larger at the end than at the start.
    """

    start: int
    axis: int
    seen: int | None
    end: int | None
    sigma_grew: bool


def episodes(surface: Surface, trajectory: Trajectory) -> tuple[Episode, ...]:
    """Return the unstable stretches of a run, in time order.

    A blow-out is seen at the first update of the stretch whose step along the axis turns back, is longer than
    the step before, and covers at least VISIBLE of the window's side: a swing that grows, large enough for the
    map to show it. On the lecture's valley this is within one update of |w - floor| > 0.05.
    """
    rises, falls = crossings(trajectory)
    last = trajectory.updates - 1
    until = np.append(falls, np.full(len(rises) - len(falls), last))
    axes = Scale.of(trajectory, rises).eigen_axis(surface, trajectory.theta[rises])
    seen = np.where(axes == 0, *(_first_from(_swings(surface, trajectory, axis), rises) for axis in (0, 1)))
    grew = trajectory.sigma[until, axes] > trajectory.sigma[rises, axes]
    rows = zip_longest(rises.tolist(), axes.tolist(), seen.tolist(), falls.tolist(), grew.tolist())
    return tuple(
        Episode(start, axis, seen if seen <= (last if end is None else end) else None, end, grew)
        for start, axis, seen, end, grew in rows
    )


def story(surface: Surface, trajectory: Trajectory) -> tuple[Sentence, ...]:
    """Return what happened in a run, one sentence an event, in time order."""
    return (*_stability(surface, trajectory), *_stuck(trajectory), *_lowest(trajectory), _ending(trajectory))


def beginning(surface: Surface, trajectory: Trajectory) -> Sentence:
    """Return where all runs of a scene start."""
    x, y = trajectory.theta[0].tolist()
    return Sentence(
        "Every run starts at {x_axis} = {x:.4g}, {y_axis} = {y:.4g}, with loss {loss:.4g}.",
        {"x_axis": surface.axes[0], "x": x, "y_axis": surface.axes[1], "y": y, "loss": float(trajectory.loss[0])},
    )


def _first_from(events: Indices, starts: Indices) -> Indices:
    """Return for each start the first event that is not before it, a huge number where there is none."""
    never = np.iinfo(np.int_).max
    first: Indices = np.append(events, never)[np.searchsorted(events, starts)]
    return first


def _swings(surface: Surface, trajectory: Trajectory, axis: int) -> Indices:
    """Return the updates whose step along an axis turns back, is longer than the one before, and is visible."""
    low, high = surface.window[axis]
    with np.errstate(all="ignore"):
        step = np.diff(trajectory.theta[:, axis])
        size = np.abs(step)
        grows = (step[1:] * step[:-1] < 0) & (size[1:] > size[:-1]) & (size[1:] >= VISIBLE * (high - low))
    return np.flatnonzero(grows) + 1


def _stability(surface: Surface, trajectory: Trajectory) -> list[Sentence]:
    if trajectory.limit is None:
        return [Sentence("Theory knows no limit of stability for this rule.")]
    found = episodes(surface, trajectory)
    if not found:
        return _calm(trajectory)
    told = []
    for axis in dict.fromkeys(episode.axis for episode in found):
        first, *later = [episode for episode in found if episode.axis == axis]
        told.append(_told(first, surface.axes[axis]))
        told += _again(later, surface.axes[axis])
    return told


def _calm(trajectory: Trajectory) -> list[Sentence]:
    known = trajectory.sharpness[np.isfinite(trajectory.sharpness)]
    if len(known) == 0:
        return []
    values = {
        "limit": trajectory.limit,
        "highest": float(known.max()),
        "update": int(np.nanargmax(trajectory.sharpness)),
    }
    return [
        Sentence(
            "It is never unstable: preconditioned sharpness is highest at update {update}, {highest:.6g}, "
            "below its limit of {limit:.6g}.",
            values,
        )
    ]


def _told(episode: Episode, axis: str) -> Sentence:
    told = {"axis": axis, "update": episode.start, "seen": episode.seen, "end": episode.end}
    values = {key: value for key, value in told.items() if value is not None}
    if episode.seen is None and episode.end is None:
        return Sentence(
            "{axis} becomes unstable at update {update} and stays so to the end; no blow-out is seen.", values
        )
    if episode.seen is None:
        return Sentence(
            "{axis} becomes unstable at update {update} and is stable again at {end}; no blow-out is seen.", values
        )
    if episode.end is None:
        return Sentence(
            "{axis} becomes unstable at update {update}; the blow-out is seen at {seen} and lasts to the end.", values
        )
    if episode.sigma_grew:
        return Sentence(
            "{axis} becomes unstable at update {update}; the blow-out is seen at {seen}; "
            "σ of {axis} grows and it is stable again at {end}.",
            values,
        )
    return Sentence(
        "{axis} becomes unstable at update {update}; the blow-out is seen at {seen}; it is stable again at {end}.",
        values,
    )


def _again(later: Sequence[Episode], axis: str) -> list[Sentence]:
    if not later:
        return []
    seen = [episode.seen for episode in later if episode.seen is not None]
    values = {"axis": axis, "updates": _listed([e.start for e in later]), "count": len(later) + 1}
    if not seen:
        return [
            Sentence(
                "{axis} becomes unstable again at {updates}, {count} times in all; no more blow-outs are seen.", values
            )
        ]
    return [
        Sentence(
            "{axis} becomes unstable again at {updates}, {count} times in all; "
            "blow-outs are seen at {seen}, {seen_count} in all.",
            values | {"seen": _listed(seen), "seen_count": len(seen)},
        )
    ]


def _listed(updates: Sequence[int]) -> str:
    shown = ", ".join(map(str, updates[:MOST_LISTED]))
    return f"{shown}, …" if len(updates) > MOST_LISTED else shown


def _stuck(trajectory: Trajectory) -> list[Sentence]:
    """Say that the loss has gone flat over the second half of the run while the gradient has not."""
    half = trajectory.updates // 2
    if half < 10 or trajectory.outcome.ending != "moving":
        return []
    loss, norm = trajectory.loss[half:], trajectory.grad_norm[half:]
    share = float(np.median(norm) / trajectory.grad_norm[0]) if trajectory.grad_norm[0] else 0.0
    step = np.diff(trajectory.theta[half:], axis=0)
    turns = float((np.einsum("ti,ti->t", step[1:], step[:-1]) < 0).mean())
    if np.ptp(loss) > STUCK_LOSS * loss.max() or share < STUCK_GRADIENT or turns < STUCK_TURNS:
        return []
    return [
        Sentence(
            "From update {update} on the loss hardly changes, yet the gradient keeps {share:.0%} of its first length: "
            "it is stuck between two walls, not at a point of small gradient.",
            {"update": half, "share": share},
        )
    ]


def _lowest(trajectory: Trajectory) -> list[Sentence]:
    if not np.isfinite(trajectory.loss).any():
        return []
    update = int(np.nanargmin(trajectory.loss))
    lowest, last = float(trajectory.loss[update]), float(trajectory.loss[-1])
    if not 0 < update < trajectory.updates or last <= lowest * 1.01:
        return []
    return [Sentence("The loss is lowest at update {update}, {loss:.4g}.", {"update": update, "loss": lowest})]


def _ending(trajectory: Trajectory) -> Sentence:
    values = {"outcome": trajectory.outcome.sentence, "loss": float(trajectory.loss[-1])}
    return Sentence("In the end: {outcome}, at loss {loss:.4g}.", values)
