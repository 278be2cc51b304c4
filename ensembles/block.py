"""One block of an ensemble: many starts that move together, in place, until each has finished."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.judge import STRETCH, endings_of, is_undefined
from engine.rest import TOLERANCE, extent_of, is_small, near_and_clear
from engine.trajectory import ENDINGS, Floats
from engine.window import has_not_escaped
from ensembles.job import GRADIENT, STATE, THETA, Job, Update
from ensembles.spread import Columns
from ensembles.watch import Watch
from surfaces.base import Surface
from xp.tape import Plan

CHECK = STRETCH
"""Updates between two looks at which starts have finished."""

QUIET_CHECKS = 2
"""A start leaves once it has been at rest at so many looks, one after the other."""

FIRST = 3 * CHECK
"""In so many updates it is noted after each of them how far a start has been: later it goes less far."""

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

    def __init__(self, job: Job, points: Floats, columns: NDArray[np.intp], watch: Watch | None = None) -> None:
        count = points.shape[1]
        self.job, self.watch, self._watch = job, watch, watch
        self.theta, self.updates = points.copy(), np.full(count, job.steps, np.int32)
        self.ending = np.full(count, MOVING, np.int8)
        self._start = points
        self._present: NDArray[np.int_] = np.arange(count)
        self._moving = np.ones(count, bool)
        self._columns = self._every = Columns(job.setup, columns)
        state = [self._columns.spread(s / unit) for s, unit in zip(job.first_state, job.state_units, strict=True)]
        arrays = [np.broadcast_to(values, points.shape) for values in (points, 0.0, *state)]
        self._arrays = [(a[0] if job.is_coupled and k >= STATE else a).copy() for k, a in enumerate(arrays)]
        self._before, self._earlier, self._low, self._high = (points.copy() for _ in range(4))
        self._at_minimum = np.zeros(count, bool)
        self._still, self._quiet = np.zeros(count, np.int32), np.zeros(count, np.int32)

    @property
    def surface(self) -> Surface:
        """The surface, whose knobs are arrays (n,) where a column varies them."""
        return self._every.surface()

    def run(self, report: Report) -> None:
        """Move until all starts have finished or all updates are made; report updates done at every check."""
        every = 1 if self.job.how.exact else CHECK
        with np.errstate(all="ignore"):
            self._lay_out()
            for t in range(self.job.steps):
                self._gradient(t)
                if t % every == 0:
                    self._let_finished_leave(t)
                    moving = int(np.count_nonzero(self._moving))
                    report(min(every, self.job.steps - t) * moving)
                    if moving == 0:
                        return
                elif t < FIRST and self.job.how.judged:
                    self._reach()
                for left, points in ((1, self._before), (2, self._earlier)):
                    if (t + left) % every == 0 or t + left == self.job.steps:
                        np.copyto(points, self._arrays[THETA])
                self._move(t)
            if self._watch:
                self._watch.see(self.job.steps, np.asarray(self._columns.surface().value_array(*self._arrays[THETA])))
            self._let_finished_leave(self.job.steps)
            self._end()

    def _move(self, t: int) -> None:
        self._replay(self._table, self.job.update(t))

    def _replay(self, table: list[Any], update: Update) -> None:
        """Run a plan on a table of registers of one axis, (n,), or of both, (2, n)."""
        if update.plan not in self._scratch:
            self._scratch[update.plan] = update.plan.registers(table[0].shape)
        columns = self._columns
        constants = (columns.of_points if table[0].ndim == 1 else columns.constants)(update)
        update.plan.run(table + self._scratch[update.plan] + constants)

    def _end(self) -> None:
        """Write down the starts that are still here."""
        places = self._present[self._moving]
        self.theta[:, places] = self._arrays[THETA][:, self._moving]
        if self._watch and self.watch:
            self.watch.put(places, self._watch.at(self._moving))
        if self.job.how.judged:
            self._judge_the_rest()

    def _lay_out(self) -> None:
        self._loss = np.empty(self._present.shape)
        self._at = self._arrays[THETA].copy() if self.job.ghost else self._arrays[THETA]
        self._seen = [np.array(values) for values in self._looks()]
        self._table = self.job.registers(self._arrays, self._seen)
        if self.job.called_gradient is None:
            slopes = self.job.slopes
            registers = [*self._at, *self._arrays[GRADIENT], *([self._loss] if self._watch else [])]
            constants = self._columns.of_points(slopes)
            self._slopes = [*registers, *slopes.plan.registers(self._present.shape), *constants]
        self._scratch: dict[Plan, list[Any]] = {}

    def _looks(self) -> Iterator[Any]:
        """Yield what the rule sees besides the gradient."""
        for look in self.job.looks(self._columns.surface()):
            yield from look(*self._arrays[THETA])

    def _gradient(self, t: int) -> None:
        """Bring the gradient, the loss if it is watched, and what else the rule sees to their registers."""
        theta = self._arrays[THETA]
        if self.job.ghost:
            self._replay([theta, self._at, *self._arrays[STATE:]], self.job.ghost)
        if self.job.called_gradient is None:
            self.job.slopes.plan.run(self._slopes)
        else:
            self._arrays[GRADIENT][:] = self.job.called_gradient(t, *self._at)
        if self._watch and (self.job.called_gradient or self.job.ghost):
            self._loss = np.asarray(self._columns.surface().value_array(*theta))
        for register, values in zip(self._seen, self._looks(), strict=True):
            register[:] = values
        if self._watch:
            self._watch.see(t, self._loss)

    def _let_finished_leave(self, t: int) -> None:
        gone, still = self._escaped(), self._converged()
        finished = (gone | still) & self._moving
        if not finished.any():
            return
        left = self._present[finished]
        self.theta[:, left] = self._arrays[THETA][:, finished]
        self.updates[left] = np.where(gone[finished], t, t - CHECK * (self._quiet[finished] - 1))
        self.ending[left] = np.where(gone[finished], self._lost(finished), CONVERGED)
        if self._watch and self.watch:
            self._watch.lose(np.flatnonzero(gone & finished), t)
            self.watch.put(left, self._watch.at(finished))
        self._moving &= ~finished
        if np.count_nonzero(self._moving) < (1 - SHARE) * len(self._moving):
            self._keep(self._moving)

    def _lost(self, places: NDArray[np.bool_]) -> NDArray[np.int_]:
        """Return how starts ended that have left every bound: by their last point if every update is looked at."""
        if not self.job.how.exact:
            return np.where(np.isnan(self._arrays[THETA][:, places]).any(axis=0), UNDEFINED, DIVERGED)
        surface, last = self._columns.surface(places), self._before[:, places]
        slopes = np.stack(surface.gradient_array(*last))
        return np.where(is_undefined(surface.value_array(*last), slopes), UNDEFINED, DIVERGED)

    def _escaped(self) -> NDArray[np.bool_]:
        x, y = has_not_escaped(self.job.setup.plain, *self._arrays[THETA])
        inside: NDArray[np.bool_] = x & y
        return ~inside

    def _converged(self) -> NDArray[np.bool_]:
        """Return which starts have been at a minimum for a stretch; those at rest elsewhere may still move on."""
        if self.job.how.judged:
            self._look()
        return self._at_minimum & (self._quiet >= QUIET_CHECKS) & self.job.how.stop

    def _reach(self) -> None:
        """Take notice of how far the starts have been."""
        np.minimum(self._low, self._arrays[THETA], out=self._low)
        np.maximum(self._high, self._arrays[THETA], out=self._high)

    def _look(self) -> None:
        """Count for each start at how many looks, one after the other, its steps were small, and it was at rest.

        Note which ones are at rest at what is clearly a minimum.
        """
        theta, before = self._arrays[THETA], self._before
        self._reach()
        reach = self._high[0] - self._low[0] + np.abs(theta[0])
        places = np.flatnonzero(np.abs(theta[0] - before[0]) <= TOLERANCE * reach)  # most are out at once
        extent = self._extent(places)
        small = is_small(theta[:, places] - before[:, places], extent)
        small &= is_small((theta[:, places] - self._earlier[:, places]) / 2, extent)
        still = places[small]
        near, clear = near_and_clear(self._columns.surface(still), theta[:, still], extent[:, small])
        self._still, self._quiet = _counted(self._still, still), _counted(self._quiet, still[near])
        self._at_minimum = np.zeros(len(self._present), bool)
        self._at_minimum[still] = near & clear

    def _extent(self, places: NDArray[np.int_]) -> Floats:
        return extent_of(self._low[:, places], self._high[:, places], self._arrays[THETA][:, places])

    def _judge_the_rest(self) -> None:
        """Say of the starts that are still here at the end how they ended."""
        looks = min(2, self.job.steps // CHECK + 1)
        places = np.flatnonzero(self._moving & (self._still >= looks))
        if not len(places):
            return
        left, near = self._present[places], self._quiet[places] >= looks
        theta, surface = self._arrays[THETA][:, places], self._columns.surface(places)
        came_down = surface.value_array(*theta) < surface.value_array(*self._start[:, left])
        facts = (self._extent(places), theta - self._before[:, places], near, came_down, self._shrink(places))
        endings = [ENDINGS.index(ending) for ending in endings_of(surface, theta, *facts)]
        self.ending[left] = np.where(self._at_minimum[places] & near, CONVERGED, endings)
        stands = np.broadcast_to(self._columns.spread(self.job.setup.factors[-1:] == 0.0), (1, len(self._present)))
        self.ending[left[~near & stands[0, places]]] = IDLE
        counted = np.where(near, self._quiet[places], self._still[places])
        self.updates[left] = np.maximum(self.job.steps - CHECK * (counted - 1), 0)

    def _shrink(self, places: NDArray[np.int_]) -> Floats:
        """Return the share of theta that weight decay takes in the last update."""
        setup = self.job.setup
        shrink = self._columns.spread(setup.optimizer.weight_decay * (setup.lr * setup.factors[-1:]))
        shares: Floats = np.broadcast_to(shrink, (1, len(self._present)))[0, places]
        return shares

    def _keep(self, staying: NDArray[np.bool_]) -> None:
        self._present, self._moving = self._present[staying], self._moving[staying]
        self._arrays = [array[..., staying] for array in self._arrays]
        kept = (self._before, self._earlier, self._low, self._high)
        self._before, self._earlier, self._low, self._high = (array[:, staying] for array in kept)
        self._at_minimum = self._at_minimum[staying]
        self._still, self._quiet = self._still[staying], self._quiet[staying]
        self._columns = self._columns.at(staying)
        self._watch = self._watch.at(staying) if self._watch else None
        self._lay_out()


def _counted(counts: NDArray[np.int32], places: NDArray[np.int_]) -> NDArray[np.int32]:
    """Return the counts with one more at some places, and none at all others."""
    made = np.zeros_like(counts)
    made[places] = counts[places] + 1
    return made
