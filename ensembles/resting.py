"""Which starts of a block have come to rest: the judge's test, made at every tenth update."""

import numpy as np
from numpy.typing import NDArray

from engine.judge import STRETCH, Walls, endings_of
from engine.rest import TOLERANCE, extent_of, is_small, near_and_clear
from engine.trajectory import ENDINGS, Floats
from ensembles.spread import Columns

CHECK = STRETCH
"""Updates between two looks at which starts have finished."""

QUIET_CHECKS = 2
"""A start leaves once it has been at rest at so many looks, one after the other."""

CONVERGED = ENDINGS.index("converged")

Places = NDArray[np.int_]


class Rest:
    """What is known of n starts that may come to rest.

    before: (2, n), where they were one update before the last look. quiet: (n,), at how many looks, one after the
    other, they were near a critical point, all but without a step.
    """

    def __init__(self, points: Floats) -> None:
        count = points.shape[1]
        self.before, self._earlier, self._low, self._high = (points.copy() for _ in range(4))
        self._still, self.quiet = np.zeros(count, np.int32), np.zeros(count, np.int32)
        self._at_minimum = np.zeros(count, bool)

    @property
    def converged(self) -> NDArray[np.bool_]:
        """Which have been at a minimum for a stretch, (n,); those at rest elsewhere may still move on."""
        return self._at_minimum & (self.quiet >= QUIET_CHECKS)

    def remember(self, theta: Floats, left: int) -> None:
        """Note where the starts are, one update or two before a look."""
        np.copyto(self.before if left == 1 else self._earlier, theta)

    def reach(self, theta: Floats) -> None:
        """Take notice of how far the starts have been."""
        np.minimum(self._low, theta, out=self._low)
        np.maximum(self._high, theta, out=self._high)

    def look(self, theta: Floats, columns: Columns) -> None:
        """Count for each start at how many looks, one after the other, its steps were small, and it was at rest.

        Two steps are looked at, because a rule may pause between two of them. Note who is clearly at a minimum.
        """
        self.reach(theta)
        reach = self._high[0] - self._low[0] + np.abs(theta[0])
        places = np.flatnonzero(np.abs(theta[0] - self.before[0]) <= TOLERANCE * reach)  # most are out at once
        extent = self._extent(theta, places)
        small = is_small(theta[:, places] - self.before[:, places], extent)
        small &= is_small((theta[:, places] - self._earlier[:, places]) / 2, extent)
        still = places[small]
        near, clear = near_and_clear(columns.surface(still), theta[:, still], extent[:, small])
        self._still, self.quiet = _counted(self._still, still), _counted(self.quiet, still[near])
        self._at_minimum = np.zeros(theta.shape[1], bool)
        self._at_minimum[still] = near & clear

    def resting(self, moving: NDArray[np.bool_], steps: int) -> tuple[Places, NDArray[np.bool_], NDArray[np.int32]]:
        """Return which starts rest at the end of a run, whether near a critical point, and since which update."""
        looks = min(2, steps // CHECK + 1)
        places = np.flatnonzero(moving & (self._still >= looks))
        near = self.quiet[places] >= looks
        counted = np.where(near, self.quiet[places], self._still[places])
        return places, near, np.maximum(steps - CHECK * (counted - 1), 0)

    def endings(
        self,
        theta: Floats,
        start: Floats,
        columns: Columns,
        places: Places,
        near: NDArray[np.bool_],
        shrink: Floats,
        walls: Walls | None,
    ) -> NDArray[np.int8]:
        """Return the endings of those starts, places in ENDINGS; start: (2, n). shrink: what weight decay takes.

        walls: of the box.
        """
        at, surface = theta[:, places], columns.surface(places)
        came_down = surface.value_array(*at) < surface.value_array(*start[:, places])
        facts = (self._extent(theta, places), at - self.before[:, places], near, came_down, shrink, walls)
        told = np.array([ENDINGS.index(ending) for ending in endings_of(surface, at, *facts)], np.int8)
        return np.where(self._at_minimum[places] & near, CONVERGED, told).astype(np.int8)

    def at(self, staying: NDArray[np.bool_]) -> "Rest":
        """Return what is known of some of the starts."""
        made = object.__new__(Rest)
        made.__dict__.update({name: array[..., staying] for name, array in vars(self).items()})
        return made

    def _extent(self, theta: Floats, places: Places) -> Floats:
        return extent_of(self._low[:, places], self._high[:, places], theta[:, places])


def _counted(counts: NDArray[np.int32], places: Places) -> NDArray[np.int32]:
    """Return the counts with one more at some places, and none at all others."""
    made = np.zeros_like(counts)
    made[places] = counts[places] + 1
    return made
