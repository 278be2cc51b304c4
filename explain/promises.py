"""What a change promises, and whether a run that was tried keeps it: its sentence if so, else None."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from engine.trajectory import LOST, Trajectory
from explain.episodes import episodes
from explain.happenings import is_blown
from spec.sentences import Sentence
from surfaces.base import Surface

Promise: TypeAlias = Callable[[Surface, Trajectory, Trajectory], Sentence | None]
"""(surface of the run tried, run before, run tried) -> what is to be said, None if the promise is not kept."""

SOONER = 0.95
"""Sooner is after at most this share of the updates."""

SAME = 1e-9
"""The share of a run's descent by which two losses must differ for one to be called lower."""

NEARER = 0.5
"""Much lower is at most this share of what the run before ended above the lowest loss known."""

WORTH = 1e-3
"""Much lower is, besides, lower by at least this share of the descent, where no minimum is known."""

PRICE = 0.05
"""A calm run may end higher, by at most this share of the descent of the one that was thrown out."""


def calm(surface: Surface, before: Trajectory, after: Trajectory) -> Sentence | None:
    """Promise that a run is not thrown out, and say what that costs."""
    has_limit = after.limit is not None and np.isfinite(after.sharpness).all()
    if not _is_calm(surface, after) or (has_limit and not after.sharpness.max() <= after.limit):
        return None
    dearest = np.nan_to_num(before.loss[-1] + PRICE * (before.loss[0] - before.loss[-1]), nan=np.inf)
    is_lost = before.outcome.ending in LOST
    is_low = after.loss[-1] < after.loss[0] and (is_lost or after.loss[-1] <= dearest)
    return _how_calm(before, after, is_lost) if is_low else None


def _how_calm(before: Trajectory, after: Trajectory, was_lost: bool) -> Sentence:
    values = _losses(before, after) | {"count": after.updates}
    if was_lost:
        return Sentence("It no longer flies off: loss {loss} after {count:,} {count:update|updates}.", values)
    if not _differ(before, after):
        return Sentence("No blow-out in {count:,} {count:update|updates}, at the same loss in the end.", values)
    if after.loss[-1] > before.loss[-1]:
        return Sentence(
            "No blow-out in {count:,} {count:update|updates}, but not as low: loss {loss}, not {before}.",
            values,
        )
    return Sentence("No blow-out in {count:,} {count:update|updates}, and lower: loss {loss}, not {before}.", values)


def lower(surface: Surface, before: Trajectory, after: Trajectory) -> Sentence | None:
    """Promise that a run ends much lower, and is not thrown out on its way."""
    values = _losses(before, after)
    if not _is_calm(surface, after) or not _is_much_lower(surface, before, after) or not _differ(before, after):
        return None
    if after.outcome.ending == "converged":
        values["update"] = after.outcome.update
        return Sentence("It converges at update {update}, at loss {loss} instead of {before}.", values)
    return Sentence("It ends at loss {loss} instead of {before}.", values)


def leaves(surface: Surface, before: Trajectory, after: Trajectory) -> Sentence | None:
    """Promise that a run does not stay where it was held, but goes on downhill, to the bottom if there is one."""
    values = _losses(before, after) | {"count": after.updates}
    has_left = np.isfinite(after.loss).all() and _is_much_lower(surface, before, after) and _differ(before, after)
    if not has_left or not after.loss.max() <= 1.1 * abs(after.loss[0]) + abs(before.loss[-1]):
        return None
    return Sentence(
        "It leaves that place: loss {loss} instead of {before} after {count:,} {count:update|updates}.", values
    )


def sooner(surface: Surface, before: Trajectory, after: Trajectory) -> Sentence | None:
    """Promise that a run converges to a loss as low in fewer updates."""
    first, second = before.outcome, after.outcome
    is_as_low = after.loss[-1] <= before.loss[-1] + 1e-6 * (before.loss[0] - before.loss[-1])
    if second.ending != "converged" or not is_as_low or not _is_calm(surface, after):
        return None
    if not second.update <= SOONER * first.update or second.update == first.update:
        return None
    if first.ending != "converged":
        return Sentence("It converges at update {update}.", {"update": second.update})
    return Sentence(
        "It converges at update {update} instead of {before}.", {"update": second.update, "before": first.update}
    )


def off(surface: Surface, _: Trajectory, after: Trajectory) -> Sentence | None:
    """Promise that a run flies off, or is at least thrown out for all to see."""
    if after.outcome.ending == "diverged" and not after.loss[-1] < after.loss[0]:
        return Sentence("Just above the limit: it diverges at update {update}.", {"update": after.outcome.update})
    seen = [episode.seen for episode in episodes(surface, after) if episode.seen is not None]
    if after.outcome.ending in LOST or not seen:
        return None
    return Sentence("Just above the limit: a blow-out is seen at update {update}.", {"update": seen[0]})


def loss_text(loss: float) -> str:
    """Return a loss with four digits: large ones in full, so that two of them are compared at a glance."""
    rounded = float(f"{loss:.4g}")
    return f"{rounded:,.0f}" if 1e4 <= abs(rounded) < 1e9 else f"{loss:.4g}"


def _losses(before: Trajectory, after: Trajectory) -> dict[str, str | int]:
    return {"loss": loss_text(float(after.loss[-1])), "before": loss_text(float(before.loss[-1]))}


def _differ(before: Trajectory, after: Trajectory) -> bool:
    """Return whether two runs end at losses that differ as they are shown, and by more than nothing to speak of."""
    losses, gap = _losses(before, after), abs(float(after.loss[-1] - before.loss[-1]))
    return losses["loss"] != losses["before"] and gap > SAME * abs(float(after.loss[0] - after.loss[-1]))


def _is_calm(surface: Surface, run: Trajectory) -> bool:
    return run.outcome.ending not in LOST and bool(np.isfinite(run.loss).all()) and not is_blown(surface, run)


def _is_much_lower(surface: Surface, before: Trajectory, after: Trajectory) -> bool:
    known = [point.loss for point in surface.critical_points if point.kind == "minimum"]
    floor = min(*known, float(np.nanmin(before.loss)), float(np.nanmin(after.loss)))
    drop = before.loss[-1] - after.loss[-1]
    is_worth_it = bool(known) or drop >= WORTH * abs(before.loss[0] - before.loss[-1])
    return bool(is_worth_it and after.loss[-1] - floor <= NEARER * (before.loss[-1] - floor))
