"""The stretches of a run at which its steps are too long for the curvature."""

from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from engine.scale import Scale
from engine.stability import Indices, crossings
from engine.trajectory import Floats, Trajectory
from surfaces.base import Surface

VISIBLE = 0.01
"""The share of the window that a step must cover to be seen on the map."""

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
    update of |w - floor| > 0.05. The axes are those of sigma.
    """
    rises, falls = crossings(trajectory)
    last = trajectory.updates - 1
    until = np.append(falls, np.full(len(rises) - len(falls), last))
    axes = Scale.of(trajectory, rises).eigen_axis(surface, trajectory.theta[rises])
    seen = np.where(axes == 0, *(_first_from(_swings(surface, trajectory, axis), rises) for axis in (0, 1)))
    grew = trajectory.sigma[until, axes] > trajectory.sigma[rises, axes]
    with np.errstate(all="ignore"):
        sizes = np.abs(trajectory.steps)
    rows = zip_longest(rises.tolist(), axes.tolist(), seen.tolist(), falls.tolist(), grew.tolist())
    return tuple(
        Episode(start, axis, _visible(seen, sizes[: (last if end is None else end) + 1, axis]), end, grew)
        for start, axis, seen, end, grew in rows
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
        step = trajectory.steps[:, axis]
        size = np.abs(step)
        grows = (step[1:] * step[:-1] < 0) & (size[1:] > size[:-1]) & (size[1:] >= VISIBLE * (high - low))
    return np.flatnonzero(grows) + 1
