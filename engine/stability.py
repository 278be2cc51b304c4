"""When a step becomes unstable: preconditioned sharpness, its crossings and the axis that causes them."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.trajectory import LOST, Floats, Trajectory
from surfaces.base import Surface

EQUAL = 1e-9
"""Sharpness that differs by less than this share is the same; of such updates the first is named."""

Indices = NDArray[np.int_]


def crossings(trajectory: Trajectory) -> tuple[Indices, Indices]:
    """Return the updates at which sharpness rises above the limit, and those at which it falls back to it.

    Where it is not a number, it is taken to be as it was before.
    """
    if trajectory.limit is None or trajectory.updates == 0:
        return np.zeros(0, np.int_), np.zeros(0, np.int_)
    known = np.maximum.accumulate(np.where(np.isnan(trajectory.sharpness), 0, np.arange(trajectory.updates)))
    above = (trajectory.sharpness > trajectory.limit)[known]
    change = np.diff(above.astype(int), prepend=0)
    return np.flatnonzero(change == 1), np.flatnonzero(change == -1)


def unstable_spans(trajectory: Trajectory, most: int = 60) -> list[tuple[int, int]]:
    """Return the spans [from, to) of updates whose sharpness is above the limit.

    Of more than `most` spans, those with the shortest pauses between them are joined.
    """
    up, down = crossings(trajectory)
    ends = np.append(down, trajectory.updates)[: len(up)]
    pauses = up[1:] - ends[:-1]
    joined = np.argsort(pauses, kind="stable")[: max(len(up) - most, 0)]
    starts, ends = np.delete(up, joined + 1), np.delete(ends, joined)
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def spectral_norm(surface: Surface, x: Floats, y: Floats) -> Floats:
    """Return the largest absolute eigenvalue of the Hessian at each point."""
    h_xx, h_xy, h_yy = surface.hessian_array(x, y)
    with np.errstate(all="ignore"):
        norm: Floats = np.abs(h_xx + h_yy) / 2 + np.hypot((h_xx - h_yy) / 2, h_xy)
        along_x: Floats = np.abs(h_xx)
    return norm if surface.dimension == 2 else along_x


@dataclass(frozen=True)
class Margin:
    """How near a run came to the limit of stability.

    share: its highest preconditioned sharpness over the limit. update: where that was. largest: the learning rate at
    which that share would be 1, were the path the same, for sharpness is proportional to the rate.
    """

    share: float
    update: int
    largest: float


def margin(trajectory: Trajectory, lr: float) -> Margin | None:
    """Return the margin of a run with the learning rate `lr`; None where nothing is known, or nothing curves upward.

    Of a run that was lost only the first update counts: where it went then says nothing of where it should have gone.
    """
    limit = trajectory.limit
    if limit is None or not math.isfinite(limit) or not trajectory.updates:
        return None
    seen = trajectory.sharpness[:1] if trajectory.outcome.ending in LOST else trajectory.sharpness
    finite = np.where(np.isfinite(seen), seen, -np.inf)
    update = int(np.argmax(finite >= finite.max() * (1.0 - EQUAL)))
    share = float(finite[update]) / limit
    return Margin(share, update, lr / share) if share > 0.0 else None
