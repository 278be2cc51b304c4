"""What is told of a run's unstable stretches in full: when each one starts, is seen, and is over."""

from collections.abc import Sequence

import numpy as np

from engine.scale import Scale
from engine.trajectory import Trajectory
from explain.episodes import Episode
from spec.sentences import Sentence
from surfaces.base import Surface

MOST_LISTED = 5
"""How many repetitions are told by their update numbers."""

STEEPEST = 2.0
"""The curvature along the gradient above which a step along it raises a quadratic loss."""


def first_rise(surface: Surface, trajectory: Trajectory, episode: Episode) -> int | None:
    """Return when the loss rises, if it is when the gradient turns to the unstable direction, and not before.

    That is so where a step follows the gradient; with momentum, noise or weight decay it is no identity.
    """
    span = slice(episode.start, trajectory.updates if episode.end is None else episode.end)
    theta, g = trajectory.theta[span], trajectory.grad[:-1][span]
    true = np.stack(surface.gradient_array(theta[:, 0], theta[:, 1]), axis=1)
    with np.errstate(all="ignore"):
        exact = np.abs(g - true).max() <= 1e-9 * np.abs(trajectory.grad[0]).max()
    if not exact or trajectory.weight_decay or not np.array_equal(trajectory.m[span], g):
        return None
    along = Scale.of(trajectory, span).curvature_along(surface, theta, g)
    turned = np.flatnonzero(~(along <= STEEPEST))
    if not len(turned) or turned[0] == 0 or np.isnan(along[turned[0]]):
        return None
    update = episode.start + int(turned[0])
    loss = trajectory.loss[episode.start : update + 2]
    has_risen = bool((loss[1:-1] > loss[:-2]).any())
    return update if loss[-1] > loss[-2] and not has_risen else None


def account_of(episode: Episode, axis: str) -> Sentence:
    """Return what is told of an axis's first unstable stretch."""
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


def accounts_again(later: Sequence[Episode], axis: str) -> Sentence:
    """Return when an axis becomes unstable after the first time; each count is of the updates listed behind it."""
    seen = [episode.seen for episode in later if episode.seen is not None]
    values = {"axis": axis, "updates": _listed([e.start for e in later]), "count": len(later)}
    if len(later) == 1:
        return _once_more(later[0], axis)
    if not seen:
        return Sentence(
            "{axis} becomes unstable {count} more {count:time|times}, at {updates}; "
            "no blow-out is seen in any of them.",
            values,
        )
    return Sentence(
        "{axis} becomes unstable {count} more {count:time|times}, at {updates}; of these, "
        "{seen_count} {seen_count:is|are} seen as {seen_count:a blow-out|blow-outs}, at {seen}.",
        values | {"seen": _listed(seen), "seen_count": len(seen)},
    )


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
