"""Whether and why a run became unstable, in sentences."""

from collections.abc import Sequence

import numpy as np

from engine.scale import Scale, curvature
from engine.trajectory import LOST, Trajectory
from explain.episodes import Episode, episodes
from spec.sentences import Sentence, fill
from surfaces.base import Surface

MOST_LISTED = 5
"""How many repetitions are told by their update numbers."""

STEEPEST = 2.0
"""The curvature along the gradient above which a step along it raises a quadratic loss."""

STEEPER = 2.0
"""How many times as long as at first the gradient must be where a run is said to slide down."""


def stability(surface: Surface, trajectory: Trajectory) -> list[Sentence]:
    """Return when and along which axis a run becomes unstable, what else makes it go off, or that nothing does."""
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
