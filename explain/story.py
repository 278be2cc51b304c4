"""What happened in a run, told in time order: sentences made from its trajectory."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from engine.scale import Scale, curvature
from engine.stability import Indices, crossings
from engine.trajectory import LOST, Floats, Trajectory
from spec.sentences import Sentence, fill
from surfaces.base import Surface

VISIBLE = 0.01
"""The share of the window that a step must cover to be seen on the map."""

MOST_LISTED = 5
"""How many repetitions are told by their update numbers."""

STUCK_LOSS, STUCK_GRADIENT, STUCK_TURNS = 0.1, 0.1, 0.9
"""Stuck: the loss changes by at most the first share of the walls' height, the gradient keeps the second of its length,
the third of steps turn back."""

HIGHER = 0.01
"""The share of its descent by which the loss must have risen again to be called higher in the end."""

STEEPEST = 2.0
"""The curvature along the gradient above which a step along it raises a quadratic loss."""

STEEPER = 2.0
"""How many times as long as at first the gradient must be where a run is said to slide down."""

GROWTH = 1.1
"""How many times as long as the step before it the longest step of a blow-out must be."""


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
    map to show it; and it must grow to GROWTH times the step before. On the lecture's valley this is within one
    update of |w - floor| > 0.05.
    """
    rises, falls = crossings(trajectory)
    last = trajectory.updates - 1
    until = np.append(falls, np.full(len(rises) - len(falls), last))
    axes = Scale.of(trajectory, rises).eigen_axis(surface, trajectory.theta[rises])
    seen = np.where(axes == 0, *(_first_from(_swings(surface, trajectory, axis), rises) for axis in (0, 1)))
    grew = trajectory.sigma[until, axes] > trajectory.sigma[rises, axes]
    with np.errstate(all="ignore"):
        sizes = np.abs(np.diff(trajectory.theta, axis=0))
    rows = zip_longest(rises.tolist(), axes.tolist(), seen.tolist(), falls.tolist(), grew.tolist())
    return tuple(
        Episode(start, axis, _visible(seen, sizes[: (last if end is None else end) + 1, axis]), end, grew)
        for start, axis, seen, end, grew in rows
    )


def story(surface: Surface, trajectory: Trajectory) -> tuple[Sentence, ...]:
    """Return what happened in a run, one sentence an event, in time order."""
    return (*_stability(surface, trajectory), *_stuck(surface, trajectory), *_lowest(trajectory), _ending(trajectory))


def beginning(surface: Surface, trajectory: Trajectory) -> Sentence:
    """Return where all runs of a scene start."""
    x, y = trajectory.theta[0].tolist()
    return Sentence(
        "Every run starts at {x_axis} = {x:.4g}, {y_axis} = {y:.4g}, with loss {loss:.4g}.",
        {"x_axis": surface.axes[0], "x": x, "y_axis": surface.axes[1], "y": y, "loss": float(trajectory.loss[0])},
    )


def _visible(seen: int, sizes: Floats) -> int | None:
    """Return the update at which a blow-out is seen, if there is one; sizes: of the steps up to the end."""
    with np.errstate(invalid="ignore"):
        return seen if seen < len(sizes) and not sizes[seen:].max() < GROWTH * sizes[seen - 1] else None


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
    decay, downwards = _decay(trajectory), _downwards(surface, trajectory)
    if trajectory.limit is None:
        return [Sentence("Theory knows no limit of stability for this rule."), *decay, *downwards]
    found = episodes(surface, trajectory)
    if not found:
        return [*_calm(trajectory, decay + downwards), *decay, *downwards]
    told = []
    for axis in dict.fromkeys(episode.axis for episode in found):
        first, *later = [episode for episode in found if episode.axis == axis]
        told.append(_told(first, surface.axes[axis]))
        told += _rise(surface, trajectory, first)
        told += _again(later, surface.axes[axis])
    return [*told, *decay, *downwards]


