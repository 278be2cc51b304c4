"""One block of an ensemble: many starts that move together, in place, until each has finished."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.judge import STRETCH, endings_of
from engine.rest import TOLERANCE, extent_of, is_small, near_and_clear
from engine.trajectory import ENDINGS, Floats
from engine.window import has_not_escaped
from ensembles.job import GRADIENT, THETA, Job
from xp.tape import Plan

CHECK = STRETCH
"""Updates between two looks at which starts have finished."""

QUIET_CHECKS = 2
"""A start leaves once it has been at rest at so many looks, one after the other."""

SHARE = 1 / 8
"""Finished starts are left to move on unheeded until they are more than this share of the block."""

MOVING, CONVERGED, IDLE, DIVERGED, UNDEFINED = map(
    ENDINGS.index, ("moving", "converged", "idle", "diverged", "undefined")
)

Report = Callable[[int], None]


class Block:
    """The starts of one block, and what became of each.

    theta: (2, n), the last points. updates: (n,), after how many updates they came to rest or were lost, all if
    neither. ending: (n,), places in ENDINGS.
    """

    def __init__(self, job: Job, points: Floats, rates: Floats | None) -> None:
        count = points.shape[1]
        self.job = job
        self.theta, self.updates = points.copy(), np.full(count, job.steps, np.int32)
        self.ending = np.full(count, MOVING, np.int8)
        self._start = points
        self._present: NDArray[np.int_] = np.arange(count)
        self._moving = np.ones(count, bool)
        state = [s / unit for s, unit in zip(job.first_state, job.state_units, strict=True)]
        self._arrays = [np.broadcast_to(values, points.shape).copy() for values in (points, 0.0, *state)]
        self._rates = rates
        self._before, self._low, self._high = points.copy(), points.copy(), points.copy()
        self._still, self._quiet = np.zeros(count, np.int32), np.zeros(count, np.int32)

    def run(self, report: Report) -> None:
        """Move until all starts have finished or all updates are made; report updates done at every check."""
        with np.errstate(all="ignore"):
            self._lay_out()
            for t in range(self.job.steps):
                self._gradient(t)
                if t % CHECK == 0:
                    self._let_finished_leave(t)
                    moving = int(np.count_nonzero(self._moving))
                    report(min(CHECK, self.job.steps - t) * moving)
                    if moving == 0:
                        return
                if self.job.stop and ((t + 1) % CHECK == 0 or t + 1 == self.job.steps):
                    np.copyto(self._before, self._arrays[THETA])
                plan, constants = self.job.update(t)
                if plan not in self._scratch:
                    self._scratch[plan] = plan.registers(self._arrays[THETA].shape)
                plan.run(self._table + self._scratch[plan] + constants)
            self._let_finished_leave(self.job.steps)
            self.theta[:, self._present[self._moving]] = self._arrays[THETA][:, self._moving]
            if self.job.stop:
                self._judge_the_rest()

    def _lay_out(self) -> None:
        if self.job.called_gradient is None:
            plan, constants = self.job.slopes
            scratch = plan.registers(self._present.shape)
            self._slopes = [*self._arrays[THETA], *self._arrays[GRADIENT], *scratch, *constants]
        self._table = self._arrays + ([] if self._rates is None else [self._rates])
        self._scratch: dict[Plan, list[Any]] = {}

    def _gradient(self, t: int) -> None:
        if self.job.called_gradient is None:
            self.job.slopes[0].run(self._slopes)
        else:
            self._arrays[GRADIENT][:] = self.job.called_gradient(t, *self._arrays[THETA])

    def _let_finished_leave(self, t: int) -> None:
        gone, still = self._escaped(), self._converged()
        finished = (gone | still) & self._moving
        if not finished.any():
            return
        left = self._present[finished]
        self.theta[:, left] = self._arrays[THETA][:, finished]
        self.updates[left] = np.where(gone[finished], t, t - CHECK * (self._quiet[finished] - 1))
        lost = np.where(np.isnan(self.theta[:, left]).any(axis=0), UNDEFINED, DIVERGED)
        self.ending[left] = np.where(gone[finished], lost, CONVERGED)
        self._moving &= ~finished
        if np.count_nonzero(self._moving) < (1 - SHARE) * len(self._moving):
            self._keep(self._moving)

    def _escaped(self) -> NDArray[np.bool_]:
        x, y = has_not_escaped(self.job.surface, *self._arrays[THETA])
        inside: NDArray[np.bool_] = x & y
        return ~inside

    def _converged(self) -> NDArray[np.bool_]:
        """Return which starts have been at a minimum for a stretch; those at rest elsewhere may still move on."""
        if not self.job.stop:
            return np.zeros(len(self._present), bool)
        return self._look() & (self._quiet >= QUIET_CHECKS)

    def _look(self) -> NDArray[np.bool_]:
        """Count for each start at how many looks, one after the other, its steps were small, and it was at rest.

        Return which ones are at rest at what is clearly a minimum.
        """
        theta, before = self._arrays[THETA], self._before
        np.minimum(self._low, theta, out=self._low)
        np.maximum(self._high, theta, out=self._high)
        reach = self._high[0] - self._low[0] + np.abs(theta[0])
        places = np.flatnonzero(np.abs(theta[0] - before[0]) <= TOLERANCE * reach)  # most are out at once
        extent = self._extent(places)
        small = is_small(theta[:, places] - before[:, places], extent)
        still = places[small]
        near, clear = near_and_clear(self.job.surface, theta[:, still], extent[:, small])
        self._still, self._quiet = _counted(self._still, still), _counted(self._quiet, still[near])
        at_minimum = np.zeros(len(self._present), bool)
        at_minimum[still] = near & clear
        return at_minimum

    def _extent(self, places: NDArray[np.int_]) -> Floats:
        return extent_of(self._low[:, places], self._high[:, places], self._arrays[THETA][:, places])

    def _judge_the_rest(self) -> None:
        """Say of the starts that are still here at the end how they ended."""
        looks = min(2, self.job.steps // CHECK + 1)
        places = np.flatnonzero(self._moving & (self._still >= looks))
        if not len(places):
            return
        left, near = self._present[places], self._quiet[places] >= looks
        theta, value = self._arrays[THETA][:, places], self.job.surface.value_array
        came_down = value(*theta) < value(*self._start[:, left])
        facts = (self._extent(places), theta - self._before[:, places], near, came_down, self._shrink(places))
        endings = endings_of(self.job.surface, theta, *facts)
        self.ending[left] = [ENDINGS.index(ending) for ending in endings]
        if self.job.rate_factors[-1] == 0.0:
            self.ending[left[~near]] = IDLE
        counted = np.where(near, self._quiet[places], self._still[places])
        self.updates[left] = np.maximum(self.job.steps - CHECK * (counted - 1), 0)

    def _shrink(self, places: NDArray[np.int_]) -> Floats | float:
        """Return the share of theta that weight decay takes in the last update."""
        factor = self.job.run.optimizer.weight_decay * float(self.job.rate_factors[-1])
        return factor * (self.job.run.lr if self._rates is None else self._rates[places])

    def _keep(self, staying: NDArray[np.bool_]) -> None:
        self._present, self._moving = self._present[staying], self._moving[staying]
        self._arrays = [array[:, staying] for array in self._arrays]
        self._before, self._low, self._high = (a[:, staying] for a in (self._before, self._low, self._high))
        self._still, self._quiet = self._still[staying], self._quiet[staying]
        if self._rates is not None:
            self._rates = self._rates[staying]
        self._lay_out()


def _counted(counts: NDArray[np.int32], places: NDArray[np.int_]) -> NDArray[np.int32]:
    """Return the counts with one more at some places, and none at all others."""
    made = np.zeros_like(counts)
    made[places] = counts[places] + 1
    return made
