"""One block of an ensemble: many starts that move together, in place, until each has finished."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.judge import Walls, is_undefined
from engine.trajectory import ENDINGS, Floats
from engine.window import has_not_escaped
from ensembles.job import GRADIENT, STATE, THETA, Job
from ensembles.resting import CHECK, CONVERGED, Rest
from ensembles.spread import Columns
from ensembles.updates import Update
from ensembles.watch import Watch
from surfaces.base import Surface
from xp.tape import Plan

FIRST = 3 * CHECK
"""In so many updates it is noted after each of them how far a start has been: later it goes less far."""

SHARE = 1 / 8
"""Finished starts are left to move on unheeded until they are more than this share of the block."""

MOVING, IDLE, DIVERGED, UNDEFINED = map(ENDINGS.index, ("moving", "idle", "diverged", "undefined"))

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
        self._rest = Rest(points)

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
                    self._rest.reach(self._arrays[THETA])
                for left in (1, 2):
                    if (t + left) % every == 0 or t + left == self.job.steps:
                        self._rest.remember(self._arrays[THETA], left)
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
        self.updates[left] = np.where(gone[finished], t, t - CHECK * (self._rest.quiet[finished] - 1))
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
        surface, last = self._columns.surface(places), self._rest.before[:, places]
        slopes = np.stack(surface.gradient_array(*last))
        return np.where(is_undefined(surface.value_array(*last), slopes), UNDEFINED, DIVERGED)

    def _escaped(self) -> NDArray[np.bool_]:
        x, y = has_not_escaped(self.job.setup.plain, *self._arrays[THETA])
        inside: NDArray[np.bool_] = x & y
        return ~inside

    def _converged(self) -> NDArray[np.bool_]:
        """Return which starts may leave because they have come to rest at a minimum."""
        if self.job.how.judged:
            self._rest.look(self._arrays[THETA], self._columns)
        return self._rest.converged & self.job.how.stop

    def _judge_the_rest(self) -> None:
        """Say of the starts that are still here at the end how they ended."""
        places, near, since = self._rest.resting(self._moving, self.job.steps)
        if not len(places):
            return
        left, start = self._present[places], self._start[:, self._present]
        theta, shrink = self._arrays[THETA], self._shrink(places)
        self.ending[left] = self._rest.endings(theta, start, self._columns, places, near, shrink, self._walls(places))
        stands = np.broadcast_to(self._columns.spread(self.job.setup.factors[-1:] == 0.0), (1, len(self._present)))
        self.ending[left[~near & stands[0, places]]] = IDLE
        self.updates[left] = since

    def _shrink(self, places: NDArray[np.int_]) -> Floats:
        """Return the share of theta that weight decay takes in the last update."""
        setup = self.job.setup
        shrink = self._columns.spread(setup.optimizer.weight_decay * (setup.lr * setup.factors[-1:]))
        shares: Floats = np.broadcast_to(shrink, (1, len(self._present)))[0, places]
        return shares

    def _walls(self, places: NDArray[np.int_]) -> Walls | None:
        """Return the walls of the box of some of the starts, each (2, n)."""
        walls, shape = self.job.setup.walls, (2, len(self._present))
        if walls is None:
            return None
        low, high = (np.broadcast_to(self._columns.spread(wall), shape)[:, places] for wall in walls)
        return low, high

    def _keep(self, staying: NDArray[np.bool_]) -> None:
        self._present, self._moving = self._present[staying], self._moving[staying]
        self._arrays = [array[..., staying] for array in self._arrays]
        self._rest = self._rest.at(staying)
        self._columns = self._columns.at(staying)
        self._watch = self._watch.at(staying) if self._watch else None
        self._lay_out()