def _calm(trajectory: Trajectory, causes: Sequence[Sentence]) -> list[Sentence]:
    """Say how close sharpness comes to its limit; causes: what else makes the run go off."""
    known = np.isfinite(trajectory.sharpness)
    if not known.any():
        return []
    update = int(np.where(known, trajectory.sharpness, -np.inf).argmax())
    values = {"limit": trajectory.limit, "highest": float(trajectory.sharpness[update]), "update": update}
    if fill("{highest:.6g}", values) == fill("{limit:.6g}", values):
        return [
            Sentence(
                "Preconditioned sharpness comes as close to its limit of {limit:.6g} as makes no difference, "
                "at update {update}.",
                values,
            )
        ]
    if not known.all():
        return [
            Sentence(
                "As far as preconditioned sharpness is a number, it is highest at update {update}, {highest:.6g}, "
                "below its limit of {limit:.6g}.",
                values,
            )
        ]
    if trajectory.outcome.ending == "diverged" and not causes:
        return [
            Sentence(
                "It goes off although preconditioned sharpness is highest at update {update}, {highest:.6g}, below its "
                "limit of {limit:.6g}: the limit speaks of quadratic losses, and of scales and rates that stay.",
                values,
            )
        ]
    if _is_gone(trajectory) or causes:
        return [
            Sentence(
                "Preconditioned sharpness is highest at update {update}, {highest:.6g}, below its limit of "
                "{limit:.6g}, but that is not all that counts.",
                values,
            )
        ]
    return [
        Sentence(
            "It is never unstable: preconditioned sharpness is highest at update {update}, {highest:.6g}, "
            "below its limit of {limit:.6g}.",
            values,
        )
    ]


def _is_gone(trajectory: Trajectory) -> bool:
    """Return whether a run has left for good, or for where there is no loss."""
    return trajectory.outcome.ending in LOST or not np.isfinite(trajectory.loss[-1])


def _decay(trajectory: Trajectory) -> list[Sentence]:
    """Say where weight decay makes steps too long, alone or beside the curvature.

    It multiplies theta by 1 - mu_t lambda, and what is left of the limit is its share 1 - mu_t lambda / 2.
    """
    share = trajectory.lr * trajectory.weight_decay
    alone = np.flatnonzero(share > 2.0)
    if len(alone):
        return [
            Sentence(
                "At update {update} weight decay alone is unstable: μ λ is {share}, above 2, so that it throws the "
                "point to the other side of 0, and further out.",
                {"update": int(alone[0]), "share": _apart(float(share[alone[0]]), 2.0)[0]},
            )
        ]
    if trajectory.limit is None or not trajectory.weight_decay:
        return []
    left = trajectory.limit * (1.0 - share / 2.0)
    over = np.flatnonzero((trajectory.sharpness > left) & (trajectory.sharpness <= trajectory.limit))
    if not len(over):
        return []
    first = int(over[0])
    lower, higher = _apart(float(left[first]), float(trajectory.sharpness[first]))
    return [
        Sentence(
            "With weight decay the limit is lower, by μ λ / 2 of it: {left} at update {update}, where sharpness is "
            "{sharpness}.",
            {"left": lower, "update": first, "sharpness": higher},
        )
    ]


def _apart(one: float, other: float) -> tuple[str, str]:
    """Write two different numbers with as many digits, 4 or more, as tell them apart."""
    shown = [(fill(f"{{x:.{n}g}}", {"x": one}), fill(f"{{x:.{n}g}}", {"x": other})) for n in range(4, 18)]
    return next((pair for pair in shown if pair[0] != pair[1]), shown[-1])


def _downwards(surface: Surface, trajectory: Trajectory) -> list[Sentence]:
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
    if not goes_off:
        return [
            Sentence(
                "From update {update} to the end the loss curves downwards along its path; sharpness, the largest "
                "eigenvalue, does not see that.",
                {"update": first},
            )
        ]
    if (bend[first:] < 0.0).all():
        return [
            Sentence(
                "From update {update} to the end the loss curves downwards along its path, and it goes off that way; "
                "sharpness, the largest eigenvalue, does not see that.",
                {"update": first},
            )
        ]
    return [
        Sentence(
            "From update {update} to the end the loss does not curve upwards along its path, and it goes off that way.",
            {"update": first},
        )
    ]


