"""What is seen of the loss of many runs along the way: its lowest, when it reaches a goal, how well it comes down."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.trajectory import Floats
from ensembles.how import How
from surfaces.base import Surface

TAIL = 20
"""The updates at the end of a run over which its loss is averaged to say whether it has come down."""

LARGEST = 1e6
"""A loss counts as at most so many times that of the start, and as at least one part in so many."""

NEVER = -1


def floor_of(surface: Surface) -> float:
    """Return the lowest known loss of a surface, 0 where no minimum is known."""
    return min((point.loss for point in surface.critical_points if point.kind == "minimum"), default=0.0)


@dataclass(frozen=True, eq=False)
class Seen:
    """What was seen of the losses of n runs along the way.

    best: (n,), the lowest. to_goal: (n,), after how many updates the loss was at most the goal, NEVER where it was not.
    trainability: (n,), how well each run has trained, as in arXiv 2402.06184: with
    v_t = (l_t - l*) / (l_0 - l*) after updates t = 1, ..., steps, kept between 1 / LARGEST and LARGEST, which it is too
    where it is no number and once the run is lost, it is -sum v_t if the mean of the last TAIL is below 1, else
    sum 1 / v_t.
    """

    best: Floats
    to_goal: NDArray[np.int32]
    trainability: Floats

    def put(self, places: NDArray[np.intp], some: "Seen") -> None:
        """Write down what was seen of some of the runs."""
        for name, values in vars(self).items():
            values[places] = getattr(some, name)


class Watch:
    """The losses of n runs of `steps` updates, seen one after the other, of which only a few numbers are kept.

    how: what their goal is. floor: (n,), the l* of `Seen`.
    """

    def __init__(self, steps: int, how: How, floor: Floats) -> None:
        count = len(floor)
        self._steps, self._share_wanted = steps, how.share
        self._goal: Any = how.goal
        self._floor = floor if how.floor is None else np.full(count, how.floor)
        self._tail_from = max(steps - TAIL, 0)
        self._best, self._to_goal = np.full(count, np.inf), np.full(count, NEVER, np.int32)
        self._height, self._share = np.empty(count), np.empty(count)
        self._sum, self._inverse, self._tail = np.zeros(count), np.zeros(count), np.zeros(count)

    def see(self, t: int, loss: Floats) -> None:
        """Take notice of the losses (n,) after t updates."""
        np.fmin(self._best, loss, out=self._best)
        if t == 0:
            self._height = loss - self._floor
            if self._share_wanted is not None:
                self._goal = self._floor + self._share_wanted * self._height
        if self._goal is not None:
            reached = np.flatnonzero(loss <= self._goal)
            new = reached[self._to_goal[reached] == NEVER]
            self._to_goal[new] = t
        if t == 0:
            return
        share = np.subtract(loss, self._floor, out=self._share)
        np.divide(share, self._height, out=share)
        np.fmin(share, LARGEST, out=share)
        share[share == -np.inf] = LARGEST
        np.maximum(share, 1 / LARGEST, out=share)
        self._sum += share
        if t > self._tail_from:
            self._tail += share
        self._inverse += np.divide(1.0, share, out=share)

    def lose(self, places: NDArray[np.int_], t: int) -> None:
        """Count the losses of runs that were lost after t updates as the largest from there on."""
        left = self._steps - t
        self._sum[places] += left * LARGEST
        self._inverse[places] += left / LARGEST
        self._tail[places] = np.inf

    @property
    def seen(self) -> Seen:
        """What was seen so far."""
        came_down = self._tail < self._steps - self._tail_from
        return Seen(self._best, self._to_goal, np.where(came_down, -self._sum, self._inverse))

    def at(self, places: NDArray[np.int_] | NDArray[np.bool_]) -> "Watch":
        """Return the watch of some of the runs."""
        made = object.__new__(Watch)
        own = {name: value[places] for name, value in vars(self).items() if isinstance(value, np.ndarray)}
        made.__dict__.update(vars(self) | own)
        return made

    def put(self, places: NDArray[np.int_], other: "Watch") -> None:
        """Write the numbers of other runs into some places."""
        for name, value in vars(self).items():
            if isinstance(value, np.ndarray):
                value[places] = getattr(other, name)