def _rise(surface: Surface, trajectory: Trajectory, episode: Episode) -> list[Sentence]:
    """Say from when on the loss rises, if it is when the gradient turns to the unstable direction, and not before.

    That is so where a step follows the gradient; with momentum, noise or weight decay it is no identity.
    """
    span = slice(episode.start, trajectory.updates if episode.end is None else episode.end)
    theta, g = trajectory.theta[span], trajectory.grad[:-1][span]
    true = np.stack(surface.gradient_array(theta[:, 0], theta[:, 1]), axis=1)
    with np.errstate(all="ignore"):
        exact = np.abs(g - true).max() <= 1e-9 * np.abs(trajectory.grad[0]).max()
    if not exact or trajectory.weight_decay or not np.array_equal(trajectory.m[span], g):
        return []
    along = Scale.of(trajectory, span).curvature_along(surface, theta, g)
    turned = np.flatnonzero(~(along <= STEEPEST))
    if not len(turned) or turned[0] == 0 or np.isnan(along[turned[0]]):
        return []
    update = episode.start + int(turned[0])
    loss = trajectory.loss[episode.start : update + 2]
    if (np.diff(loss[:-1]) > 0).any() or not loss[-1] > loss[-2]:
        return []
    return [
        Sentence(
            "But the gradient points along the stable direction until update {update}: only then does the loss rise.",
            {"update": update},
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
    """Say when an axis becomes unstable after the first time; each count is of the updates listed behind it."""
    if not later:
        return []
    seen = [episode.seen for episode in later if episode.seen is not None]
    values = {"axis": axis, "updates": _listed([e.start for e in later]), "count": len(later)}
    if len(later) == 1:
        return [_once_more(later[0], axis)]
    if not seen:
        return [
            Sentence(
                "{axis} becomes unstable {count} more {count:time|times}, at {updates}; "
                "no blow-out is seen in any of them.",
                values,
            )
        ]
    return [
        Sentence(
            "{axis} becomes unstable {count} more {count:time|times}, at {updates}; of these, "
            "{seen_count} {seen_count:is|are} seen as {seen_count:a blow-out|blow-outs}, at {seen}.",
            values | {"seen": _listed(seen), "seen_count": len(seen)},
        )
    ]


def _once_more(episode: Episode, axis: str) -> Sentence:
    if episode.seen is None:
        return Sentence(
            "{axis} becomes unstable once more, at {update}; no blow-out is seen.",
            {"axis": axis, "update": episode.start},
        )
    return Sentence(
        "{axis} becomes unstable once more, at {update}; the blow-out is seen at {seen}.",
        {"axis": axis, "update": episode.start, "seen": episode.seen},
    )


def _listed(updates: Sequence[int]) -> str:
    shown = ", ".join(map(str, updates[:MOST_LISTED]))
    return f"{shown}, …" if len(updates) > MOST_LISTED else shown


def _stuck(surface: Surface, trajectory: Trajectory) -> list[Sentence]:
    """Say that the loss has gone flat over the second half of the run while the gradient has not.

    Flat beside the walls: between two points of the path the loss is lower than at both, and that height is the
    measure, which no constant added to the loss changes.
    """
    half = trajectory.updates // 2
    if half < 10 or trajectory.outcome.ending != "moving":
        return []
    theta, loss, norm = trajectory.theta[half:], trajectory.loss[half:], trajectory.grad_norm[half:]
    first = float(trajectory.grad_norm[0])
    if not (np.isfinite(loss).all() and np.isfinite(norm).all() and 0.0 < first < np.inf):
        return []
    with np.errstate(all="ignore"):
        share = float(np.median(norm) / first)
        step = np.diff(theta, axis=0)
        turns = float((np.einsum("ti,ti->t", step[1:], step[:-1]) < 0).mean())
        between = surface.value_array(*(theta[:-1] + step / 2).T)
        walls = float(np.median(np.minimum(loss[1:], loss[:-1]) - between))
    if not np.ptp(loss) <= STUCK_LOSS * walls or share < STUCK_GRADIENT or turns < STUCK_TURNS:
        return []
    return [
        Sentence(
            "From update {update} on the loss hardly changes, yet the gradient has {share:.0%} of its first length: "
            "it is stuck between two walls, not at a point of small gradient.",
            {"update": half, "share": share},
        )
    ]


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
